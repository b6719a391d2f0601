//! `polybius score places`: where place names lie, against texts that mark them.

use std::convert::Infallible;
use std::io::{Write, stdout};

use anyhow::Result;
use polybius::Pipeline;
use polybius::score::{GoldPlace, PlaceScores, PointScores, read_places, score_places};

use super::{cues, write_found};
use crate::arguments::PlacesArguments;
use crate::commands::counted;
use crate::{Outcome, codebook};

/// Prints which names were found, where they lie, and what they stand for.
pub fn run(arguments: &PlacesArguments) -> Result<Outcome> {
    let texts = cues::texts(&arguments.folder, read_places)?;
    let pipeline = Pipeline::new(codebook::load(arguments.codebook.codebook.as_deref())?);
    let n_places = texts.iter().map(|(_, gold)| gold.len()).sum();
    let title = format!("{}, {}", counted(texts.len(), "text"), counted(n_places, "name"));
    let mut total = PlaceScores::default();
    let work = |(text, gold): (String, Vec<GoldPlace>)| score_places(&text, &gold, &pipeline);
    let Ok(()) = polybius::in_order(texts.into_iter(), arguments.threads.threads.get(), work, |scores| {
        total += scores;
        Ok::<(), Infallible>(())
    });
    let mut out = stdout().lock();
    writeln!(out, "{title}\n\n{:<14}precision recall     F1", "found")?;
    write_found(&mut out, "ground", &total.literal)?;
    write_found(&mut out, "all", &total.all)?;
    writeln!(out, "\n{:<10}{:>20}{:>20}{:>20}", "where", "same id", "within 161 km", "same country")?;
    for (name, scores) in [("given", total.given), ("raw", total.raw)] {
        let PointScores { exact, near, country } = scores;
        writeln!(out, "{name:<10}{}{}{}", share(exact), share(near), share(country))?;
    }
    writeln!(out, "\n{:<10}{:>20}{:>20}", "taken so", "ground", "who is there")?;
    writeln!(out, "{:<10}{}{}", "", share(total.usage[0]), share(total.usage[1]))?;
    Ok(Outcome::Fine)
}

fn share((right, all): (usize, usize)) -> String {
    let percent = format!("{:.1}", 100.0 * right as f64 / (all as f64).max(1.0));
    format!("{percent:>8} of {all:<8}")
}
