//! Full text: the articles that hold words, best first.

use super::in_force;
use crate::{Moment, Record, RecordError};

/// An article that was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// Its id.
    pub document_id: String,
    /// Who published it.
    pub outlet: String,
    /// When.
    pub published: Option<String>,
    /// Its headline.
    pub title: Option<String>,
    /// Words around the ones looked for, which stand between U+0002 and U+0003.
    pub snippet: String,
    /// How many events were found in it.
    pub n_reports: u64,
}

impl Record {
    /// The articles in force that hold the words, best first. Words are joined by `AND`; `"…"`, `OR`, `NOT`, `NEAR` and `word*` mean
    /// what they do in SQLite's full text.
    ///
    /// # Errors
    /// If the words cannot be understood, or the record cannot be read.
    pub fn search(&self, words: &str, as_of: Option<&Moment>, limit: u64) -> Result<Vec<Found>, RecordError> {
        let at = as_of.cloned().unwrap_or_else(Moment::end_of_time);
        // The best are found first, and only of them is more looked up.
        let sql = format!(
            "SELECT a.id, a.outlet, f.published, v.title, f.snippet,
                 (SELECT count(*) FROM ({}) AS r WHERE r.version = f.version)
             FROM (SELECT i.version, i.article, i.published, texts.rank AS rank,
                       snippet(texts, -1, char(2), char(3), '…', 24) AS snippet
                   FROM texts JOIN ({}) AS i ON i.version = texts.rowid
                   WHERE texts MATCH ? ORDER BY texts.rank LIMIT {limit}) AS f
             JOIN articles AS a ON a.article = f.article
             JOIN versions AS v ON v.version = f.version
             ORDER BY f.rank, f.version",
            in_force::reports(&at, None),
            in_force::articles(&at)
        );
        let misread = |error: rusqlite::Error| match &error {
            // SQLite has no code of its own for words that its full text cannot make sense of.
            rusqlite::Error::SqliteFailure(code, Some(message)) if code.extended_code == 1 => RecordError::unknown(
                format!("the words cannot be understood: {}", message.trim_start_matches("fts5: ")),
                "put them into quotation marks, as in '\"cease-fire\"'",
            ),
            _ => RecordError::from(error),
        };
        let mut statement = self.connection.prepare(&sql)?;
        let found = statement.query_map([words], |row| {
            Ok(Found {
                document_id: row.get(0)?,
                outlet: row.get(1)?,
                published: row.get(2)?,
                title: row.get(3)?,
                snippet: row.get(4)?,
                n_reports: row.get::<_, i64>(5)?.cast_unsigned(),
            })
        });
        found.map_err(misread)?.collect::<Result<_, _>>().map_err(misread)
    }
}
