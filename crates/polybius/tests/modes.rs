//! Auxiliary modes by scope: pairs of sentences that differ in the words that set them.

use polybius::{Article, Pipeline};
use polybius_coder::auxiliaries;
use polybius_document::Span;

#[test]
fn scope_sets_the_modes() {
    let Ok(codebook) = polybius::codebook(Vec::new()) else { panic!("the codebook is not sound") };
    let pipeline = Pipeline::new(codebook);
    let check = |text: &str, word: &str, expected: &str| {
        let published = "2024-10-11".parse().ok();
        let document = pipeline.annotate(Article { published, ..Article::from_text("sentence", text) });
        let start = text.find(word).expect("the word stands in the text") as u32;
        let span = Span::new(start, start + word.len() as u32);
        let found = auxiliaries(&document, &pipeline.codebook, &[span])[0].expect("it is a predicate");
        assert_eq!(found.names().join(" "), expected, "{text}");
    };
    check("Kenya is to close its embassy in Khartoum.", "close", "future");
    check("Kenya closed its embassy in Khartoum.", "closed", "");
    check("The envoys could not agree on a truce.", "agree", "negation");
    check("The envoys could agree on a truce.", "agree", "hypothetical");
    check("Niger would expel the troops if Paris attacked.", "expel", "hypothetical");
    check("Niger said it would expel the troops.", "expel", "future");
    check("The army denied on Sunday having shelled the port.", "shelled", "negation");
    check("The rebels not only attacked the port but also burned it.", "attacked", "");
    check("Prosecutors suspect that officers shot the prisoners.", "shot", "hypothetical");
    check("Officers shot the prisoners in the winter of 1948.", "shot", "historical");
    check("The rebels held the port until 1997, when Britain attacked it.", "attacked", "historical");
}
