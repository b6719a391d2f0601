//! Which reports are meant.

use polybius::EventRow;
use rusqlite::ToSql;

use super::in_force;
use crate::{Moment, Record, RecordError, RunId};

/// Whether a report says that the act happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// It happened.
    Happened,
    /// It did not happen.
    Denied,
    /// It is yet to come.
    Future,
    /// It is only possible.
    Hypothetical,
    /// It happened long before the news.
    Historical,
}

impl Status {
    /// The word in the record.
    pub fn as_str(self) -> &'static str {
        match self {
            Status::Happened => "happened",
            Status::Denied => "denied",
            Status::Future => "future",
            Status::Hypothetical => "hypothetical",
            Status::Historical => "historical",
        }
    }

    /// Where several auxiliary modes hold, the one that takes most away: what may never be is not yet denied.
    pub fn of(row: &EventRow) -> Status {
        let order = [
            ("hypothetical", Status::Hypothetical),
            ("future", Status::Future),
            ("negation", Status::Denied),
            ("historical", Status::Historical),
        ];
        let holds = |mode: &str| row.auxiliary.iter().any(|own| own == mode);
        order.into_iter().find(|(mode, _)| holds(mode)).map_or(Status::Happened, |(_, status)| status)
    }
}

/// Which reports are meant. What is left empty does not matter.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Filter {
    /// Countries (ISO 3166-1 alpha-3) or entities, one of which acts.
    pub actors: Vec<String>,
    /// Countries or entities, one of which it is done to, or who act together with the actor.
    pub recipients: Vec<String>,
    /// Types, `ASSAULT`, or modes, `ASSAULT/aerial`.
    pub event_types: Vec<String>,
    /// The first day.
    pub from: Option<String>,
    /// The last day.
    pub to: Option<String>,
    /// Whether it happened.
    pub statuses: Vec<Status>,
    /// Which outlets report it.
    pub outlets: Vec<String>,
    /// The least confidence.
    pub min_confidence: f64,
    /// Ids of events or documents.
    pub ids: Vec<String>,
    /// One incident.
    pub incident: Option<i64>,
    /// Leaves out articles that are copies of earlier ones.
    pub without_copies: bool,
    /// What one run made of the articles, instead of the latest.
    pub run: Option<RunId>,
    /// As the record stood then; now if not given.
    pub as_of: Option<Moment>,
}

/// A condition and what it asks for.
#[derive(Default)]
pub(crate) struct Conditions {
    pub(crate) sql: String,
    pub(crate) values: Vec<Box<dyn ToSql>>,
}

impl Conditions {
    fn add(&mut self, condition: &str, values: impl IntoIterator<Item = impl ToSql + 'static>) {
        self.sql += if self.sql.is_empty() { " WHERE " } else { " AND " };
        self.sql += condition;
        self.values.extend(values.into_iter().map(|value| Box::new(value) as Box<dyn ToSql>));
    }

    /// The values in the order of their places.
    pub(crate) fn values(&self) -> Vec<&dyn ToSql> {
        self.values.iter().map(|value| &**value).collect()
    }
}

impl Filter {
    /// The moment the record is asked as of.
    pub(crate) fn moment(&self) -> Moment {
        self.as_of.clone().unwrap_or_else(Moment::end_of_time)
    }

    /// The reports in force, as a table called `r`.
    pub(crate) fn reports(&self) -> String {
        format!("({}) AS r", in_force::reports(&self.moment(), self.run))
    }

    /// The conditions on `r`.
    pub(crate) fn conditions(&self) -> Conditions {
        let mut conditions = Conditions::default();
        if !self.actors.is_empty() {
            let codes = places(self.actors.len());
            let condition = format!("r.event IN (SELECT event FROM codes WHERE code IN ({codes}) AND side = 'actor')");
            conditions.add(&condition, self.actors.clone());
        }
        if !self.recipients.is_empty() {
            let codes = places(self.recipients.len());
            // Who acts on himself is not one of several who act together.
            let sides = if self.actors == self.recipients { "'recipient'" } else { "'recipient', 'fellow'" };
            let condition =
                format!("r.event IN (SELECT event FROM codes WHERE code IN ({codes}) AND side IN ({sides}))");
            conditions.add(&condition, self.recipients.clone());
        }
        if !self.event_types.is_empty() {
            let one = "(r.event_type = ? AND coalesce(?, r.mode, '') = coalesce(r.mode, ''))";
            let values = self.event_types.iter().flat_map(|kind| match kind.split_once('/') {
                Some((event_type, mode)) => [Some(event_type.to_owned()), Some(mode.to_owned())],
                None => [Some(kind.clone()), None],
            });
            let condition = vec![one; self.event_types.len()].join(" OR ");
            conditions.add(&format!("({condition})"), values.collect::<Vec<_>>());
        }
        if !self.statuses.is_empty() {
            let condition = format!("r.status IN ({})", places(self.statuses.len()));
            conditions.add(&condition, self.statuses.iter().map(|status| status.as_str()));
        }
        if !self.outlets.is_empty() {
            let condition = format!("r.outlet IN ({})", places(self.outlets.len()));
            conditions.add(&condition, self.outlets.clone());
        }
        if !self.ids.is_empty() {
            let ids = places(self.ids.len());
            let condition = format!(
                "r.event IN (SELECT event FROM events WHERE event_id IN ({ids}) UNION ALL
                     SELECT event FROM articles JOIN versions USING (article) JOIN codings USING (version)
                     JOIN events USING (coding) WHERE id IN ({ids}))"
            );
            conditions.add(&condition, [&self.ids[..], &self.ids[..]].concat());
        }
        if let Some(from) = &self.from {
            conditions.add("r.day >= ?", [from.clone()]);
        }
        if let Some(to) = &self.to {
            conditions.add("r.day <= ?", [to.clone()]);
        }
        if self.min_confidence > 0.0 {
            conditions.add("r.confidence >= ?", [self.min_confidence]);
        }
        if let Some(incident) = self.incident {
            conditions.add("r.incident = ?", [incident]);
        }
        if self.without_copies {
            conditions.add("r.copy_of IS NULL", [0_i64; 0]);
        }
        conditions
    }
}

/// So many places for values.
fn places(n: usize) -> String {
    vec!["?"; n].join(", ")
}

impl Record {
    /// Codes of the filter under which the record has nothing, each with codes of like names.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn unknown_codes(&self, filter: &Filter) -> Result<Vec<(String, Vec<String>)>, RecordError> {
        let mut unknown = Vec::new();
        let mut known = self.connection.prepare("SELECT 1 FROM codes WHERE code = ? LIMIT 1")?;
        let mut near = self.connection.prepare(
            "SELECT DISTINCT coalesce(entity, country) || ' (' || name || ')' FROM participants
             WHERE name LIKE '%' || ? || '%' AND coalesce(entity, country) IS NOT NULL LIMIT 5",
        )?;
        for code in filter.actors.iter().chain(&filter.recipients) {
            if !known.exists([code])? {
                let near = near.query_map([code], |row| row.get(0))?.collect::<Result<_, _>>()?;
                unknown.push((code.clone(), near));
            }
        }
        Ok(unknown)
    }
}
