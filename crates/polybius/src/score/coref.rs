//! Coreference against a treebank with entities, from raw text.

use polybius_document::Article;
use polybius_nlp::conll_score::{ScoreError, documents, raw_text};
use polybius_nlp::coref_score::{CorefScores, gold_chains, score_chains, system_chains};
use polybius_nlp::{Models, annotate};

/// The id and the scores of each document of the treebank `gold` whose id `takes`. The engine sees the raw text only, one
/// document at a time; paragraphs are kept. Mentions are compared by the characters they cover.
pub fn score_coref(
    gold: &str,
    models: &Models,
    takes: impl Fn(&str) -> bool,
) -> Result<Vec<(String, CorefScores)>, ScoreError> {
    let parts = documents(gold).into_iter().filter(|(id, _)| takes(id));
    let score = |(id, part): (&str, &str)| {
        let document = annotate(Article::from_text(id, raw_text(part)), models);
        Ok((id.to_owned(), score_chains(&gold_chains(part)?, &system_chains(&document))))
    };
    parts.map(score).collect()
}
