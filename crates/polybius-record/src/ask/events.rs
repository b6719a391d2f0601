//! Reports one by one.

use polybius::{EventRow, formats};
use rusqlite::Row;

use super::Filter;
use super::filter::{Codes, RECENT};
use crate::{Record, RecordError, RunId};

/// A report as the record has it.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// The event with its evidence.
    pub row: EventRow,
    /// What the record knows beside it.
    pub entry: Entry,
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

impl Report {
    /// The report as one line of JSON with its line end: the event as `polybius schema` says, and in `record` what the record knows
    /// beside it.
    pub fn json_line(&self) -> String {
        let entry = &self.entry;
        let record = serde_json::json!({
            "status": entry.status, "day": entry.day, "act": entry.act, "incident": entry.incident,
            "incident_score": entry.incident_score, "incident_reason": entry.incident_reason, "copy_of": entry.copy_of,
            "run": entry.run.0, "coded_at": entry.coded_at,
        });
        let event = formats::jsonl_line(&self.row);
        let event = event.trim_end().strip_suffix('}').expect("a row is an object");
        format!("{event},\"record\":{record}}}\n")
    }

    /// The first line of a table of reports, with its line end.
    pub fn csv_header() -> String {
        format!("{},status,incident,run,coded_at\n", formats::csv_header().trim_end())
    }

    /// The report as a line of such a table.
    pub fn csv_line(&self) -> String {
        let Entry { status, incident, run, coded_at, .. } = &self.entry;
        format!("{},{status},{incident},{},{coded_at}\n", formats::csv_line(&self.row).trim_end_matches('\n'), run.0)
    }
}

/// The order in which reports come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// By day.
    Day,
    /// By incident, and in it by day.
    Incident,
    /// What was published last comes first; in an article it goes by the text.
    Latest,
}

/// A part of a long answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// Its reports.
    pub reports: Vec<Report>,
    /// Where the next part begins, if there is one.
    pub next: Option<String>,
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
        take: impl FnMut(Report) -> Result<(), E>,
    ) -> Result<(), E> {
        self.each_report_after(order, None, false, filter, limit, take)
    }

    /// As [`Record::each_report`], in another order, from behind a place of it on: the day and number of a report;
    /// `recent` looks only at the versions that were published last.
    fn each_report_after<E: From<RecordError>>(
        &self,
        order: Order,
        after: Option<(&str, i64)>,
        recent: bool,
        filter: &Filter,
        limit: Option<u64>,
        mut take: impl FnMut(Report) -> Result<(), E>,
    ) -> Result<(), E> {
        // Of few versions each report is looked at; one actor's reports are found by day, and no more of them than are wanted.
        let codes = match order {
            _ if recent => Codes::Each,
            Order::Day if filter.has_order() => Codes::InOrder,
            _ => Codes::Listed,
        };
        let mut conditions = filter.conditions_by(codes);
        if recent {
            conditions.recent(after.map(|(day, _)| day), RECENT);
        }
        if let Some((day, event)) = after {
            let day = (!day.is_empty()).then(|| day.to_owned());
            conditions.behind(order, day, event);
        }
        let limit = limit.map(|limit| format!(" LIMIT {limit}")).unwrap_or_default();
        // The rows are looked up only after sorting, which would otherwise carry them along.
        let columns = match order {
            Order::Day if codes == Codes::InOrder => "k.day, k.event",
            Order::Day => "r.day, r.event",
            Order::Incident => "r.incident, r.day, r.event",
            Order::Latest => "r.published DESC, r.version DESC, r.event",
        };
        let reports = match codes {
            Codes::InOrder => format!("codes AS k CROSS JOIN {} ON r.event = k.event", filter.reports()),
            _ => filter.reports(),
        };
        let order = format!("SELECT r.event FROM {reports}{} ORDER BY {columns}{limit}", conditions.sql);
        let read = |error: rusqlite::Error| E::from(RecordError::from(error));
        let mut statement = self.connection.prepare_cached(&order).map_err(read)?;
        let one = format!("SELECT {COLUMNS} FROM {} WHERE r.event = ?", filter.whole_reports());
        let mut one = self.connection.prepare_cached(&one).map_err(read)?;
        let mut rows = statement.query(&*conditions.values()).map_err(read)?;
        while let Some(row) = rows.next().map_err(read)? {
            let event: i64 = row.get(0).map_err(read)?;
            let (json, entry) = one.query_row([event], entry).map_err(read)?;
            let row = serde_json::from_str(&json).map_err(RecordError::from)?;
            take(Report { row, entry })?;
        }
        Ok(())
    }

    /// The reports by day or the latest first, at most `limit` of them, from behind `after` on: what an earlier page gave as `next`.
    ///
    /// # Errors
    /// If the record cannot be read, or `after` is no such place.
    pub fn page(&self, filter: &Filter, order: Order, after: Option<&str>, limit: u64) -> Result<Page, RecordError> {
        let place = after.map(|after| {
            let place = after.split_once('_').and_then(|(day, event)| Some((day, event.parse().ok()?)));
            place.ok_or_else(|| RecordError::unknown(format!("`{after}` is no place in an answer"), "leave it out"))
        });
        let place = place.transpose()?;
        let mut reports = self.page_within(order == Order::Latest, order, place, filter, limit + 1)?;
        if order == Order::Latest && reports.len() as u64 <= limit {
            reports = self.page_within(false, order, place, filter, limit + 1)?;
        }
        let has_more = reports.len() as u64 > limit;
        reports.truncate(limit as usize);
        let place = |report: &Report| {
            let day = if order == Order::Latest { &report.row.published } else { &report.entry.day };
            format!("{}_{}", day.as_deref().unwrap_or_default(), report.entry.event)
        };
        let next = reports.last().filter(|_| has_more).map(place);
        Ok(Page { reports, next })
    }

    /// A part of an answer. The latest reports are those of the latest versions, so that it is enough to look at [`RECENT`] of them,
    /// if they have as many as are asked for.
    fn page_within(
        &self,
        recent: bool,
        order: Order,
        after: Option<(&str, i64)>,
        filter: &Filter,
        limit: u64,
    ) -> Result<Vec<Report>, RecordError> {
        let mut reports = Vec::new();
        self.each_report_after::<RecordError>(order, after, recent, filter, Some(limit), |report| {
            reports.push(report);
            Ok(())
        })?;
        Ok(reports)
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
