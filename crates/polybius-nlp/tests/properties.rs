//! What must hold for any text: tokens and gaps tile it, each sentence is one tree, and nothing depends on company.

use std::sync::LazyLock;

use polybius_document::{Article, Document, to_conllu};
use polybius_nlp::{Models, annotate};
use proptest::prelude::*;

static MODELS: LazyLock<Models> = LazyLock::new(Models::embedded);

fn read(text: &str) -> Document {
    annotate(Article::from_text("test", text), &MODELS)
}

/// `Document::new` has checked order, tiling of sentences and trees; what is left is that no letter falls between tokens.
fn check_gaps(document: &Document) {
    let text = &document.article().text;
    let mut end = 0;
    for index in 0..document.n_tokens() {
        let span = document.token(polybius_document::TokenId::from(index)).span();
        assert!(text[end..span.start as usize].chars().all(|c| !c.is_alphanumeric()), "a letter outside every token");
        end = span.end as usize;
    }
    assert!(text[end..].chars().all(|c| !c.is_alphanumeric()));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read(text in any::<String>()) {
        check_gaps(&read(&text));
    }

    #[test]
    fn news_like_text_is_read(words in prop::collection::vec(
        prop::sample::select(vec![
            "Putin", "said", "U.S.", "“We", "won’t", ".\"", "No.", "5", "Mr.", "(AP)", "--", "\n", "\n\n", "he", "its", "...", "?!", "don't",
            "10km", "$5bn", "2001-2005", "a-b", "'s", "http://x.y", "a@b.c", "👍", "\u{200b}", "الرئيس", "Kim", "Jong-un", ",", "of", "the",
        ]), 0..60)) {
        let text = words.join(" ");
        check_gaps(&read(&text));
    }
}

#[test]
fn a_sentence_does_not_depend_on_its_company() {
    let sentences = [
        "Iran's president met Putin in Ashgabat.",
        "The talks failed!",
        "Rebels shelled the town of Goma on Friday, police said.",
    ];
    let together = read(&sentences.join("\n\n"));
    let lines = |conllu: String| -> Vec<String> {
        conllu.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).map(str::to_owned).collect()
    };
    let apart: Vec<String> = sentences.iter().flat_map(|sentence| lines(to_conllu(&read(sentence)))).collect();
    assert_eq!(lines(to_conllu(&together)), apart);
}

#[test]
fn strange_texts_are_read() {
    let long_sentence = "Rebels and ".repeat(3_000);
    let texts = [
        String::new(),
        "\n".repeat(1_000_000),
        "a".repeat(100_000),
        "\"".repeat(5_000),
        "1-".repeat(5_000),
        "...!?".repeat(2_000),
        "e\u{301}\u{301}".repeat(2_000),
        "www.a.b/".repeat(3_000),
        "👨‍👩‍👧".repeat(2_000),
        "عربي שלום ".repeat(500),
        long_sentence,
    ];
    for text in texts {
        check_gaps(&read(&text));
    }
}
