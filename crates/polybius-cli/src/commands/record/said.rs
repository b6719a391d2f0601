//! `polybius claims` and `expectations`: what is said and announced, and what came of it.

use std::io::{BufWriter, Write, stdout};

use anyhow::Result;
use polybius::formats::{claim_line, expectation_line};
use polybius_record::{ClaimReport, Filter, Outcome as Became, Record, Settled};

use super::{clock, codes};
use crate::arguments::{ClaimsArguments, ExpectationsArguments, LedgerFormat};
use crate::commands::counted;
use crate::terminal::{self, ASIDE, one_line, painted};
use crate::{Outcome, pretty};

/// Prints claims, the latest first.
pub fn claims(arguments: &ClaimsArguments) -> Result<Outcome> {
    let record = Record::open_to_ask(&arguments.record.path()?)?;
    let meant = |who: &Option<String>| who.as_ref().map_or(Ok(Vec::new()), |who| codes(&record, who));
    let filter = Filter {
        actors: meant(&arguments.by)?,
        recipients: meant(&arguments.about)?,
        from: arguments.from.map(|day| day.to_string()),
        to: arguments.to.map(|day| day.to_string()),
        outlets: arguments.outlet.clone(),
        as_of: arguments.record.as_of.clone(),
        ..Filter::default()
    };
    let claims = record.claims(&filter, arguments.limit)?;
    let colour = terminal::takes_colour();
    let mut out = BufWriter::new(stdout().lock());
    let is_compared = arguments.later && arguments.format != LedgerFormat::Jsonl;
    let said = if is_compared { record.said_to_each(&claims, &filter)? } else { vec![Vec::new(); claims.len()] };
    for (claim, said) in claims.iter().zip(&said) {
        if arguments.format == LedgerFormat::Jsonl {
            out.write_all(claim_line(&claim.row).as_bytes())?;
            continue;
        }
        let row = &claim.row;
        let head = head(&row.document_id, &row.published, &row.outlet, &row.claim_id, colour);
        write!(out, "{head}{}", pretty::claim(row, colour))?;
        for (relation, ClaimReport { row: later, day, .. }) in said {
            let words = later.content.iter().map(|words| words.text.as_str()).collect::<Vec<_>>().join(" … ");
            let (speaker, day) = (one_line(&later.speaker.name), day.as_deref().unwrap_or_default());
            writeln!(
                out,
                "      later {}: {speaker}  {day}  {}  {}",
                relation.as_str(),
                one_line(&words),
                later.claim_id
            )?;
        }
    }
    out.flush()?;
    told(claims.len(), arguments.limit, "claim");
    Ok(Outcome::Fine)
}

/// Prints expectations, the latest first, with what became of them.
pub fn expectations(arguments: &ExpectationsArguments) -> Result<Outcome> {
    let record = Record::open_to_ask(&arguments.record.path()?)?;
    let meant = |who: &Option<String>| who.as_ref().map_or(Ok(Vec::new()), |who| codes(&record, who));
    let filter = Filter {
        actors: meant(&arguments.actor)?,
        recipients: meant(&arguments.recipient)?,
        event_types: arguments.event_types.clone(),
        as_of: arguments.record.as_of.clone(),
        ..Filter::default()
    };
    let now = match &arguments.record.as_of {
        Some(moment) => moment.clone(),
        None => clock()?.now(),
    };
    let today = &now.as_str()[..10];
    // Those that are settled are left out of what was found, so that more has to be looked for.
    let limit = if arguments.open { arguments.limit.saturating_mul(20) } else { arguments.limit };
    let mut all = match &arguments.due {
        Some((first, last)) => record.expectations_due(&filter, (first, last), today, limit)?,
        None => record.expectations(&filter, today, limit)?,
    };
    if arguments.open {
        all.retain(|one| matches!(one.outcome, Became::Open | Became::Due));
        all.truncate(arguments.limit as usize);
    }
    let colour = terminal::takes_colour();
    let mut out = BufWriter::new(stdout().lock());
    for one in &all {
        let text = match arguments.format {
            LedgerFormat::Pretty => settled(one, colour),
            LedgerFormat::Jsonl => expectation_line(&one.row),
        };
        out.write_all(text.as_bytes())?;
    }
    out.flush()?;
    told(all.len(), arguments.limit, "expectation");
    Ok(Outcome::Fine)
}

fn settled(one: &Settled, colour: bool) -> String {
    let row = &one.row;
    let by = one.by.as_ref().map(|report| {
        let row = &report.row;
        let day = report.entry.day.as_deref().unwrap_or_default();
        format!(" by {}  {day}  {}", row.event_id, one_line(&row.text))
    });
    let head = head(&row.document_id, &row.published, &row.outlet, &row.expectation_id, colour);
    format!("{head}{}      {}{}\n", pretty::expectation(row, colour), one.outcome.as_str(), by.unwrap_or_default())
}

/// The article and the id.
fn head(document: &str, published: &Option<String>, outlet: &Option<String>, id: &str, colour: bool) -> String {
    let mut parts = vec![one_line(document)];
    parts.extend(published.clone());
    parts.extend(outlet.as_deref().map(one_line));
    parts.push(id.to_owned());
    painted(&parts.join(" · "), ASIDE, colour) + "\n"
}

fn told(n: usize, limit: u64, what: &str) {
    let more = if n as u64 == limit { "; --limit shows more" } else { "" };
    anstream::eprintln!("{}{more}", counted(n, what));
}
