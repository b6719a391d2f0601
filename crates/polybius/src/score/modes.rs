//! Auxiliary modes of words that tell an act, against a table of labelled sentences.

use std::collections::{BTreeMap, HashMap};

use jiff::civil::Date;
use polybius_codebook::ModeSign;
use polybius_coder::{Auxiliary, auxiliaries, mode_signs};
use polybius_document::{Article, Span};
use polybius_nlp::coref_score::Found;
use serde::Serialize;
use thiserror::Error;

use super::evidence::present;
use crate::Pipeline;

/// The modes, in the order of the scores.
pub const MODES: [&str; 4] = ["negation", "future", "hypothetical", "historical"];

/// A table of modes that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("line {line}: {reason}")]
pub struct ModesError {
    line: usize,
    reason: String,
}

/// A sentence, the word in it whose act is asked about, and the act's modes.
#[derive(Debug, Clone)]
pub struct GoldModes {
    /// Its id; the last digit tells the split.
    pub id: String,
    published: Date,
    trigger: Span,
    sentence: String,
    modes: [bool; 4],
}

impl GoldModes {
    /// Whether the program was tuned on it: those of odd number.
    pub fn is_tuned(&self) -> bool {
        self.id.ends_with(['1', '3', '5', '7', '9'])
    }

    fn article(&self) -> Article {
        Article { published: Some(self.published), ..Article::from_text(self.id.as_str(), self.sentence.as_str()) }
    }
}

/// The sentences of a table with the columns `id`, `published`, `trigger`, `sentence`, with the modes that another gives by `id` and `modes`.
pub fn read_modes(sentences: &str, labels: &str) -> Result<Vec<GoldModes>, ModesError> {
    let labels: HashMap<&str, &str> = labels.lines().skip(1).filter_map(|line| line.split_once('\t')).collect();
    let row = |(index, line): (usize, &str)| {
        let wrong = |reason: String| ModesError { line: index + 1, reason };
        let fields: Vec<&str> = line.split('\t').collect();
        let [id, published, trigger, sentence] = fields[..] else {
            return Err(wrong(format!("it has {} fields, not 4", fields.len())));
        };
        let published = published.parse().map_err(|_| wrong(format!("`{published}` is no date")))?;
        let start =
            sentence.find(trigger).ok_or_else(|| wrong(format!("`{trigger}` does not stand in the sentence")))?;
        let modes = labels.get(id).ok_or_else(|| wrong(format!("nobody labelled {id}")))?;
        let modes = MODES.map(|mode| modes.split(',').any(|label| label == mode));
        let trigger = Span::new(start as u32, (start + trigger.len()) as u32);
        Ok(GoldModes { id: id.to_owned(), published, trigger, sentence: sentence.to_owned(), modes })
    };
    sentences.lines().enumerate().skip(1).map(row).collect()
}

/// What speaks for the modes of one word of a labelled sentence.
#[derive(Debug, Clone, Serialize)]
pub struct JudgedModes {
    id: String,
    /// The modes that a reader gives it.
    modes: Vec<&'static str>,
    /// Whether its date says that it is long past, and to come.
    dated: [bool; 2],
    signs: BTreeMap<&'static str, f32>,
}

/// The signs of the modes of a sentence's word; `None` if it heads no clause.
pub fn judge_modes(gold: &GoldModes, pipeline: &Pipeline) -> Option<JudgedModes> {
    let document = pipeline.annotate(gold.article());
    let (signs, dated) = mode_signs(&document, &pipeline.codebook, &[gold.trigger]).pop()??;
    let modes = MODES.into_iter().zip(gold.modes).filter_map(|(name, holds)| holds.then_some(name)).collect();
    Some(JudgedModes { id: gold.id.clone(), modes, dated, signs: present(ModeSign::NAMES, &signs) })
}

/// What the program finds of each mode, and what it got wrong in words.
pub fn score_modes(gold: &GoldModes, pipeline: &Pipeline) -> ([Found; 4], Option<String>) {
    let document = pipeline.annotate(gold.article());
    let found = auxiliaries(&document, &pipeline.codebook, &[gold.trigger]);
    let Auxiliary { negation, future, hypothetical, historical } = found[0].unwrap_or_default();
    let found = [negation, future, hypothetical, historical];
    let count = |holds: bool| f64::from(u8::from(holds));
    let scores = std::array::from_fn(|mode| {
        let both = gold.modes[mode] && found[mode];
        Found::new(count(both), count(gold.modes[mode]), count(found[mode]))
    });
    let names = |modes: [bool; 4]| {
        let names: Vec<&str> = MODES.into_iter().zip(modes).filter_map(|(name, holds)| holds.then_some(name)).collect();
        if names.is_empty() { "none".to_owned() } else { names.join(" and ") }
    };
    let trigger = document.text(gold.trigger);
    let fault = format!("{} “{trigger}” is {}, not {}: {}", gold.id, names(gold.modes), names(found), gold.sentence);
    (scores, (found != gold.modes).then_some(fault))
}
