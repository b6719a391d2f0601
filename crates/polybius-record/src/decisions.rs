//! What a person decides about incidents: which reports belong together and which do not, with a reason, and undone at will.

use rusqlite::{OptionalExtension, params};

use crate::{Moment, Record, RecordError};

/// A report's place in an incident, now or before.
#[derive(Debug, Clone, PartialEq)]
pub struct Membership {
    /// The report's id.
    pub event_id: String,
    /// The incident.
    pub incident: i64,
    /// How surely it belongs there.
    pub score: f64,
    /// Why.
    pub reason: String,
    /// Since when.
    pub since: String,
    /// Until when, if no longer.
    pub until: Option<String>,
    /// The decision that put it there.
    pub made_by: Option<i64>,
}

impl Record {
    /// Moves the reports of `others` into the incident `into`; gives the decision's number.
    ///
    /// # Errors
    /// If one of the incidents has no reports.
    pub fn merge(&self, into: i64, others: &[i64], reason: &str, now: &Moment) -> Result<i64, RecordError> {
        self.whole(|| {
            self.members(into)?;
            let decision = self.decide("merge", reason, now)?;
            for &other in others.iter().filter(|&&other| other != into) {
                for event in self.members(other)? {
                    self.move_report(event, into, decision, reason, now)?;
                }
            }
            Ok(decision)
        })
    }

    /// Moves reports into an incident of their own; gives the decision's number and the incident's.
    ///
    /// # Errors
    /// If one of the reports is not there.
    pub fn split(&self, event_ids: &[String], reason: &str, now: &Moment) -> Result<(i64, i64), RecordError> {
        self.whole(|| {
            let decision = self.decide("split", reason, now)?;
            self.connection.execute("INSERT INTO incidents (made_at) VALUES (?)", [now.as_str()])?;
            let incident = self.connection.last_insert_rowid();
            let mut find = self.connection.prepare(
                "SELECT event FROM events JOIN memberships USING (event) WHERE event_id = ? AND until IS NULL ORDER BY event",
            )?;
            for id in event_ids {
                let events = find.query_map([id], |row| row.get(0))?.collect::<Result<Vec<i64>, _>>()?;
                if events.is_empty() {
                    let cure = "give the ids that `polybius events` shows";
                    return Err(RecordError::unknown(format!("the record has no report `{id}`"), cure));
                }
                for event in events {
                    self.move_report(event, incident, decision, reason, now)?;
                }
            }
            Ok((decision, incident))
        })
    }

    /// Puts everything back that a decision moved.
    ///
    /// # Errors
    /// If there is no such decision, it is undone, or a later one moved the same reports.
    pub fn undo(&self, decision: i64, now: &Moment) -> Result<(), RecordError> {
        self.whole(|| {
            let find = "SELECT undone_at FROM decisions WHERE decision = ?";
            let found: Option<Option<String>> =
                self.connection.query_row(find, [decision], |row| row.get(0)).optional()?;
            let refuse = |what: String, cure: String| Err(RecordError::unknown(what, cure));
            match found {
                None => {
                    return refuse(
                        format!("there is no decision {decision}"),
                        "`polybius doctor` lists them".to_owned(),
                    );
                }
                Some(Some(at)) => {
                    return refuse(format!("decision {decision} was undone at {at}"), "nothing to do".to_owned());
                }
                Some(None) => {}
            }
            let later = "SELECT ended_by FROM memberships WHERE made_by = ? AND ended_by IS NOT NULL LIMIT 1";
            let later: Option<i64> = self.connection.query_row(later, [decision], |row| row.get(0)).optional()?;
            if let Some(later) = later {
                return refuse(format!("decision {later} moved the same reports later"), format!("undo {later} first"));
            }
            // What is put back is made by nobody's decision, as it was at first. It begins before the other ends, by which what is in
            // force is looked up anew.
            let last = "SELECT max(membership) FROM memberships";
            let last: i64 = self.connection.query_row(last, [], |row| row.get(0))?;
            self.connection.execute(
                "INSERT INTO memberships (event, incident, score, reason, since, made_by)
                 SELECT event, incident, score, reason, ?, made_by FROM memberships WHERE ended_by = ?",
                params![now.as_str(), decision],
            )?;
            let end = "UPDATE memberships SET until = ? WHERE made_by = ? AND until IS NULL AND membership <= ?";
            self.connection.execute(end, params![now.as_str(), decision, last])?;
            let forget = "UPDATE memberships SET ended_by = NULL WHERE ended_by = ?";
            self.connection.execute(forget, [decision])?;
            self.placed.forget();
            let undo = "UPDATE decisions SET undone_at = ? WHERE decision = ?";
            self.connection.execute(undo, params![now.as_str(), decision])?;
            Ok(())
        })
    }

    /// How the reports of an incident came into it and left it.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn memberships(&self, incident: i64) -> Result<Vec<Membership>, RecordError> {
        let mut statement = self.connection.prepare(
            "SELECT event_id, incident, memberships.score, reason, since, until, made_by
             FROM memberships JOIN events USING (event) WHERE incident = ? ORDER BY membership",
        )?;
        let memberships = statement.query_map([incident], |row| {
            Ok(Membership {
                event_id: row.get(0)?,
                incident: row.get(1)?,
                score: row.get(2)?,
                reason: row.get(3)?,
                since: row.get(4)?,
                until: row.get(5)?,
                made_by: row.get(6)?,
            })
        })?;
        Ok(memberships.collect::<Result<_, _>>()?)
    }

    fn decide(&self, kind: &str, reason: &str, now: &Moment) -> Result<i64, RecordError> {
        self.placed.forget();
        let insert = "INSERT INTO decisions (kind, reason, made_at) VALUES (?, ?, ?)";
        self.connection.execute(insert, params![kind, reason, now.as_str()])?;
        Ok(self.connection.last_insert_rowid())
    }

    /// The reports that are in an incident now.
    fn members(&self, incident: i64) -> Result<Vec<i64>, RecordError> {
        let find = "SELECT event FROM memberships WHERE incident = ? AND until IS NULL ORDER BY event";
        let mut find = self.connection.prepare_cached(find)?;
        let members = find.query_map([incident], |row| row.get(0))?.collect::<Result<Vec<i64>, _>>()?;
        if members.is_empty() {
            let cure = "`polybius events` shows the incident of each report";
            return Err(RecordError::unknown(format!("there is no incident {incident}"), cure));
        }
        Ok(members)
    }

    fn move_report(
        &self,
        event: i64,
        incident: i64,
        decision: i64,
        reason: &str,
        now: &Moment,
    ) -> Result<(), RecordError> {
        let begin =
            "INSERT INTO memberships (event, incident, score, reason, since, made_by) VALUES (?, ?, 1, ?, ?, ?)";
        let values = params![event, incident, reason, now.as_str(), decision];
        self.connection.prepare_cached(begin)?.execute(values)?;
        let begun = self.connection.last_insert_rowid();
        let end =
            "UPDATE memberships SET until = ?, ended_by = ? WHERE event = ? AND until IS NULL AND membership <> ?";
        self.connection.prepare_cached(end)?.execute(params![now.as_str(), decision, event, begun])?;
        Ok(())
    }
}
