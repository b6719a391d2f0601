//! Cues of factuality: what each construction around a predicate adds to how surely it happened.

use rustc_hash::FxHashMap;

use crate::SourceFile;
use crate::csv_file::parse_csv;
use crate::problems::Problems;

/// Points by cue.
#[derive(Debug, Clone, Default)]
pub struct Factuality {
    points: FxHashMap<Box<str>, f32>,
    /// What a cue adds beside another, by the first of the two in the alphabet.
    pairs: FxHashMap<Box<str>, Vec<(Box<str>, f32)>>,
}

impl Factuality {
    /// What the cue adds; nothing if it is not listed. `predicate` stands for what every one has.
    pub fn points(&self, cue: &str) -> f32 {
        self.points.get(cue).copied().unwrap_or(0.0)
    }

    /// What the cues of a predicate add, alone and in pairs; they are in alphabetical order.
    pub fn sum(&self, cues: &[String]) -> f32 {
        let alone: f32 = cues.iter().map(|cue| self.points(cue)).sum();
        let beside = |cue: &String| self.pairs.get(cue.as_str()).into_iter().flatten();
        let both = |(other, _): &&(Box<str>, f32)| cues.binary_search_by(|cue| cue.as_str().cmp(other)).is_ok();
        alone + cues.iter().flat_map(beside).filter(both).map(|(_, points)| points).sum::<f32>()
    }
}

/// Reads `factuality.csv`.
pub(crate) fn read_factuality(file: &SourceFile, problems: &mut Problems) -> Factuality {
    let mut factuality = Factuality::default();
    parse_csv(file, ["cue", "points"], problems, |[cue, points], place, problems| {
        let Some(number) = points.parse::<f32>().ok().filter(|number| number.abs() <= 9.0) else {
            problems.error(&place, format!("`{points}` is no number from -9 to 9"), None);
            return;
        };
        let known = match cue.split_once(" & ") {
            Some((first, second)) => {
                let (first, second) = (first.min(second), first.max(second));
                let others = factuality.pairs.entry(first.into()).or_default();
                let known = others.iter().any(|(other, _)| **other == *second);
                others.push((second.into(), number));
                known
            }
            None => factuality.points.insert(cue.into(), number).is_some(),
        };
        if known {
            problems.error(&place, format!("the cue `{cue}` is listed twice"), None);
        }
    });
    factuality
}
