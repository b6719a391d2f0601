//! Whether the record is sound, what is in it, and what is missing.

use rusqlite::Connection;

use crate::{Record, RecordError};

/// What a look at the record finds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Health {
    /// What is broken; empty if the record is sound.
    pub faults: Vec<String>,
    /// How many there are of each thing.
    pub counts: Vec<(&'static str, u64)>,
    /// What someone should look at.
    pub notes: Vec<String>,
}

/// An outlet that has published nothing for so many days before the latest article is silent.
const SILENT_DAYS: u32 = 7;

/// So many examples are named.
const MOST_NAMED: usize = 10;

impl Record {
    /// Looks through the whole record.
    ///
    /// # Errors
    /// If it cannot be read at all.
    pub fn health(&self) -> Result<Health, RecordError> {
        let connection = &self.connection;
        let mut faults = texts(connection, "PRAGMA integrity_check(20)")?;
        faults.retain(|fault| fault != "ok");
        faults.extend(texts(
            connection,
            "SELECT 'row ' || coalesce(rowid, '?') || ' of ' || \"table\" || ' points at no row of ' || parent
             FROM pragma_foreign_key_check LIMIT 20",
        )?);
        for (query, what) in FAULTS {
            let n = number(connection, query)?;
            if n > 0 {
                faults.push(format!("{n} {what}"));
            }
        }
        let mut counts = Vec::new();
        for &(what, query) in COUNTS {
            counts.push((what, number(connection, query)?));
        }
        let notes = self.notes()?;
        Ok(Health { faults, counts, notes })
    }

    /// What someone should look at: silent outlets, days without an article, what could not be read, decisions, retractions.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn notes(&self) -> Result<Vec<String>, RecordError> {
        let connection = &self.connection;
        let mut notes = texts(connection, &silent())?;
        notes.extend(texts(connection, GAPS)?);
        let n_problems = number(connection, "SELECT count(*) FROM problems")?;
        let problems = "SELECT path || ':' || line || ': ' || reason || '; ' || cure FROM problems ORDER BY path, line";
        let problems = texts(connection, &format!("{problems} LIMIT {MOST_NAMED}"))?;
        let n_more = n_problems as usize - problems.len();
        notes.extend(problems.into_iter().map(|problem| format!("not read: {problem}")));
        if n_more > 0 {
            notes.push(format!("and {n_more} records more that were not read: table `problems`"));
        }
        notes.extend(texts(connection, DECISIONS)?);
        notes.extend(self.retractions()?.into_iter().map(|retraction| {
            let undone = match retraction.undone {
                Some((at, reason)) => format!("; restored {at}: {reason}"),
                None => String::new(),
            };
            format!("retracted {} on {}: {}{undone}", retraction.of, retraction.made_at, retraction.reason)
        }));
        Ok(notes)
    }
}

/// What must not be, and how it is told.
const FAULTS: &[(&str, &str)] = &[
    (
        "SELECT count(*) FROM events WHERE event NOT IN (SELECT event FROM memberships WHERE until IS NULL)",
        "reports without an incident",
    ),
    (
        "SELECT count(*) FROM (SELECT event FROM memberships WHERE until IS NULL GROUP BY event HAVING count(*) > 1)",
        "reports in two incidents at once",
    ),
    (
        "SELECT count(*) FROM (SELECT article FROM versions WHERE superseded_at IS NULL GROUP BY article HAVING count(*) > 1)",
        "articles with two versions in force",
    ),
    ("SELECT count(*) FROM versions WHERE version NOT IN (SELECT version FROM codings)", "versions that no run coded"),
    ("SELECT count(*) FROM events WHERE event NOT IN (SELECT event FROM evidence)", "reports without their rows"),
    ("SELECT count(*) FROM evidence WHERE json_valid(row) = 0", "rows that are no JSON"),
];

const COUNTS: &[(&str, &str)] = &[
    ("runs", "SELECT count(*) FROM runs"),
    ("articles", "SELECT count(*) FROM articles"),
    ("versions of articles", "SELECT count(*) FROM versions"),
    ("copies of other articles", "SELECT count(*) FROM versions WHERE copy_of IS NOT NULL"),
    ("codings", "SELECT count(*) FROM codings"),
    ("reports", "SELECT count(*) FROM events"),
    ("reports in force", "SELECT count(*) FROM reports"),
    ("incidents in force", "SELECT count(DISTINCT incident) FROM reports"),
    (
        "articles in force without a report",
        "SELECT count(*) FROM current_articles WHERE version NOT IN (SELECT version FROM reports)",
    ),
    ("records that were not read", "SELECT count(*) FROM problems"),
];

const GAPS: &str = "
    WITH days AS (SELECT DISTINCT published AS day FROM current_articles WHERE published IS NOT NULL),
         gaps AS (SELECT day, lead(day) OVER (ORDER BY day) AS next FROM days)
    SELECT 'no article between ' || day || ' and ' || next FROM gaps
    WHERE julianday(next) - julianday(day) > 1 ORDER BY julianday(next) - julianday(day) DESC, day LIMIT 5";

const DECISIONS: &str = "
    SELECT 'decision ' || decision || ', ' || kind || ' on ' || made_at || ': ' || reason
        || coalesce('; undone ' || undone_at, '') FROM decisions ORDER BY decision";

fn silent() -> String {
    format!(
        "SELECT outlet || ' is silent since ' || max(published) FROM current_articles JOIN articles USING (article)
         WHERE outlet <> '' GROUP BY outlet
         HAVING julianday((SELECT max(published) FROM current_articles)) - julianday(max(published)) > {SILENT_DAYS}
         ORDER BY max(published) LIMIT {MOST_NAMED}"
    )
}

fn number(connection: &Connection, query: &str) -> Result<u64, RecordError> {
    Ok(connection.query_row(query, [], |row| row.get::<_, i64>(0))?.cast_unsigned())
}

fn texts(connection: &Connection, query: &str) -> Result<Vec<String>, RecordError> {
    let mut statement = connection.prepare(query)?;
    let texts = statement.query_map([], |row| row.get(0))?;
    Ok(texts.collect::<Result<_, _>>()?)
}
