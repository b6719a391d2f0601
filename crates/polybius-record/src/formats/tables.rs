//! Our own tables: JSON lines, CSV, and the columns of Parquet and Arrow.

use std::io::{self, Write};

use polybius::formats::{csv_columns, csv_fields, csv_header, csv_line, jsonl_line};

use super::Rows;
use crate::Report;

pub(super) struct Jsonl;

impl Rows for Jsonl {
    fn add(&mut self, report: &Report, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(jsonl_line(&report.row).as_bytes())
    }
}

pub(super) struct Csv;

impl Rows for Csv {
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(format!("{},status,incident,run,coded_at\n", csv_header().trim_end()).as_bytes())
    }

    fn add(&mut self, report: &Report, out: &mut dyn Write) -> io::Result<()> {
        let entry = &report.entry;
        let row = csv_line(&report.row);
        let row = row.trim_end_matches('\n');
        writeln!(out, "{row},{},{},{},{}", entry.status, entry.incident, entry.run.0, entry.coded_at)
    }
}

/// The columns of [`Csv`] that are whole numbers.
const WHOLE: &[&str] = &[
    "sentence",
    "start",
    "end",
    "quad",
    "dead",
    "injured",
    "arrested",
    "trigger_start",
    "trigger_end",
    "pattern_line",
];

/// Those that are numbers with a fraction.
const FRACTIONS: &[&str] = &["score", "confidence"];

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Whole numbers of 64 bits.
    Whole,
    /// Numbers with a fraction, of 64 bits.
    Fraction,
    /// UTF-8.
    Text,
}

/// The columns of the table with their types.
pub(super) fn columns() -> Vec<(&'static str, Kind)> {
    let kind = |name: &str| match name {
        _ if WHOLE.contains(&name) => Kind::Whole,
        _ if FRACTIONS.contains(&name) => Kind::Fraction,
        _ => Kind::Text,
    };
    let own = [("status", Kind::Text), ("incident", Kind::Whole), ("run", Kind::Whole), ("coded_at", Kind::Text)];
    csv_columns().map(|name| (name, kind(name))).chain(own).collect()
}

/// A row of the table.
pub(super) fn fields(report: &Report) -> Vec<String> {
    let entry = &report.entry;
    let mut fields = csv_fields(&report.row);
    fields.extend([entry.status.clone(), entry.incident.to_string(), entry.run.0.to_string(), entry.coded_at.clone()]);
    fields
}
