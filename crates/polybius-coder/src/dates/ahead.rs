//! What is still to come by the form of its verb: "opens on 9 December", "is to visit".

use polybius_codebook::Codebook;
use polybius_document::{Relation, Token, Upos};

use crate::clauses::{Clause, Kind};

/// "opens on 9 December", "are leaving in August", "begin to leave in June": the present tense of an act with a date.
pub(super) fn is_scheduled(codebook: &Codebook, clause: &Clause, token: Token<'_>) -> bool {
    let is_plain = |verb: Token<'_>| {
        // Taggers take "overran" for a present.
        let is_present = verb.xpos() == "VBZ" || (verb.xpos() == "VBP" && is_base(verb));
        is_present && verb.children_by(Relation::Aux).next().is_none()
    };
    let is_now = |be: Token<'_>| matches!(be.xpos(), "VBZ" | "VBP") && be.lemma() == "be";
    let mut helpers = token.children_by(Relation::Aux);
    let goes_on = token.xpos() == "VBG" && helpers.next().is_some_and(is_now) && helpers.next().is_none();
    let begins = || {
        let verb = token.head().filter(|_| token.relation() == Relation::Xcomp && token.xpos() == "VB");
        verb.is_some_and(|verb| matches!(verb.lemma(), "begin" | "start") && is_plain(verb))
    };
    clause.kind == Kind::Verb
        && (is_plain(token) || goes_on || begins())
        && crate::quotes::speech(codebook, clause).is_none()
}

fn is_base(token: Token<'_>) -> bool {
    token.text().eq_ignore_ascii_case(token.lemma())
}

/// "is to visit", "was due to see": to come, whatever the tense of "be".
pub(super) fn is_to_come(token: Token<'_>) -> bool {
    let due = |governor: Token<'_>| {
        governor.upos() == Upos::Adj && governor.children().any(|child| child.lemma() == "be" && child.id < governor.id)
    };
    // "was due to see": taken for the mark of the infinitive.
    let is_due = || token.children_by(Relation::Mark).any(|mark| mark.lemma() == "due");
    is_to(token) || (token.xpos() == "VB" && (token.head().is_some_and(due) || is_due()))
}

/// "to visit", that nothing else says is to come.
pub(super) fn is_infinitive(token: Token<'_>) -> bool {
    let bare = token.xpos() == "VB" || token.children_by(Relation::AuxPass).any(|be| be.xpos() == "VB");
    bare && token.children().any(|child| child.xpos() == "TO" && child.id < token.id) && !is_to_come(token)
}

/// "is to visit".
pub(crate) fn is_to(token: Token<'_>) -> bool {
    let to = token.children().find(|child| child.xpos() == "TO" && child.id < token.id);
    let is = |to: Token<'_>| token.children().any(|child| child.lemma() == "be" && child.id < to.id);
    // "is to be completed".
    let passive = || token.children_by(Relation::AuxPass).any(|be| be.xpos() == "VB");
    (token.xpos() == "VB" || passive()) && to.is_some_and(is)
}
