//! Factuality of predicates against sentences whose readers said how surely each happened.

use polybius_coder::{factuality, factuality_cues};
use polybius_document::{Article, Document, Span};
use serde::Deserialize;

use crate::Pipeline;

/// A sentence, its words set apart by blanks, and predicates in it with their labels, -3 to 3.
#[derive(Debug, Clone, Deserialize)]
pub struct GoldFactuality {
    text: String,
    targets: Vec<Target>,
}

#[derive(Debug, Clone, Deserialize)]
struct Target {
    /// The first word and the one after the last.
    span1: (usize, usize),
    label: f32,
}

/// One predicate: what readers said, what the program says, and by which cues.
#[derive(Debug, Clone)]
pub struct JudgedFactuality {
    /// The readers' label.
    pub wanted: f32,
    /// The program's.
    pub found: f32,
    /// What it is read from.
    pub cues: Vec<String>,
}

/// How near the program comes.
#[derive(Debug, Clone, Copy, Default)]
pub struct FactualityScores {
    /// How many predicates there are.
    pub n_predicates: usize,
    /// Pearson's correlation.
    pub correlation: f64,
    /// The mean distance from the readers' label.
    pub mean_error: f64,
}

/// Judges every predicate of a sentence; one whose words do not stand in the text counts as 0.
pub fn judge_factuality(gold: &GoldFactuality, pipeline: &Pipeline) -> Vec<JudgedFactuality> {
    let document: Document = pipeline.annotate(Article::from_text("sentence", &gold.text));
    let words: Vec<&str> = gold.text.split(' ').collect();
    let span = |target: &Target| {
        let start: usize = words.iter().take(target.span1.0).map(|word| word.len() + 1).sum();
        let length = words.get(target.span1.0).map_or(0, |word| word.len());
        Span::new(start as u32, (start + length) as u32)
    };
    let spans: Vec<Span> = gold.targets.iter().map(span).collect();
    let found = factuality(&document, &pipeline.codebook, &spans);
    let cues = factuality_cues(&document, &pipeline.codebook, &spans);
    let judged = gold.targets.iter().zip(found).zip(cues);
    let judged = judged.map(|((target, found), cues)| JudgedFactuality {
        wanted: target.label,
        found: found.unwrap_or(0.0),
        cues: cues.unwrap_or_default(),
    });
    judged.collect()
}

/// The scores of all predicates together.
pub fn score_factuality(judged: &[JudgedFactuality]) -> FactualityScores {
    let n = judged.len().max(1) as f64;
    let mean = |of: &dyn Fn(&JudgedFactuality) -> f64| judged.iter().map(of).sum::<f64>() / n;
    let (wanted, found) = (mean(&|one| f64::from(one.wanted)), mean(&|one| f64::from(one.found)));
    let apart = |one: &JudgedFactuality| (f64::from(one.wanted) - wanted, f64::from(one.found) - found);
    let both = mean(&|one| apart(one).0 * apart(one).1);
    let spread = (mean(&|one| apart(one).0.powi(2)) * mean(&|one| apart(one).1.powi(2))).sqrt();
    FactualityScores {
        n_predicates: judged.len(),
        correlation: if spread > 0.0 { both / spread } else { 0.0 },
        mean_error: mean(&|one| f64::from((one.wanted - one.found).abs())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_of_three() {
        let one = |wanted: f32, found: f32| JudgedFactuality { wanted, found, cues: Vec::new() };
        let scores = score_factuality(&[one(3.0, 2.0), one(-3.0, -2.0), one(0.0, 0.0)]);
        assert!((scores.correlation - 1.0).abs() < 1e-9);
        assert!((scores.mean_error - 2.0 / 3.0).abs() < 1e-9);
        assert_eq!(score_factuality(&[]).correlation, 0.0);
    }
}
