//! `polybius doctor` and `diff`: whether a record is sound, and what its runs made of the same articles.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{Write, stdout};

use anyhow::Result;
use polybius_record::{Change, Record, RunId};

use super::ask::{kind, parties};
use super::table;
use crate::Outcome;
use crate::arguments::{DiffArguments, DoctorArguments};
use crate::terminal::one_line;

/// Prints what a look at the record finds.
pub fn run(arguments: &DoctorArguments) -> Result<Outcome> {
    let record = Record::open_to_ask(&arguments.record)?;
    let health = record.health()?;
    let mut text = String::new();
    for (what, n) in &health.counts {
        writeln!(text, "{n:>10}  {what}")?;
    }
    let short = |digest: &str| digest.chars().take(12).collect::<String>();
    let runs = record.runs()?;
    let rows: Vec<Vec<String>> = runs
        .iter()
        .map(|run| {
            let maker = &run.maker;
            vec![
                run.id.0.to_string(),
                run.began.clone(),
                maker.version.clone(),
                short(&maker.program),
                short(&maker.codebook),
                short(&maker.models),
                maker.settings.clone(),
                run.n_codings.to_string(),
                run.n_reports.to_string(),
            ]
        })
        .collect();
    let heads = ["run", "began", "version", "program", "codebook", "models", "settings", "articles", "reports"];
    text += "\n";
    text += &table::table(&heads, &rows, &[0, 7, 8]);
    if !health.notes.is_empty() {
        text += "\n";
    }
    for note in &health.notes {
        writeln!(text, "{}", one_line(note))?;
    }
    for fault in &health.faults {
        writeln!(text, "BROKEN: {}", one_line(fault))?;
    }
    text += if health.faults.is_empty() { "\nthe record is sound\n" } else { "\nthe record is damaged\n" };
    stdout().lock().write_all(text.as_bytes())?;
    Ok(if health.faults.is_empty() { Outcome::Fine } else { Outcome::SomeFailed })
}

/// Prints what two runs made of the same articles.
pub fn diff(arguments: &DiffArguments) -> Result<Outcome> {
    let record = Record::open_to_ask(&arguments.record)?;
    let differences = record.differences(RunId(arguments.one), RunId(arguments.other))?;
    let (one, other) = (arguments.one, arguments.other);
    let mut text = match differences.causes[..] {
        [] => format!("runs {one} and {other} are the same\n"),
        _ => format!("runs {one} and {other} differ in: {}\n", differences.causes.join(", ")),
    };
    let mut counts = [0, 0, 0];
    let mut patterns: BTreeMap<(&str, String), usize> = BTreeMap::new();
    let mut lines = Vec::new();
    for change in &differences.changes {
        let (index, mark, row, why) = match change {
            Change::Gone(row) => (0, "gone", row, row.why.by().to_owned()),
            Change::New(row) => (1, "new", row, row.why.by().to_owned()),
            Change::Changed(row, fields) => (2, "changed", row, fields.join(", ")),
        };
        counts[index] += 1;
        *patterns.entry((mark, why.clone())).or_default() += 1;
        if lines.len() < arguments.limit {
            let place = format!("{}:{}", row.document_id, row.sentence);
            lines.push(vec![mark.to_owned(), kind(row), parties(row), place, why]);
        }
    }
    let [gone, new, changed] = counts;
    writeln!(
        text,
        "{} articles coded by both: {} reports the same, {changed} changed, {gone} gone, {new} new",
        differences.n_articles, differences.n_same
    )?;
    let mut patterns: Vec<_> = patterns.into_iter().collect();
    patterns.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    for ((mark, why), n) in patterns.iter().take(10) {
        writeln!(text, "{n:>6}  {mark}: {}", one_line(why))?;
    }
    if !lines.is_empty() {
        text += "\n";
        text += &table::table(&["", "event", "who", "document", "pattern or fields"], &lines, &[]);
    }
    if differences.changes.len() > lines.len() {
        writeln!(text, "and {} more; --limit shows them", differences.changes.len() - lines.len())?;
    }
    stdout().lock().write_all(text.as_bytes())?;
    Ok(Outcome::Fine)
}
