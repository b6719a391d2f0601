//! Expectations: what was announced, and what became of it.

use polybius::ExpectationRow;

use super::filter::Conditions;
use super::{Filter, Report, in_force};
use crate::time::days_later;
use crate::{Record, RecordError, Status};

/// What became of an expectation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// Its last day is near.
    Due,
    /// Its last day is yet to come, or none is told.
    Open,
    /// A later report tells that it came about.
    Kept,
    /// A later report tells the contrary.
    Broken,
    /// Its last day is over, and no report tells of it.
    Lapsed,
    /// It codes to no act, so only a reader can tell.
    Untold,
}

impl Outcome {
    /// All of them, in the order in which they matter.
    pub const ALL: [Outcome; 6] =
        [Outcome::Due, Outcome::Open, Outcome::Kept, Outcome::Broken, Outcome::Lapsed, Outcome::Untold];

    /// In a word.
    pub fn as_str(self) -> &'static str {
        match self {
            Outcome::Due => "due",
            Outcome::Open => "open",
            Outcome::Kept => "kept",
            Outcome::Broken => "broken",
            Outcome::Lapsed => "lapsed",
            Outcome::Untold => "for a reader to tell",
        }
    }
}

/// An expectation with what became of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Settled {
    /// The expectation with its words.
    pub row: ExpectationRow,
    /// What became of it.
    pub outcome: Outcome,
    /// The report that settled it.
    pub by: Option<Report>,
}

/// So many reports of the act are looked at for one of another article.
const MOST_LOOKED_AT: u64 = 20;

/// So many are too many to look at all of them.
const FREQUENT: i64 = 10_000;

/// Why looking for the report that settles an expectation ends.
enum Settling {
    By(Box<Report>),
    Failed(RecordError),
}

impl From<RecordError> for Settling {
    fn from(error: RecordError) -> Settling {
        Settling::Failed(error)
    }
}

/// An expectation is due so many days before its last.
const DUE_DAYS: i64 = 7;

impl Record {
    /// The expectations of the filter, the latest first, and what had become of them by `today`, a day. Its statuses, quad classes,
    /// places and confidence do not matter.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn expectations(&self, filter: &Filter, today: &str, limit: u64) -> Result<Vec<Settled>, RecordError> {
        let rows = self.expected(filter, None, limit)?;
        rows.into_iter().map(|json| self.settle(serde_json::from_str(&json)?, filter, today)).collect()
    }

    /// The expectations of the filter whose last day lies between two days, as [`Record::expectations`] gives them.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn expectations_due(
        &self,
        filter: &Filter,
        (first, last): (&str, &str),
        today: &str,
        limit: u64,
    ) -> Result<Vec<Settled>, RecordError> {
        let rows = self.expected(filter, Some((first, last)), limit)?;
        rows.into_iter().map(|json| self.settle(serde_json::from_str(&json)?, filter, today)).collect()
    }

    /// The rows of expectations, the latest first.
    fn expected(&self, filter: &Filter, due: Option<(&str, &str)>, limit: u64) -> Result<Vec<String>, RecordError> {
        let sides = [("actor", &*filter.actors), ("recipient", &*filter.recipients)];
        // Where most have what is asked for, going back from the latest finds enough of them soon.
        let is_walk = due.is_none() && filter.ids.is_empty() && self.is_frequent("expectation", sides)?;
        let mut conditions = Conditions::default();
        if let Some((first, last)) = due {
            conditions.due(first, last);
        }
        conditions.codes("expectation", is_walk, sides);
        conditions.ledger(filter, "r.expectation_id");
        conditions.types(&filter.event_types, "json_extract(r.row, '$.mode')");
        let codings = |join| in_force::codings(&filter.moment(), filter.run, join);
        let among = match is_walk {
            true => format!("expectations AS x INDEXED BY expectations_by_day CROSS JOIN ({}) AS c", codings("JOIN")),
            false => format!("expectations AS x JOIN ({}) AS c", codings("JOIN")),
        };
        // The rows are looked up only after sorting, which would otherwise carry them along.
        let sql = format!(
            "SELECT row FROM (SELECT r.expectation AS latest, r.day FROM (SELECT x.*, c.run, c.version, c.outlet, c.document_id
                 FROM {among} ON c.coding = x.coding) AS r{} ORDER BY r.day DESC, r.expectation DESC LIMIT {limit}) AS l
             JOIN expectations ON expectation = latest ORDER BY l.day DESC, latest DESC",
            conditions.sql
        );
        let mut statement = self.connection.prepare(&sql)?;
        let rows = statement.query_map(&*conditions.values(), |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Whether claims or expectations (`what`) with codes on one side at most are so many that a few of the latest are found sooner by
    /// going back from day to day than among all of them.
    pub(crate) fn is_frequent(&self, what: &str, sides: [(&str, &[String]); 2]) -> Result<bool, RecordError> {
        let mut with_codes = sides.into_iter().filter(|(_, codes)| !codes.is_empty());
        let (Some((side, codes)), None) = (with_codes.next(), with_codes.next()) else {
            return Ok(sides.iter().all(|(_, codes)| codes.is_empty()));
        };
        let count = format!(
            "SELECT count(*) FROM (SELECT 1 FROM {what}_codes WHERE code = ? AND side = '{side}' LIMIT {FREQUENT})"
        );
        let mut count = self.connection.prepare_cached(&count)?;
        for code in codes {
            if count.query_row([code], |row| row.get::<_, i64>(0))? >= FREQUENT {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn settle(&self, row: ExpectationRow, filter: &Filter, today: &str) -> Result<Settled, RecordError> {
        let sought = &row.settled_by;
        let Some(event_type) = sought.event_type.clone().filter(|_| !sought.actors.is_empty()) else {
            return Ok(Settled { row, outcome: Outcome::Untold, by: None });
        };
        let asked = Filter {
            actors: sought.actors.clone(),
            recipients: sought.recipients.clone(),
            event_types: vec![event_type],
            statuses: vec![Status::Happened, Status::Denied],
            from: sought.from.clone(),
            to: sought.until.clone(),
            as_of: filter.as_of.clone(),
            run: filter.run,
            ..Filter::default()
        };
        let by = match self.each_report(&asked, Some(MOST_LOOKED_AT), |report| {
            if report.row.document_id == row.document_id { Ok(()) } else { Err(Settling::By(Box::new(report))) }
        }) {
            Ok(()) => None,
            Err(Settling::By(report)) => Some(*report),
            Err(Settling::Failed(error)) => return Err(error),
        };
        let outcome = match (&by, &sought.until) {
            (Some(report), _) if (report.entry.status == Status::Denied.as_str()) == row.negated => Outcome::Kept,
            (Some(_), _) => Outcome::Broken,
            (None, Some(until)) if until.as_str() < today => Outcome::Lapsed,
            (None, Some(until)) if days_later(today, DUE_DAYS).is_some_and(|near| *until <= near) => Outcome::Due,
            (None, _) => Outcome::Open,
        };
        Ok(Settled { row, outcome, by })
    }
}
