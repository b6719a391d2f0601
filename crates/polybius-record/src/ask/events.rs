//! Reports one by one.

use polybius::EventRow;
use rusqlite::Row;

use super::Filter;
use crate::{Record, RecordError, RunId};

/// A report as the record has it.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// The event with its evidence.
    pub row: EventRow,
    /// What the record knows beside it.
    pub entry: Entry,
}

impl Report {
    /// The event as one line of JSON with its line end, and in it, as `record`, what the record knows beside it.
    pub fn jsonl_line(&self) -> String {
        let entry = &self.entry;
        let record = serde_json::json!({
            "status": entry.status, "day": entry.day, "act": entry.act, "incident": entry.incident,
            "incident_score": entry.incident_score, "incident_reason": entry.incident_reason, "copy_of": entry.copy_of,
            "run": entry.run.0, "coded_at": entry.coded_at,
        });
        let event = polybius::formats::jsonl_line(&self.row);
        let event = event.trim_end().strip_suffix('}').expect("a row is an object");
        format!("{event},\"record\":{record}}}\n")
    }
}

/// What the record knows of a report.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Its number in the record.
    pub event: i64,
    /// The first report of the same act in the article.
    pub act: i64,
    /// The incident it tells of.
    pub incident: i64,
    /// How surely.
    pub incident_score: f64,
    /// Why.
    pub incident_reason: String,
    /// Whether it says that it happened.
    pub status: String,
    /// The day it is counted on.
    pub day: Option<String>,
    /// The earlier version of another article that its article copies.
    pub copy_of: Option<i64>,
    /// Which run coded it.
    pub run: RunId,
    /// When.
    pub coded_at: String,
}

/// The order in which reports come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Order {
    /// By day.
    Day,
    /// By incident, and in it by day.
    Incident,
}

impl Record {
    /// How many reports there are.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn n_reports(&self, filter: &Filter) -> Result<u64, RecordError> {
        let conditions = filter.conditions();
        let sql = format!("SELECT count(*) FROM {}{}", filter.reports(), conditions.sql);
        let n: i64 = self.connection.query_row(&sql, &*conditions.values(), |row| row.get(0))?;
        Ok(n.cast_unsigned())
    }

    /// Gives the reports by day to `take`, at most `limit` of them.
    ///
    /// # Errors
    /// If the record cannot be read, or the first error of `take`.
    pub fn each_report<E: From<RecordError>>(
        &self,
        filter: &Filter,
        limit: Option<u64>,
        take: impl FnMut(Report) -> Result<(), E>,
    ) -> Result<(), E> {
        self.each_report_by(Order::Day, filter, limit, take)
    }

    /// As [`Record::each_report`], in another order.
    pub(crate) fn each_report_by<E: From<RecordError>>(
        &self,
        order: Order,
        filter: &Filter,
        limit: Option<u64>,
        mut take: impl FnMut(Report) -> Result<(), E>,
    ) -> Result<(), E> {
        let conditions = filter.conditions();
        let limit = limit.map(|limit| format!(" LIMIT {limit}")).unwrap_or_default();
        // The rows are looked up only after sorting, which would otherwise carry them along.
        let columns = match order {
            Order::Day => "r.day",
            Order::Incident => "r.incident, r.day",
        };
        let (reports, conditions_sql) = (filter.reports(), &conditions.sql);
        let order = format!("SELECT r.event FROM {reports}{conditions_sql} ORDER BY {columns}, r.event{limit}");
        let read = |error: rusqlite::Error| E::from(RecordError::from(error));
        let mut statement = self.connection.prepare(&order).map_err(read)?;
        let one = format!("SELECT {COLUMNS} FROM {} WHERE r.event = ?", filter.reports());
        let mut one = self.connection.prepare(&one).map_err(read)?;
        let mut rows = statement.query(&*conditions.values()).map_err(read)?;
        while let Some(row) = rows.next().map_err(read)? {
            let event: i64 = row.get(0).map_err(read)?;
            let (json, entry) = one.query_row([event], entry).map_err(read)?;
            let row = serde_json::from_str(&json).map_err(RecordError::from)?;
            take(Report { row, entry })?;
        }
        Ok(())
    }

    /// The reports by day, at most `limit` of them.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn reports(&self, filter: &Filter, limit: Option<u64>) -> Result<Vec<Report>, RecordError> {
        let mut reports = Vec::new();
        self.each_report::<RecordError>(filter, limit, |report| {
            reports.push(report);
            Ok(())
        })?;
        Ok(reports)
    }
}

const COLUMNS: &str = "r.row, r.event, r.act, r.incident, r.incident_score, r.incident_reason, r.status, r.day, r.copy_of, \
                       r.run, r.coded_at";

fn entry(row: &Row) -> rusqlite::Result<(String, Entry)> {
    let entry = Entry {
        event: row.get(1)?,
        act: row.get(2)?,
        incident: row.get(3)?,
        incident_score: row.get(4)?,
        incident_reason: row.get(5)?,
        status: row.get(6)?,
        day: row.get(7)?,
        copy_of: row.get(8)?,
        run: RunId(row.get(9)?),
        coded_at: row.get(10)?,
    };
    Ok((row.get(0)?, entry))
}
