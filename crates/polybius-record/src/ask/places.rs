//! Where it happens, and how much on which day.

use polybius::PlaceRow;

use super::Filter;
use crate::{Record, RecordError};

/// How much happens in a place.
#[derive(Debug, Clone, PartialEq)]
pub struct PlaceCount {
    /// Its name.
    pub name: String,
    /// ISO 3166-1 alpha-3.
    pub country: Option<String>,
    /// Degrees north and east; none for a country or region.
    pub at: Option<(f64, f64)>,
    /// How exactly it is known.
    pub precision: String,
    /// How many reports.
    pub n_reports: u64,
    /// How many incidents.
    pub n_incidents: u64,
}

impl Record {
    /// The places of the filter's reports, those with most incidents first.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn places(&self, filter: &Filter, limit: u64) -> Result<Vec<PlaceCount>, RecordError> {
        let mut conditions = filter.conditions();
        conditions.holds("r.place IS NOT NULL");
        let sql = format!(
            "SELECT place, place_country, n_reports, n_incidents, (SELECT row FROM evidence WHERE event = latest) FROM
                 (SELECT r.place, r.place_country, count(*) AS n_reports, count(DISTINCT r.incident) AS n_incidents,
                      max(r.event) AS latest
                  FROM {}{} GROUP BY 1, 2 ORDER BY n_incidents DESC, r.place LIMIT {limit})",
            filter.reports(),
            conditions.sql
        );
        let mut statement = self.connection.prepare(&sql)?;
        let mut rows = statement.query(&*conditions.values())?;
        let mut places = Vec::new();
        while let Some(row) = rows.next()? {
            #[derive(serde::Deserialize)]
            struct Placed {
                place: Option<PlaceRow>,
            }
            let placed: Placed = serde_json::from_str(&row.get::<_, String>(4)?)?;
            let place = placed.place;
            places.push(PlaceCount {
                name: row.get(0)?,
                country: row.get(1)?,
                at: place.as_ref().and_then(|place| place.latitude.zip(place.longitude)),
                precision: place.map(|place| place.precision).unwrap_or_default(),
                n_reports: row.get::<_, i64>(2)?.cast_unsigned(),
                n_incidents: row.get::<_, i64>(3)?.cast_unsigned(),
            });
        }
        Ok(places)
    }

    /// How many of the filter's reports are counted on each day, in order of days.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn days(&self, filter: &Filter) -> Result<Vec<(String, u64)>, RecordError> {
        let mut conditions = filter.conditions();
        conditions.holds("r.day IS NOT NULL");
        let sql =
            format!("SELECT r.day, count(*) FROM {}{} GROUP BY r.day ORDER BY r.day", filter.reports(), conditions.sql);
        let mut statement = self.connection.prepare(&sql)?;
        let days = statement
            .query_map(&*conditions.values(), |row| Ok((row.get(0)?, row.get::<_, i64>(1)?.cast_unsigned())))?;
        Ok(days.collect::<Result<_, _>>()?)
    }
}
