//! `polybius events`, `search` and `sql`: what is in a record.

use std::io::{BufWriter, Write, stdout};

use anyhow::Result;
use polybius::{EventRow, ParticipantRow};
use polybius_record::{Filter, Record, Report};

use super::{name_unknown, table};
use crate::arguments::{EventsArguments, EventsFormat, SearchArguments, SqlArguments, TableFormat};
use crate::commands::counted;
use crate::terminal::{self, PARTICIPANT, TRIGGER, one_line, painted};
use crate::{Outcome, pretty};

/// So many reports are enough for a reader who does not ask for more.
const SHOWN: u64 = 50;

/// Prints reports.
pub fn events(arguments: &EventsArguments) -> Result<Outcome> {
    let record = Record::open_to_ask(&arguments.record.path()?)?;
    let filter = Filter {
        ids: arguments.ids.clone(),
        incident: arguments.incident,
        ..arguments.filter.filter(&arguments.record, &[])
    };
    name_unknown(&record, &filter)?;
    let is_for_reader = matches!(arguments.format, EventsFormat::Table | EventsFormat::Pretty);
    let limit = match arguments.limit {
        Some(0) => None,
        None if is_for_reader => Some(SHOWN),
        limit => limit,
    };
    let colour = terminal::takes_colour();
    let mut out = BufWriter::new(stdout().lock());
    let mut lines = Vec::new();
    let mut n_shown = 0;
    if arguments.format == EventsFormat::Csv {
        out.write_all(Report::csv_header().as_bytes())?;
    }
    record.each_report::<anyhow::Error>(&filter, limit, |report| {
        n_shown += 1;
        let text = match arguments.format {
            EventsFormat::Table => {
                lines.push(line(&report));
                return Ok(());
            }
            EventsFormat::Pretty => account(&report, colour),
            EventsFormat::Jsonl => report.json_line(),
            EventsFormat::Csv => shown(report.csv_line()),
        };
        Ok(out.write_all(text.as_bytes())?)
    })?;
    if arguments.format == EventsFormat::Table {
        let heads = ["day", "event", "who", "status", "document", "incident", "id"];
        out.write_all(table::table(&heads, &lines, &[5]).as_bytes())?;
    }
    out.flush()?;
    let n_more = if limit == Some(n_shown) { record.n_reports(&filter)? - n_shown } else { 0 };
    if n_more > 0 {
        anstream::eprintln!("and {n_more} more; --limit 0 shows all");
    } else if is_for_reader {
        anstream::eprintln!("{}", counted(n_shown as usize, "report"));
    }
    Ok(Outcome::Fine)
}

/// The text as it may go to a terminal, if it goes there.
fn shown(text: String) -> String {
    if terminal::is_terminal() { terminal::visible(&text) } else { text }
}

fn line(report: &Report) -> Vec<String> {
    let row = &report.row;
    let place = format!("{}:{}", row.document_id, row.sentence);
    vec![
        report.entry.day.clone().unwrap_or_default(),
        kind(row),
        parties(row),
        report.entry.status.clone(),
        place,
        report.entry.incident.to_string(),
        row.event_id.clone(),
    ]
}

/// Type and mode.
pub fn kind(row: &EventRow) -> String {
    row.mode.as_ref().map_or(row.event_type.clone(), |mode| format!("{}/{mode}", row.event_type))
}

/// Who to whom, by code where there is one.
pub fn parties(row: &EventRow) -> String {
    let name = |one: &ParticipantRow| match (&one.entity, &one.country) {
        (Some(entity), Some(country)) if entity == country => entity.clone(),
        (_, Some(country)) => format!("{} ({country})", one.name),
        _ => one.name.clone(),
    };
    let names = |all: &[ParticipantRow]| match all {
        [] => "?".to_owned(),
        _ => all.iter().map(name).collect::<Vec<_>>().join(", "),
    };
    match row.recipients[..] {
        [] => names(&row.actors),
        _ => format!("{} → {}", names(&row.actors), names(&row.recipients)),
    }
}

/// The report on two lines under its place.
fn account(report: &Report, colour: bool) -> String {
    let row = &report.row;
    let mut head = vec![one_line(&row.document_id)];
    head.extend(row.published.clone());
    head.extend(row.outlet.as_deref().map(one_line));
    head.push(format!("incident {}", report.entry.incident));
    head.push(row.event_id.clone());
    format!("{}\n{}", painted(&head.join(" · "), terminal::ASIDE, colour), pretty::event(row, colour))
}

/// Prints articles that hold words.
pub fn search(arguments: &SearchArguments) -> Result<Outcome> {
    let record = Record::open_to_ask(&arguments.record.path()?)?;
    let colour = terminal::takes_colour();
    let mut out = BufWriter::new(stdout().lock());
    let found = record.search(&arguments.words, arguments.record.as_of.as_ref(), arguments.limit)?;
    for found in &found {
        let mut head = vec![painted(&one_line(&found.document_id), PARTICIPANT, colour)];
        head.extend(found.published.clone());
        head.extend((!found.outlet.is_empty()).then(|| one_line(&found.outlet)));
        head.extend(found.title.as_deref().map(one_line));
        head.push(counted(found.n_reports as usize, "report"));
        // Pieces after the first begin with words that were looked for.
        let mut pieces = found.snippet.split('\u{2}');
        let mut snippet = one_line(&format!("{}|", pieces.next().unwrap_or_default()));
        snippet.pop();
        for piece in pieces {
            let (words, rest) = piece.split_once('\u{3}').unwrap_or((piece, ""));
            let words = one_line(words);
            snippet += &if colour { painted(&words, TRIGGER, true) } else { format!("[{words}]") };
            let spaced = one_line(&format!("|{rest}|"));
            snippet += &spaced[1..spaced.len() - 1];
        }
        writeln!(out, "{}\n    {snippet}", head.join(" · "))?;
    }
    out.flush()?;
    anstream::eprintln!("{}", counted(found.len(), "article"));
    Ok(Outcome::Fine)
}

/// Prints what a query gives.
pub fn sql(arguments: &SqlArguments) -> Result<Outcome> {
    let answer = Record::open_to_ask(&arguments.record)?.sql(&arguments.query)?;
    let heads: Vec<&str> = answer.columns.iter().map(String::as_str).collect();
    let rows: Vec<Vec<String>> =
        answer.rows.into_iter().map(|row| row.into_iter().map(Option::unwrap_or_default).collect()).collect();
    let text = match arguments.format {
        TableFormat::Table => table::table(&heads, &rows, &[]),
        TableFormat::Csv => shown(table::csv(&heads, &rows)),
    };
    stdout().lock().write_all(text.as_bytes())?;
    Ok(Outcome::Fine)
}
