//! What happened to a report in the record: when it was coded, moved, retracted.

use rusqlite::params;

use crate::{Record, RecordError};

impl Record {
    /// What happened to the report of this id, in order: when, and what.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn history(&self, event_id: &str) -> Result<Vec<(String, String)>, RecordError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT c.coded_at AS at, 'coded by run ' || c.run AS what FROM events JOIN codings AS c USING (coding)
                 WHERE event_id = ?1
             UNION SELECT c.superseded_at, 'superseded by a later coding or version of its article'
                 FROM events JOIN codings AS c USING (coding) WHERE event_id = ?1 AND c.superseded_at IS NOT NULL
             UNION SELECT since, 'put into incident ' || incident || ': ' || reason
                 FROM events JOIN memberships USING (event) WHERE event_id = ?1
             UNION SELECT until, 'taken out of incident ' || incident
                 FROM events JOIN memberships USING (event) WHERE event_id = ?1 AND until IS NOT NULL
             UNION SELECT t.made_at, iif(t.event_id IS NULL, 'its article was retracted: ', 'retracted: ') || t.reason
                 FROM retractions AS t WHERE t.event_id = ?1 OR t.article IN (SELECT v.article
                     FROM events JOIN codings USING (coding) JOIN versions AS v USING (version) WHERE event_id = ?1)
             UNION SELECT t.undone_at, 'shown again: ' || coalesce(t.undone_reason, '')
                 FROM retractions AS t WHERE t.undone_at IS NOT NULL AND (t.event_id = ?1 OR t.article IN (SELECT v.article
                     FROM events JOIN codings USING (coding) JOIN versions AS v USING (version) WHERE event_id = ?1))
             ORDER BY at, what",
        )?;
        let history = statement.query_map(params![event_id], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(history.collect::<Result<_, _>>()?)
    }

    /// Names under which the record has this country or entity, most frequent first.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn names_of(&self, code: &str, limit: u64) -> Result<Vec<String>, RecordError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT name FROM (SELECT p.name FROM codes AS c JOIN participants AS p ON p.event = c.event
                 WHERE c.code = ?1 AND c.side <> 'fellow' AND p.side = c.side
                   AND (p.entity = ?1 OR (p.country = ?1 AND p.entity IS NULL)) LIMIT 1000)
             GROUP BY name ORDER BY count(*) DESC, name LIMIT ?2",
        )?;
        let names = statement.query_map(params![code, limit as i64], |row| row.get(0))?;
        Ok(names.collect::<Result<_, _>>()?)
    }

    /// The countries and entities of which the record has most reports.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn codes(&self, limit: u64) -> Result<Vec<(String, u64)>, RecordError> {
        let sql = "SELECT code, count(*) FROM codes WHERE side IN ('actor', 'recipient')
                   GROUP BY code ORDER BY 2 DESC, 1 LIMIT ?";
        let mut statement = self.connection.prepare_cached(sql)?;
        let codes =
            statement.query_map([limit as i64], |row| Ok((row.get(0)?, row.get::<_, i64>(1)?.cast_unsigned())))?;
        Ok(codes.collect::<Result<_, _>>()?)
    }
}
