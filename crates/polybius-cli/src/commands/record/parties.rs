//! `polybius actor` and `network`: who acts on whom.

use std::io::{Write, stdout};

use anyhow::Result;
use polybius::SCALE;
use polybius_record::{By, Filter, PanelRow, Record, Status, Unit};

use super::figures::{HEADS, fields};
use super::{codes, name_unknown, table};
use crate::arguments::{ActorArguments, FiguresFormat, NetworkArguments};
use crate::terminal::one_line;
use crate::{Outcome, pretty};

/// So many claims of somebody are shown.
const CLAIMS: u64 = 3;

/// Prints on whom somebody acts, who acts on it, and what it says.
pub fn actor(arguments: &ActorArguments) -> Result<Outcome> {
    let record = Record::open_to_ask(&arguments.record.path()?)?;
    let filter = arguments.narrow.filter(&arguments.record, &[Status::Happened]);
    let mut text = String::new();
    for code in codes(&record, &arguments.who)? {
        let acts = Filter { actors: vec![code.clone()], ..filter.clone() };
        let suffers = Filter { recipients: vec![code.clone()], ..filter.clone() };
        name_unknown(&record, &acts)?;
        let (n_acts, n_suffers) = (record.n_reports(&acts)?, record.n_reports(&suffers)?);
        let names = record.names_of(&code, 8)?.join(", ");
        text += &format!(
            "{code}: {}\n{n_acts} reports of what it did, {n_suffers} of what was done to it\n",
            one_line(&names)
        );
        for (title, filter, is_actor) in [("acts on", &acts, true), ("is acted on by", &suffers, false)] {
            let own = |row: &PanelRow| if is_actor { row.actor == code } else { row.recipient.as_ref() == Some(&code) };
            let mut rows = pairs(&record, filter)?;
            rows.retain(own);
            rows.truncate(arguments.limit);
            let other =
                |row: &PanelRow| if is_actor { row.recipient.clone().unwrap_or_default() } else { row.actor.clone() };
            let lines: Vec<Vec<String>> = rows.iter().map(|row| counts(vec![other(row)], row)).collect();
            if !lines.is_empty() {
                text += &table::table(&[&[title], &COUNTS[..]].concat(), &lines, &[1, 2, 3, 4, 5, 6, 7]);
            }
        }
        let said = Filter {
            actors: vec![code.clone()],
            from: filter.from.clone(),
            to: filter.to.clone(),
            as_of: filter.as_of.clone(),
            ..Filter::default()
        };
        for claim in record.claims(&said, CLAIMS)? {
            text += &pretty::claim(&claim.row, crate::terminal::takes_colour());
        }
    }
    stdout().lock().write_all(text.as_bytes())?;
    Ok(Outcome::Fine)
}

/// Prints who acts on whom.
pub fn network(arguments: &NetworkArguments) -> Result<Outcome> {
    let record = Record::open_to_ask(&arguments.record.path()?)?;
    let filter = arguments.filter.filter(&arguments.record, &[Status::Happened]);
    name_unknown(&record, &filter)?;
    let mut rows = pairs(&record, &filter)?;
    if let Some(code) = &arguments.around {
        rows.retain(|row| row.actor == *code || row.recipient.as_ref() == Some(code));
    }
    let n_pairs = rows.len();
    if arguments.limit > 0 {
        rows.truncate(arguments.limit);
    }
    let recipient = |row: &PanelRow| row.recipient.clone().unwrap_or_default();
    let text = match arguments.format {
        FiguresFormat::Table => {
            let lines: Vec<Vec<String>> =
                rows.iter().map(|row| counts(vec![row.actor.clone(), recipient(row)], row)).collect();
            table::table(&[&["actor", "recipient"], &COUNTS[..]].concat(), &lines, &[2, 3, 4, 5, 6, 7, 8])
        }
        FiguresFormat::Jsonl => rows.iter().map(|row| row.period.json_line(&row.actor, &recipient(row))).collect(),
        FiguresFormat::Csv => {
            let lines: Vec<Vec<String>> = rows
                .iter()
                .map(|row| [vec![row.actor.clone(), recipient(row)], fields(&row.period)].concat())
                .collect();
            table::csv(&[&["actor", "recipient"], &HEADS[..]].concat(), &lines)
        }
    };
    stdout().lock().write_all(text.as_bytes())?;
    let more = if n_pairs > rows.len() { "; --limit 0 shows all" } else { "" };
    anstream::eprintln!("{} of {n_pairs} pairs, score {SCALE}{more}", rows.len());
    Ok(Outcome::Fine)
}

/// The pairs with their counts, most incidents first.
fn pairs(record: &Record, filter: &Filter) -> Result<Vec<PanelRow>> {
    let mut rows = record.panel(filter, Unit::Dyad, By::Ever, false)?.rows;
    rows.sort_by_key(|row| std::cmp::Reverse(row.period.n_incidents));
    Ok(rows)
}

const COUNTS: [&str; 7] = ["incidents", "reports", "quad 1", "quad 2", "quad 3", "quad 4", "mean"];

/// The line of a pair.
fn counts(mut line: Vec<String>, row: &PanelRow) -> Vec<String> {
    let period = &row.period;
    line.extend([period.n_incidents.to_string(), period.n_reports.to_string()]);
    line.extend(period.quads.map(|n| n.to_string()));
    line.push(period.mean().map(|mean| format!("{mean:.1}")).unwrap_or_default());
    line
}
