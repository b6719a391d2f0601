//! The record, asked from Python. Its file is opened for each question, so that any thread may ask and each answer is of now.

use std::path::PathBuf;

use jiff::civil::Date;
use polybius::formats::{claim_line, expectation_line};
use polybius::{CountryCodes, SCALE};
use polybius_record::{By, Filter, Moment, Period, Record as File, RunId, Status, Unit};
use pyo3::prelude::*;
use serde_json::{Map, Value, json};

use crate::coding::shared;
use crate::errors::{argument, refused};
use crate::lines::{Lines, with};
use crate::schemas;

/// As many as SQLite can count.
const ALL: u64 = i64::MAX as u64;

/// Which reports are meant, from a dictionary of Python's.
#[derive(Debug, FromPyObject)]
#[pyo3(from_item_all)]
pub struct Narrow {
    actor: Vec<String>,
    recipient: Vec<String>,
    event_type: Vec<String>,
    start: Option<String>,
    end: Option<String>,
    status: Vec<String>,
    outlet: Vec<String>,
    min_confidence: f64,
    without_copies: bool,
    run: Option<i64>,
    as_of: Option<String>,
    ids: Vec<String>,
    incident: Option<i64>,
}

impl Narrow {
    fn filter(&self) -> PyResult<Filter> {
        Ok(Filter {
            actors: self.actor.iter().map(|code| upper(code)).collect(),
            recipients: self.recipient.iter().map(|code| upper(code)).collect(),
            event_types: self.event_type.iter().map(|kind| event_type(kind)).collect(),
            from: day("start", self.start.as_deref())?,
            to: day("end", self.end.as_deref())?,
            statuses: self.status.iter().map(|word| status(word)).collect::<PyResult<_>>()?,
            outlets: self.outlet.clone(),
            min_confidence: self.min_confidence,
            ids: self.ids.clone(),
            incident: self.incident,
            without_copies: self.without_copies,
            run: self.run.map(RunId),
            as_of: moment(self.as_of.as_deref())?,
            ..Filter::default()
        })
    }
}

/// A record's file.
#[pyclass(frozen, module = "polybius._polybius")]
pub struct Record {
    path: PathBuf,
}

#[pymethods]
impl Record {
    #[new]
    fn new(path: PathBuf) -> PyResult<Record> {
        File::open_to_ask(&path).map_err(refused)?;
        Ok(Record { path })
    }

    /// The codes that nothing in the record stands under, each with names that are near.
    fn unknown(&self, py: Python, narrow: Narrow) -> PyResult<Vec<(String, Vec<String>)>> {
        let filter = narrow.filter()?;
        py.detach(|| self.open()?.unknown_codes(&filter)).map_err(refused)
    }

    /// The reports by day.
    fn events(&self, py: Python, narrow: Narrow, limit: Option<u64>) -> PyResult<Lines> {
        let filter = narrow.filter()?;
        let mut lines = Lines::new(schemas::report());
        py.detach(|| {
            self.open()?.each_report(&filter, limit, |report| {
                lines.push(&report.json_line());
                Ok(())
            })
        })
        .map_err(refused)?;
        Ok(lines)
    }

    /// The claims, the latest published first.
    fn claims(&self, py: Python, narrow: Narrow, limit: Option<u64>) -> PyResult<Lines> {
        let filter = narrow.filter()?;
        let claims = py.detach(|| self.open()?.claims(&filter, limit.unwrap_or(ALL))).map_err(refused)?;
        let mut lines = Lines::new(schemas::claim());
        for claim in &claims {
            let record = json!({ "day": claim.day, "run": claim.run.0 });
            lines.push(&with(&claim_line(&claim.row), "record", &record));
        }
        Ok(lines)
    }

    /// The expectations, the latest first, and what had become of them on a day: that of the last article if none is given.
    fn expectations(&self, py: Python, narrow: Narrow, limit: Option<u64>, today: Option<&str>) -> PyResult<Lines> {
        let filter = narrow.filter()?;
        let today = day("today", today)?;
        let (today, settled) = py
            .detach(|| {
                let record = self.open()?;
                let today = match today {
                    Some(today) => Some(today),
                    None => record.extent(filter.as_of.as_ref())?.last,
                };
                let today = today.unwrap_or_default();
                let settled = record.expectations(&filter, &today, limit.unwrap_or(ALL))?;
                Ok((today, settled))
            })
            .map_err(refused)?;
        let mut lines = Lines::new(schemas::settled());
        for one in &settled {
            let by = one.by.as_ref().map(|report| &report.row.event_id);
            let record = json!({ "outcome": one.outcome.as_str(), "settled_by": by, "asked_on": today });
            lines.push(&with(&expectation_line(&one.row), "record", &record));
        }
        Ok(lines)
    }

    /// What one side did to the other and the other to it, period by period; and how many reports have dates too vague to count.
    fn dyad(&self, py: Python, one: &str, other: &str, by: &str, narrow: Narrow) -> PyResult<(Lines, u64)> {
        let by = match by {
            "day" => By::Day,
            "week" => By::Week,
            "month" => By::Month,
            "year" => By::Year,
            _ => return Err(argument("by", by, "give `day`, `week`, `month` or `year`")),
        };
        let (one, other) = (upper(one), upper(other));
        let mut ways = vec![(&one, &other)];
        if one != other {
            ways.push((&other, &one));
        }
        let filter = narrow.filter()?;
        let mut lines = Lines::new(schemas::dyad());
        let mut n_vague = 0;
        py.detach(|| {
            let record = self.open()?;
            for (actor, recipient) in ways {
                let filter =
                    Filter { actors: vec![actor.clone()], recipients: vec![recipient.clone()], ..filter.clone() };
                let dyad = record.dyad(&filter, by)?;
                dyad.periods.iter().for_each(|period| lines.push(&period.json_line(actor, recipient)));
                n_vague += dyad.n_vague;
            }
            Ok(())
        })
        .map_err(refused)?;
        Ok((lines, n_vague))
    }

    /// A panel; and how many reports have dates too vague to count.
    fn panel(&self, py: Python, unit: &str, complete: bool, narrow: Narrow) -> PyResult<(Lines, u64)> {
        let (unit, by) = match unit {
            "dyad-month" => (Unit::Dyad, By::Month),
            "dyad-year" => (Unit::Dyad, By::Year),
            "country-month" => (Unit::Country, By::Month),
            "country-year" => (Unit::Country, By::Year),
            _ => {
                let cure = "give `dyad-month`, `dyad-year`, `country-month` or `country-year`";
                return Err(argument("unit", unit, cure));
            }
        };
        let sides: &[&str] = if unit == Unit::Dyad { &["actor", "recipient"] } else { &["country"] };
        let filter = narrow.filter()?;
        let panel = py.detach(|| self.open()?.panel(&filter, unit, by, complete)).map_err(refused)?;
        let countries = &shared().codebook.countries;
        let mut lines = Lines::new(schemas::panel(sides));
        for row in &panel.rows {
            let mut fields = Map::new();
            for (side, code) in sides.iter().zip(std::iter::once(&row.actor).chain(&row.recipient)) {
                add_side(&mut fields, side, code, countries.iter().find(|country| *country.iso3 == **code));
            }
            add_figures(&mut fields, &row.period);
            lines.push(&format!("{}\n", Value::Object(fields)));
        }
        Ok((lines, panel.n_vague))
    }

    /// The articles that hold the words, best first.
    fn search(&self, py: Python, words: &str, limit: u64, as_of: Option<&str>) -> PyResult<Lines> {
        let as_of = moment(as_of)?;
        let found = py.detach(|| self.open()?.search(words, as_of.as_ref(), limit)).map_err(refused)?;
        let mut lines = Lines::new(schemas::found());
        for found in found {
            let row = json!({
                "document_id": found.document_id, "outlet": found.outlet, "published": found.published,
                "title": found.title, "snippet": found.snippet, "reports": found.n_reports,
            });
            lines.push(&format!("{row}\n"));
        }
        Ok(lines)
    }

    /// What a query gives, everything as text.
    fn sql(&self, py: Python, query: &str) -> PyResult<Lines> {
        let answer = py.detach(|| self.open()?.sql(query)).map_err(refused)?;
        for (index, column) in answer.columns.iter().enumerate() {
            if answer.columns[..index].contains(column) {
                return Err(argument("query", column, "name each column once, with AS"));
            }
        }
        let columns = answer.columns.iter().map(|column| schemas::text(column)).collect();
        let mut lines = Lines::new(schemas::schema(columns));
        for row in answer.rows {
            let fields = answer.columns.iter().cloned().zip(row.into_iter().map(Value::from));
            lines.push(&format!("{}\n", Value::Object(fields.collect())));
        }
        Ok(lines)
    }
}

impl Record {
    fn open(&self) -> Result<File, polybius_record::RecordError> {
        File::open_to_ask(&self.path)
    }
}

fn add_side(fields: &mut Map<String, Value>, side: &str, code: &str, codes: Option<&CountryCodes>) {
    let mut add = |name: &str, value: Option<&str>| {
        fields.insert(format!("{side}{name}"), value.filter(|value| !value.is_empty()).into());
    };
    add("", Some(code));
    add("_iso", codes.map(|codes| &*codes.numeric));
    add("_cow", codes.map(|codes| &*codes.cow_number));
    add("_gw", codes.map(|codes| &*codes.gw));
}

fn add_figures(fields: &mut Map<String, Value>, period: &Period) {
    let mut add = |name: &str, value: Value| {
        fields.insert(name.to_owned(), value);
    };
    add("period", period.period.as_str().into());
    add("articles", period.n_articles.into());
    add("incidents", period.n_incidents.into());
    add("per_1000", period.rate().map(Period::rounded).into());
    add("reports", period.n_reports.into());
    for (name, n_incidents) in ["quad_1", "quad_2", "quad_3", "quad_4"].iter().zip(period.quads) {
        add(name, n_incidents.into());
    }
    add("mean_score", period.mean().map(Period::rounded).into());
    add("sum_score", Period::rounded(period.sum).into());
    add("scale", SCALE.into());
}

/// A country's code in capitals, or an entity as it is.
fn upper(code: &str) -> String {
    let is_country = code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_alphabetic());
    if is_country { code.to_ascii_uppercase() } else { code.to_owned() }
}

/// A type in capitals, its mode as it is.
fn event_type(kind: &str) -> String {
    match kind.split_once('/') {
        Some((event_type, mode)) => format!("{}/{mode}", event_type.to_ascii_uppercase()),
        None => kind.to_ascii_uppercase(),
    }
}

fn status(word: &str) -> PyResult<Status> {
    let all = [Status::Happened, Status::Denied, Status::Future, Status::Hypothetical, Status::Historical];
    let cure = "give `happened`, `denied`, `future`, `hypothetical`, `historical`, or `any` alone";
    all.into_iter().find(|status| status.as_str() == word).ok_or_else(|| argument("status", word, cure))
}

fn day(name: &str, written: Option<&str>) -> PyResult<Option<String>> {
    let day = |written: &str| match written.parse::<Date>() {
        Ok(day) => Ok(day.to_string()),
        Err(_) => Err(argument(name, written, "write it as YYYY-MM-DD, such as 2024-10-11")),
    };
    written.map(day).transpose()
}

fn moment(written: Option<&str>) -> PyResult<Option<Moment>> {
    written.map(|written| written.parse().map_err(|cure: String| argument("as_of", written, &cure))).transpose()
}
