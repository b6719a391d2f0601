//! `polybius annotate`: the linguistic layers of articles, without coding them.

use std::io::{BufWriter, Write, stdout};

use anyhow::Result;
use polybius::formats::document_line;
use polybius::input::Problem;
use polybius::{Article, Models, annotate, document_row, to_conllu};

use crate::arguments::{AnnotateArguments, LayerFormat};
use crate::progress::Progress;
use crate::{Outcome, inputs, terminal};

/// Reads, annotates and prints article by article.
pub fn run(arguments: &AnnotateArguments) -> Result<Outcome> {
    let articles = inputs::articles(&arguments.input, true)?;
    let models = Models::embedded();
    let is_terminal = terminal::is_terminal();
    let mut out = BufWriter::new(stdout().lock());
    let progress = Progress::new("articles", None);
    let mut outcome = Outcome::Fine;
    let work = |article: Result<Article, Problem>| {
        let document = annotate(article?, &models);
        let layers = match arguments.format {
            LayerFormat::Conllu if is_terminal => terminal::visible(&to_conllu(&document)),
            LayerFormat::Conllu => to_conllu(&document),
            LayerFormat::Json => document_line(&document_row(&document)),
        };
        Ok(layers)
    };
    polybius::in_order(articles, arguments.threads.threads.get(), work, |result: Result<_, Problem>| {
        progress.step();
        match result {
            Ok(layers) => out.write_all(layers.as_bytes()),
            Err(problem) => {
                outcome = Outcome::SomeFailed;
                progress.say(&terminal::one_line(&problem.to_string()));
                Ok(())
            }
        }
    })?;
    out.flush()?;
    Ok(outcome)
}
