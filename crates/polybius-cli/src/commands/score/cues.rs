//! `polybius score cues`: attributions against annotated ones.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::fs;
use std::io::{Write, stdout};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use polybius::Pipeline;
use polybius::score::{Cause, CueScores, Difference, GoldAttribution, StandoffError, read_standoff, score_cues};

use super::{read, write_found};
use crate::arguments::CuesArguments;
use crate::commands::counted;
use crate::terminal::visible;
use crate::{Outcome, codebook};

/// Prints precision, recall and F1 of every measure over all texts.
pub fn run(arguments: &CuesArguments) -> Result<Outcome> {
    let texts = texts(&arguments.folder, read_standoff)?;
    let pipeline = Pipeline::new(codebook::load(arguments.codebook.codebook.as_deref())?);
    let n_attributions = texts.iter().map(|(_, gold)| gold.len()).sum();
    let title = format!("{}, {}", counted(texts.len(), "text"), counted(n_attributions, "attribution"));
    let mut total = CueScores::default();
    let mut differences: Vec<Difference> = Vec::new();
    let work = |(text, gold): (String, Vec<GoldAttribution>)| score_cues(&text, &gold, &pipeline);
    let Ok(()) = polybius::in_order(texts.into_iter(), arguments.threads.threads.get(), work, |(scores, found)| {
        total += scores;
        differences.extend(found);
        Ok::<(), Infallible>(())
    });
    let mut out = stdout().lock();
    if arguments.differences {
        for difference in &differences {
            let sides = [("annotated", &difference.gold), ("found", &difference.found)];
            let name = |cause| Cause::ALL.into_iter().find_map(|(one, name)| (one == cause).then_some(name));
            writeln!(out, "{}", name(difference.cause).unwrap_or_default())?;
            for (side, shown) in sides {
                let Some(shown) = shown else { continue };
                writeln!(out, "  {side:<10} {}", visible(shown))?;
            }
        }
        writeln!(out)?;
    }
    writeln!(out, "{title}\n\n{:<14}precision recall     F1", "")?;
    for (name, found) in total.measures() {
        write_found(&mut out, name, &found)?;
    }
    writeln!(out)?;
    for (cause, name) in Cause::ALL {
        let n_such = differences.iter().filter(|difference| difference.cause == cause).count();
        writeln!(out, "{name:<24}{n_such:>6}")?;
    }
    Ok(Outcome::Fine)
}

/// The texts below a folder that have annotations, in order of their names: `a.ann` belongs to `a.txt`, in whichever folder.
pub(super) fn texts<G>(folder: &Path, standoff: impl Fn(&str) -> Result<G, StandoffError>) -> Result<Vec<(String, G)>> {
    let mut found: BTreeMap<(String, &'static str), PathBuf> = BTreeMap::new();
    walk(folder, &mut found).with_context(|| format!("{} cannot be read", folder.display()))?;
    let mut texts = Vec::new();
    for ((name, _), path) in found.iter().filter(|((_, ending), _)| *ending == "ann") {
        let Some(text) = found.get(&(name.clone(), "txt")) else {
            bail!("there is no {name}.txt for {}", path.display());
        };
        let gold = standoff(&read(path)?).with_context(|| path.display().to_string())?;
        texts.push((read(text)?, gold));
    }
    if texts.is_empty() {
        bail!("there is no .ann file in {}", folder.display());
    }
    Ok(texts)
}

fn walk(folder: &Path, found: &mut BTreeMap<(String, &'static str), PathBuf>) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let path = entry.path();
        if entry.file_type()?.is_dir() {
            walk(&path, found)?;
            continue;
        }
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let ending = ["ann", "txt"].into_iter().find(|ending| path.extension().is_some_and(|it| it == *ending));
        if let Some(ending) = ending {
            found.insert((name, ending), path);
        }
    }
    Ok(())
}
