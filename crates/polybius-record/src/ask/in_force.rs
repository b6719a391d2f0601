//! Which reports hold: those of codings that nothing had superseded, of articles and events that nobody had retracted, at a moment.

use crate::{Moment, RunId};

/// The reports in force at a moment, as a SELECT in which what nobody asks for costs nothing: SQLite drops the outer join and the subselect; with a run, what that run made of the versions in force then.
pub(crate) fn reports(at: &Moment, run: Option<RunId>) -> String {
    let at = at.as_str();
    let coding = match run {
        None => holds("c.coded_at", "c.superseded_at", at),
        Some(RunId(run)) => {
            format!("c.run = {run} AND c.coded_at <= '{at}' AND {}", holds("v.read_at", "v.superseded_at", at))
        }
    };
    let member = holds("m.since", "m.until", at);
    let retracted = |what: &str| {
        format!("SELECT {what} FROM retractions WHERE {what} IS NOT NULL AND {}", holds("made_at", "undone_at", at))
    };
    format!(
        "SELECT e.event, e.event_id, a.id AS document_id, a.outlet, v.published, v.title, v.url, e.sentence, e.event_type,
             e.mode, e.quad, e.score, e.status, e.day, e.date_start, e.date_end, e.date_precision, e.place, e.place_country,
             e.dead, e.injured, e.arrested, e.confidence, e.act, m.incident, m.score AS incident_score,
             m.reason AS incident_reason, v.article, v.version, v.copy_of, c.run, c.coded_at,
             (SELECT min(coalesce(p.country, p.entity)) FROM participants AS p
              WHERE p.event = e.event AND p.side = 'actor') AS actor,
             (SELECT row FROM evidence WHERE evidence.event = e.event) AS row
         FROM events AS e
         JOIN codings AS c ON c.coding = e.coding
         JOIN versions AS v ON v.version = c.version
         LEFT JOIN articles AS a ON a.article = v.article
         JOIN memberships AS m ON m.event = e.event AND {member}
         WHERE {coding}
           AND v.article NOT IN ({})
           AND e.event_id NOT IN ({})",
        retracted("article"),
        retracted("event_id"),
    )
}

/// The rows of `in_force` that reports have, if they are in force.
pub(crate) fn rows(events: &str) -> String {
    format!(
        "SELECT event, event_id, outlet, published, event_type, mode, quad, score, status, day, date_precision, place, place_country,
             dead, injured, arrested, confidence, incident, article, version, copy_of, actor
         FROM reports WHERE event IN ({events})"
    )
}

/// Puts reports that are in force into the table of what is.
pub(crate) fn fill(events: &str) -> String {
    format!("INSERT INTO in_force {};", rows(events))
}

/// What keeps the table `in_force` as the view `reports` is: whatever begins or ends, the reports it touches are looked up anew,
/// in the same transaction; what is added is put there by whoever adds it.
pub(crate) fn upkeep() -> String {
    let of_coding = "SELECT event FROM events WHERE coding = new.coding";
    let retracted = "SELECT e.event FROM versions AS v JOIN codings AS c ON c.version = v.version
                         JOIN events AS e ON e.coding = c.coding WHERE v.article = new.article
                     UNION ALL SELECT event FROM events WHERE event_id = new.event_id";
    let triggers = [
        ("membership_ends", "UPDATE OF until ON memberships", "SELECT new.event"),
        ("coding_ends", "UPDATE OF superseded_at ON codings", of_coding),
        ("retraction_begins", "INSERT ON retractions", retracted),
        ("retraction_ends", "UPDATE OF undone_at ON retractions", retracted),
    ];
    let trigger = |(name, on, events): (&str, &str, &str)| {
        format!(
            "DROP TRIGGER IF EXISTS {name};
             CREATE TRIGGER {name} AFTER {on} BEGIN DELETE FROM in_force WHERE event IN ({events}); {} END;",
            fill(events)
        )
    };
    triggers.map(trigger).concat()
}

/// The articles in force at a moment: article, version and day of publication.
pub(crate) fn articles(at: &Moment) -> String {
    let (at, version) = (at.as_str(), holds("v.read_at", "v.superseded_at", at.as_str()));
    format!(
        "SELECT v.article, v.version, v.published FROM versions AS v
         WHERE {version} AND v.article NOT IN
             (SELECT article FROM retractions WHERE article IS NOT NULL AND {})",
        holds("made_at", "undone_at", at)
    )
}

/// The codings in force at a moment, or with a run what that run made of the versions in force then, with their articles; `join` is
/// how the tables are joined, of which the versions come first.
pub(crate) fn codings(at: &Moment, run: Option<RunId>, join: &str) -> String {
    let version = holds("v.read_at", "v.superseded_at", at.as_str());
    let at = at.as_str();
    let coding = match run {
        None => holds("c.coded_at", "c.superseded_at", at),
        Some(RunId(run)) => format!("c.run = {run} AND c.coded_at <= '{at}' AND {version}"),
    };
    let retracted = holds("made_at", "undone_at", at);
    format!(
        "SELECT c.coding, c.run, c.coded_at, v.version, v.published, a.id AS document_id, a.outlet
         FROM versions AS v {join} codings AS c ON c.version = v.version {join} articles AS a ON a.article = v.article
         WHERE {coding} AND v.article NOT IN
             (SELECT article FROM retractions WHERE article IS NOT NULL AND {retracted})"
    )
}

/// Whether a row held at a moment.
fn holds(since: &str, until: &str, at: &str) -> String {
    format!("{since} <= '{at}' AND ({until} IS NULL OR {until} > '{at}')")
}

/// The views for plain SQL: what holds now.
pub(crate) fn views() -> String {
    let now = Moment::end_of_time();
    format!(
        "DROP VIEW IF EXISTS reports;
         DROP VIEW IF EXISTS current_articles;
         CREATE VIEW reports AS {};
         CREATE VIEW current_articles AS {};",
        reports(&now, None),
        articles(&now)
    )
}
