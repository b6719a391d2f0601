//! Scores the engine on a treebank from raw text: `cargo run --release -p polybius-nlp --example score -- GOLD.conllu`.

use polybius_document::{Article, to_conllu};
use polybius_nlp::{Models, annotate, conll_score};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("which CoNLL-U file?")?;
    let gold = std::fs::read_to_string(&path)?;
    let document = annotate(Article::from_text("gold", conll_score::raw_text(&gold)), &Models::embedded());
    let system = to_conllu(&document);
    if let Some(path) = std::env::args().nth(2) {
        std::fs::write(path, &system)?;
    }
    let s = conll_score::score(&gold, &system)?;
    for (name, value) in [
        ("Tokens", s.tokens),
        ("Sentences", s.sentences),
        ("Words", s.words),
        ("UPOS", s.upos),
        ("XPOS", s.xpos),
        ("UFeats", s.ufeats),
        ("Lemmas", s.lemma),
        ("UAS", s.uas),
        ("LAS", s.las),
        ("LAS with subtypes", s.las_subtypes),
    ] {
        println!("{name:<18} {:6.2}", value * 100.0);
    }
    Ok(())
}
