//! Retractions: what is no longer to be shown, with a reason. They outlive every later reading, and can be undone.

use rusqlite::{OptionalExtension, params};

use crate::{Moment, Record, RecordError};

/// What was retracted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Retraction {
    /// Its number.
    pub id: i64,
    /// The article's or the event's id.
    pub of: String,
    /// Why.
    pub reason: String,
    /// When.
    pub made_at: String,
    /// When it was undone, and why.
    pub undone: Option<(String, String)>,
}

impl Record {
    /// Retracts an article with all its versions, or an event in whatever coding; says which.
    ///
    /// # Errors
    /// If there is neither, or if it is retracted already.
    pub fn retract(&self, id: &str, reason: &str, now: &Moment) -> Result<&'static str, RecordError> {
        self.whole(|| {
            let event = "SELECT 1 FROM events WHERE event_id = ?";
            let (what, article) = match self.article_named(id)? {
                Some(article) => ("article", Some(article)),
                None if self.connection.prepare(event)?.exists([id])? => ("event", None),
                None => {
                    let cure = "give the id of an article or an event, as `polybius events` shows it";
                    return Err(RecordError::unknown(format!("the record has nothing called `{id}`"), cure));
                }
            };
            let event_id = article.is_none().then_some(id);
            if self.standing(article, event_id)?.is_some() {
                return Err(RecordError::unknown(
                    format!("`{id}` is retracted already"),
                    "`polybius restore` undoes it",
                ));
            }
            let insert = "INSERT INTO retractions (article, event_id, reason, made_at) VALUES (?, ?, ?, ?)";
            self.connection.execute(insert, params![article, event_id, reason, now.as_str()])?;
            Ok(what)
        })
    }

    /// Undoes a retraction.
    ///
    /// # Errors
    /// If nothing of that id is retracted.
    pub fn restore(&self, id: &str, reason: &str, now: &Moment) -> Result<(), RecordError> {
        self.whole(|| {
            let article = self.article_named(id)?;
            let event_id = article.is_none().then_some(id);
            let Some(retraction) = self.standing(article, event_id)? else {
                let cure = "`polybius doctor` lists what is retracted";
                return Err(RecordError::unknown(format!("`{id}` is not retracted"), cure));
            };
            let undo = "UPDATE retractions SET undone_at = ?, undone_reason = ? WHERE retraction = ?";
            self.connection.execute(undo, params![now.as_str(), reason, retraction])?;
            Ok(())
        })
    }

    /// Whether the article is retracted now.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn is_retracted(&self, article: &polybius::Article) -> Result<bool, RecordError> {
        let find =
            "SELECT 1 FROM retractions JOIN articles USING (article) WHERE undone_at IS NULL AND id = ? AND outlet = ?";
        let outlet = article.outlet.as_deref().unwrap_or_default();
        Ok(self.connection.prepare_cached(find)?.exists(params![article.id, outlet])?)
    }

    /// All retractions, in order.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn retractions(&self) -> Result<Vec<Retraction>, RecordError> {
        let mut statement = self.connection.prepare(
            "SELECT retraction, coalesce(event_id, id), reason, made_at, undone_at, undone_reason
             FROM retractions LEFT JOIN articles USING (article) ORDER BY retraction",
        )?;
        let retractions = statement.query_map([], |row| {
            let undone: Option<String> = row.get(4)?;
            let why: Option<String> = row.get(5)?;
            Ok(Retraction {
                id: row.get(0)?,
                of: row.get(1)?,
                reason: row.get(2)?,
                made_at: row.get(3)?,
                undone: undone.map(|undone| (undone, why.unwrap_or_default())),
            })
        })?;
        Ok(retractions.collect::<Result<_, _>>()?)
    }

    /// The article of an id, or of an id and outlet as `id@outlet` where several outlets use it.
    fn article_named(&self, id: &str) -> Result<Option<i64>, RecordError> {
        let mut find =
            self.connection.prepare("SELECT article FROM articles WHERE id = ? OR id || '@' || outlet = ?")?;
        let found = find.query_map([id, id], |row| row.get(0))?.collect::<Result<Vec<i64>, _>>()?;
        match found[..] {
            [] => Ok(None),
            [one] => Ok(Some(one)),
            _ => {
                let what = format!("{} outlets have an article `{id}`", found.len());
                Err(RecordError::unknown(what, format!("write it as `{id}@OUTLET`")))
            }
        }
    }

    /// The retraction of this that holds now.
    fn standing(&self, article: Option<i64>, event_id: Option<&str>) -> Result<Option<i64>, RecordError> {
        let find = "SELECT retraction FROM retractions WHERE undone_at IS NULL AND (article = ? OR event_id = ?)";
        Ok(self.connection.query_row(find, params![article, event_id], |row| row.get(0)).optional()?)
    }
}
