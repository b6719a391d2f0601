//! Which reports are meant.

use polybius::EventRow;
use rusqlite::ToSql;

use super::{Order, in_force};
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
    /// Quad classes, 1 to 4.
    pub quads: Vec<u8>,
    /// Countries (ISO 3166-1 alpha-3) in which it happens.
    pub places: Vec<String>,
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
    /// Reports by their numbers in the record.
    pub numbers: Option<Vec<i64>>,
    /// Leaves out articles that are copies of earlier ones.
    pub without_copies: bool,
    /// What one run made of the articles, instead of the latest.
    pub run: Option<RunId>,
    /// As the record stood then; now if not given.
    pub as_of: Option<Moment>,
}

/// How reports with codes are found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Codes {
    /// From the list of all that have them.
    Listed,
    /// By looking at each report whether it has them.
    Each,
    /// In the order of days from `codes AS k`, which has the one actor; others are looked for in each report.
    InOrder,
}

/// So many of the latest versions are looked at for what was published last, before all of them are.
pub(crate) const RECENT: u64 = 1_000;

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

    /// A condition that asks for nothing else.
    pub(crate) fn holds(&mut self, condition: &str) {
        self.add(condition, [0_i64; 0]);
    }

    /// Types, or types and modes.
    pub(crate) fn types(&mut self, event_types: &[String], mode: &str) {
        if event_types.is_empty() {
            return;
        }
        let one = format!("(r.event_type = ? AND coalesce(?, {mode}, '') = coalesce({mode}, ''))");
        let values = event_types.iter().flat_map(|kind| match kind.split_once('/') {
            Some((event_type, mode)) => [Some(event_type.to_owned()), Some(mode.to_owned())],
            None => [Some(kind.clone()), None],
        });
        let condition = vec![one; event_types.len()].join(" OR ");
        self.add(&format!("({condition})"), values.collect::<Vec<_>>());
    }

    fn outlets(&mut self, outlets: &[String]) {
        if !outlets.is_empty() {
            self.add(&format!("r.outlet IN ({})", places(outlets.len())), outlets.to_vec());
        }
    }

    fn days(&mut self, filter: &Filter) {
        if let Some(from) = &filter.from {
            self.add("r.day >= ?", [from.clone()]);
        }
        if let Some(to) = &filter.to {
            self.add("r.day <= ?", [to.clone()]);
        }
    }

    /// Claims or expectations (`what`) that have codes on sides, one of those of each side; `each` looks at one after the other whether
    /// it has them.
    pub(crate) fn codes(&mut self, what: &str, each: bool, sides: [(&str, &[String]); 2]) {
        let with = |(side, codes): (&str, &[String])| {
            format!("SELECT {what} FROM {what}_codes WHERE code IN ({}) AND side = '{side}'", places(codes.len()))
        };
        let sides: Vec<_> = sides.into_iter().filter(|(_, codes)| !codes.is_empty()).collect();
        if each {
            for side in sides {
                self.add(&format!("EXISTS ({} AND {what} = r.{what})", with(side)), side.1.to_vec());
            }
        } else if let Some((&last, others)) = sides.split_last() {
            // One list within the other, so that only what has both is looked up.
            let list = others.iter().fold(with(last), |list, &side| format!("{} AND {what} IN ({list})", with(side)));
            let values = sides.iter().flat_map(|(_, codes)| codes.to_vec());
            self.add(&format!("r.{what} IN ({list})"), values.collect::<Vec<_>>());
        }
    }

    /// What a filter asks of claims and expectations beside who takes part.
    pub(crate) fn ledger(&mut self, filter: &Filter, id: &str) {
        self.outlets(&filter.outlets);
        self.days(filter);
        if !filter.ids.is_empty() {
            let ids = places(filter.ids.len());
            let both = [&filter.ids[..], &filter.ids[..]].concat();
            self.add(&format!("({id} IN ({ids}) OR r.document_id IN ({ids}))"), both);
        }
    }

    /// Only reports of the versions that were published last, up to a day if one is given: so many of them.
    pub(crate) fn recent(&mut self, day: Option<&str>, n: u64) {
        let day = day.filter(|day| !day.is_empty()).unwrap_or("9999").to_owned();
        let latest = "SELECT version FROM versions WHERE published <= ? ORDER BY published DESC, version DESC";
        self.add(&format!("r.version IN ({latest} LIMIT {n})"), [day]);
    }

    /// Only expectations whose last day lies between two days.
    pub(crate) fn due(&mut self, first: &str, last: &str) {
        self.add("r.until BETWEEN ? AND ?", [first.to_owned(), last.to_owned()]);
    }

    /// Only what was published on a day or later.
    pub(crate) fn published_since(&mut self, day: &str) {
        self.add("r.published >= ?", [day.to_owned()]);
    }

    /// Only incidents of which something was published on a day or later.
    pub(crate) fn incidents_since(&mut self, day: &str) {
        let since = "SELECT version FROM versions WHERE published >= ?";
        let among = format!("r.incident IN (SELECT incident FROM in_force WHERE version IN ({since}))");
        self.add(&among, [day.to_owned()]);
    }

    /// What comes behind a report of this day and number.
    pub(crate) fn behind(&mut self, order: Order, day: Option<String>, event: i64) {
        let own = "(SELECT c.version FROM events AS e JOIN codings AS c ON c.coding = e.coding WHERE e.event = ?)";
        let (condition, n_times) = match order {
            // What has no day comes first by day, and last where the latest come first.
            Order::Day | Order::Incident => ("(r.day > coalesce(?, '') OR (r.day IS ? AND r.event > ?))".to_owned(), 1),
            Order::Latest => {
                let within = format!("r.version < {own} OR (r.version = {own} AND r.event > ?)");
                (format!("(coalesce(r.published, '') < coalesce(?, '') OR (r.published IS ? AND ({within})))"), 3)
            }
        };
        let mut values: Vec<Box<dyn ToSql>> = vec![Box::new(day.clone()), Box::new(day)];
        values.extend((0..n_times).map(|_| Box::new(event) as Box<dyn ToSql>));
        self.add(&condition, values);
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

    /// Whether it asks for what is in force now.
    pub(crate) fn is_of_now(&self) -> bool {
        self.as_of.is_none() && self.run.is_none()
    }

    /// Whether nearly all reports may be meant: no code, day or number narrows them down.
    pub(crate) fn is_broad(&self) -> bool {
        self.is_of_now()
            && self.from.is_none()
            && self.to.is_none()
            && self.incident.is_none()
            && self.numbers.is_none()
            && [&self.actors, &self.recipients, &self.ids, &self.places].into_iter().all(Vec::is_empty)
    }

    /// The reports in force, as a table called `r`.
    pub(crate) fn reports(&self) -> String {
        if self.is_of_now() { "in_force AS r".to_owned() } else { self.whole_reports() }
    }

    /// The same with the columns that say where a report is from and why it is what it is.
    pub(crate) fn whole_reports(&self) -> String {
        format!("({}) AS r", in_force::reports(&self.moment(), self.run))
    }

    /// Whether reports can be found in the order of days from their one actor.
    pub(crate) fn has_order(&self) -> bool {
        self.is_of_now()
            && self.actors.len() == 1
            && self.actors != self.recipients
            && self.ids.is_empty()
            && self.numbers.is_none()
            && self.incident.is_none()
    }

    /// What is asked of a row of the table of codes `k`: one of the codes on a side, and days and types that may be meant.
    fn with_code(&self, codes: &[String], sides: &str) -> (String, Vec<String>) {
        let mut sql = format!("k.code IN ({}) AND k.side IN ({sides})", places(codes.len()));
        let mut values = codes.to_vec();
        for (bound, day) in [(">=", &self.from), ("<=", &self.to)] {
            if let Some(day) = day {
                sql += &format!(" AND k.day {bound} ?");
                values.push(day.clone());
            }
        }
        if !self.event_types.is_empty() {
            sql += &format!(" AND k.event_type IN ({})", places(self.event_types.len()));
            values.extend(self.event_types.iter().map(|kind| kind.split('/').next().unwrap_or_default().to_owned()));
        }
        (sql, values)
    }

    /// The conditions on `r`.
    pub(crate) fn conditions(&self) -> Conditions {
        self.conditions_by(Codes::Listed)
    }

    /// The conditions on `r`, with codes found in this way.
    pub(crate) fn conditions_by(&self, codes: Codes) -> Conditions {
        let mut conditions = Conditions::default();
        // Who acts on himself is not one of several who act together.
        let sides = if self.actors == self.recipients { "'recipient'" } else { "'recipient', 'fellow'" };
        let acting = (!self.actors.is_empty()).then(|| self.with_code(&self.actors, "'actor'"));
        let suffering = (!self.recipients.is_empty()).then(|| self.with_code(&self.recipients, sides));
        let has = |one: &str| {
            format!(
                "EXISTS (SELECT 1 FROM codes AS k WHERE {one} AND k.day = coalesce(r.day, '')
                     AND k.event_type = r.event_type AND k.event = r.event)"
            )
        };
        match (codes, acting, suffering) {
            // One list within the other, so that only reports with both sides are looked up.
            (Codes::Listed, Some((acting, mut values)), Some((suffering, more))) => {
                values.extend(more);
                let suffering = format!("SELECT event FROM codes AS k WHERE {suffering}");
                let both = format!("SELECT event FROM codes AS k WHERE {acting} AND event IN ({suffering})");
                conditions.add(&format!("r.event IN ({both})"), values);
            }
            (Codes::Listed, Some((one, values)), None) | (Codes::Listed, None, Some((one, values))) => {
                conditions.add(&format!("r.event IN (SELECT event FROM codes AS k WHERE {one})"), values);
            }
            (Codes::InOrder, Some((acting, values)), suffering) => {
                conditions.add(&acting, values);
                if let Some((one, values)) = suffering {
                    conditions.add(&has(&one), values);
                }
            }
            (_, acting, suffering) => {
                for (one, values) in acting.into_iter().chain(suffering) {
                    conditions.add(&has(&one), values);
                }
            }
        }
        conditions.types(&self.event_types, "r.mode");
        if !self.quads.is_empty() {
            conditions.add(&format!("r.quad IN ({})", places(self.quads.len())), self.quads.clone());
        }
        if !self.places.is_empty() {
            conditions.add(&format!("r.place_country IN ({})", places(self.places.len())), self.places.clone());
        }
        if !self.statuses.is_empty() {
            let condition = format!("r.status IN ({})", places(self.statuses.len()));
            conditions.add(&condition, self.statuses.iter().map(|status| status.as_str()));
        }
        conditions.outlets(&self.outlets);
        if !self.ids.is_empty() {
            let ids = places(self.ids.len());
            let condition = format!(
                "r.event IN (SELECT event FROM events WHERE event_id IN ({ids}) UNION ALL
                     SELECT event FROM articles JOIN versions USING (article) JOIN codings USING (version)
                     JOIN events USING (coding) WHERE id IN ({ids}))"
            );
            conditions.add(&condition, [&self.ids[..], &self.ids[..]].concat());
        }
        conditions.days(self);
        if self.min_confidence > 0.0 {
            conditions.add("r.confidence >= ?", [self.min_confidence]);
        }
        if let Some(incident) = self.incident {
            conditions.add("r.incident = ?", [incident]);
        }
        if let Some(numbers) = &self.numbers {
            let numbers: Vec<String> = numbers.iter().map(i64::to_string).collect();
            conditions.holds(&format!("r.event IN ({})", numbers.join(", ")));
        }
        if self.without_copies {
            conditions.holds("r.copy_of IS NULL");
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
