//! However deep a tree and however often somebody is taken up again, the coder neither runs out of stack nor takes for ever.

use polybius_document::{Document, from_conllu};

/// How many words hang below each other. Sentences that the parser made have at most 120.
const DEPTH: usize = 600;
/// How often somebody is taken up again.
const TIMES: usize = 3_000;

fn check(document: &Document) {
    let codebook = polybius_codebook::parse(&polybius_codebook::embedded()).expect("our own codebook is sound");
    let records = polybius_coder::records(document, &codebook, 0.0);
    assert!(records.events.len() + records.claims.len() <= document.n_tokens());
}

/// One sentence in which each of the words hangs on the one before it, over and over.
fn chain(words: &[[&str; 5]]) -> Document {
    let row = |index: usize| {
        let [form, lemma, upos, xpos, relation] = words[index % words.len()];
        let relation = if index == 0 { "root" } else { relation };
        format!("{}\t{form}\t{lemma}\t{upos}\t{xpos}\t_\t{index}\t{relation}\t_\t_\n", index + 1)
    };
    from_conllu("chain", &(0..DEPTH).map(row).collect::<String>()).expect("the tree is one")
}

#[test]
fn speech_within_speech() {
    check(&chain(&[["said", "say", "VERB", "VBD", "ccomp"]]));
    check(&chain(&[["said", "say", "VERB", "VBD", "ccomp"], ["denied", "deny", "VERB", "VBD", "xcomp"]]));
}

#[test]
fn noun_upon_noun() {
    check(&chain(&[["minister", "minister", "NOUN", "NN", "nmod"]]));
    check(&chain(&[["Russia", "Russia", "PROPN", "NNP", "conj"], ["troops", "troops", "NOUN", "NNS", "appos"]]));
}

#[test]
fn clause_upon_clause() {
    check(&chain(&[
        ["attacked", "attack", "VERB", "VBD", "acl:relcl"],
        ["rebels", "rebel", "NOUN", "NNS", "obj"],
        ["fled", "flee", "VERB", "VBD", "advcl"],
        ["withdrew", "withdraw", "VERB", "VBD", "conj"],
    ]));
}

#[test]
fn somebody_taken_up_again_and_again() {
    let sentence = |subject: &str, object: &str| {
        format!(
            "1\tThe\tthe\tDET\tDT\t_\t2\tdet\t_\t_\n2\t{subject}\t{subject}\tNOUN\tNN\t_\t3\tnsubj\t_\t_\n\
             3\tmet\tmeet\tVERB\tVBD\t_\t0\troot\t_\t_\n4\tthe\tthe\tDET\tDT\t_\t5\tdet\t_\t_\n\
             5\t{object}\t{object}\tNOUN\tNN\t_\t3\tobj\t_\t_\n\n"
        )
    };
    for (subject, object) in [("candidate", "candidate"), ("president", "minister"), ("group", "country")] {
        let text = sentence(subject, object).repeat(TIMES);
        check(&from_conllu("again", &text).expect("the trees are sound"));
    }
}
