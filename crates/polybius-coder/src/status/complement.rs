//! What a verb, noun or adjective says of whether its complement happened, by the cues of status.

use polybius_codebook::{Codebook, Effect, Stance};
use polybius_document::{Relation, Token, Upos};

use super::Status;
use super::governor::is_now;
use super::predicate::is_doubted;
use crate::clauses::{Clauses, Kind};
use crate::phrases::{in_set, lower_lemma, marker, preposition};

/// What a verb, noun or adjective does to its complement. Returns whether it does anything.
pub(super) fn governing(
    codebook: &Codebook,
    clauses: &Clauses,
    token: Token<'_>,
    governor: Token<'_>,
    status: &mut Status,
) -> bool {
    match effect_of(codebook, clauses, token, governor) {
        // What is remembered is dated by what the text says of it, not by the remembering.
        Some(Effect::Historical) | None => false,
        // "swore that no part had been made": what is over is promised by nobody.
        Some(Effect::Future) if is_over(token) => false,
        // "braced for a possible attack": no more than possible.
        Some(Effect::Future) if is_doubted(codebook, token) => false,
        Some(effect) => {
            // "doubt that it will attack", "hope that it will": open, whatever its own words.
            if effect == Effect::Hypothetical && token.relation() == Relation::Ccomp {
                (status.future, status.surely_future) = (false, false);
            }
            status.add(effect, governor.text());
            let forecloses = |key: &String| in_set(codebook, "foreclosing", key);
            if clauses.headed_by(governor.id).is_some_and(|clause| clause.keys.iter().any(forecloses)) {
                status.add(Effect::Future, governor.text());
            }
            true
        }
    }
}

/// Whether the complement is a clause of the past: "that it shelled", "that it had been made".
fn is_over(token: Token<'_>) -> bool {
    let perfect =
        token.children_by(Relation::Aux).any(|aux| aux.lemma() == "have" && aux.feature("Tense") == Some("Past"));
    token.relation() == Relation::Ccomp && perfect
}

/// What a verb, noun or adjective says of its complement.
pub(super) fn effect_of(
    codebook: &Codebook,
    clauses: &Clauses,
    token: Token<'_>,
    governor: Token<'_>,
) -> Option<Effect> {
    let cues = &codebook.cues;
    let Some(clause) = clauses.headed_by(governor.id) else {
        // "a missile capable of hitting Anchorage": an adjective behind its noun heads no clause.
        let behind = governor.upos() == Upos::Adj && governor.relation() == Relation::Amod && token.id > governor.id;
        return if behind { cues.status_adjective(&lower_lemma(governor)) } else { None };
    };
    let progressive = format!("be {}", governor.text().to_lowercase());
    // "call for talks", "stop refugees from landing": the word it governs may make the cue.
    let governed = preposition(token).or_else(|| marker(token)).unwrap_or_default();
    let going = |key: &str| cues.status_verb(key).filter(|_| governor.xpos() == "VBG");
    let find = |cue: &dyn Fn(&str) -> Option<Effect>| {
        let with = clause.keys.iter().find_map(|key| cue(&format!("{key} {governed}")));
        with.or_else(|| clause.keys.iter().find_map(|key| cue(key)))
    };
    match clause.kind {
        // "is said to have": of whom nobody vouches for.
        Kind::Verb if clause.passive && cues.status_verb(&progressive).is_some() => cues.status_verb(&progressive),
        Kind::Verb => find(&|key| cues.status_verb(key)).or_else(|| going(&progressive)).or_else(|| {
            // "called the bombing a crime": nobody calls for what is only named.
            let named = |key: &String| token.relation() == Relation::Obj && in_set(codebook, "calling", key);
            match clause.keys.iter().filter(|key| !named(key)).find_map(|key| cues.speech_verb(key)) {
                Some(Stance::Denies) => Some(Effect::Negation),
                Some(Stance::Predicts | Stance::Promises) => Some(Effect::Future),
                Some(Stance::Doubts | Stance::Demands) => Some(Effect::Hypothetical),
                _ => None,
            }
        }),
        // "is able to close it" need not have; "was able to" did.
        Kind::Be
            if is_now(governor)
                && clause.keys.iter().any(|key| cues.status_adjective(&format!("be {key}")).is_some()) =>
        {
            clause.keys.iter().find_map(|key| cues.status_adjective(&format!("be {key}")))
        }
        Kind::Be => find(&|key| cues.status_adjective(key).or_else(|| cues.status_noun(key))),
        Kind::Noun => find(&|key| cues.status_noun(key)),
    }
}
