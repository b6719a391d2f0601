//! What two runs made of the same articles, and why they differ.

use std::collections::BTreeMap;

use polybius::EventRow;
use rusqlite::params;
use serde_json::Value;

use crate::runs::Run;
use crate::{Record, RecordError, RunId};

/// How two runs differ.
#[derive(Debug, Clone, PartialEq)]
pub struct Differences {
    /// What made them differ: which of program, codebook, models and settings are others.
    pub causes: Vec<&'static str>,
    /// How many versions of articles both coded.
    pub n_articles: u64,
    /// How many reports are the same in everything.
    pub n_same: u64,
    /// The others.
    pub changes: Vec<Change>,
}

/// One report that differs.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// Only the first run found it.
    Gone(Box<EventRow>),
    /// Only the second run found it.
    New(Box<EventRow>),
    /// Both found it, with other fields.
    Changed(Box<EventRow>, Vec<String>),
}

impl Record {
    /// What the two runs made of the articles that both coded.
    ///
    /// # Errors
    /// If there is no such run, or the record cannot be read.
    pub fn differences(&self, one: RunId, other: RunId) -> Result<Differences, RecordError> {
        let runs = self.runs()?;
        let run = |id: RunId| -> Result<&Run, RecordError> {
            let missing =
                || RecordError::unknown(format!("there is no run {}", id.0), "`polybius doctor` lists the runs");
            runs.iter().find(|run| run.id == id).ok_or_else(missing)
        };
        let (first, second) = (&run(one)?.maker, &run(other)?.maker);
        let parts = [
            ("program", first.program != second.program),
            ("codebook", first.codebook != second.codebook),
            ("models", first.models != second.models),
            ("settings", first.settings != second.settings),
        ];
        let causes = parts.into_iter().filter(|(_, differs)| *differs).map(|(part, _)| part).collect();
        let mut differences = Differences { causes, n_articles: 0, n_same: 0, changes: Vec::new() };
        let mut both = self.connection.prepare(
            "SELECT one.coding, other.coding FROM codings AS one JOIN codings AS other ON other.version = one.version
             WHERE one.run = ? AND other.run = ? ORDER BY one.version",
        )?;
        let mut pairs = both.query(params![one.0, other.0])?;
        while let Some(pair) = pairs.next()? {
            differences.n_articles += 1;
            self.compare(pair.get(0)?, pair.get(1)?, &mut differences)?;
        }
        Ok(differences)
    }

    fn compare(&self, one: i64, other: i64, differences: &mut Differences) -> Result<(), RecordError> {
        let (first, mut second) = (self.rows_of(one)?, self.rows_of(other)?);
        for (id, row) in first {
            let Some(theirs) = second.remove(&id) else {
                differences.changes.push(Change::Gone(Box::new(serde_json::from_value(row)?)));
                continue;
            };
            let fields = changed(&row, &theirs);
            if fields.is_empty() {
                differences.n_same += 1;
            } else {
                differences.changes.push(Change::Changed(Box::new(serde_json::from_value(theirs)?), fields));
            }
        }
        for (_, row) in second {
            differences.changes.push(Change::New(Box::new(serde_json::from_value(row)?)));
        }
        Ok(())
    }

    /// The rows of a coding by event id and, where several have one, by order.
    fn rows_of(&self, coding: i64) -> Result<BTreeMap<(i64, String, usize), Value>, RecordError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT sentence, event_id, row FROM events JOIN evidence USING (event) WHERE coding = ? ORDER BY event",
        )?;
        let mut rows = statement.query([coding])?;
        let mut found = BTreeMap::new();
        while let Some(row) = rows.next()? {
            let (sentence, id, json): (i64, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
            let n_before = found.range((sentence, id.clone(), 0)..=(sentence, id.clone(), usize::MAX)).count();
            found.insert((sentence, id, n_before), serde_json::from_str(&json)?);
        }
        Ok(found)
    }
}

/// The fields in which two rows differ; the line of a pattern is none, for it moves with every pattern above it.
fn changed(one: &Value, other: &Value) -> Vec<String> {
    let without_line = |value: &Value| {
        let mut value = value.clone();
        if let Some(pattern) = value.pointer_mut("/pattern").and_then(Value::as_object_mut) {
            pattern.remove("line");
        }
        value
    };
    let fields = one.as_object().into_iter().flatten();
    let differs = |(name, value): &(&String, &Value)| {
        other.get(*name).is_none_or(|theirs| without_line(theirs) != without_line(value))
    };
    fields.filter(differs).map(|(name, _)| name.clone()).collect()
}
