//! Tokens and sentences of news, case by case: `tokens.txt` holds the texts and what is found in them.

use std::fmt::Write;

use polybius_document::Article;
use polybius_nlp::{Models, annotate};

/// The tokens of `text`, with `‖` between sentences.
fn tokens(text: &str, models: &Models) -> String {
    let document = annotate(Article::from_text("case", text), models);
    let sentence = |range| document.tokens(range).map(|token| token.text()).collect::<Vec<_>>().join(" ");
    let sentences = document.sentences().iter().map(|one| sentence(one.tokens.clone()));
    sentences.collect::<Vec<_>>().join(" ‖ ")
}

#[test]
fn every_case_is_split_as_written() {
    let models = Models::embedded();
    let mut text = None;
    let (mut n_cases, mut wrong) = (0, String::new());
    for (number, line) in include_str!("tokens.txt").lines().enumerate() {
        if let Some(expected) = line.strip_prefix("= ") {
            let case: String = text.take().unwrap_or_else(|| panic!("line {}: no text before this", number + 1));
            let found = tokens(&case.replace("\\n", "\n"), &models);
            n_cases += 1;
            if found != expected {
                let _ = write!(wrong, "tokens.txt:{}: {case}\n  expected {expected}\n  found    {found}\n", number + 1);
            }
        } else if !line.is_empty() && !line.starts_with("# ") && !line.starts_with("## ") {
            text = Some(line.to_owned());
        }
    }
    assert!(n_cases >= 150, "only {n_cases} cases were read");
    assert!(wrong.is_empty(), "of {n_cases} cases these are wrong:\n{wrong}");
}
