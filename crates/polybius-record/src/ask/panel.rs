//! Panels for statistics: every pair of countries, or every country, in every month.

use rusqlite::Row;
use rustc_hash::FxHashMap;

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
pub(super) type Key = (String, Option<String>);

impl Record {
    /// The panel of the filter's reports. With `complete`, every unit that is ever met has a row in every period.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn panel(&self, filter: &Filter, unit: Unit, by: By, complete: bool) -> Result<Panel, RecordError> {
        let conditions = filter.conditions();
        let units = match unit {
            Unit::Dyad => "dyads",
            Unit::Country => {
                "(SELECT DISTINCT event, coalesce(country, entity) AS actor, NULL AS recipient FROM participants
                  WHERE coalesce(country, entity) IS NOT NULL)"
            }
        };
        // Where nearly all reports are meant, going through the pairs and looking up their reports is the shorter way.
        let reports = filter.reports();
        let among = match (unit, filter.is_broad()) {
            (Unit::Dyad, true) => format!("dyads AS u CROSS JOIN {reports} ON r.event = u.event"),
            _ => format!("{reports} JOIN {units} AS u ON u.event = r.event"),
        };
        let sql = format!(
            "SELECT r.event, u.actor, u.recipient, r.day, {}, r.incident, r.quad, r.score FROM {among}{}",
            // Where it does not matter, the index by days holds all the rest.
            if by == By::Ever { "NULL" } else { "r.date_precision" },
            conditions.sql
        );
        let mut statement = self.connection.prepare(&sql)?;
        let mut rows = statement.query(&*conditions.values())?;
        let (mut units, mut days) = (Names::default(), Days::new(by));
        // What each unit is told of: the incident, and when and how.
        let mut acts: Vec<Vec<(i64, Told)>> = Vec::new();
        let mut n_vague = 0;
        // The report of the row before, whose pairs follow each other.
        let mut before: Option<(i64, Option<(i64, Told)>)> = None;
        while let Some(row) = rows.next()? {
            let event = row.get(0)?;
            let act = match before {
                Some((before, act)) if before == event => act,
                _ => act_of(row, event, by, &mut days)?,
            };
            before = Some((event, act));
            let Some(act) = act else {
                n_vague += 1;
                continue;
            };
            let unit = units.number(text(row, 1)?.unwrap_or_default(), text(row, 2)?) as usize;
            if unit == acts.len() {
                acts.push(Vec::new());
            }
            acts[unit].push(act);
        }
        drop(rows);
        let mut cells: FxHashMap<(u32, u32), Period> = FxHashMap::default();
        let mut told_on: Vec<bool> = vec![false; days.names.len()];
        for (unit, acts) in (0..).zip(&mut acts) {
            // An incident counts once for each unit, on its first day. Nearly all come in the order of their numbers.
            acts.sort_by_key(|&(incident, _)| incident);
            for incident in acts.chunk_by(|(one, _), (other, _)| one == other) {
                for (_, told) in incident {
                    cells.entry((days.periods[told.day as usize], unit)).or_default().n_reports += 1;
                }
                let told = incident.iter().map(|&(_, told)| told);
                if let Some(first) = told.min_by_key(|told| (&days.names[told.day as usize], told.event)) {
                    told_on[first.day as usize] = true;
                    let cell = cells.entry((days.periods[first.day as usize], unit)).or_default();
                    cell.count(first.quad, first.score);
                }
            }
        }
        drop(acts);
        let told_on = || days.names.iter().zip(&told_on).filter(|&(_, is_told)| *is_told).map(|(day, _)| &**day);
        let first = filter.from.as_deref().or_else(|| told_on().min());
        let last = filter.to.as_deref().or_else(|| told_on().max());
        let periods = first.zip(last).map(|(first, last)| by.between(first, last)).unwrap_or_default();
        let n_articles = by.sums(&self.published(filter.as_of.as_ref())?);
        let mut in_order: Vec<(&Key, u32)> = units.names.iter().zip(0..).collect();
        in_order.sort_unstable();
        let mut rows = Vec::new();
        for name in &periods {
            let number = days.period_names.iter().position(|known| known == name).map(|number| number as u32);
            for (key, unit) in &in_order {
                let cell = number.and_then(|number| cells.remove(&(number, *unit)));
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
pub(super) fn text<'r>(row: &'r Row, index: usize) -> Result<Option<&'r str>, RecordError> {
    Ok(row.get_ref(index)?.as_str_or_null().map_err(rusqlite::Error::from)?)
}

/// When and how an act is told.
#[derive(Clone, Copy)]
struct Told {
    day: u32,
    event: i64,
    quad: u8,
    score: f64,
}

/// The incident of a row and what is told of it, unless the date is too vague.
fn act_of(row: &Row, event: i64, by: By, days: &mut Days) -> Result<Option<(i64, Told)>, RecordError> {
    let day = text(row, 3)?.or((by == By::Ever).then_some(""));
    let precision = text(row, 4)?;
    let Some(day) = day.filter(|_| by.is_told_by(precision)) else { return Ok(None) };
    let score = row.get::<_, Option<f64>>(7)?.unwrap_or(0.0);
    Ok(Some((row.get(5)?, Told { day: days.number(day), event, quad: row.get(6)?, score })))
}

/// Days and the periods in which they lie, each with a number.
pub(super) struct Days {
    by: By,
    pub(super) names: Vec<String>,
    numbers: FxHashMap<String, u32>,
    /// The period of each day.
    periods: Vec<u32>,
    period_names: Vec<String>,
    /// The day that was asked for last: reports of an article follow each other.
    last: u32,
}

impl Days {
    pub(super) fn new(by: By) -> Days {
        let (names, numbers) = (Vec::new(), FxHashMap::default());
        Days { by, names, numbers, periods: Vec::new(), period_names: Vec::new(), last: 0 }
    }

    pub(super) fn number(&mut self, day: &str) -> u32 {
        if self.names.get(self.last as usize).is_none_or(|last| last != day) {
            self.last = match self.numbers.get(day) {
                Some(&known) => known,
                None => self.add(day),
            };
        }
        self.last
    }

    fn add(&mut self, day: &str) -> u32 {
        let period = self.by.period(day);
        let known = self.period_names.iter().position(|known| *known == period);
        self.periods.push(known.unwrap_or(self.period_names.len()) as u32);
        if known.is_none() {
            self.period_names.push(period);
        }
        let number = self.names.len() as u32;
        self.names.push(day.to_owned());
        self.numbers.insert(day.to_owned(), number);
        number
    }
}

/// Names of one or two parts, each with a number.
#[derive(Default)]
pub(super) struct Names {
    pub(super) names: Vec<Key>,
    numbers: FxHashMap<String, FxHashMap<String, u32>>,
}

impl Names {
    pub(super) fn number(&mut self, one: &str, other: Option<&str>) -> u32 {
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
