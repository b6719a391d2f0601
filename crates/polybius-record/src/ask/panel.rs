//! Panels for statistics: every pair of countries, or every country, in every month.

use std::collections::{BTreeSet, HashMap};

use rusqlite::Row;

use super::{By, Filter, Period};
use crate::{Record, RecordError};

/// What a row of a panel is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// What one side did to another.
    Dyad,
    /// What one side did or had done to it.
    Country,
}

/// A panel, in order of period, actor and recipient.
#[derive(Debug, Clone, PartialEq)]
pub struct Panel {
    /// Its rows.
    pub rows: Vec<PanelRow>,
    /// How many reports have dates too vague for the periods and are not counted.
    pub n_vague: u64,
}

/// One unit in one period.
#[derive(Debug, Clone, PartialEq)]
pub struct PanelRow {
    /// The country, else the entity; for countries, whoever took part.
    pub actor: String,
    /// Of dyads, the other side.
    pub recipient: Option<String>,
    /// The counts; `events` and `firsts` are left empty.
    pub period: Period,
}

/// One side or two.
type Key = (String, Option<String>);

impl Record {
    /// The panel of the filter's reports. With `complete`, every unit that is ever met has a row in every period.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn panel(&self, filter: &Filter, unit: Unit, by: By, complete: bool) -> Result<Panel, RecordError> {
        let conditions = filter.conditions();
        let units = match unit {
            Unit::Dyad => "SELECT event, actor, recipient FROM dyads",
            Unit::Country => {
                "SELECT DISTINCT event, coalesce(country, entity) AS actor, NULL AS recipient FROM participants
                 WHERE coalesce(country, entity) IS NOT NULL"
            }
        };
        let sql = format!(
            "SELECT r.day, r.date_precision, r.incident, r.quad, r.score, u.actor, u.recipient
             FROM {} JOIN ({units}) AS u ON u.event = r.event{}",
            filter.reports(),
            conditions.sql
        );
        let mut statement = self.connection.prepare(&sql)?;
        let mut rows = statement.query(&*conditions.values())?;
        let (mut units, mut days) = (Names::default(), Names::default());
        // An incident counts once for each unit, on its first day.
        let mut incidents: HashMap<(u32, i64), First> = HashMap::new();
        let mut n_reports: HashMap<(u32, u32), u64> = HashMap::new();
        let mut n_vague = 0;
        while let Some(row) = rows.next()? {
            let day = text(row, 0)?.or((by == By::Ever).then_some(""));
            let precision = text(row, 1)?;
            let Some(day) = day.filter(|_| by.is_told_by(precision)) else {
                n_vague += 1;
                continue;
            };
            let day = days.number(day, None);
            let unit = units.number(text(row, 5)?.unwrap_or_default(), text(row, 6)?);
            *n_reports.entry((day, unit)).or_default() += 1;
            let told = First { day, quad: row.get(3)?, score: row.get::<_, Option<f64>>(4)?.unwrap_or(0.0) };
            let first = incidents.entry((unit, row.get(2)?)).or_insert(told);
            if days.names[told.day as usize].0 < days.names[first.day as usize].0 {
                *first = told;
            }
        }
        drop(rows);
        // Most days are of few periods.
        let period_of: Vec<String> = days.names.iter().map(|(day, _)| by.period(day)).collect();
        let mut cells: HashMap<(&str, u32), Period> = HashMap::new();
        for ((day, unit), n) in n_reports {
            cells.entry((&period_of[day as usize], unit)).or_default().n_reports += n;
        }
        let told_on: BTreeSet<&str> = incidents.values().map(|first| &*days.names[first.day as usize].0).collect();
        let mut in_order: Vec<_> = incidents.iter().collect();
        in_order.sort_unstable_by_key(|&(key, _)| key);
        for (&(unit, _), First { day, quad, score }) in in_order {
            cells.entry((&period_of[*day as usize], unit)).or_default().count(*quad, *score);
        }
        let first = filter.from.as_deref().or(told_on.first().copied());
        let last = filter.to.as_deref().or(told_on.last().copied());
        let periods = first.zip(last).map(|(first, last)| by.between(first, last)).unwrap_or_default();
        let n_articles = self.n_articles(filter, by)?;
        let mut in_order: Vec<(&Key, u32)> = units.names.iter().zip(0..).collect();
        in_order.sort_unstable();
        let mut rows = Vec::new();
        for name in &periods {
            for (key, unit) in &in_order {
                let cell = cells.remove(&(name.as_str(), *unit));
                if cell.is_none() && !complete {
                    continue;
                }
                let n_articles = n_articles.get(name).copied().unwrap_or(0);
                let period = Period { period: name.clone(), n_articles, ..cell.unwrap_or_default() };
                rows.push(PanelRow { actor: key.0.clone(), recipient: key.1.clone(), period });
            }
        }
        Ok(Panel { rows, n_vague })
    }
}

/// A field of a row, without a copy of its own.
fn text<'r>(row: &'r Row, index: usize) -> Result<Option<&'r str>, RecordError> {
    Ok(row.get_ref(index)?.as_str_or_null().map_err(rusqlite::Error::from)?)
}

/// The first report of an incident.
#[derive(Clone, Copy)]
struct First {
    day: u32,
    quad: u8,
    score: f64,
}

/// Names of one or two parts, each with a number.
#[derive(Default)]
struct Names {
    names: Vec<Key>,
    numbers: HashMap<String, HashMap<String, u32>>,
}

impl Names {
    fn number(&mut self, one: &str, other: Option<&str>) -> u32 {
        let known = self.numbers.get(one).and_then(|others| others.get(other.unwrap_or_default()));
        if let Some(&known) = known {
            return known;
        }
        let next = self.names.len() as u32;
        self.names.push((one.to_owned(), other.map(str::to_owned)));
        let others = self.numbers.entry(one.to_owned()).or_default();
        others.insert(other.unwrap_or_default().to_owned(), next);
        next
    }
}
