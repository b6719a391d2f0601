//! Whatever the text, the line reads it without a panic, its layers keep their promises, and every row points at the words it
//! shows.

#[path = "../../../fuzz/checks.rs"]
#[allow(dead_code, reason = "forms of files are replayed in corpus.rs")]
mod checks;
#[path = "../../../fuzz/strange.rs"]
mod strange;

use proptest::prelude::*;

fn check(bytes: &[u8]) {
    checks::annotate(bytes);
    checks::code(bytes);
    checks::read(bytes);
}

/// Words of news and of trouble, so that many of the texts give events.
fn news() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "Russia",
        "Ukraine",
        "Iran’s",
        "the",
        "UN",
        "Putin",
        "attacked",
        "denied",
        "said",
        "that",
        "will",
        "not",
        "if",
        "sanctions",
        "on",
        "by",
        "and",
        "met",
        "in",
        "Paris",
        "yesterday",
        "next",
        "week",
        "killing",
        "12",
        "people",
        "“",
        "”",
        "\"",
        "(",
        ")",
        ",",
        ".",
        ".\n",
        "?",
        "—",
        "he",
        "it",
        "who",
        "threatened",
        "to",
        "talks",
        "with",
        "é",
        "\u{202e}",
        "🇺🇳",
        "\u{0}",
        "\t",
        "'s",
        "U.S.",
        "according",
        "President",
        "was",
        "attack",
    ]);
    prop::collection::vec(words, 0..60).prop_map(|words| words.join(" "))
}

/// Texts that once were too much.
#[test]
fn hard_texts() {
    for text in ["President é", "President", "(", "“", "Paris", "Paris —", "\u{feff}", "12", "it", "U.S."] {
        check(text.as_bytes());
    }
}

#[test]
fn strange_texts() {
    for (_, text) in strange::strange_texts(600) {
        check(text.as_bytes());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(100) })]

    #[test]
    fn news_in_any_order(text in news()) {
        check(text.as_bytes());
    }

    #[test]
    fn any_characters(text in "\\PC{0,200}") {
        check(text.as_bytes());
    }

    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        check(&bytes);
    }
}
