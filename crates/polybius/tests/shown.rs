//! The words by which an event shows its parties: those that name them, if their sentence has such words.

use polybius::{Article, Pipeline};
use polybius_document::Span;

fn pipeline() -> Pipeline {
    let Ok(codebook) = polybius::codebook(Vec::new()) else {
        panic!("the codebook is not sound; run `polybius check`")
    };
    Pipeline::new(codebook)
}

/// Each event's actors and recipients as the text has them, and what is noted of pronouns.
fn shown(pipeline: &Pipeline, text: &str) -> Vec<(Vec<String>, Vec<String>, Vec<String>)> {
    let (document, events) = pipeline.read(Article::from_text("test", text));
    let words = |span: Span| document.text(span).to_owned();
    let said = |event: &polybius::Event| {
        let actors = event.actors.iter().map(|one| words(one.span)).collect();
        let recipients = event.recipients.iter().map(|one| words(one.span)).collect();
        let notes = event.why.notes.iter().filter(|note| note.contains("” means “")).cloned().collect();
        (actors, recipients, notes)
    };
    events.iter().map(said).collect()
}

fn list(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

#[test]
fn whom_a_pronoun_means_is_shown_by_name_in_the_same_sentence_only() {
    let pipeline = pipeline();
    let text = "The army said it had arrested nine rebels. It blamed Rwanda.";
    let [(actors, _, notes), (its, whom, none)] = &shown(&pipeline, text)[..] else { panic!("two events") };
    assert_eq!((actors, notes), (&list(&["army"]), &list(&["“it” means “army”"])));
    assert_eq!((its, whom, none), (&list(&["It"]), &list(&["Rwanda"]), &list(&[])));
}

#[test]
fn where_an_act_is_done_shows_the_country_that_it_is_done_to() {
    let found = shown(&pipeline(), "Kenya's government declared a state of emergency in Mombasa on Monday.");
    assert!(!found.is_empty() && found.iter().all(|(_, recipients, _)| *recipients == list(&["Mombasa"])), "{found:?}");
}

#[test]
fn what_hyphens_join_is_shown_whole() {
    let pipeline = pipeline();
    let [(_, struck, _)] = &shown(&pipeline, "Police beat a 22-year-old Palestinian man in Hebron.")[..] else {
        panic!("one event")
    };
    assert_eq!(struck, &list(&["22-year-old Palestinian man"]));
    // A dash between spaces joins nothing.
    let found = shown(&pipeline, "Mali - France condemned the attack on Malian soldiers by rebels.");
    assert!(!found.is_empty());
    assert!(found.iter().all(|(actors, _, _)| actors.iter().all(|words| !words.contains('-'))), "{found:?}");
}

#[test]
fn whom_words_only_describe_is_a_side() {
    let pipeline = pipeline();
    let text = "A judge in La Paz on Tuesday placed two ex-ministers of Bolivia's former president under house arrest.";
    let found = shown(&pipeline, text);
    assert!(
        found.iter().any(|(_, struck, _)| struck.iter().any(|one| one.starts_with("two ex-ministers"))),
        "{found:?}"
    );
    // Who told it did not do it.
    let text = "Ethiopian officials have impounded a UN convoy and revoked the licence of the weekly Addis Standard, diplomats said.";
    let found = shown(&pipeline, text);
    assert!(!found.is_empty());
    assert!(found.iter().all(|(actors, _, _)| *actors == list(&["Ethiopian officials"])), "{found:?}");
}
