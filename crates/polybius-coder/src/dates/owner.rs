//! Which word an expression of time is of, where the parser hangs it on another: "called a strike for Wednesday", "The hearing is on Tuesday".

use std::ops::Range;

use polybius_codebook::Codebook;
use polybius_document::{Document, Relation, SentenceId, Token, TokenId, Upos};

use crate::clauses::{Clauses, Kind};
use crate::phrases::{in_set, lower_lemma, marker, preposition};

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

/// "said on Monday that it was expelling 60 for the poisoning of a colonel on March 4": of two days the later one is that of what is
/// answered.
pub(super) fn answered<'d>(clauses: &Clauses, top: Token<'d>) -> Option<Token<'d>> {
    let inside = matches!(preposition(top).as_deref(), Some("in" | "on"));
    let verb = top.head().filter(|verb| inside && top.relation() == Relation::Obl && verb.id < top.id)?;
    verb.children_by(Relation::Obl).find(|thing| {
        let is_answered = matches!(preposition(*thing).as_deref(), Some("for" | "over" | "after" | "following"));
        let is_act = || clauses.headed_by(thing.id).is_some_and(|clause| clause.kind == Kind::Noun);
        (verb.id..top.id).contains(&thing.id) && is_answered && is_act()
    })
}

/// "lifted an embargo in January": when it was imposed is not told.
pub(crate) fn is_undone(codebook: &Codebook, thing: Token<'_>) -> bool {
    thing.head().is_some_and(|verb| in_set(codebook, "undoing", &lower_lemma(verb)))
}

/// "LIMA, April 24 (AP) -": the day on which it was written; not "April 24: Troops enter", of a list of what happened when.
pub(super) fn is_dateline(document: &Document, sentence: SentenceId, tokens: &Range<TokenId>) -> bool {
    let start = document.sentence(sentence).tokens.start;
    let is_name = |token: Token<'_>| token.upos() == Upos::Punct || token.text().starts_with(char::is_uppercase);
    let after = (tokens.end.index() < document.n_tokens()).then(|| document.token(tokens.end));
    sentence.0 < 3
        && start < tokens.start
        && tokens.end.0 - start.0 <= 12
        && document.tokens(start..tokens.start).all(is_name)
        && after.is_some_and(|mark| matches!(mark.text(), "-" | "–" | "—" | "--" | "(" | ":"))
}

/// "killed after the election of 27 December": the time is that of what came before or after. "as it did last year", "more than in 2019":
/// it is that of something else.
pub(super) fn is_of_another_time<'d>(top: Token<'d>, head: Token<'d>) -> bool {
    let of = preposition(top).as_deref() == Some("of");
    let apart =
        |noun: Token<'d>| matches!(preposition(noun).as_deref(), Some("after" | "before" | "since" | "following"));
    let is_compared = |word: &str| matches!(word, "as" | "than" | "like" | "unlike");
    let does = |verb: Token<'d>| verb.lemma() == "do" && marker(verb).is_some_and(|word| is_compared(&word));
    (of && top.head().is_some_and(|noun| noun.id != head.id && noun.upos().is_noun() && apart(noun)))
        || top.head().is_some_and(does)
        || top.children_by(Relation::Case).any(|case| matches!(case.lemma(), "than" | "like" | "unlike"))
}

/// A noun that names a time.
pub(super) fn is_time(noun: Token<'_>) -> bool {
    matches!(
        noun.lemma(),
        "morning"
            | "evening"
            | "night"
            | "afternoon"
            | "hour"
            | "day"
            | "week"
            | "month"
            | "winter"
            | "summer"
            | "year"
            | "decade"
    )
}
