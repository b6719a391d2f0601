//! Panels for statistics: every pair of countries, or every country, in every month.

use std::collections::{BTreeMap, BTreeSet, HashMap};

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
        let mut names: Names = Names::default();
        // An incident counts once for each unit, on its first day.
        let mut incidents: HashMap<(u32, i64), First> = HashMap::new();
        let mut cells: BTreeMap<(String, u32), Period> = BTreeMap::new();
        let mut n_vague = 0;
        while let Some(row) = rows.next()? {
            let (day, precision): (Option<String>, Option<String>) = (row.get(0)?, row.get(1)?);
            let day = day.or_else(|| (by == By::Ever).then(String::new));
            let Some(day) = day.filter(|_| by.is_told_by(precision.as_deref())) else {
                n_vague += 1;
                continue;
            };
            let unit = names.number((row.get(5)?, row.get(6)?));
            cells.entry((by.period(&day), unit)).or_default().n_reports += 1;
            let score = row.get::<_, Option<f64>>(4)?.unwrap_or(0.0);
            let told = First { day, quad: row.get(3)?, score };
            let first = incidents.entry((unit, row.get(2)?)).or_insert_with(|| told.clone());
            if told.day < first.day {
                *first = told;
            }
        }
        let days: BTreeSet<&str> = incidents.values().map(|first| first.day.as_str()).collect();
        let first = filter.from.as_deref().or(days.first().copied());
        let last = filter.to.as_deref().or(days.last().copied());
        let periods = first.zip(last).map(|(first, last)| by.between(first, last)).unwrap_or_default();
        let mut in_order: Vec<_> = incidents.iter().collect();
        in_order.sort_unstable_by_key(|&(key, _)| key);
        for (&(unit, _), First { day, quad, score }) in in_order {
            cells.entry((by.period(day), unit)).or_default().count(*quad, *score);
        }
        let n_articles = self.n_articles(filter, by)?;
        let mut rows = Vec::new();
        for name in &periods {
            for (key, &unit) in &names.numbers {
                let cell = cells.remove(&(name.clone(), unit));
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

/// The first report of an incident.
#[derive(Clone)]
struct First {
    day: String,
    quad: u8,
    score: f64,
}

/// Units by name and number.
#[derive(Default)]
struct Names {
    numbers: BTreeMap<Key, u32>,
}

impl Names {
    fn number(&mut self, key: Key) -> u32 {
        let next = self.numbers.len() as u32;
        *self.numbers.entry(key).or_insert(next)
    }
}
