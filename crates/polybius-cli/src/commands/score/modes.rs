//! `polybius score modes`: auxiliary modes against labelled sentences.

use std::convert::Infallible;
use std::io::{Write, stdout};

use anyhow::{Context, Result};
use polybius::Pipeline;
use polybius::score::{Found, GoldModes, MODES, judge_modes, read_modes, score_modes};

use super::{read, write_table};
use crate::arguments::{ModesArguments, SplitArgument};
use crate::{Outcome, codebook};

/// Prints precision, recall and F1 of every mode, and with `--errors` every sentence that is wrong.
pub fn run(arguments: &ModesArguments) -> Result<Outcome> {
    let folder = &arguments.folder;
    let (sentences, labels) = (read(&folder.join("sentences.tab"))?, read(&folder.join("labels.tab"))?);
    let mut gold =
        read_modes(&sentences, &labels).with_context(|| folder.join("sentences.tab").display().to_string())?;
    match arguments.split {
        Some(SplitArgument::Tuned) => gold.retain(GoldModes::is_tuned),
        Some(SplitArgument::Held) => gold.retain(|one| !one.is_tuned()),
        Some(SplitArgument::All) | None => {}
    }
    let n_sentences = gold.len();
    let pipeline = Pipeline::new(codebook::load(arguments.codebook.codebook.as_deref())?);
    if arguments.evidence {
        let mut out = stdout().lock();
        let work = |one: GoldModes| judge_modes(&one, &pipeline);
        polybius::in_order(gold.into_iter(), arguments.threads.threads.get(), work, |judged| match judged {
            Some(judged) => writeln!(out, "{}", serde_json::to_string(&judged)?).map_err(anyhow::Error::from),
            None => Ok(()),
        })?;
        return Ok(Outcome::Fine);
    }
    let mut total: [Found; 4] = Default::default();
    let mut faults = Vec::new();
    let work = |one: GoldModes| score_modes(&one, &pipeline);
    let Ok(()) = polybius::in_order(gold.into_iter(), arguments.threads.threads.get(), work, |(scores, fault)| {
        total.iter_mut().zip(scores).for_each(|(sum, found)| *sum += found);
        faults.extend(fault);
        Ok::<(), Infallible>(())
    });
    let mut out = stdout().lock();
    if arguments.errors {
        faults.iter().try_for_each(|fault| writeln!(out, "{fault}"))?;
    }
    write_table(&mut out, "mode", MODES, &total)?;
    writeln!(out, "\nall modes right   {} of {n_sentences}", n_sentences - faults.len())?;
    Ok(Outcome::Fine)
}
