//! The twelve sentences on which earlier event coders fail: what we get right stays right, and what we get wrong is named. And a hundred
//! of their kind, as minimal pairs, of which as many as were asked for must be right.

use std::path::Path;

use polybius::Pipeline;
use polybius::score::{SentenceFile, SentenceResult, score_sentences};

/// The sentences that are not yet right. One that becomes right must be taken out here.
const KNOWN_WRONG: &[&str] = &[];

/// How many of the minimal pairs must be right.
const ASKED: usize = 95;

fn results(file: &str) -> Vec<SentenceResult> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples").join(file);
    let text = std::fs::read_to_string(path).expect("the sentences are there");
    let file: SentenceFile = toml::from_str(&text).expect("the sentences are sound");
    let Ok(codebook) = polybius::codebook(Vec::new()) else {
        panic!("the codebook is not sound; run `polybius check`")
    };
    score_sentences(&file, &Pipeline::new(codebook))
}

/// The sentences that are not right, and what is wrong with each.
fn wrong(results: &[SentenceResult]) -> (Vec<&str>, String) {
    let wrong = results.iter().filter(|result| !result.faults.is_empty());
    let shown =
        wrong.clone().map(|wrong| format!("{}\n  gives {:?}\n  but {:?}\n", wrong.text, wrong.got, wrong.faults));
    (wrong.clone().map(|wrong| wrong.text.as_str()).collect(), shown.collect())
}

#[test]
fn right_where_earlier_coders_fail() {
    let results = results("peers.toml");
    assert_eq!(results.len(), 12);
    let (wrong, shown) = wrong(&results);
    assert_eq!(wrong, KNOWN_WRONG, "\n{shown}");
}

#[test]
fn minimal_pairs_come_apart() {
    let results = results("minimal_pairs.toml");
    assert_eq!(results.len(), 100);
    let (wrong, shown) = wrong(&results);
    assert!(results.len() - wrong.len() >= ASKED, "{} of {} are wrong:\n{shown}", wrong.len(), results.len());
}
