//! Chains in short texts.

use polybius_document::{Article, Document};

fn check(text: &str, expected: &[&str]) {
    let document = crate::annotate(Article::from_text("test", text), &crate::Models::embedded());
    let words = |document: &Document, chain: &polybius_document::Chain| -> String {
        let words =
            chain.mentions.iter().map(|&id| document.text(document.span_of(&document.mention(id).tokens)).to_owned());
        words.collect::<Vec<_>>().join(" | ")
    };
    let found: Vec<String> = document.chains().iter().map(|chain| words(&document, chain)).collect();
    assert_eq!(found, expected, "chains of {text:?}");
}

#[test]
fn joins_variants_of_a_name() {
    check("Vladimir Putin met Xi Jinping in Moscow. Putin praised Xi.", &["Vladimir Putin | Putin", "Xi Jinping | Xi"]);
    check("The European Union (EU) met on Monday. The EU said no.", &["The European Union (EU) | The EU"]);
}

#[test]
fn resolves_pronouns() {
    check(
        "Emmanuel Macron said on Friday that he would visit Egypt. His visit will be short.",
        &["Emmanuel Macron | he | His"],
    );
    check("Russia said its troops had left the city.", &["Russia | its"]);
}

#[test]
fn resolves_descriptions() {
    check(
        "A spokesman for the army spoke on Monday. The spokesman blamed Sudan.",
        &["A spokesman for the army | The spokesman"],
    );
}

#[test]
fn a_name_beside_a_noun_names_it_and_two_names_are_two() {
    check(
        "Vladimir Putin told his Iranian counterpart, Masoud Pezeshkian, that Moscow wanted peace. Putin and Pezeshkian met. Putin left.",
        &["Vladimir Putin | his | Putin | Putin", "his Iranian counterpart | Masoud Pezeshkian | Pezeshkian"],
    );
}

#[test]
fn keeps_apart_what_is_not_the_same() {
    check("The Russian minister met the Turkish minister. Iran and Iraq signed a treaty.", &[]);
}
