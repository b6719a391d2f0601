//! `polybius retract`, `restore` and `incident`: what a person corrects, always with a reason.

use std::io::{Write, stdout};
use std::path::Path;

use anyhow::{Result, bail};
use polybius_record::{Filter, Record, Report, differing};

use super::ask::{kind, parties};
use super::{clock, table};
use crate::Outcome;
use crate::arguments::{IncidentCommand, RetractArguments};
use crate::terminal::one_line;

/// Retracts an article or an event.
pub fn retract(arguments: &RetractArguments) -> Result<Outcome> {
    let record = Record::open_to_correct(&arguments.record)?;
    let what = record.retract(&arguments.id, &arguments.reason, &clock()?.now())?;
    anstream::eprintln!("the {what} {} is retracted; `polybius restore` undoes it", one_line(&arguments.id));
    Ok(Outcome::Fine)
}

/// Undoes a retraction.
pub fn restore(arguments: &RetractArguments) -> Result<Outcome> {
    let record = Record::open_to_correct(&arguments.record)?;
    record.restore(&arguments.id, &arguments.reason, &clock()?.now())?;
    anstream::eprintln!("{} is shown again", one_line(&arguments.id));
    Ok(Outcome::Fine)
}

/// Shows, splits and merges incidents.
pub fn incident(command: &IncidentCommand) -> Result<Outcome> {
    match command {
        IncidentCommand::Show { incident, record } => {
            let filter = Filter { incident: Some(*incident), as_of: record.as_of.clone(), ..Filter::default() };
            show(&record.path()?, *incident, &filter)?;
        }
        IncidentCommand::Split { events, decision } => {
            let record = Record::open_to_correct(&decision.record)?;
            let (number, incident) = record.split(events, &decision.reason, &clock()?.now())?;
            anstream::eprintln!("incident {incident} is new; `polybius incident undo {number}` undoes it");
        }
        IncidentCommand::Merge { into, others, decision } => {
            let record = Record::open_to_correct(&decision.record)?;
            let number = record.merge(*into, others, &decision.reason, &clock()?.now())?;
            anstream::eprintln!("incident {into} holds them all; `polybius incident undo {number}` undoes it");
        }
        IncidentCommand::Undo { decision, record } => {
            Record::open_to_correct(record)?.undo(*decision, &clock()?.now())?;
            anstream::eprintln!("decision {decision} is undone");
        }
    }
    Ok(Outcome::Fine)
}

fn show(path: &Path, incident: i64, filter: &Filter) -> Result<()> {
    let record = Record::open_to_ask(path)?;
    let reports = record.reports(filter, None)?;
    let Some(first) = reports.first() else {
        bail!("there is no incident {incident} then; `polybius events` shows incidents")
    };
    let mut text = format!("incident {incident}: {}  {}\n", kind(&first.row), one_line(&parties(&first.row)));
    let line = |report: &Report| {
        vec![
            report.entry.day.clone().unwrap_or_default(),
            report.row.outlet.clone().unwrap_or_default(),
            format!("{}:{}", report.row.document_id, report.row.sentence),
            report.entry.status.clone(),
            figures(report),
            report.row.event_id.clone(),
            format!("{:.2}", report.entry.incident_score),
            report.entry.incident_reason.clone(),
        ]
    };
    let lines: Vec<Vec<String>> = reports.iter().map(line).collect();
    text += &table::table(&["day", "outlet", "document", "status", "figures", "id", "score", "why here"], &lines, &[6]);
    for (what, values) in differing(&reports, str::to_owned) {
        let values = values.iter().map(|(value, sources)| format!("{value} ({})", sources.join(", ")));
        let values = values.collect::<Vec<_>>().join("; ");
        text += &format!("sources differ on {what}: {}\n", one_line(&values));
    }
    for membership in record.memberships(incident)?.iter().filter(|membership| membership.until.is_some()) {
        let until = membership.until.as_deref().unwrap_or_default();
        text += &format!("left {until}: {}\n", membership.event_id);
    }
    stdout().lock().write_all(text.as_bytes())?;
    Ok(())
}

/// How many it hit, in words.
fn figures(report: &Report) -> String {
    let size = &report.row.size;
    let counts = [(&size.dead, "dead"), (&size.injured, "injured"), (&size.arrested, "arrested")];
    let known = counts.into_iter().filter_map(|(count, what)| Some(format!("{} {what}", count.as_ref()?.value)));
    known.collect::<Vec<_>>().join(", ")
}
