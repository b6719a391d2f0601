//! `polybius score ner`: names against a set in IOB2.

use std::convert::Infallible;
use std::io::{Write, stdout};

use anyhow::{Context, Result, bail};
use polybius::Models;
use polybius::score::{IobDocument, NameKind, NerScores, marks_facilities, read_iob, score_ner};

use super::{read, write_table};
use crate::Outcome;
use crate::arguments::NerArguments;
use crate::commands::counted;

/// Prints both tables, then that of the probabilities if it is asked for.
pub fn run(arguments: &NerArguments) -> Result<Outcome> {
    let documents = read_iob(&read(&arguments.file)?).with_context(|| arguments.file.display().to_string())?;
    if documents.is_empty() {
        bail!("{} holds no words", arguments.file.display());
    }
    let n_documents = documents.len();
    let facilities = marks_facilities(&documents);
    let models = Models::embedded();
    let mut total = NerScores::default();
    let work = |document: IobDocument| score_ner(&document, facilities, &models);
    let Ok(()) = polybius::in_order(documents.into_iter(), arguments.threads.threads.get(), work, |scores| {
        total += scores;
        Ok::<(), Infallible>(())
    });
    let mut out = stdout().lock();
    write_table(&mut out, &counted(n_documents, "document"), NameKind::ALL.map(name), &total.lenient)?;
    writeln!(out)?;
    write_table(&mut out, "edges count", NameKind::ALL.map(name), &total.strict)?;
    if arguments.calibration {
        write!(out, "\nthe probability of names\n{}", total.calibration)?;
    }
    Ok(Outcome::Fine)
}

/// The heading of a line.
fn name(kind: NameKind) -> &'static str {
    match kind {
        NameKind::Person => "persons",
        NameKind::Place => "places",
        NameKind::Organisation => "organisations",
    }
}
