//! Attributions of bare trees, with their spans.

use polybius_coder::attributions;
use polybius_document::Span;

use crate::trees;

/// The tree's attributions as `source | cue | content`.
pub fn check(tree: &str, expected: &[&str]) {
    let document = trees::document(tree);
    let codebook = polybius_codebook::parse(&polybius_codebook::embedded()).expect("our own codebook is sound");
    let words = |spans: &[Span]| spans.iter().map(|span| document.text(*span)).collect::<Vec<_>>().join(" … ");
    let found = attributions(&document, &codebook);
    let shown = found
        .iter()
        .map(|found| format!("{} | {} | {}", words(&found.source), words(&found.cue), words(&found.content)));
    assert_eq!(shown.collect::<Vec<_>>(), expected);
}
