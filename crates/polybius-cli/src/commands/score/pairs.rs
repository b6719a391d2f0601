//! `polybius score pairs` and `score quads`: event types against tables of labelled sentences.

use std::io::{Write, stdout};
use std::path::Path;

use anyhow::{Context, Result};
use polybius::Pipeline;
use polybius::score::{PairScores, judge_pair, judge_quad, quad_scores, read_pairs, read_quads};

use super::read;
use crate::arguments::{PairsArguments, TableArguments};
use crate::{Outcome, codebook};

/// Prints figures with the pair given, then from raw text.
pub fn pairs(arguments: &PairsArguments) -> Result<Outcome> {
    let (arguments, joined) = (&arguments.table, &arguments.join);
    let file = &arguments.file;
    let (pairs, mut n_left_out) = read_pairs(&read(file)?).with_context(|| file.display().to_string())?;
    let pipeline = pipeline(arguments.codebook.codebook.as_deref())?;
    let mut scores = PairScores::default();
    let work = |gold| judge_pair(&gold, joined, &pipeline);
    polybius::in_order(pairs.into_iter(), arguments.threads.threads.get(), work, |judgement| {
        match judgement {
            Ok(judgement) => scores.add(judgement),
            Err(_) => n_left_out += 1,
        }
        Ok::<(), anyhow::Error>(())
    })?;
    let mut out = stdout().lock();
    let [forced, open] = scores.roots();
    let [dyads, right] = scores.raw();
    let calibration = scores.calibration();
    writeln!(out, "{} pairs; {n_left_out} without two whole marks on words left out\n", scores.n_pairs())?;
    writeln!(
        out,
        "pair given       root macro-F1 {:>6.1}   quad macro-F1 {:>6.1}",
        100.0 * forced,
        100.0 * scores.quads()
    )?;
    writeln!(out, "  or no act      root macro-F1 {:>6.1}", 100.0 * open)?;
    writeln!(out, "  confidence     expected error {:.3}   Brier {:.3}", calibration.error(), calibration.brier())?;
    writeln!(out, "from raw text    both in one event {:.3}   of the right root {:.3}", dyads, right)?;
    Ok(Outcome::Fine)
}

/// Prints the figures of quad classes.
pub fn quads(arguments: &TableArguments) -> Result<Outcome> {
    let sentences = read_quads(&read(&arguments.file)?).with_context(|| arguments.file.display().to_string())?;
    let pipeline = pipeline(arguments.codebook.codebook.as_deref())?;
    let mut judged = Vec::new();
    let work = |(sentence, quad): (String, u8)| judge_quad(&sentence, quad, &pipeline);
    polybius::in_order(sentences.into_iter(), arguments.threads.threads.get(), work, |judgement| {
        judged.push(judgement);
        Ok::<(), anyhow::Error>(())
    })?;
    let (macro_f1, wrong, calibration) = quad_scores(&judged);
    let mut out = stdout().lock();
    writeln!(out, "{} sentences, from raw text\n", judged.len())?;
    writeln!(out, "quad macro-F1, class 0 too           {:>6.1}", 100.0 * macro_f1)?;
    writeln!(out, "an event in a sentence without one    {wrong:.3}")?;
    writeln!(
        out,
        "confidence: expected error            {:.3}   Brier {:.3}",
        calibration.error(),
        calibration.brier()
    )?;
    Ok(Outcome::Fine)
}

fn pipeline(folder: Option<&Path>) -> Result<Pipeline> {
    Ok(Pipeline::new(codebook::load(folder)?))
}
