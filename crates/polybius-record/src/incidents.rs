//! Incidents: which acts of different articles are the same, found as they are added, and put right by hand.

use polybius::EventRow;
use rusqlite::{OptionalExtension, Row, params};

use crate::compared::Compared;
use crate::sameness::{SAME, Sameness, keys, keys_of_one_side, only_side, same_act, sameness};
use crate::time::days_later;
use crate::told::Told;
use crate::{Moment, Record, RecordError};

/// News of an act may appear so many days after it.
const DAYS_APART: i64 = 7;

/// So many of the latest reports under one key are compared.
const MOST_COMPARED: i64 = 40;

/// So many of the latest reports of an incident must agree, on the mean.
const MOST_MEMBERS: i64 = 10;

impl Record {
    /// Puts a report that was just added into the incident it tells of, which is new if it has none. `act` is the incident of the
    /// act that the report belongs to, if that has one.
    pub(crate) fn place(
        &self,
        event: i64,
        row: &EventRow,
        act: Option<(i64, Sameness)>,
        now: &Moment,
    ) -> Result<i64, RecordError> {
        let day = counted_day(row).unwrap_or_default();
        let found = match act {
            Some(found) => Some(found),
            None => match self.placed_before(&row.event_id, event)? {
                Some(incident) => Some((incident, Sameness { score: 1.0, reason: "same report".to_owned() })),
                None => self.incident_of(event, row, day)?,
            },
        };
        let (incident, why) = match found {
            Some(found) => found,
            None => (self.new_incident(now)?, Sameness { score: 1.0, reason: "first report".to_owned() }),
        };
        self.join(event, incident, &why, now)?;
        let mut insert = self.connection.prepare_cached("INSERT INTO act_keys (key, day, event) VALUES (?, ?, ?)")?;
        for key in keys(&row.into()) {
            insert.execute(params![key, day, event])?;
        }
        Ok(incident)
    }

    /// Puts a report into an incident that is known, or into a new one.
    pub(crate) fn place_in(
        &self,
        event: i64,
        incident: Option<i64>,
        reason: &str,
        now: &Moment,
    ) -> Result<i64, RecordError> {
        let incident = match incident {
            Some(incident) => incident,
            None => self.new_incident(now)?,
        };
        self.join(event, incident, &Sameness { score: 1.0, reason: reason.to_owned() }, now)?;
        Ok(incident)
    }

    /// Keeps what later reports are compared with.
    pub(crate) fn keep_compared(&self, event: i64, row: &Compared<'_>) -> Result<(), RecordError> {
        let insert = "INSERT INTO compared (event, row) VALUES (?, ?)";
        self.connection.prepare_cached(insert)?.execute(params![event, postcard::to_stdvec(row)?])?;
        Ok(())
    }

    /// Keeps it of all reports, which records of an earlier form did not.
    pub(crate) fn keep_all_compared(&self) -> Result<(), RecordError> {
        let mut find = self.connection.prepare("SELECT row, event FROM evidence")?;
        let mut rows = find.query([])?;
        while let Some(row) = rows.next()? {
            let json = row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?;
            self.keep_compared(row.get(1)?, &serde_json::from_str(json)?)?;
        }
        Ok(())
    }

    fn new_incident(&self, now: &Moment) -> Result<i64, RecordError> {
        self.connection.prepare_cached("INSERT INTO incidents (made_at) VALUES (?)")?.execute([now.as_str()])?;
        Ok(self.connection.last_insert_rowid())
    }

    fn join(&self, event: i64, incident: i64, why: &Sameness, now: &Moment) -> Result<(), RecordError> {
        self.connection
            .prepare_cached("INSERT INTO memberships (event, incident, score, reason, since) VALUES (?, ?, ?, ?, ?)")?
            .execute(params![event, incident, why.score, why.reason, now.as_str()])?;
        Ok(())
    }

    /// The incident that the same report was put into when it was coded before.
    fn placed_before(&self, event_id: &str, event: i64) -> Result<Option<i64>, RecordError> {
        let find = "SELECT incident FROM events JOIN memberships USING (event)
                    WHERE event_id = ? AND event < ? AND until IS NULL ORDER BY event DESC LIMIT 1";
        Ok(self.connection.prepare_cached(find)?.query_row(params![event_id, event], |row| row.get(0)).optional()?)
    }

    /// The incident of the earlier report that is likeliest to tell of the same act.
    fn incident_of(&self, event: i64, row: &EventRow, day: &str) -> Result<Option<(i64, Sameness)>, RecordError> {
        // Reports of no day are compared with each other.
        let around = |n_days| days_later(day, n_days).unwrap_or_else(|| day.to_owned());
        let (from, to) = (around(-DAYS_APART), around(DAYS_APART));
        let mut find = self.connection.prepare_cached(
            "SELECT event FROM act_keys WHERE key = ? AND day BETWEEN ? AND ? AND event < ? ORDER BY day DESC, event DESC LIMIT ?",
        )?;
        let report = Told::by(row);
        let mut candidates: Vec<i64> = Vec::new();
        for key in keys(&report.row).into_iter().chain(keys_of_one_side(&report.row)) {
            let events = find.query_map(params![key, from, to, event, MOST_COMPARED], |row| row.get(0))?;
            candidates.extend(events.collect::<Result<Vec<i64>, _>>()?);
        }
        if let Some((side, codes)) = only_side(&report.row) {
            let mut find = self.connection.prepare_cached(
                "SELECT event FROM in_force_codes WHERE code = ? AND side = ? AND day BETWEEN ? AND ? AND event_type = ? AND event < ?
                 ORDER BY day DESC, event DESC LIMIT ?",
            )?;
            for code in codes {
                let key = params![code, side, from, to, row.event_type, event, MOST_COMPARED];
                let events = find.query_map(key, |row| row.get(0))?;
                candidates.extend(events.collect::<Result<Vec<i64>, _>>()?);
            }
        }
        candidates.sort_unstable();
        candidates.dedup();
        let mut read = self.connection.prepare_cached("SELECT row FROM compared WHERE event = ?")?;
        let mut place =
            self.connection.prepare_cached("SELECT incident FROM memberships WHERE event = ? AND until IS NULL")?;
        let mut found: Vec<(i64, Sameness)> = Vec::new();
        for candidate in candidates {
            let mut rows = read.query([candidate])?;
            let earlier = rows.next()?.ok_or(rusqlite::Error::QueryReturnedNoRows)?;
            let Some(likeness) = same_act(&told(earlier)?, &report) else { continue };
            let incident: i64 = place.query_row([candidate], |row| row.get(0))?;
            match found.iter_mut().find(|(other, _)| *other == incident) {
                Some((_, best)) if likeness.score > best.score => *best = likeness,
                Some(_) => {}
                None => found.push((incident, likeness)),
            }
        }
        found.sort_by(|(_, one), (_, other)| other.score.total_cmp(&one.score));
        for (incident, why) in found {
            if self.fits(incident, event, &report)? {
                return Ok(Some((incident, why)));
            }
        }
        Ok(None)
    }

    /// Whether a report tells, by and large, of what the latest reports of an incident tell: what is like one of them need not be like the
    /// others.
    fn fits(&self, incident: i64, event: i64, report: &Told<'_>) -> Result<bool, RecordError> {
        let mut read = self.connection.prepare_cached(
            "SELECT row FROM compared WHERE event IN
                 (SELECT event FROM memberships WHERE incident = ? AND event < ? AND until IS NULL ORDER BY event DESC LIMIT ?)
             ORDER BY event DESC",
        )?;
        let mut rows = read.query(params![incident, event, MOST_MEMBERS])?;
        let (mut sum, mut n_members) = (0.0, 0);
        while let Some(row) = rows.next()? {
            sum += sameness(&told(row)?, report).map_or(0.0, |found| found.score);
            n_members += 1;
        }
        Ok(sum >= SAME * f64::from(n_members))
    }
}

/// What is compared of the report in the first column.
fn told<'r>(row: &'r Row<'_>) -> Result<Told<'r>, RecordError> {
    let bytes = row.get_ref(0)?.as_blob().map_err(rusqlite::Error::from)?;
    Ok(Told::by(postcard::from_bytes::<Compared<'r>>(bytes)?))
}

/// The day a report is counted on: the first day of the act, else the day of publication.
pub(crate) fn counted_day(row: &EventRow) -> Option<&str> {
    row.date.as_ref().map(|date| date.start.as_str()).or(row.published.as_deref())
}
