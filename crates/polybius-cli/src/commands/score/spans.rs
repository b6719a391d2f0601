//! `polybius score spans`: actors and recipients against a set that marks them in sentences.

use std::convert::Infallible;
use std::io::{Write, stdout};

use anyhow::{Context, Result, bail};
use polybius::Pipeline;
use polybius::score::{SpanScores, SpanSide, read_iob_sentences, score_spans};

use super::{read, write_table};
use crate::arguments::SpansArguments;
use crate::{Outcome, codebook};

/// Prints exact spans, then heads, then where spans were lost.
pub fn run(arguments: &SpansArguments) -> Result<Outcome> {
    let sentences =
        read_iob_sentences(&read(&arguments.file)?).with_context(|| arguments.file.display().to_string())?;
    if sentences.is_empty() {
        bail!("{} holds no words", arguments.file.display());
    }
    let pipeline = Pipeline::new(codebook::load(arguments.codebook.codebook.as_deref())?);
    let mut total = SpanScores::default();
    let work = |sentence| score_spans(&sentence, &pipeline);
    let Ok(()) = polybius::in_order(sentences.into_iter(), arguments.threads.threads.get(), work, |scores| {
        total += scores;
        Ok::<(), Infallible>(())
    });
    let mut out = stdout().lock();
    write_table(&mut out, "same words", SpanSide::ALL.map(name), &total.exact)?;
    writeln!(out)?;
    write_table(&mut out, "same head", SpanSide::ALL.map(name), &total.head)?;
    let (n_silent, n_lost) = total.silent;
    writeln!(out, "\nsentences that give no event   {n_silent} of {}, with {n_lost} spans", total.n_sentences)?;
    writeln!(out, "spans found on another side    {}", total.swapped)?;
    Ok(Outcome::Fine)
}

/// The heading of a line.
fn name(side: SpanSide) -> &'static str {
    match side {
        SpanSide::Actor => "actors",
        SpanSide::Recipient => "recipients",
        SpanSide::Together => "both at once",
    }
}
