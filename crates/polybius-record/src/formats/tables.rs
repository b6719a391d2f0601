//! Our own tables: JSON lines, CSV, and the columns of Parquet.

use std::io::{self, Write};

use polybius::formats::{csv_columns, csv_header, csv_line, jsonl_line};

use super::Rows;
use super::parquet::{Column, Kind};
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

/// The columns of the table with their types.
pub(super) fn parquet_columns() -> Vec<Column> {
    let kind = |name: &str| match name {
        _ if WHOLE.contains(&name) => Kind::Whole,
        _ if FRACTIONS.contains(&name) => Kind::Fraction,
        _ => Kind::Text,
    };
    let mut columns: Vec<Column> = csv_columns().map(|name| Column::new(name, kind(name))).collect();
    columns.push(Column::new("status", Kind::Text));
    columns.push(Column::new("incident", Kind::Whole));
    columns.push(Column::new("run", Kind::Whole));
    columns.push(Column::new("coded_at", Kind::Text));
    columns
}
