//! Where and how many: the circumstances of one event, from the phrases around its predicate.

use polybius_codebook::{Class, Codebook, Slot};
use polybius_document::{Document, Relation, Span, Token, TokenId, Upos};

use crate::clauses::{Clause, Clauses};
use crate::numbers;
use crate::participants::Resolver;
use crate::phrases::{in_set, lower_lemma, preposition};
use crate::{Count, Size, Where};

/// Prepositions that place an event.
const PLACING: [&str; 8] = ["in", "at", "near", "outside", "inside", "across", "around", "off"];
/// Those that place an attack, but are the subject of talks.
const PLACING_FORCE: [&str; 2] = ["on", "over"];

/// Where it happened: the nearest placing phrase that names a place, or a finer one of the same country beside it ("in Iraq, near
/// Mosul"); `force` for what is done to a place.
pub(crate) fn place(resolver: &Resolver<'_>, clause: &Clause, force: bool) -> Option<Where> {
    let quote =
        |token: TokenId| resolver.quotes.and_then(|quotes| quotes.around(token)).map(|quote| quote.tokens.start);
    let beside = |head: &TokenId| quote(*head) == quote(clause.head);
    let more: &[&str] = if force { &PLACING_FORCE } else { &[] };
    let own = PLACING.iter().chain(more).flat_map(|word| clause.preposition(word)).copied().filter(beside);
    let phrases = clause.slots.iter().filter(|(slot, _)| matches!(slot, Slot::Object | Slot::Preposition(_)));
    let below = phrases
        .flat_map(|(_, heads)| heads)
        .flat_map(|head| placing_phrases(resolver.document.token(*head)))
        .filter(beside);
    let mut places = own.chain(below).filter_map(|head| named_place(resolver, head, 3));
    let nearest = places.next()?;
    let finer = |place: &Where| place.country == nearest.country && fineness(place) > fineness(&nearest);
    Some(places.find(finer).unwrap_or(nearest))
}

/// Where the clauses say it happened that tell of the same: "entered Kunduz and killed five", "speaking in Geneva, he accused".
pub(crate) fn place_beside(resolver: &Resolver<'_>, clauses: &Clauses, clause: &Clause) -> Option<Where> {
    let head = resolver.document.token(clause.head);
    let verb = |token: &Token<'_>| token.upos() == Upos::Verb;
    let joined = head.head().filter(|_| head.relation() == Relation::Conj);
    let beside = head.children().filter(|child| match child.relation() {
        Relation::Conj => true,
        Relation::Advcl => child.children_by(Relation::Nsubj).next().is_none() && preposition(*child).is_none(),
        _ => false,
    });
    let mut heads = joined.into_iter().chain(beside).filter(verb).filter(|_| verb(&head));
    heads.find_map(|other| place(resolver, clauses.headed_by(other.id)?, false))
}

/// How exactly a place says where something is.
fn fineness(place: &Where) -> usize {
    ["country", "region", "district", "city", "site"].iter().position(|word| *word == place.precision).unwrap_or(0)
}

/// "flew to Nairobi": the town that stands for the recipient is also where it was.
pub(crate) fn place_gone_to(
    resolver: &Resolver<'_>,
    clause: &Clause,
    recipients: &[crate::Participant],
) -> Option<Where> {
    let towns = recipients.iter().filter(|recipient| recipient.resolved_by == crate::ResolvedBy::Capital);
    towns
        .map(|recipient| recipient.head)
        .filter(|head| clause.preposition("to").contains(head))
        .find_map(|head| named_place(resolver, head, 1))
}

fn placing_phrases(token: Token<'_>) -> Vec<TokenId> {
    token
        .children()
        .filter(|child| matches!(child.relation(), Relation::Nmod | Relation::Obl))
        .filter(|child| preposition(*child).is_some_and(|word| PLACING.contains(&word.as_str())))
        .map(|child| child.id)
        .collect()
}

/// The place that the phrase names, or that a phrase below it names: "a forum in Ashgabat".
fn named_place(resolver: &Resolver<'_>, head: TokenId, depth: u8) -> Option<Where> {
    let token = resolver.document.token(head);
    if resolver.is_class(head, Class::Place)
        && let Some(name) = resolver.names.over(head)
    {
        return Some(resolver.place_named(name));
    }
    let depth = depth.checked_sub(1)?;
    let below = placing_phrases(token).into_iter().chain(
        token
            .children_by(Relation::Nmod)
            .filter(|child| preposition(*child).as_deref() == Some("of"))
            .map(|child| child.id),
    );
    let names_before = token.children_by(Relation::Compound).map(|child| child.id);
    below.chain(names_before).collect::<Vec<_>>().into_iter().find_map(|child| named_place(resolver, child, depth))
}

/// The dead, injured and arrested that the clause, or what it led to, counts.
pub(crate) fn size(document: &Document, codebook: &Codebook, clauses: &Clauses, clause: &Clause) -> Size {
    let mut size = Size::default();
    let leads_to = clauses.iter().filter(|other| {
        other.head == clause.head
            || other.slot(&Slot::Subject).contains(&clause.head)
            || ["in", "by", "during"].iter().any(|word| other.preposition(word).contains(&clause.head))
            || is_result(document.token(other.head), clause.head)
            || (Some(clause.head) == document.token(other.head).data().head
                && matches!(document.token(other.head).relation(), Relation::Acl | Relation::AclRelcl))
    });
    for other in leads_to {
        let counted = other.slot(&Slot::Object).iter().chain(other.slot(&Slot::Subject));
        for head in counted {
            let Some(count) = count_in(document.token(*head)) else { continue };
            let fill = |set: &str, place: &mut Option<Count>| {
                if place.is_none() && other.keys.iter().any(|key| in_set(codebook, set, key)) {
                    *place = Some(count);
                }
            };
            fill("dead", &mut size.dead);
            fill("injured", &mut size.injured);
            fill("arrested", &mut size.arrested);
        }
    }
    size
}

/// "…, killing six and wounding nine": both results of the clause they hang on.
fn is_result(token: Token<'_>, clause: TokenId) -> bool {
    match token.relation() {
        Relation::Advcl => token.data().head == Some(clause),
        Relation::Conj => {
            token.head().is_some_and(|first| first.relation() == Relation::Advcl && is_result(first, clause))
        }
        _ => false,
    }
}

/// The number that a phrase gives: "at least 12 civilians", "dozens of people", "12".
fn count_in(token: Token<'_>) -> Option<Count> {
    let number = token.children_by(Relation::Nummod).next().unwrap_or(token);
    if let Some(least) = many(&lower_lemma(number))
        .filter(|_| number.id != token.id && number.text().eq_ignore_ascii_case(number.lemma()))
    {
        // "a dozen people", "two hundred people".
        let times =
            number.children_by(Relation::Compound).next().and_then(|times| number_of(times.text())).unwrap_or(1);
        return Some(Count { value: times.saturating_mul(least / 2), span: number.span() });
    }
    if let Some(value) = number_of(number.text()) {
        return Some(Count { value, span: number.span() });
    }
    let group = token.head().filter(|head| token.relation() == Relation::Nmod && many(&lower_lemma(*head)).is_some());
    let group = group.or_else(|| many(&lower_lemma(token)).map(|_| token))?;
    let multiplier = group.children_by(Relation::Nummod).next().and_then(|number| number_of(number.text()));
    let least = many(&lower_lemma(group))?;
    let span = group
        .children_by(Relation::Nummod)
        .next()
        .map_or(group.span(), |number: Token<'_>| number.span().join(group.span()));
    let single = group.text().eq_ignore_ascii_case(group.lemma());
    let value = match multiplier {
        Some(multiplier) => multiplier.saturating_mul(least / 2),
        None if single => least / 2,
        None => least,
    };
    Some(Count { value, span: Span::new(span.start, span.end) })
}

fn number_of(text: &str) -> Option<u32> {
    let text = text.to_lowercase();
    let digits = || text.replace([',', '\u{a0}'], "").parse().ok();
    numbers::small(&text).or_else(|| numbers::tens(&text)).or_else(digits)
}

/// The least that a plural of this word means.
fn many(lemma: &str) -> Option<u32> {
    Some(match lemma {
        "dozen" | "dozens" => 24,
        "score" | "scores" => 40,
        "hundred" | "hundreds" => 200,
        "thousand" | "thousands" => 2000,
        _ => return None,
    })
}
