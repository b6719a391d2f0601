//! `polybius code`: the events in articles.

use std::io::{BufWriter, Write, stdout};

use anyhow::Result;
use polybius::formats::{csv_header, csv_line, jsonl_line};
use polybius::input::Problem;
use polybius::{Article, EventRow, Pipeline, rows};

use super::counted;
use crate::arguments::{CodeArguments, Format};
use crate::progress::Progress;
use crate::{Outcome, codebook, inputs, pretty, terminal};

/// Reads, codes and prints article by article.
pub fn run(arguments: &CodeArguments) -> Result<Outcome> {
    let articles = inputs::articles(&arguments.input, false)?;
    let codebook = codebook::load(arguments.codebook.codebook.as_deref())?;
    let pipeline = Pipeline { min_confidence: arguments.min_confidence, ..Pipeline::new(codebook) };
    let colour = terminal::takes_colour();
    let writer = Writer { format: arguments.format, colour, is_terminal: terminal::is_terminal() };
    let mut out = BufWriter::new(stdout().lock());
    out.write_all(writer.header().as_bytes())?;

    let progress = Progress::new("articles", None);
    let (mut n_articles, mut n_events, mut n_problems) = (0, 0, 0);
    let work = |article: Result<Article, Problem>| {
        let article = article?;
        let (document, events) = pipeline.read(article);
        let rows = rows(&document, &events, &pipeline.codebook);
        Ok((rows.len(), writer.article(document.article(), &rows)))
    };
    polybius::in_order(articles, arguments.threads.threads.get(), work, |result: Result<_, Problem>| {
        progress.step();
        match result {
            Ok((n_rows, text)) => {
                n_articles += 1;
                n_events += n_rows;
                out.write_all(text.as_bytes())
            }
            Err(problem) => {
                n_problems += 1;
                progress.say(&terminal::one_line(&problem.to_string()));
                Ok(())
            }
        }
    })?;
    out.flush()?;
    let failed = if n_problems > 0 { format!(", {} failed", counted(n_problems, "record")) } else { String::new() };
    progress.say(&format!("{} in {}{failed}", counted(n_events, "event"), counted(n_articles, "article")));
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

    fn article(&self, article: &Article, rows: &[EventRow]) -> String {
        match self.format {
            Format::Pretty => pretty::account(article, rows, self.colour),
            Format::Jsonl => rows.iter().map(jsonl_line).collect(),
            Format::Csv => {
                let table: String = rows.iter().map(csv_line).collect();
                if self.is_terminal { terminal::visible(&table) } else { table }
            }
        }
    }
}
