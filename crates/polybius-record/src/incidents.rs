//! Incidents: which acts of different articles are the same, found as they are added, and put right by hand.

use polybius::EventRow;
use rusqlite::{OptionalExtension, Row, params};

use crate::compared::Compared;
use crate::outlines::Outline;
use crate::sameness::{SAME, Sameness, keys, keys_of_one_side, only_side, same_act, sameness};
use crate::time::{day_number, days_later};
use crate::told::Told;
use crate::{Moment, Record, RecordError};

/// News of an act may appear so many days after it.
const DAYS_APART: i32 = 7;

/// So many of the latest reports under one key are compared.
const MOST_COMPARED: usize = 40;

/// So many of the latest reports of an incident must agree, on the mean.
const MOST_MEMBERS: i64 = 10;

/// What is compared of a report.
const COMPARED_OF: &str = "SELECT row FROM compared WHERE event = ?";

impl Record {
    /// Puts a report that was just added into the incident it tells of, which is new if it has none. `act` is the incident of the
    /// act that the report belongs to, if that has one; `was_coded` if the same report may have been added before.
    pub(crate) fn place(
        &self,
        event: i64,
        row: &EventRow,
        act: Option<(i64, Sameness)>,
        was_coded: bool,
        now: &Moment,
    ) -> Result<i64, RecordError> {
        let day = counted_day(row).unwrap_or_default();
        let report = Told::by(row);
        let found = match act {
            Some(found) => Some(found),
            None => match was_coded.then(|| self.placed_before(&row.event_id, event)).transpose()?.flatten() {
                Some(incident) => Some((incident, Sameness { score: 1.0, reason: "same report".to_owned() })),
                None => self.incident_of(event, &report, day)?,
            },
        };
        let (incident, why) = match found {
            Some(found) => found,
            None => (self.new_incident(now)?, Sameness { score: 1.0, reason: "first report".to_owned() }),
        };
        self.join(event, incident, &why, now)?;
        let number = day_number(day);
        for key in keys(&report.row) {
            self.keep_key(&key, number, event)?;
        }
        self.outlines.note(event, Outline::of(&report.row));
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

    /// Keeps where reports of the same act will look for this one.
    pub(crate) fn keep_key(&self, key: &str, day: Option<i32>, event: i64) -> Result<(), RecordError> {
        self.act_keys.keep(&self.connection, key, day, event)
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
        self.placed.note(event, incident);
        Ok(())
    }

    /// The incident that the same report was put into when it was coded before.
    fn placed_before(&self, event_id: &str, event: i64) -> Result<Option<i64>, RecordError> {
        let find = "SELECT incident FROM events JOIN memberships USING (event)
                    WHERE event_id = ? AND event < ? AND until IS NULL ORDER BY event DESC LIMIT 1";
        Ok(self.connection.prepare_cached(find)?.query_row(params![event_id, event], |row| row.get(0)).optional()?)
    }

    /// The incident of the earlier report that is likeliest to tell of the same act.
    fn incident_of(&self, event: i64, report: &Told<'_>, day: &str) -> Result<Option<(i64, Sameness)>, RecordError> {
        let alike = self.alike(self.candidates(event, &report.row, day)?, report)?;
        let mut found: Vec<(i64, &Sameness)> = Vec::new();
        for (earlier, likeness) in &alike {
            let incident = self.incident(*earlier)?;
            match found.iter_mut().find(|(other, _)| *other == incident) {
                Some((_, best)) if likeness.score > best.score => *best = likeness,
                Some(_) => {}
                None => found.push((incident, likeness)),
            }
        }
        found.sort_by(|(_, one), (_, other)| other.score.total_cmp(&one.score));
        for (incident, why) in found {
            if self.fits(incident, event, report, &alike)? {
                return Ok(Some((incident, why.clone())));
            }
        }
        Ok(None)
    }

    fn incident(&self, event: i64) -> Result<i64, RecordError> {
        if let Some(incident) = self.placed.of(event) {
            return Ok(incident);
        }
        let find = "SELECT incident FROM memberships WHERE event = ? AND until IS NULL";
        let incident = self.connection.prepare_cached(find)?.query_row([event], |row| row.get(0))?;
        self.placed.note(event, incident);
        Ok(incident)
    }

    /// The earlier reports that a report is compared with, in the order in which they were added.
    fn candidates(&self, event: i64, row: &Compared<'_>, day: &str) -> Result<Vec<i64>, RecordError> {
        // Reports of no day are compared with each other.
        let days = day_number(day).map(|day| (day - DAYS_APART, day + DAYS_APART));
        let mut candidates: Vec<i64> = Vec::new();
        for key in keys(row).into_iter().chain(keys_of_one_side(row)) {
            candidates.extend(self.act_keys.latest(&self.connection, &key, days, event, MOST_COMPARED)?);
        }
        if let Some((side, codes)) = only_side(row) {
            let around = |n_days| days_later(day, n_days).unwrap_or_else(|| day.to_owned());
            let (from, to) = (around(-i64::from(DAYS_APART)), around(i64::from(DAYS_APART)));
            let mut find = self.connection.prepare_cached(
                "SELECT event FROM codes WHERE code = ? AND side = ? AND day BETWEEN ? AND ? AND event_type = ? AND event < ?
                 ORDER BY day DESC, event DESC LIMIT ?",
            )?;
            for code in codes {
                let key = params![code, side, from, to, &*row.event_type, event, MOST_COMPARED as i64];
                let events = find.query_map(key, |row| row.get(0))?;
                candidates.extend(events.collect::<Result<Vec<i64>, _>>()?);
            }
        }
        candidates.sort_unstable();
        candidates.dedup();
        Ok(candidates)
    }

    /// Which of them tell of the same act, and how surely.
    fn alike(&self, candidates: Vec<i64>, report: &Told<'_>) -> Result<Vec<(i64, Sameness)>, RecordError> {
        let outline = Outline::of(&report.row);
        let mut read = self.connection.prepare_cached(COMPARED_OF)?;
        let mut alike = Vec::new();
        for candidate in candidates {
            // Most differ in outline, and reading takes longest.
            let known = self.outlines.of(candidate);
            if known.is_some_and(|known| !known.can_be(outline)) {
                continue;
            }
            let mut rows = read.query([candidate])?;
            let earlier = told(rows.next()?.ok_or(rusqlite::Error::QueryReturnedNoRows)?)?;
            if known.is_none() {
                self.outlines.note(candidate, Outline::of(&earlier.row));
            }
            alike.extend(same_act(&earlier, report).map(|likeness| (candidate, likeness)));
        }
        Ok(alike)
    }

    /// Whether a report tells, by and large, of what the latest reports of an incident tell: what is like one of them need not be like the
    /// others. How like it is to those of `alike` is known.
    fn fits(
        &self,
        incident: i64,
        event: i64,
        report: &Told<'_>,
        alike: &[(i64, Sameness)],
    ) -> Result<bool, RecordError> {
        let mut find = self.connection.prepare_cached(
            "SELECT event FROM memberships WHERE incident = ? AND event < ? AND until IS NULL ORDER BY event DESC LIMIT ?",
        )?;
        let mut read = self.connection.prepare_cached(COMPARED_OF)?;
        let mut members = find.query(params![incident, event, MOST_MEMBERS])?;
        let (mut sum, mut n_members) = (0.0, 0);
        while let Some(member) = members.next()? {
            let member: i64 = member.get(0)?;
            sum += match alike.binary_search_by_key(&member, |(earlier, _)| *earlier) {
                Ok(index) => alike[index].1.score,
                Err(_) => {
                    let mut rows = read.query([member])?;
                    let member = told(rows.next()?.ok_or(rusqlite::Error::QueryReturnedNoRows)?)?;
                    sameness(&member, report).map_or(0.0, |found| found.score)
                }
            };
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
