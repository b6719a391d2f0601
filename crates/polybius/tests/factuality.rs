//! How surely it happened: what is surer than what, and that modes bound it.

use polybius::{Article, Pipeline};
use polybius_coder::factuality;
use polybius_document::Span;

/// The factuality of `word` in `text`.
fn of(pipeline: &Pipeline, text: &str, word: &str) -> f32 {
    let document = pipeline.annotate(Article::from_text("sentence", text));
    let start = text.find(word).expect("the word stands in the text") as u32;
    let found = factuality(&document, &pipeline.codebook, &[Span::new(start, start + word.len() as u32)]);
    found[0].expect("there is a word")
}

#[test]
fn what_happened_is_surer_than_what_may() {
    let Ok(codebook) = polybius::codebook(Vec::new()) else { panic!("the codebook is not sound") };
    let pipeline = Pipeline::new(codebook);
    let from_sure_to_open = [
        ("The army said that the rebels attacked the town.", "attacked"),
        ("The rebels wanted to attack the town.", "attack"),
        ("The rebels may attack the town.", "attack"),
    ];
    let found = from_sure_to_open.map(|(text, word)| of(&pipeline, text, word));
    assert!(found.is_sorted_by(|more, less| more > less), "{found:?}");
    assert!(found[0] > 1.5 && found[1] < 1.0, "{found:?}");
    // Words that head no clause have one too.
    assert!((-3.0..=3.0).contains(&of(&pipeline, "The tall trees fell.", "tall")));
}

#[test]
fn modes_bound_it() {
    let Ok(codebook) = polybius::codebook(Vec::new()) else { panic!("the codebook is not sound") };
    let pipeline = Pipeline::new(codebook);
    let check = |text: &str, least: f32, most: f32| {
        let document = pipeline.annotate(Article::from_text("sentence", text));
        let events = polybius_coder::code(&document, &pipeline.codebook, 0.0);
        assert!(!events.is_empty(), "{text} gives no event");
        for event in events.iter().filter(|event| event.why.trigger.end as usize > text.len() / 2) {
            assert!((least..=most).contains(&event.factuality), "{text}: {}", event.factuality);
        }
    };
    check("On Monday Russia attacked Ukraine.", 1.0, 3.0);
    check("The Russian government said that it did not attack Ukraine.", -3.0, -1.0);
}
