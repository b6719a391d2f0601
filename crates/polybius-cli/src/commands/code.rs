//! `polybius code`: the events in articles.

use std::io::{BufWriter, Write, stdout};

use anyhow::{Result, bail};
use polybius::formats::{claim_line, csv_header, csv_line, expectation_line, jsonl_line};
use polybius::input::Problem;
use polybius::{Article, ClaimRow, EventRow, ExpectationRow, Pipeline, ledger, rows};

use super::counted;
use crate::arguments::{CodeArguments, Format, Record};
use crate::progress::Progress;
use crate::{Outcome, codebook, inputs, pretty, terminal};

/// Reads, codes and prints article by article.
pub fn run(arguments: &CodeArguments) -> Result<Outcome> {
    let only_events = arguments.records == [Record::Events];
    if arguments.format == Format::Csv && !only_events {
        bail!("CSV has events alone; ask for the others with `--format jsonl`");
    }
    let articles = inputs::articles(&arguments.input, false)?;
    let codebook = codebook::load(arguments.codebook.codebook.as_deref())?;
    let pipeline = Pipeline { min_confidence: arguments.min_confidence, ..Pipeline::new(codebook) };
    let colour = terminal::takes_colour();
    let writer = Writer { format: arguments.format, colour, is_terminal: terminal::is_terminal() };
    let mut out = BufWriter::new(stdout().lock());
    out.write_all(writer.header().as_bytes())?;

    let progress = Progress::new("articles", None);
    let (mut n_articles, mut n_written, mut n_problems, mut n_aside) = (0, 0, 0, 0);
    let work = |article: Result<Article, Problem>| {
        let article = article?;
        if only_events {
            let (document, events) = pipeline.read(article);
            let rows = rows(&document, &events, &pipeline.codebook);
            return Ok((rows.len(), writer.article(document.article(), &rows, &[], &[])));
        }
        let (document, records) = pipeline.read_all(article);
        let (mut events, mut claims, mut expectations) = ledger(&document, &records, &pipeline.codebook);
        let wants = |record| arguments.records.contains(&record);
        events.truncate(if wants(Record::Events) { events.len() } else { 0 });
        claims.truncate(if wants(Record::Claims) { claims.len() } else { 0 });
        expectations.truncate(if wants(Record::Expectations) { expectations.len() } else { 0 });
        let n_rows = events.len() + claims.len() + expectations.len();
        Ok((n_rows, writer.article(document.article(), &events, &claims, &expectations)))
    };
    polybius::in_order(articles, arguments.threads.threads.get(), work, |result: Result<_, Problem>| {
        progress.step();
        match result {
            Ok((n_rows, text)) => {
                n_articles += 1;
                n_written += n_rows;
                out.write_all(text.as_bytes())
            }
            Err(problem) => {
                *if problem.set_aside { &mut n_aside } else { &mut n_problems } += 1;
                progress.say(&terminal::one_line(&problem.to_string()));
                Ok(())
            }
        }
    })?;
    out.flush()?;
    let failed = if n_problems > 0 { format!(", {} failed", counted(n_problems, "record")) } else { String::new() };
    let aside = if n_aside > 0 { format!(", {n_aside} set aside") } else { String::new() };
    let what = if only_events { "event" } else { "record" };
    progress.say(&format!("{} in {}{aside}{failed}", counted(n_written, what), counted(n_articles, "article")));
    Ok(if n_problems > 0 { Outcome::SomeFailed } else { Outcome::Fine })
}

/// Turns rows into text.
struct Writer {
    format: Format,
    colour: bool,
    is_terminal: bool,
}

impl Writer {
    fn header(&self) -> String {
        match self.format {
            Format::Csv => csv_header(),
            Format::Pretty | Format::Jsonl => String::new(),
        }
    }

    fn article(
        &self,
        article: &Article,
        events: &[EventRow],
        claims: &[ClaimRow],
        expectations: &[ExpectationRow],
    ) -> String {
        match self.format {
            Format::Pretty => pretty::account(article, events, claims, expectations, self.colour),
            Format::Jsonl => {
                let lines = events.iter().map(jsonl_line).chain(claims.iter().map(claim_line));
                lines.chain(expectations.iter().map(expectation_line)).collect()
            }
            Format::Csv => {
                let table: String = events.iter().map(csv_line).collect();
                if self.is_terminal { terminal::visible(&table) } else { table }
            }
        }
    }
}
