//! From Python's objects to articles, and from many articles to a table of their rows.

use std::thread::available_parallelism;

use arrow_array::{RecordBatch, RecordBatchReader};
use arrow_json::LineDelimitedWriter;
use jiff::civil::Date;
use polybius::Article;
use polybius::input::{Defaults, Kind as Written, read};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyIterator, PyString};
use pyo3_arrow::input::AnyRecordBatch;

use crate::coding::{self, Kind};
use crate::errors::{self, Problem};
use crate::lines::{Lines, with};
use crate::schemas;

/// The fields of an article.
const FIELDS: [&str; 6] = ["id", "text", "published", "title", "outlet", "url"];

/// How many rows of a table are turned into articles at a time, which bounds the memory that they take.
const SLICE: usize = 64;

/// How articles are coded, from a dictionary of Python's.
#[derive(Debug, FromPyObject)]
#[pyo3(from_item_all)]
pub struct Options {
    records: Kind,
    min_confidence: Option<f32>,
    published: Option<String>,
    outlet: Option<String>,
    undated: bool,
    any_language: bool,
    threads: Option<usize>,
    /// What to do with an article that cannot be read: `raise`, `warn` or `column`.
    errors: String,
}

/// The article that a line of JSON holds; a day of publication may be missing.
pub fn one(line: &[u8]) -> PyResult<Article> {
    let defaults = Defaults { undated: true, ..Defaults::default() };
    let article = read("article", "article", line, Some(Written::Jsonl), &defaults).next();
    let article = article.expect("a reader of no article says so");
    article.map_err(|problem| errors::unreadable(vec![errors::problem("article".to_owned(), problem)]))
}

/// The rows of articles that come as lines of JSON, texts or bytes; and what is wrong with those that cannot be read.
#[pyfunction]
pub fn code_lines(
    py: Python,
    lines: &Bound<PyAny>,
    unit: &str,
    first: usize,
    options: Options,
) -> PyResult<(Lines, Vec<Problem>)> {
    let lines = lines.try_iter()?.unbind();
    table(py, unit, &options, PythonLines { lines, number: first })
}

/// The rows of articles that come as a table, which speaks Arrow; and what is wrong with those that cannot be read.
#[pyfunction]
pub fn code_arrow(py: Python, table_of: AnyRecordBatch, options: Options) -> PyResult<(Lines, Vec<Problem>)> {
    let reader = table_of.into_reader()?;
    let schema = reader.schema();
    let known = FIELDS.iter().filter_map(|field| schema.index_of(field).ok()).collect();
    for needed in ["id", "text"] {
        if schema.index_of(needed).is_err() {
            let columns: Vec<&str> = schema.fields().iter().map(|field| field.name().as_str()).collect();
            let columns = columns.join("`, `");
            return Err(PyValueError::new_err(format!(
                "the table has no column `{needed}`; it has `{columns}`; rename the one that is meant"
            )));
        }
    }
    let rows = ArrowLines { reader, known, batch: None, at: 0, lines: Vec::new().into_iter(), number: 0 };
    table(py, "row", &options, rows)
}

/// An article as it was given: its number, and its fields as JSON.
type Given = (usize, Vec<u8>);

/// Lines of JSON that Python gives one by one.
struct PythonLines {
    lines: Py<PyIterator>,
    number: usize,
}

impl Iterator for PythonLines {
    type Item = PyResult<Given>;

    fn next(&mut self) -> Option<PyResult<Given>> {
        loop {
            let line = Python::attach(|py| {
                let line = self.lines.bind(py).clone().next()?;
                Some(line.and_then(|line| bytes(&line)))
            });
            let number = self.number;
            self.number += 1;
            match line? {
                Ok(line) if line.trim_ascii().is_empty() => {}
                line => return Some(line.map(|line| (number, line))),
            }
        }
    }
}

fn bytes(line: &Bound<PyAny>) -> PyResult<Vec<u8>> {
    if let Ok(line) = line.cast::<PyBytes>() {
        return Ok(line.as_bytes().to_vec());
    }
    match line.cast::<PyString>() {
        Ok(line) => Ok(line.to_cow()?.as_bytes().to_vec()),
        Err(_) => Err(PyTypeError::new_err(format!("a line is a {}, not a str or bytes", line.get_type().name()?))),
    }
}

/// Lines of JSON made of a table's rows.
struct ArrowLines {
    reader: Box<dyn RecordBatchReader + Send>,
    /// The columns that articles have.
    known: Vec<usize>,
    batch: Option<RecordBatch>,
    /// How many rows of the batch are done.
    at: usize,
    lines: std::vec::IntoIter<Vec<u8>>,
    number: usize,
}

impl Iterator for ArrowLines {
    type Item = PyResult<Given>;

    fn next(&mut self) -> Option<PyResult<Given>> {
        loop {
            if let Some(line) = self.lines.next() {
                self.number += 1;
                return Some(Ok((self.number - 1, line)));
            }
            match &self.batch {
                Some(batch) if self.at < batch.num_rows() => {
                    let n_rows = SLICE.min(batch.num_rows() - self.at);
                    match json_lines(&batch.slice(self.at, n_rows)) {
                        Ok(lines) => self.lines = lines.into_iter(),
                        Err(error) => return Some(Err(PyValueError::new_err(error.to_string()))),
                    }
                    self.at += n_rows;
                }
                _ => match self.reader.next()?.and_then(|batch| batch.project(&self.known)) {
                    Ok(batch) => (self.batch, self.at) = (Some(batch), 0),
                    Err(error) => {
                        return Some(Err(PyValueError::new_err(format!("the table cannot be read: {error}"))));
                    }
                },
            }
        }
    }
}

fn json_lines(rows: &RecordBatch) -> Result<Vec<Vec<u8>>, arrow_schema::ArrowError> {
    let mut written = Vec::new();
    let mut writer = LineDelimitedWriter::new(&mut written);
    writer.write(rows)?;
    writer.finish()?;
    drop(writer);
    Ok(written.split_inclusive(|&byte| byte == b'\n').map(<[u8]>::to_vec).collect())
}

/// Codes the articles on many threads, the interpreter free, and puts their rows into a table in the articles' order.
fn table(
    py: Python,
    unit: &str,
    options: &Options,
    articles: impl Iterator<Item = PyResult<Given>> + Send,
) -> PyResult<(Lines, Vec<Problem>)> {
    let with_error = match options.errors.as_str() {
        "raise" | "warn" => false,
        "column" => true,
        other => return Err(errors::argument("errors", other, "give `raise`, `warn` or `column`")),
    };
    let defaults = Defaults {
        published: options.published.as_deref().map(day).transpose()?,
        undated: options.undated,
        outlet: options.outlet.clone(),
        english_only: !options.any_language,
    };
    let min_confidence = coding::least(options.min_confidence)?;
    let n_threads = options.threads.unwrap_or_else(|| available_parallelism().map_or(1, usize::from));
    let code = |given: PyResult<Given>| {
        let (number, line) = given?;
        // Whoever gives several lines as one is understood as well.
        let coded = read(unit, "", line.as_slice(), Some(Written::Jsonl), &defaults).map(|article| match article {
            Ok(article) => Coded::Rows(coding::code(article, &[options.records], min_confidence)),
            Err(problem) => Coded::LeftOut {
                id: document_id(&line),
                is_set_aside: problem.set_aside,
                problem: errors::problem(format!("{unit} {number}"), problem),
            },
        });
        Ok(coded.collect::<Vec<_>>())
    };
    let mut lines = Lines::new(schemas::coded(options.records, with_error));
    let mut problems = Vec::new();
    let take = |coded: PyResult<Vec<Coded>>| {
        Python::attach(|py| py.check_signals())?;
        for coded in coded? {
            match coded {
                Coded::Rows(rows) if with_error => {
                    rows.iter().for_each(|row| lines.push(&with(row, "error", &serde_json::Value::Null)));
                }
                Coded::Rows(rows) => rows.iter().for_each(|row| lines.push(row)),
                Coded::LeftOut { is_set_aside: false, problem, .. } if options.errors == "raise" => {
                    return Err(errors::unreadable(vec![problem]));
                }
                Coded::LeftOut { id, problem, .. } => {
                    if with_error {
                        // Where it stood depends on how a job was shared out, and must not be in its rows.
                        let (_, reason, cure) = &problem;
                        let error = format!("{reason}; {cure}");
                        lines.push(&format!("{}\n", serde_json::json!({"document_id": id, "error": error})));
                    }
                    problems.push(problem);
                }
            }
        }
        Ok(())
    };
    py.detach(|| polybius::in_order(articles, n_threads, code, take))?;
    Ok((lines, problems))
}

/// What became of an article.
enum Coded {
    /// Its rows.
    Rows(Vec<String>),
    /// It is not coded.
    LeftOut {
        id: serde_json::Value,
        /// Whether nothing is wrong with it but that it is in another language.
        is_set_aside: bool,
        problem: Problem,
    },
}

/// The id of an article that cannot be read, if that much can.
fn document_id(line: &[u8]) -> serde_json::Value {
    let fields = serde_json::from_slice::<serde_json::Value>(line).unwrap_or_default();
    match &fields["id"] {
        serde_json::Value::Number(number) => number.to_string().into(),
        id if id.is_string() => id.clone(),
        _ => serde_json::Value::Null,
    }
}

/// A day that Python gives.
pub fn day(written: &str) -> PyResult<Date> {
    written.parse().map_err(|_| errors::argument("published", written, "write it as YYYY-MM-DD, such as 2024-10-11"))
}
