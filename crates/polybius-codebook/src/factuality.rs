//! Cues of factuality: what each construction around a predicate adds to how surely it happened.

use rustc_hash::FxHashMap;

use crate::SourceFile;
use crate::csv_file::parse_csv;
use crate::problems::Problems;

/// Points by cue.
#[derive(Debug, Clone, Default)]
pub struct Factuality {
    points: FxHashMap<Box<str>, f32>,
}

impl Factuality {
    /// What the cue adds; nothing if it is not listed. `predicate` stands for what every one has.
    pub fn points(&self, cue: &str) -> f32 {
        self.points.get(cue).copied().unwrap_or(0.0)
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
        if factuality.points.insert(cue.into(), number).is_some() {
            problems.error(&place, format!("the cue `{cue}` is listed twice"), None);
        }
    });
    factuality
}
