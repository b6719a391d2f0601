//! Incidents of which the reports do not say the same.

use super::{Filter, Report};
use crate::{Record, RecordError};

impl Record {
    /// The reports of incidents that differ in whether it happened, how many it hit, where, or who did it; the latest incident comes
    /// first, at most `limit` of them.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn contradictions(&self, filter: &Filter, limit: u64) -> Result<Vec<Vec<Report>>, RecordError> {
        let conditions = filter.conditions();
        let sql = format!(
            "SELECT r.incident FROM {}{} GROUP BY r.incident HAVING count(*) > 1 AND (
                 min(r.status) <> max(r.status) OR min(r.dead) <> max(r.dead) OR min(r.injured) <> max(r.injured)
                 OR min(r.arrested) <> max(r.arrested) OR min(r.place_country) <> max(r.place_country)
                 OR count(DISTINCT (SELECT min(coalesce(p.country, p.entity)) FROM participants AS p
                                    WHERE p.event = r.event AND p.side = 'actor')) > 1)
             ORDER BY max(r.published) DESC, r.incident DESC LIMIT {limit}",
            filter.reports(),
            conditions.sql
        );
        let mut statement = self.connection.prepare(&sql)?;
        let incidents = statement.query_map(&*conditions.values(), |row| row.get(0))?;
        let incidents = incidents.collect::<Result<Vec<i64>, _>>()?;
        let whole = |incident| {
            let filter =
                Filter { incident: Some(incident), as_of: filter.as_of.clone(), run: filter.run, ..Filter::default() };
            self.reports(&filter, None)
        };
        incidents.into_iter().map(whole).collect()
    }
}
