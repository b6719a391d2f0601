//! `polybius score entities`: whom the mentions of labelled passages name.

use std::io::{Write, stdout};

use anyhow::{Result, anyhow};
use polybius::Pipeline;
use polybius::score::{EntityScores, LabelFile, PassageFile, Split, Verdict, score_entities};

use super::toml_file;
use crate::arguments::{EntitiesArguments, SplitArgument};
use crate::{Outcome, codebook};

/// Prints a table a half, by kind of mention; then, if asked for, the wrong mentions of the half that may be looked at.
pub fn run(arguments: &EntitiesArguments) -> Result<Outcome> {
    let passages: PassageFile = toml_file(&arguments.folder.join("passages.toml"))?;
    let labels: LabelFile = toml_file(&arguments.folder.join("labels.toml"))?;
    let pipeline = Pipeline::new(codebook::load(arguments.codebook.codebook.as_deref())?);
    let splits: &[Split] = match arguments.split {
        SplitArgument::Tuned => &[Split::Tuned],
        SplitArgument::Held => &[Split::Held],
        SplitArgument::All => &[Split::Tuned, Split::Held],
    };
    let verdicts = score_entities(&passages, &labels, splits, &pipeline).map_err(|error| anyhow!(error))?;
    let mut out = stdout().lock();
    for &split in splits {
        table(&mut out, &verdicts.iter().filter(|verdict| verdict.split == split).collect::<Vec<_>>(), split)?;
    }
    if arguments.errors {
        let wrong = verdicts.iter().filter(|verdict| verdict.split == Split::Tuned && verdict.right != [true; 3]);
        for verdict in wrong {
            let apart = if verdict.listed { "" } else { "(apart) " };
            writeln!(out, "{apart}{verdict}")?;
        }
    }
    Ok(Outcome::Fine)
}

fn table(out: &mut impl Write, verdicts: &[&Verdict], split: Split) -> Result<()> {
    let name = match split {
        Split::Tuned => "tuned",
        Split::Held => "held",
    };
    writeln!(out, "{name:<16} mentions   entity  country   sector")?;
    let listed = || verdicts.iter().copied().filter(|verdict| verdict.listed);
    let mut kinds: Vec<&str> = listed().map(|verdict| verdict.label.kind.as_str()).collect();
    kinds.sort_unstable();
    kinds.dedup();
    for kind in kinds {
        writeln!(out, "{kind:<16}{}", EntityScores::of(listed().filter(|verdict| verdict.label.kind == kind)))?;
    }
    writeln!(out, "{:<16}{}", "together", EntityScores::of(listed()))?;
    let apart = verdicts.iter().copied().filter(|verdict| !verdict.listed);
    writeln!(out, "{:<16}{}\n", "not listed, or ?", EntityScores::of(apart))?;
    Ok(())
}
