//! What one side did to another, period by period.

use std::collections::BTreeMap;

use polybius::SCALE;
use serde_json::json;

use super::{By, Filter, in_force};
use crate::{Moment, Record, RecordError};

/// What one side did to another.
#[derive(Debug, Clone, PartialEq)]
pub struct Dyad {
    /// Every period from the first to the last, also those in which nothing was reported.
    pub periods: Vec<Period>,
    /// How many reports have dates too vague for the periods and are not counted.
    pub n_vague: u64,
}

/// One period. Incidents are counted once, in the period of their first report.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Period {
    /// Its name, such as `2024-10`.
    pub period: String,
    /// How many articles were published in it.
    pub n_articles: u64,
    /// How many reports there are.
    pub n_reports: u64,
    /// How many incidents they tell of.
    pub n_incidents: u64,
    /// How many incidents are of each quad class, 1 to 4.
    pub quads: [u64; 4],
    /// The sum of the incidents' scores.
    pub sum: f64,
    /// The ids of the reports.
    pub events: Vec<String>,
    /// Of each incident the first report, by its number in the record, and the incident's quad class.
    pub firsts: Vec<(i64, u8)>,
}

impl Period {
    /// Incidents for every thousand articles of the period.
    pub fn rate(&self) -> Option<f64> {
        (self.n_articles > 0).then(|| self.n_incidents as f64 * 1000.0 / self.n_articles as f64)
    }

    /// The mean of the incidents' scores.
    pub fn mean(&self) -> Option<f64> {
        (self.n_incidents > 0).then(|| self.sum / self.n_incidents as f64)
    }

    /// The period of what one side did to another, as one line of JSON with its line end.
    pub fn json_line(&self, actor: &str, recipient: &str) -> String {
        let line = json!({
            "actor": actor, "recipient": recipient, "period": self.period, "articles": self.n_articles,
            "incidents": self.n_incidents, "per_1000": self.rate().map(Period::rounded), "reports": self.n_reports,
            "quads": self.quads, "mean_score": self.mean().map(Period::rounded), "sum_score": Period::rounded(self.sum),
            "scale": SCALE, "events": self.events,
        });
        format!("{line}\n")
    }

    /// A figure to the third decimal, as it is written for other programs.
    pub fn rounded(figure: f64) -> f64 {
        (figure * 1000.0).round() / 1000.0
    }

    /// One incident more.
    pub(crate) fn count(&mut self, quad: u8, score: f64) {
        self.n_incidents += 1;
        self.quads[usize::from(quad.clamp(1, 4)) - 1] += 1;
        self.sum += score;
    }
}

/// Reports of what one side did to another, by day.
pub struct ActsBetween {
    acts: Vec<Act>,
}

struct Act {
    day: Option<String>,
    precision: Option<String>,
    incident: i64,
    quad: u8,
    score: f64,
    event_id: String,
    event: i64,
}

impl ActsBetween {
    /// The first and the last day that is told exactly.
    pub fn extent(&self) -> Option<(&str, &str)> {
        let told = |act: &&Act| By::Day.is_told_by(act.precision.as_deref());
        let mut days = self.acts.iter().filter(told).filter_map(|act| act.day.as_deref());
        let first = days.next()?;
        Some((first, days.next_back().unwrap_or(first)))
    }

    /// The same, counted period by period, from the filter's first day to its last, if it has them; `published` is how many articles
    /// were published on each day.
    pub fn dyad(&self, filter: &Filter, by: By, published: &[(String, u64)]) -> Dyad {
        let mut periods: BTreeMap<String, Period> = BTreeMap::new();
        let mut seen = std::collections::HashSet::new();
        let (mut first, mut last) = (filter.from.clone(), filter.to.clone());
        let mut n_vague = 0;
        for act in &self.acts {
            let Some(day) = act.day.as_deref().filter(|_| by.is_told_by(act.precision.as_deref())) else {
                n_vague += 1;
                continue;
            };
            let period = periods.entry(by.period(day)).or_default();
            period.n_reports += 1;
            period.events.push(act.event_id.clone());
            if seen.insert(act.incident) {
                period.count(act.quad, act.score);
                period.firsts.push((act.event, act.quad));
            }
            if filter.from.is_none() && first.is_none() {
                first = Some(day.to_owned());
            }
            if filter.to.is_none() {
                last = Some(day.to_owned());
            }
        }
        let names = first.zip(last).map(|(first, last)| by.between(&first, &last)).unwrap_or_default();
        let n_articles = by.sums(published);
        let fill = |name: String| {
            let n_articles = n_articles.get(&name).copied().unwrap_or(0);
            let period = periods.remove(&name).unwrap_or_default();
            Period { period: name, n_articles, ..period }
        };
        Dyad { periods: names.into_iter().map(fill).collect(), n_vague }
    }
}

impl Record {
    /// What the filter's actors did to its recipients, period by period.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn dyad(&self, filter: &Filter, by: By) -> Result<Dyad, RecordError> {
        let published = self.published(filter.as_of.as_ref())?;
        Ok(self.acts_between(filter)?.dyad(filter, by, &published))
    }

    /// The reports of what the filter's actors did to its recipients, to be counted by one period or another.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn acts_between(&self, filter: &Filter) -> Result<ActsBetween, RecordError> {
        let conditions = filter.conditions();
        let sql = format!(
            "SELECT r.day, r.date_precision, r.incident, r.quad, r.score, r.event_id, r.event FROM {}{} ORDER BY r.day, r.event",
            filter.reports(),
            conditions.sql
        );
        let mut statement = self.connection.prepare(&sql)?;
        let acts = statement.query_map(&*conditions.values(), |row| {
            Ok(Act {
                day: row.get(0)?,
                precision: row.get(1)?,
                incident: row.get(2)?,
                quad: row.get(3)?,
                score: row.get::<_, Option<f64>>(4)?.unwrap_or(0.0),
                event_id: row.get(5)?,
                event: row.get(6)?,
            })
        })?;
        Ok(ActsBetween { acts: acts.collect::<Result<_, _>>()? })
    }

    /// How many articles were published on each day, in order of days.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn published(&self, as_of: Option<&Moment>) -> Result<Vec<(String, u64)>, RecordError> {
        let at = as_of.cloned().unwrap_or_else(Moment::end_of_time);
        let sql = format!(
            "SELECT published, count(*) FROM ({}) WHERE published IS NOT NULL GROUP BY published ORDER BY published",
            in_force::articles(&at)
        );
        let mut statement = self.connection.prepare(&sql)?;
        let days = statement.query_map([], |row| Ok((row.get(0)?, row.get::<_, i64>(1)?.cast_unsigned())))?;
        Ok(days.collect::<Result<_, _>>()?)
    }
}
