//! Attributions with their spans, from trees alone.

mod trees;

use polybius_coder::attributions;

/// The tree's attributions as `source | cue | content`.
fn check(tree: &str, expected: &[&str]) {
    let document = trees::document(tree);
    let codebook = polybius_codebook::parse(&polybius_codebook::embedded()).expect("our own codebook is sound");
    let found = attributions(&document, &codebook);
    let shown = found.iter().map(|found| {
        let content: Vec<&str> = found.content.iter().map(|span| document.text(*span)).collect();
        let words = |span| document.text(span);
        let attribution = &found.attribution;
        format!("{} | {} | {}", words(attribution.speaker.span), words(attribution.cue), content.join(" … "))
    });
    assert_eq!(shown.collect::<Vec<_>>(), expected);
}

#[test]
fn a_clause_that_is_said() {
    check(
        "Officials official NOUN NNS 2 nsubj
         said say VERB VBD 0 root
         troops troops NOUN NNS 4 nsubj
         left leave VERB VBD 2 ccomp
         Mekelle Mekelle PROPN NNP 4 obj
         . . PUNCT . 2 punct",
        &["Officials | said | troops left Mekelle"],
    );
}

#[test]
fn a_speaker_in_the_middle() {
    check(
        "Iran Iran PROPN NNP 6 nsubj
         , , PUNCT , 4 punct
         officials official NOUN NNS 4 nsubj
         said say VERB VBD 6 parataxis
         , , PUNCT , 4 punct
         fired fire VERB VBD 0 root
         missiles missile NOUN NNS 6 obj",
        &["officials | said | Iran … fired missiles"],
    );
}

#[test]
fn a_source_that_is_named_first() {
    check(
        "According accord VERB VBG 3 case
         to to ADP IN 1 fixed
         Israel Israel PROPN NNP 6 obl
         , , PUNCT , 6 punct
         troops troops NOUN NNS 6 nsubj
         left leave VERB VBD 0 root",
        &["Israel | According to | , troops left"],
    );
}

#[test]
fn a_quotation_of_two_parts_is_one() {
    check(
        "\" \" PUNCT `` 5 punct
         They they PRON PRP 5 nsubj
         have have AUX VBP 5 aux
         all all ADV RB 5 advmod
         left leave VERB VBN 9 ccomp
         , , PUNCT , 5 punct
         \" \" PUNCT '' 5 punct
         Iran Iran PROPN NNP 9 nsubj
         said say VERB VBD 0 root
         , , PUNCT , 9 punct
         \" \" PUNCT `` 15 punct
         and and CCONJ CC 15 cc
         they they PRON PRP 15 nsubj
         will will AUX MD 15 aux
         return return VERB VB 9 conj
         . . PUNCT . 9 punct
         \" \" PUNCT '' 9 punct",
        &["Iran | said | \" They have all left , \" … and they will return ."],
    );
}

#[test]
fn a_tree_without_speech_has_none() {
    check(
        "Iran Iran PROPN NNP 2 nsubj
         attacked attack VERB VBD 0 root
         Iraq Iraq PROPN NNP 2 obj",
        &[],
    );
}
