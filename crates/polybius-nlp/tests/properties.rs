//! What must hold for any text: tokens and gaps tile it, each sentence is one tree, and nothing depends on company.

use std::sync::LazyLock;

use polybius_document::{Article, Document, TokenId, to_conllu};
use polybius_nlp::{Models, annotate};
use proptest::prelude::*;

static MODELS: LazyLock<Models> = LazyLock::new(Models::embedded);

fn read(text: &str) -> Document {
    annotate(Article::from_text("test", text), &MODELS)
}

/// `Document::new` has checked order, tiling of sentences, trees and mentions; what is left is that nothing that shows falls
/// between tokens.
fn check_gaps(document: &Document) {
    let text = &document.article().text;
    let mut end = 0;
    for index in 0..document.n_tokens() {
        let span = document.token(TokenId::from(index)).span();
        assert!(text[end..span.start as usize].chars().all(is_unseen), "a letter outside every token");
        assert!(!text[span.range()].chars().any(|c| c == ' ' || c == '\n'), "a space inside a token");
        end = span.end as usize;
    }
    assert!(text[end..].chars().all(is_unseen));
}

fn is_unseen(c: char) -> bool {
    let mark = matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}');
    c.is_whitespace() || c.is_control() || mark
}

/// The rows of tokens without the document's and the sentences' heads.
fn rows(document: &Document) -> Vec<String> {
    let conllu = to_conllu(document);
    conllu.lines().filter(|line| !line.starts_with("# ") && !line.is_empty()).map(str::to_owned).collect()
}

/// Words of news and of trouble, in any order.
fn news_like() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "Putin",
        "said",
        "U.S.",
        "“We",
        "won’t",
        ".\"",
        "No.",
        "5",
        "Mr.",
        "(AP)",
        "--",
        "\n",
        "\n\n",
        "he",
        "its",
        "...",
        "?!",
        "don't",
        "10km",
        "$5bn",
        "2001-2005",
        "a-b",
        "'s",
        "http://x.y",
        "a@b.c",
        "👍",
        "\u{200b}",
        "الرئيس",
        "Kim",
        "Jong-un",
        ",",
        "of",
        "the",
    ]);
    prop::collection::vec(words, 0..60).prop_map(|words| words.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read(text in any::<String>()) {
        check_gaps(&read(&text));
    }

    #[test]
    fn news_like_text_is_read(text in news_like()) {
        check_gaps(&read(&text));
    }

    /// Paragraphs are read alike alone and beside others, whatever share of a batch they get.
    #[test]
    fn a_paragraph_does_not_depend_on_its_company(paragraphs in prop::collection::vec("[A-Za-z“”'., ]{0,80}[.?]", 1..12)) {
        let together = rows(&read(&paragraphs.join("\n\n")));
        let apart: Vec<String> = paragraphs.iter().flat_map(|paragraph| rows(&read(paragraph))).collect();
        prop_assert_eq!(together, apart);
    }
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
        // A noun joined to one that stands behind it.
        "and ( said ” according ) é to talks talks to Paris 🇺🇳 Russia the “ sanctions to Paris UN not said — threatened to that".to_owned(),
    ];
    for text in texts {
        check_gaps(&read(&text));
    }
}
