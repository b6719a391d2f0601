//! The language engine against a treebank, from raw text.

use polybius_document::{Article, TokenId, to_conllu};
use polybius_nlp::conll_score::{ScoreError, documents, raw_text, right_heads, score};
use polybius_nlp::{Models, annotate};

use super::Calibration;

/// A column's name and its F1, 0 to 1.
pub type ColumnScore = (&'static str, f64);

/// What was measured on a treebank.
#[derive(Debug, Clone)]
pub struct TreebankReport {
    /// F1 of each column.
    pub columns: Vec<ColumnScore>,
    /// The probability of each arc, and whether it is right, of words that the treebank has too.
    pub arcs: Calibration,
    /// How many tokens the engine made of the text.
    pub n_tokens: usize,
}

/// The treebank `gold` by the measure of the CoNLL 2018 shared task. The engine sees the raw text only, one document of the
/// treebank at a time.
pub fn score_conllu(gold: &str, models: &Models) -> Result<TreebankReport, ScoreError> {
    let mut system = String::new();
    let mut probabilities = Vec::new();
    for (_, part) in documents(gold) {
        let document = annotate(Article::from_text("gold", raw_text(part)), models);
        let tokens = document.tokens(TokenId(0)..TokenId::from(document.n_tokens()));
        probabilities.extend(tokens.map(|token| token.data().score));
        system += &to_conllu(&document);
    }
    let scores = score(gold, &system)?;
    let columns = vec![
        ("tokens", scores.tokens),
        ("sentences", scores.sentences),
        ("words", scores.words),
        ("UPOS", scores.upos),
        ("XPOS", scores.xpos),
        ("features", scores.ufeats),
        ("lemmas", scores.lemma),
        ("UAS", scores.uas),
        ("LAS", scores.las),
        ("LAS, subtypes", scores.las_subtypes),
    ];
    let right = right_heads(gold, &system)?;
    let judged = probabilities.iter().zip(right).filter_map(|(&score, right)| Some((score, right?)));
    Ok(TreebankReport { columns, arcs: Calibration { judged: judged.collect() }, n_tokens: probabilities.len() })
}
