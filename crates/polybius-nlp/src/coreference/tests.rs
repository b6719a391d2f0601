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
    check("The European Union (EU) met on Monday. The EU said no.", &["European Union | EU | EU"]);
}

#[test]
fn resolves_pronouns_to_what_stands_out() {
    check(
        "Emmanuel Macron said on Friday that he would visit Egypt. His visit will be short.",
        &["Emmanuel Macron | he | His"],
    );
    check("Russia said its troops had left the city.", &["Russia | its"]);
}

#[test]
fn keeps_silent_where_two_names_fit() {
    check("China has threatened the Philippines with sanctions if it does not remove the ship.", &[]);
    check("The company said its workers had left Egypt.", &[]);
}
