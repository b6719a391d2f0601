//! The twelve sentences on which earlier event coders fail: what we get right stays right, and what we get wrong is named.

use std::path::Path;

use polybius::Pipeline;
use polybius::score::{SentenceFile, score_sentences};

/// The sentences that are not yet right. One that becomes right must be taken out here.
const KNOWN_WRONG: &[&str] = &[];

#[test]
fn right_where_earlier_coders_fail() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/peers.toml");
    let text = std::fs::read_to_string(path).expect("the sentences are there");
    let file: SentenceFile = toml::from_str(&text).expect("the sentences are sound");
    let Ok(codebook) = polybius::codebook(Vec::new()) else {
        panic!("the codebook is not sound; run `polybius check`")
    };
    let results = score_sentences(&file, &Pipeline::new(codebook));
    assert_eq!(results.len(), 12);
    let wrong = results.iter().filter(|result| !result.faults.is_empty());
    let shown: Vec<String> = wrong
        .clone()
        .map(|wrong| format!("{}\n  gives {:?}\n  but {:?}", wrong.text, wrong.got, wrong.faults))
        .collect();
    let wrong: Vec<&str> = wrong.map(|wrong| wrong.text.as_str()).collect();
    assert_eq!(wrong, KNOWN_WRONG, "\n{}", shown.join("\n"));
}
