//! Incidents of which the reports do not say the same.

use std::collections::BTreeMap;

use polybius::CountRow;

use super::filter::RECENT;
use super::{Filter, Report};
use crate::{Record, RecordError};

impl Record {
    /// The reports of incidents that differ in whether it happened, how many it hit, where, or who did it; the latest incident comes
    /// first, at most `limit` of them.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn contradictions(&self, filter: &Filter, limit: u64) -> Result<Vec<Vec<Report>>, RecordError> {
        // The latest are of what was published last, so that it is enough to look at that, if there are so many in it.
        let since = if filter.is_of_now() { self.published_last(RECENT)? } else { None };
        let mut incidents = match since {
            Some(since) => self.differing_since(Some(&since), filter, limit)?,
            None => Vec::new(),
        };
        if (incidents.len() as u64) < limit {
            incidents = self.differing_since(None, filter, limit)?;
        }
        let whole = |incident| {
            let filter =
                Filter { incident: Some(incident), as_of: filter.as_of.clone(), run: filter.run, ..Filter::default() };
            self.reports(&filter, None)
        };
        incidents.into_iter().map(whole).collect()
    }

    /// The day on which the last but so many versions were published.
    fn published_last(&self, n: u64) -> Result<Option<String>, RecordError> {
        let find = "SELECT min(published) FROM (SELECT published FROM versions ORDER BY published DESC LIMIT ?)";
        Ok(self.connection.prepare_cached(find)?.query_row([n.cast_signed()], |row| row.get(0))?)
    }

    /// Incidents whose reports differ, the latest first; with a day, those of which something was published on it or later.
    fn differing_since(&self, day: Option<&str>, filter: &Filter, limit: u64) -> Result<Vec<i64>, RecordError> {
        let mut conditions = filter.conditions();
        let mut latest = "";
        if let Some(day) = day {
            conditions.incidents_since(day);
            conditions.values.push(Box::new(day.to_owned()));
            latest = " AND max(r.published) >= ?";
        }
        let sql = format!(
            "SELECT r.incident FROM {}{} GROUP BY r.incident HAVING count(*) > 1 AND (
                 min(r.status) <> max(r.status) OR min(r.dead) <> max(r.dead) OR min(r.injured) <> max(r.injured)
                 OR min(r.arrested) <> max(r.arrested) OR min(r.place_country) <> max(r.place_country)
                 OR min(r.actor) <> max(r.actor)){latest}
             ORDER BY max(r.published) DESC, r.incident DESC LIMIT {limit}",
            filter.reports(),
            conditions.sql
        );
        let mut statement = self.connection.prepare(&sql)?;
        let incidents = statement.query_map(&*conditions.values(), |row| row.get(0))?;
        Ok(incidents.collect::<Result<_, _>>()?)
    }
}

/// What sources say of one matter: each value, and who gives it.
pub type BySource = BTreeMap<String, Vec<String>>;

/// What the reports of an incident contradict each other on, and who says what; `status` says in words whether an act happened.
pub fn differing(reports: &[Report], status: impl Fn(&str) -> String) -> Vec<(&'static str, BySource)> {
    type Matter<'m> = (&'static str, &'m dyn Fn(&Report) -> Option<String>);
    let count = |count: &Option<CountRow>| count.as_ref().map(|count| count.value.to_string());
    let matters: [Matter; 5] = [
        ("whether it happened", &|report| Some(status(&report.entry.status))),
        ("the dead", &|report| count(&report.row.size.dead)),
        ("the injured", &|report| count(&report.row.size.injured)),
        ("the arrested", &|report| count(&report.row.size.arrested)),
        ("the place", &|report| report.row.place.as_ref().map(|place| place.name.clone())),
    ];
    let values = matters.map(|(what, value)| (what, by_source(reports, value)));
    values.into_iter().filter(|(_, values)| values.len() > 1).collect()
}

/// What each source says of a matter, each source once a value.
pub fn by_source(reports: &[Report], mut value: impl FnMut(&Report) -> Option<String>) -> BySource {
    let mut values = BySource::new();
    for report in reports {
        let Some(value) = value(report) else { continue };
        let source = report.row.outlet.clone().unwrap_or_else(|| report.row.document_id.clone());
        let sources = values.entry(value).or_default();
        if !sources.contains(&source) {
            sources.push(source);
        }
    }
    values
}
