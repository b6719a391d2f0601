//! Acts: which reports of one article tell of the same act.

use polybius::EventRow;

use crate::sameness::{Sameness, same_act};
use crate::told::Told;

/// For each row of an article, the place of the first row that tells of the same act, and how surely if that is another.
pub(crate) fn acts(rows: &[EventRow]) -> Vec<(usize, Option<Sameness>)> {
    let mut acts: Vec<(usize, Option<Sameness>)> = Vec::with_capacity(rows.len());
    let reports: Vec<Told<'_>> = rows.iter().map(Told::by).collect();
    for (index, report) in reports.iter().enumerate() {
        let mut best: Option<(usize, Sameness)> = None;
        // An article comes back to what it told a little before; looking no further keeps long texts linear.
        for earlier in index.saturating_sub(WINDOW)..index {
            let Some(found) = same_act(&reports[earlier], report) else { continue };
            if best.as_ref().is_none_or(|(_, best)| found.score > best.score) {
                best = Some((acts[earlier].0, found));
            }
        }
        acts.push(best.map_or((index, None), |(first, found)| (first, Some(found))));
    }
    acts
}

/// How many reports back an act is looked for.
const WINDOW: usize = 60;
