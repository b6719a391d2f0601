//! The language engine against a treebank, from raw text.

use polybius_document::{Article, to_conllu};
use polybius_nlp::conll_score::{ScoreError, documents, raw_text, score};
use polybius_nlp::{Models, annotate};

/// A column's name and its F1, 0 to 1.
pub type ColumnScore = (&'static str, f64);

/// F1 of each column of the treebank `gold`, 0 to 1, by the measure of the CoNLL 2018 shared task, and how many tokens the
/// engine made of it. The engine sees the raw text only, one document of the treebank at a time.
pub fn score_conllu(gold: &str, models: &Models) -> Result<(Vec<ColumnScore>, usize), ScoreError> {
    let mut system = String::new();
    let mut n_tokens = 0;
    for (_, part) in documents(gold) {
        let document = annotate(Article::from_text("gold", raw_text(part)), models);
        n_tokens += document.n_tokens();
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
    Ok((columns, n_tokens))
}
