//! What the verb of a subject says of whether it happened: "An attack is possible", "the visit fell through", "A truce proved elusive".

use polybius_codebook::{Codebook, Effect};
use polybius_document::{Relation, Token};

use super::governor::{falls_through, is_indefinite};
use super::predicate::{modals, on_predicate};
use super::{Status, Step};
use crate::Auxiliary;
use crate::clauses::Clauses;
use crate::phrases::{in_set, lower_lemma};

/// What the governor does to the status of the event noun that is its subject.
pub(super) fn of_subject(
    codebook: &Codebook,
    clauses: &Clauses,
    token: Token<'_>,
    governor: Token<'_>,
    status: &mut Status,
) -> Step {
    // "The long-planned offensive got under way": so it is no longer planned.
    if is_under_way(codebook, clauses, governor) {
        status.forget_plans();
        return Step::Stop;
    }
    // "did not take place".
    if governor.children_by(Relation::Obj).all(|thing| thing.lemma() == "place") {
        on_verb_of(codebook, token, governor, status);
        // "The visit fell through".
        if falls_through(codebook, clauses, governor) {
            status.add(Effect::Negation, governor.text());
        }
        let copula = governor.children_by(Relation::Cop).next();
        let stays = matches!(governor.lemma(), "remain" | "become" | "seem" | "look" | "appear" | "grow" | "prove");
        let after = || governor.children_by(Relation::Xcomp).find(|child| child.xpos().starts_with("JJ"));
        // "An attack is possible", "the war is imminent", "A strike remains possible".
        if let Some(word) = copula.map(|_| governor).or_else(|| after().filter(|_| stays)) {
            let effect = codebook.cues.status_adjective(&lower_lemma(word));
            // "A truce proved elusive".
            let is_out_of_reach = in_set(codebook, "unattainable", &lower_lemma(word));
            match effect.filter(|effect| matches!(effect, Effect::Future | Effect::Hypothetical)) {
                _ if is_out_of_reach => status.add(Effect::Negation, word.text()),
                Some(effect) => status.add(effect, word.text()),
                None => {}
            }
        }
        return Step::On;
    }
    // "A war could undo …" speaks of a war that need not come; "The attack could undo …" of one that came.
    if is_indefinite(token) {
        // "A strike would set the region ablaze".
        match governor.children_by(Relation::Aux).find(|aux| aux.lemma() == "would") {
            Some(would) => status.add(Effect::Hypothetical, would.text()),
            None => modals(codebook, governor, status),
        }
    }
    Step::Stop
}

/// "began", "took effect", told as done.
fn is_under_way(codebook: &Codebook, clauses: &Clauses, verb: Token<'_>) -> bool {
    let has = |relation: Relation| verb.children_by(relation).next().is_some();
    let begins = |key: &String| in_set(codebook, "beginning", key);
    let told_as_done = || {
        let mut on = Status::default();
        on_predicate(codebook, verb, &mut on);
        on.auxiliary() == Auxiliary::default()
    };
    verb.xpos() == "VBD"
        && !has(Relation::Aux)
        && matches!(verb.relation(), Relation::Root | Relation::Conj)
        && clauses.headed_by(verb.id).is_some_and(|clause| clause.keys.iter().any(begins))
        && told_as_done()
}

/// What stands on the verb of a subject, whose own "no" counts once.
pub(super) fn on_verb_of(codebook: &Codebook, subject: Token<'_>, verb: Token<'_>, status: &mut Status) {
    on_predicate(codebook, verb, status);
    let no = |det: Token<'_>| codebook.cues.status_determiner(&det.text().to_lowercase()) == Some(Effect::Negation);
    if subject.children_by(Relation::Det).any(no) {
        status.forget_negation();
    }
}
