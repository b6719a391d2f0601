//! `polybius score factuality`: how surely predicates happened, against readers.

use std::convert::Infallible;
use std::io::{Write, stdout};

use anyhow::{Context, Result};
use polybius::Pipeline;
use polybius::score::{GoldFactuality, judge_factuality, score_factuality};

use super::read;
use crate::arguments::FactualityArguments;
use crate::{Outcome, codebook};

/// Prints the correlation and the mean error; with `--cues` every predicate's label and cues instead, for training.
pub fn run(arguments: &FactualityArguments) -> Result<Outcome> {
    let text = read(&arguments.file)?;
    let line = |(index, line): (usize, &str)| {
        let sentence: Result<GoldFactuality, _> = serde_json::from_str(line);
        sentence.with_context(|| format!("{}:{}: no labelled sentence", arguments.file.display(), index + 1))
    };
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let gold = lines.map(line).collect::<Result<Vec<GoldFactuality>>>()?;
    let pipeline = Pipeline::new(codebook::load(arguments.codebook.codebook.as_deref())?);
    let mut judged = Vec::new();
    let work = |one: GoldFactuality| judge_factuality(&one, &pipeline);
    let Ok(()) = polybius::in_order(gold.into_iter(), arguments.threads.threads.get(), work, |more| {
        judged.extend(more);
        Ok::<(), Infallible>(())
    });
    let mut out = stdout().lock();
    if arguments.cues {
        for one in &judged {
            writeln!(out, "{}\t{}", one.wanted, one.cues.join("\t"))?;
        }
        return Ok(Outcome::Fine);
    }
    let scores = score_factuality(&judged);
    writeln!(out, "predicates        {}", scores.n_predicates)?;
    writeln!(out, "correlation (r)   {:.3}", scores.correlation)?;
    writeln!(out, "mean error        {:.3}", scores.mean_error)?;
    Ok(Outcome::Fine)
}
