//! Clauses from trees alone: each tree is CoNLL-U, so no model is needed.

mod trees;

use polybius_codebook::Codebook;
use polybius_coder::{ClauseExplanation, code, explain};
use polybius_document::{Article, Document};

#[test]
fn passive() {
    check(
        "Ukraine Ukraine PROPN NNP 3 nsubj:pass
         was be AUX VBD 3 aux:pass
         attacked attack VERB VBN 0 root
         by by ADP IN 5 case
         Russia Russia PROPN NNP 3 obl:agent
         . . PUNCT . 3 punct",
        &["attack verb | subject: Russia | object: Ukraine"],
    );
}

#[test]
fn relative() {
    check(
        "Russia Russia PROPN NNP 7 nsubj
         , , PUNCT , 4 punct
         which which PRON WDT 4 nsubj
         attacked attack VERB VBD 1 acl:relcl
         Ukraine Ukraine PROPN NNP 4 obj
         , , PUNCT , 1 punct
         denied deny VERB VBD 0 root
         the the DET DT 9 det
         report report NOUN NN 7 obj
         . . PUNCT . 7 punct",
        &["deny verb | subject: Russia | object: report", "attack verb | subject: Russia | object: Ukraine"],
    );
}

#[test]
fn control_by_subject() {
    check(
        "Russia Russia PROPN NNP 2 nsubj
         threatened threaten VERB VBD 0 root
         to to PART TO 4 mark
         attack attack VERB VB 2 xcomp
         Ukraine Ukraine PROPN NNP 4 obj
         . . PUNCT . 2 punct",
        &["threaten verb | subject: Russia | complement: attack", "attack verb | subject: Russia | object: Ukraine"],
    );
}

#[test]
fn control_by_object() {
    check(
        "Iran Iran PROPN NNP 2 nsubj
         forced force VERB VBD 0 root
         Iraq Iraq PROPN NNP 2 obj
         to to PART TO 5 mark
         withdraw withdraw VERB VB 2 xcomp
         . . PUNCT . 2 punct",
        &["force verb | subject: Iran | object: Iraq | complement: withdraw", "withdraw verb | subject: Iraq"],
    );
}

#[test]
fn shared_object() {
    check(
        "Russia Russia PROPN NNP 2 nsubj
         shelled shell VERB VBD 0 root
         and and CCONJ CC 4 cc
         stormed storm VERB VBD 2 conj
         the the DET DT 6 det
         town town NOUN NN 4 obj
         . . PUNCT . 2 punct",
        &["shell verb | subject: Russia | object: town", "storm verb | subject: Russia | object: town"],
    );
}

#[test]
fn light_verb() {
    check(
        "Israel Israel PROPN NNP 2 nsubj
         carried carry VERB VBD 0 root
         out out ADP RP 2 compound:prt
         an a DET DT 5 det
         attack attack NOUN NN 2 obj
         on on ADP IN 7 case
         Gaza Gaza PROPN NNP 5 nmod
         . . PUNCT . 2 punct",
        &["attack noun | subject: Israel | on: Gaza"],
    );
}

#[test]
fn receiver_before_object() {
    check(
        "Iran Iran PROPN NNP 2 nsubj
         gave give VERB VBD 0 root
         Hezbollah Hezbollah PROPN NNP 4 compound
         rockets rocket NOUN NNS 2 obj
         . . PUNCT . 2 punct",
        &["give verb | subject: Iran | object: rockets | to: Hezbollah"],
    );
}

#[test]
fn predicate_adjective() {
    check(
        "Moscow Moscow PROPN NNP 3 nsubj
         is be AUX VBZ 3 cop
         angry angry ADJ JJ 0 root
         at at ADP IN 5 case
         Israel Israel PROPN NNP 3 obl
         . . PUNCT . 3 punct",
        &["angry be | subject: Moscow | at: Israel"],
    );
}

#[test]
fn event_noun() {
    check(
        "The the DET DT 2 det
         bombing bombing NOUN NN 7 nsubj
         of of ADP IN 4 case
         Gaza Gaza PROPN NNP 2 nmod
         by by ADP IN 6 case
         Israel Israel PROPN NNP 2 nmod
         continued continue VERB VBD 0 root
         . . PUNCT . 7 punct",
        &["bombing noun | subject: Israel | object: Gaza"],
    );
}

#[test]
fn counted() {
    check(
        "Rebels rebel NOUN NNS 2 nsubj
         killed kill VERB VBD 0 root
         dozens dozens NUM NNS 2 obj
         of of ADP IN 5 case
         soldiers soldier NOUN NNS 3 nmod
         . . PUNCT . 2 punct",
        &["kill verb | subject: Rebels | object: soldiers"],
    );
}

#[test]
fn negated() {
    check(
        "Egypt Egypt PROPN NNP 4 nsubj
         did do AUX VBD 4 aux
         not not PART RB 4 advmod
         attack attack VERB VB 0 root
         Sudan Sudan PROPN NNP 4 obj
         . . PUNCT . 4 punct",
        &["attack verb | subject: Egypt | object: Sudan | negation"],
    );
}

#[test]
fn condition() {
    check(
        "If if SCONJ IN 3 mark
         Chad Chad PROPN NNP 3 nsubj
         attacks attack VERB VBZ 8 advcl
         Sudan Sudan PROPN NNP 3 obj
         , , PUNCT , 3 punct
         Egypt Egypt PROPN NNP 8 nsubj
         will will AUX MD 8 aux
         intervene intervene VERB VB 0 root
         . . PUNCT . 8 punct",
        &[
            "attack verb | subject: Chad | object: Sudan | hypothetical",
            "intervene verb | subject: Egypt | future | hypothetical",
        ],
    );
}

#[test]
fn speaker_hung_on_what_is_said() {
    check(
        "Villagers villager NOUN NNS 4 nsubj
         said say VERB VBD 0 root
         men man NOUN NNS 4 nsubj
         burned burn VERB VBD 2 ccomp
         houses house NOUN NNS 4 obj",
        &["say verb | subject: Villagers | complement: burn", "burn verb | subject: men | object: houses"],
    );
}

#[test]
fn an_empty_document_has_no_events() {
    let document = Document::new(Article::from_text("empty", ""), Default::default()).expect("nothing is out of order");
    assert!(code(&document, &codebook(), 0.0).is_empty());
}

fn codebook() -> Codebook {
    polybius_codebook::parse(&polybius_codebook::embedded()).expect("the codebook is sound")
}

fn check(tree: &str, expected: &[&str]) {
    let document = trees::document(tree);
    let explanation = explain(&document, &codebook(), 0.0);
    let clauses: Vec<String> = explanation.sentences.iter().flat_map(|sentence| &sentence.clauses).map(shown).collect();
    for line in expected {
        let parts: Vec<&str> = line.split(" | ").collect();
        let found = clauses.iter().any(|clause| {
            let has: Vec<&str> = clause.split(" | ").collect();
            parts.iter().all(|part| has.contains(part))
        });
        assert!(found, "no `{line}` among:\n{}", clauses.join("\n"));
    }
}

/// The clause on one line: predicate and kind, slots, marks.
fn shown(clause: &ClauseExplanation) -> String {
    let slots = clause.slots.iter().map(|(slot, words)| format!("{slot}: {words}"));
    let marks = clause.status.iter().filter_map(|note| note.split(':').next()).map(str::to_owned);
    let head = format!("{} {}", clause.predicate, clause.kind);
    std::iter::once(head).chain(slots).chain(marks).collect::<Vec<_>>().join(" | ")
}
