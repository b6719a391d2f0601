//! Adding what was read and coded: each article whole or not at all, and never twice.

use std::sync::Arc;

use polybius::{Article, ClaimRow, CountRow, EventRow, ExpectationRow, ParticipantRow, formats};
use rusqlite::types::{ToSqlOutput, Value};
use rusqlite::{OptionalExtension, Row, ToSql, params, params_from_iter};

use crate::acts::acts;
use crate::incidents::counted_day;
use crate::runs::digest;
use crate::{Moment, Record, RecordError, RunId, Signature, Status};

/// The columns that `events` and `in_force` have alike.
macro_rules! counted {
    () => {
        "event_id, event_type, mode, quad, score, status, day, date_precision, place, place_country, dead, injured, arrested, confidence"
    };
}

/// Of so many earliest texts of others that share a band with it a text is compared with each.
const MOST_IN_BAND: usize = 20;

/// An article that was read and coded.
pub struct Reading {
    /// The article.
    pub article: Article,
    /// How many sentences it has.
    pub n_sentences: usize,
    /// Its events.
    pub rows: Vec<EventRow>,
    /// Who says what in it.
    pub claims: Vec<ClaimRow>,
    /// What it lets one expect.
    pub expectations: Vec<ExpectationRow>,
    /// What tells its copies.
    pub signature: Signature,
    /// How its reports come into incidents.
    pub placing: Placing,
}

/// How reports come into incidents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Placing {
    /// By their likeness to others; and the article is compared with others for copies.
    #[default]
    ByLikeness,
    /// Each is an incident by itself, because whoever made the data set says so.
    Apart,
    /// They are of this incident.
    With(i64),
}

/// What is kept of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keep {
    /// All of it.
    Text,
    /// The sentences that report events; of the rest only the digest.
    Quotes,
}

/// What an article was to the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Added {
    /// It was not there.
    New {
        /// Whether another article has the same text, or nearly so.
        is_copy: bool,
    },
    /// It was there with another text or head.
    NewVersion,
    /// It was there, coded by other runs.
    CodedAnew,
    /// It was there, coded by this run.
    Known,
}

impl Record {
    /// Whether this run has coded this very article.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn knows(&self, run: RunId, article: &Article) -> Result<bool, RecordError> {
        let find = "SELECT 1 FROM articles JOIN versions USING (article) JOIN codings USING (version)
                    WHERE id = ? AND outlet = ? AND digest = ? AND run = ?";
        let outlet = article.outlet.as_deref().unwrap_or_default();
        let key = params![article.id, outlet, version_digest(article), run.0];
        Ok(self.connection.prepare_cached(find)?.exists(key)?)
    }

    /// Adds an article with its events, unless they are there. Nothing is on the disk before [`Record::commit`].
    ///
    /// # Errors
    /// If the record cannot be written; nothing that was added since the last commit is in it then.
    pub fn add(&self, run: RunId, reading: &Reading, keep: Keep, now: &Moment) -> Result<Added, RecordError> {
        self.begin()?;
        // No savepoint for each article: SQLite would put every page aside before it changes it.
        self.or_none(self.add_article(run, reading, keep, now))
    }

    /// Notes a record of a source that could not be read.
    ///
    /// # Errors
    /// If the record cannot be written.
    pub fn add_problem(&self, problem: &polybius::input::Problem, now: &Moment) -> Result<(), RecordError> {
        self.begin()?;
        let insert = "INSERT OR IGNORE INTO problems (path, line, reason, cure, found_at) VALUES (?, ?, ?, ?, ?)";
        let values = params![problem.path, problem.line as i64, problem.reason, problem.cure, now.as_str()];
        self.connection.prepare_cached(insert)?.execute(values)?;
        Ok(())
    }

    fn add_article(&self, run: RunId, reading: &Reading, keep: Keep, now: &Moment) -> Result<Added, RecordError> {
        let article = &reading.article;
        if self.knows(run, article)? {
            return Ok(Added::Known);
        }
        let id = self.article_id(article)?;
        let find = "SELECT version FROM versions WHERE article = ? AND digest = ?";
        let key = params![id, version_digest(article)];
        let known = self.connection.prepare_cached(find)?.query_row(key, |row| row.get(0)).optional()?;
        let (version, added) = match known {
            Some(version) => (version, Added::CodedAnew),
            None => self.add_version(id, reading, keep, now)?,
        };
        if !matches!(added, Added::New { .. }) {
            let end = "UPDATE codings SET superseded_at = ?1 WHERE superseded_at IS NULL
                       AND version IN (SELECT version FROM versions WHERE article = ?2)
                       AND (SELECT superseded_at IS NULL FROM versions WHERE version = ?3)";
            self.connection.prepare_cached(end)?.execute(params![now.as_str(), id, version])?;
        }
        let was_coded = !matches!(added, Added::New { .. }) || self.is_of_others(article)?;
        self.add_coding(run, version, reading, was_coded, now)?;
        Ok(added)
    }

    fn article_id(&self, article: &Article) -> Result<i64, RecordError> {
        let outlet = article.outlet.as_deref().unwrap_or_default();
        let find = "SELECT article FROM articles WHERE id = ? AND outlet = ?";
        let key = params![article.id, outlet];
        if let Some(id) = self.connection.prepare_cached(find)?.query_row(key, |row| row.get(0)).optional()? {
            return Ok(id);
        }
        let insert = "INSERT INTO articles (id, outlet) VALUES (?, ?)";
        self.connection.prepare_cached(insert)?.execute(key)?;
        Ok(self.connection.last_insert_rowid())
    }

    /// Whether other outlets have articles of this id, whose reports have the same ids if they tell the same.
    fn is_of_others(&self, article: &Article) -> Result<bool, RecordError> {
        let find = "SELECT 1 FROM articles WHERE id = ? AND outlet <> ?";
        let key = params![article.id, article.outlet.as_deref().unwrap_or_default()];
        Ok(self.connection.prepare_cached(find)?.exists(key)?)
    }

    /// Adds a version, ends the one before, and links it to the text it is a copy of.
    fn add_version(&self, id: i64, reading: &Reading, keep: Keep, now: &Moment) -> Result<(i64, Added), RecordError> {
        let Reading { article, signature, .. } = reading;
        let count = "SELECT count(*) FROM versions WHERE article = ?";
        let n_before: i64 = self.connection.prepare_cached(count)?.query_row([id], |row| row.get(0))?;
        if n_before > 0 {
            let end = "UPDATE versions SET superseded_at = ? WHERE article = ? AND superseded_at IS NULL";
            self.connection.prepare_cached(end)?.execute(params![now.as_str(), id])?;
        }
        let text_digest = digest(&article.text);
        let is_compared = reading.placing == Placing::ByLikeness;
        let copy = if is_compared { self.copied(id, &text_digest, signature)? } else { None };
        let (copy_of, kind, score) = match &copy {
            Some((version, kind, score)) => (Some(version), Some(kind), Some(score)),
            None => (None, None, None),
        };
        let text = (keep == Keep::Text).then_some(&article.text);
        self.connection
            .prepare_cached(
                "INSERT INTO versions (article, number, published, title, author, url, digest, text_digest, n_characters,
                     n_sentences, n_shingles, copy_of, copy_kind, copy_score, read_at, signature)
                 VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            )?
            .execute(params![
                id,
                n_before + 1,
                article.published.map(|day| day.to_string()),
                article.title,
                article.author,
                article.url,
                version_digest(article),
                text_digest,
                article.text.chars().count() as i64,
                reading.n_sentences as i64,
                signature.n_shingles as i64,
                copy_of,
                kind,
                score,
                now.as_str(),
                signature.bytes(),
            ])?;
        let version = self.connection.last_insert_rowid();
        for (table, key) in [("bodies", "version"), ("texts", "rowid")] {
            let insert = format!("INSERT INTO {table} ({key}, title, text) VALUES (?, ?, ?)");
            self.connection.prepare_cached(&insert)?.execute(params![version, article.title, text])?;
        }
        if copy.is_none() && is_compared {
            let insert = "INSERT OR IGNORE INTO copy_bands (band, version) VALUES (?, ?)";
            let mut insert = self.connection.prepare_cached(insert)?;
            for band in signature.bands() {
                insert.execute(params![band, version])?;
            }
        }
        let added = if n_before == 0 { Added::New { is_copy: copy.is_some() } } else { Added::NewVersion };
        Ok((version, added))
    }

    /// The earliest version of another article with the same text, or the one with the nearest.
    fn copied(
        &self,
        id: i64,
        text_digest: &str,
        signature: &Signature,
    ) -> Result<Option<(i64, &'static str, f64)>, RecordError> {
        let find = "SELECT coalesce(copy_of, version) FROM versions
                    WHERE text_digest = ? AND article <> ? ORDER BY version LIMIT 1";
        let key = params![text_digest, id];
        if let Some(same) = self.connection.prepare_cached(find)?.query_row(key, |row| row.get(0)).optional()? {
            return Ok(Some((same, "same", 1.0)));
        }
        let mut find =
            self.connection.prepare_cached("SELECT version FROM copy_bands WHERE band = ? ORDER BY version")?;
        let mut best: Option<(i64, &'static str, f64)> = None;
        let mut compared: Vec<i64> = Vec::new();
        for band in signature.bands() {
            let mut rows = find.query([band])?;
            let mut n_others = 0;
            while n_others < MOST_IN_BAND
                && let Some(row) = rows.next()?
            {
                let version: i64 = row.get(0)?;
                let stored = self.signature_of(version)?;
                let (article, stored) = &*stored;
                if *article == id {
                    continue;
                }
                n_others += 1;
                if compared.contains(&version) {
                    continue;
                }
                compared.push(version);
                let Some(nearness) = signature.nearness(stored) else { continue };
                let is_better =
                    |(other, _, score): (i64, _, f64)| nearness > score || (nearness == score && version < other);
                if best.is_none_or(is_better) {
                    best = Some((version, "near", nearness));
                }
            }
        }
        Ok(best)
    }

    /// The article and the signature of a version that has one.
    fn signature_of(&self, version: i64) -> Result<Arc<(i64, Signature)>, RecordError> {
        if let Some(known) = self.signatures.of(version) {
            return Ok(known);
        }
        let find = "SELECT article, signature, n_shingles FROM versions WHERE version = ?";
        let stored = self.connection.prepare_cached(find)?.query_row([version], |row| {
            let bytes = row.get_ref(1)?.as_blob()?;
            Ok((row.get(0)?, Signature::stored(bytes, row.get::<_, i64>(2)? as usize)))
        })?;
        let stored = Arc::new(stored);
        self.signatures.note(version, stored.clone());
        Ok(stored)
    }

    /// Adds what a run made of a version; `was_coded` if reports of the same ids may have been added before.
    fn add_coding(
        &self,
        run: RunId,
        version: i64,
        reading: &Reading,
        was_coded: bool,
        now: &Moment,
    ) -> Result<(), RecordError> {
        let is_latest = "SELECT superseded_at IS NULL FROM versions WHERE version = ?";
        let is_latest: bool = self.connection.prepare_cached(is_latest)?.query_row([version], |row| row.get(0))?;
        let superseded_at = (!is_latest).then_some(now.as_str());
        let insert = "INSERT INTO codings (version, run, coded_at, superseded_at) VALUES (?, ?, ?, ?)";
        self.connection.prepare_cached(insert)?.execute(params![version, run.0, now.as_str(), superseded_at])?;
        let coding = self.connection.last_insert_rowid();
        let standing = if is_latest { self.in_force_of(version)? } else { None };
        let mut placed: Vec<(i64, i64)> = Vec::with_capacity(reading.rows.len());
        for (row, (first, found)) in reading.rows.iter().zip(acts(&reading.rows)) {
            let act = placed.get(first).map(|&(event, _)| event);
            let found = found.as_ref();
            let event = self.add_event(coding, row, act, found.map(|found| (found.score, found.reason.as_str())))?;
            let incident = placed.get(first).map(|&(_, incident)| incident).zip(found.cloned());
            let incident = match reading.placing {
                Placing::ByLikeness => self.place(event, row, incident, was_coded, now)?,
                Placing::Apart => self.place_in(event, None, "an event of the data set", now)?,
                Placing::With(incident) => self.place_in(event, Some(incident), "mentioned by the data set", now)?,
            };
            if let Some(standing) = &standing {
                let outlet = reading.article.outlet.as_deref().unwrap_or_default();
                self.put_in_force(Placed { event, incident, version, outlet }, standing, row)?;
            }
            placed.push((event, incident));
        }
        self.add_claims(coding, &reading.claims)?;
        self.add_expectations(coding, &reading.expectations)
    }

    fn add_event(
        &self,
        coding: i64,
        row: &EventRow,
        act: Option<i64>,
        why: Option<(f64, &str)>,
    ) -> Result<i64, RecordError> {
        let date = row.date.as_ref();
        let next = "SELECT coalesce(max(event), 0) + 1 FROM events";
        let event: i64 = self.connection.prepare_cached(next)?.query_row([], |row| row.get(0))?;
        let insert = concat!(
            "INSERT INTO events (event, coding, sentence, date_start, date_end, act, act_score, act_reason, ",
            counted!(),
            ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        );
        let own = params![
            event,
            coding,
            row.sentence as i64,
            date.map(|date| &date.start),
            date.map(|date| &date.end),
            act.unwrap_or(event),
            why.map(|(score, _)| score),
            why.map(|(_, reason)| reason),
        ];
        self.insert_counted(insert, own, row)?;
        let insert = "INSERT INTO evidence (event, row) VALUES (?, ?)";
        let json = formats::jsonl_line(row);
        self.connection.prepare_cached(insert)?.execute(params![event, json.trim_end()])?;
        self.keep_compared(event, &row.into())?;
        self.add_participants(event, row)?;
        Ok(event)
    }

    /// Inserts a row whose first columns are its own and whose others are those that are counted of a report.
    fn insert_counted(&self, insert: &str, own: &[&dyn ToSql], row: &EventRow) -> Result<(), RecordError> {
        let counted = counted(row);
        let values = own.iter().copied().chain(counted.iter().map(|value| value as &dyn ToSql));
        self.connection.prepare_cached(insert)?.execute(params_from_iter(values))?;
        Ok(())
    }

    /// What the reports of a version have in common where they are in force; nothing if the version is superseded or its article retracted.
    fn in_force_of(&self, version: i64) -> Result<Option<Standing>, RecordError> {
        let find = "SELECT article, published, copy_of FROM versions AS v WHERE version = ? AND superseded_at IS NULL
                    AND NOT EXISTS (SELECT 1 FROM retractions AS r WHERE r.article = v.article AND undone_at IS NULL)";
        let standing =
            |row: &Row<'_>| Ok(Standing { article: row.get(0)?, published: row.get(1)?, copy_of: row.get(2)? });
        Ok(self.connection.prepare_cached(find)?.query_row([version], standing).optional()?)
    }

    /// Puts a report that was just added into what is in force, as `ask::in_force::rows` would, unless it is retracted.
    fn put_in_force(&self, at: Placed<'_>, standing: &Standing, row: &EventRow) -> Result<(), RecordError> {
        let retracted = "SELECT 1 FROM retractions WHERE event_id = ? AND undone_at IS NULL";
        if self.connection.prepare_cached(retracted)?.exists([&row.event_id])? {
            return Ok(());
        }
        let insert = concat!(
            "INSERT INTO in_force (event, outlet, published, incident, article, version, copy_of, actor, ",
            counted!(),
            ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        );
        let own = params![
            at.event,
            at.outlet,
            standing.published,
            at.incident,
            standing.article,
            at.version,
            standing.copy_of,
            row.actors.iter().filter_map(code).min(),
        ];
        self.insert_counted(insert, own, row)?;
        Ok(())
    }

    fn add_participants(&self, event: i64, row: &EventRow) -> Result<(), RecordError> {
        let mut participant = self.connection.prepare_cached(
            "INSERT INTO participants (event, side, position, entity, country, sector, name) VALUES (?, ?, ?, ?, ?, ?, ?)",
        )?;
        for (side, participants) in [("actor", &row.actors), ("recipient", &row.recipients)] {
            for (position, one) in participants.iter().enumerate() {
                let values = params![event, side, position as i64, one.entity, one.country, one.sector, one.name];
                participant.execute(values)?;
            }
        }
        let mut index = self.connection.prepare_cached(
            "INSERT OR IGNORE INTO codes (code, side, day, event_type, event) VALUES (?, ?, ?, ?, ?)",
        )?;
        for (code, side) in sides(row) {
            index.execute(params![code, side, counted_day(row).unwrap_or_default(), row.event_type, event])?;
        }
        let mut dyad =
            self.connection.prepare_cached("INSERT OR IGNORE INTO dyads (event, actor, recipient) VALUES (?, ?, ?)")?;
        let is_together = is_together(row);
        let recipients = if is_together { &row.actors } else { &row.recipients };
        let coded = |participants: &[ParticipantRow]| -> Vec<String> {
            participants.iter().filter_map(code).map(str::to_owned).collect()
        };
        let others = coded(recipients);
        for actor in coded(&row.actors) {
            // Nobody does something together with himself.
            for other in others.iter().filter(|&other| !is_together || *other != actor) {
                dyad.execute(params![event, actor, other])?;
            }
        }
        Ok(())
    }
}

/// What the reports of a version have in common.
struct Standing {
    article: i64,
    published: Option<String>,
    copy_of: Option<i64>,
}

/// Where a report was put.
struct Placed<'r> {
    event: i64,
    incident: i64,
    version: i64,
    outlet: &'r str,
}

/// What is counted of a report, by the columns of `counted!`.
fn counted(row: &EventRow) -> [ToSqlOutput<'_>; 14] {
    fn or_null<'r>(value: Option<impl Into<ToSqlOutput<'r>>>) -> ToSqlOutput<'r> {
        value.map_or(ToSqlOutput::Owned(Value::Null), Into::into)
    }
    let place = row.place.as_ref();
    [
        row.event_id.as_str().into(),
        row.event_type.as_str().into(),
        or_null(row.mode.as_deref()),
        row.quad.into(),
        or_null(row.score),
        Status::of(row).as_str().into(),
        or_null(counted_day(row)),
        or_null(precision(row)),
        or_null(place.map(|place| place.name.as_str())),
        or_null(place.and_then(|place| place.country.as_deref())),
        or_null(value(&row.size.dead)),
        or_null(value(&row.size.injured)),
        or_null(value(&row.size.arrested)),
        row.confidence.into(),
    ]
}

/// How exact the day is that a report is counted on; where no words tell it, it is that of publication.
fn precision(row: &EventRow) -> Option<&str> {
    let date = row.date.as_ref()?;
    Some(if date.words.is_some() { date.precision.as_str() } else { "published" })
}

fn value(count: &Option<CountRow>) -> Option<u32> {
    count.as_ref().map(|count| count.value)
}

/// The code under which a participant is counted: the country, else the entity.
pub(crate) fn code(participant: &ParticipantRow) -> Option<&str> {
    participant.country.as_deref().or(participant.entity.as_deref())
}

/// Whether all who take part act together.
fn is_together(row: &EventRow) -> bool {
    row.recipients.is_empty() && row.actors.len() > 1
}

/// The codes under which an event is found, with their sides.
fn sides(row: &EventRow) -> impl Iterator<Item = (&str, &'static str)> {
    let fellows = if is_together(row) { &row.actors[..] } else { &[] };
    let sides = [(&row.actors[..], "actor"), (&row.recipients, "recipient"), (fellows, "fellow")];
    sides.into_iter().flat_map(|(participants, side)| {
        let codes = participants.iter().flat_map(|one| [&one.country, &one.entity]).flatten();
        codes.map(move |code| (code.as_str(), side))
    })
}

/// The digest of everything that makes a version: text, headline, day and address.
fn version_digest(article: &Article) -> String {
    let head = [
        article.title.as_deref().unwrap_or_default(),
        &article.published.map(|day| day.to_string()).unwrap_or_default(),
        article.url.as_deref().unwrap_or_default(),
    ];
    digest(&format!("{}\n{}", head.map(|part| part.replace('\n', " ")).join("\n"), article.text))
}
