//! Which word an expression of time is of, where the parser hangs it on another: "called a strike for Wednesday", "The hearing is on Tuesday".

use polybius_document::{Document, Relation, Token, TokenId, Upos};

use crate::clauses::{Clauses, Kind};
use crate::phrases::preposition;

/// "the rebels who seized it two days ago refused": of the words between a verb and its subject, a time right behind a clause that describes
/// the subject is that clause's, wherever the parser hangs it.
pub(super) fn described_before<'d>(document: &'d Document, top: Token<'d>, start: TokenId) -> Option<Token<'d>> {
    let verb = top.head().filter(|verb| verb.id > top.id && verb.upos() == Upos::Verb)?;
    let subject = verb.children().find(|child| matches!(child.relation(), Relation::Nsubj | Relation::NsubjPass))?;
    let first = top.children_by(Relation::Case).map(|case| case.id).chain([start]).min()?;
    let before = document.token(first).before().filter(|word| word.id > subject.id && word.upos() != Upos::Punct)?;
    let above = std::iter::successors(Some(before), |token| token.head());
    let path: Vec<Token<'d>> = above.take_while(|token| token.id != subject.id).collect();
    let reaches = path.last()?.data().head == Some(subject.id);
    path.into_iter().find(|token| reaches && token.relation() == Relation::AclRelcl)
}

/// "called a strike for Wednesday": the day is that of the strike.
pub(super) fn called_for<'d>(clauses: &Clauses, top: Token<'d>) -> Option<Token<'d>> {
    let is_for = top.relation() == Relation::Obl && preposition(top).as_deref() == Some("for");
    let verb = top.head().filter(|verb| is_for && verb.id < top.id)?;
    verb.children_by(Relation::Obj)
        .find(|thing| clauses.headed_by(thing.id).is_some_and(|clause| clause.kind == Kind::Noun))
}

/// "The hearing is on Tuesday": the day is that of the hearing.
pub(super) fn taking_place<'d>(clauses: &Clauses, top: Token<'d>) -> Option<Token<'d>> {
    top.children_by(Relation::Cop).next()?;
    top.children_by(Relation::Nsubj)
        .find(|thing| clauses.headed_by(thing.id).is_some_and(|clause| clause.kind == Kind::Noun))
}

/// "killed after the election of 27 December": the time is that of what came before or after.
pub(super) fn is_of_another_time<'d>(top: Token<'d>, head: Token<'d>) -> bool {
    let of = preposition(top).as_deref() == Some("of");
    let apart =
        |noun: Token<'d>| matches!(preposition(noun).as_deref(), Some("after" | "before" | "since" | "following"));
    of && top.head().is_some_and(|noun| noun.id != head.id && noun.upos().is_noun() && apart(noun))
}
