//! Whatever the text, the line reads it without a panic, and every row points at the words it shows.

use std::sync::LazyLock;

use jiff::civil::date;
use polybius::{Article, Pipeline, rows};
use proptest::prelude::*;
use serde_json::Value;

static PIPELINE: LazyLock<Pipeline> = LazyLock::new(|| {
    let Ok(codebook) = polybius::codebook(Vec::new()) else {
        panic!("the codebook is not sound; run `polybius check`")
    };
    Pipeline::new(codebook)
});

/// Every object of the row that has words and offsets shows the words that stand there.
fn check_words(value: &Value, text: &[char], faults: &mut Vec<String>) {
    if let Some(words) = value.get("text").and_then(Value::as_str)
        && let (Some(start), Some(end)) = (value["start"].as_u64(), value["end"].as_u64())
    {
        let there: Option<String> = text.get(start as usize..end as usize).map(|there| there.iter().collect());
        if there.as_deref() != Some(words) {
            faults.push(format!("{words:?} is not what stands at {start}..{end}: {there:?}"));
        }
    }
    let parts: Vec<&Value> = match value {
        Value::Object(fields) => fields.values().collect(),
        Value::Array(items) => items.iter().collect(),
        _ => Vec::new(),
    };
    parts.into_iter().for_each(|part| check_words(part, text, faults));
}

fn check(text: &str) -> Vec<String> {
    let article = Article { published: Some(date(2024, 10, 11)), ..Article::from_text("any", text) };
    let (document, events) = PIPELINE.read(article.clone());
    let (_, explanation) = PIPELINE.explain(article);
    let n_explained: usize = explanation.sentences.iter().map(|sentence| sentence.events.len()).sum();
    let mut faults = Vec::new();
    if n_explained != events.len() {
        faults.push(format!("{} events and {n_explained} explained", events.len()));
    }
    let characters: Vec<char> = text.chars().collect();
    for row in rows(&document, &events, &PIPELINE.codebook) {
        check_words(&serde_json::to_value(row).expect("a row is JSON"), &characters, &mut faults);
    }
    faults
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
        assert_eq!(check(text), Vec::<String>::new(), "{text:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(100) })]

    #[test]
    fn news_in_any_order(text in news()) {
        prop_assert_eq!(check(&text), Vec::<String>::new());
    }

    #[test]
    fn any_characters(text in "\\PC{0,200}") {
        prop_assert_eq!(check(&text), Vec::<String>::new());
    }
}
