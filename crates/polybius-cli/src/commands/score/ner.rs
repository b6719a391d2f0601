//! `polybius score ner`: names against a set in IOB2.

use std::convert::Infallible;
use std::io::{Write, stdout};

use anyhow::{Context, Result, bail};
use polybius::Models;
use polybius::score::{Found, IobDocument, NameKind, NerScores, marks_facilities, read_iob, score_ner};

use super::{read, write_found};
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
    table(&mut out, &counted(n_documents, "document"), &total.lenient)?;
    writeln!(out)?;
    table(&mut out, "edges count", &total.strict)?;
    if arguments.calibration {
        write!(out, "\nthe probability of names\n{}", total.calibration)?;
    }
    Ok(Outcome::Fine)
}

fn table(out: &mut impl Write, title: &str, found: &[Found; 3]) -> Result<()> {
    writeln!(out, "{title:<14}precision recall     F1")?;
    let mut sum = Found::default();
    for (kind, found) in NameKind::ALL.into_iter().zip(found) {
        let name = match kind {
            NameKind::Person => "persons",
            NameKind::Place => "places",
            NameKind::Organisation => "organisations",
        };
        write_found(out, name, found)?;
        sum += *found;
    }
    write_found(out, "together", &sum)
}
