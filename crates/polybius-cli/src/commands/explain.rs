//! `polybius explain`: how a sentence is read, and why it gives these events or none.

use std::io::{Write, stdin, stdout};
use std::path::Path;

use anyhow::{Context, Result, bail};
use polybius::formats::explained;
use polybius::input::{self, Defaults, Kind, Problem};
use polybius::{Article, Pipeline};

use crate::arguments::ExplainArguments;
use crate::{Outcome, codebook, terminal};

/// Reads, explains and prints article by article.
pub fn run(arguments: &ExplainArguments) -> Result<Outcome> {
    let articles = articles(arguments)?;
    let pipeline = Pipeline::new(codebook::load(arguments.codebook.codebook.as_deref())?);
    let colour = terminal::takes_colour();
    let mut out = stdout().lock();
    let mut outcome = Outcome::Fine;
    for article in articles {
        match article {
            Ok(article) => {
                let (document, explanation) = pipeline.explain(article);
                out.write_all(explained(&document, &explanation, &pipeline.codebook, colour).as_bytes())?;
            }
            Err(problem) => {
                outcome = Outcome::SomeFailed;
                anstream::eprintln!("{}", terminal::one_line(&problem.to_string()));
            }
        }
    }
    out.flush()?;
    Ok(outcome)
}

/// The articles that the user means: those of a file if there is one of that name, else his words themselves.
fn articles(arguments: &ExplainArguments) -> Result<Vec<Result<Article, Problem>>> {
    let subject = arguments.subject.as_str();
    // Here nothing depends on the day of publication that could not be done without.
    let defaults = Defaults { published: arguments.published, ..Defaults::default() };
    if subject == "-" {
        return Ok(input::read("-", "stdin", stdin().lock(), None, &defaults).collect());
    }
    if Path::new(subject).is_file() {
        let bytes = std::fs::read(subject).with_context(|| format!("{subject} cannot be read"))?;
        let kind = Kind::of_name(subject);
        return Ok(input::read(subject, subject, bytes.as_slice(), kind, &defaults).collect());
    }
    if Kind::of_name(subject).is_some() && !subject.contains(' ') {
        bail!("there is no file {subject}");
    }
    let article = Article { published: arguments.published, ..Article::from_text("sentence", subject) };
    Ok(vec![Ok(article)])
}
