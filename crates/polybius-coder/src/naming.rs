//! Who any words of a document name: whom an event would make of them, or that they are a place that does not act, or nothing.

use polybius_codebook::{Codebook, Kind};
use polybius_document::{Document, Relation, Span, Token, Upos};

use crate::code::{How, with_coder};
use crate::participants::Side;
use crate::phrases::{in_set, lower_lemma};
use crate::{Participant, ResolvedBy, Where};

/// What words name.
#[derive(Debug, Clone, PartialEq)]
pub enum Naming {
    /// Whoever an event in which the words act would have as actors.
    Actors(Vec<Participant>),
    /// A place that is only where something is, happens or is done.
    Place(Where),
    /// Nobody and no place.
    Nothing,
}

/// What the words at each of `spans` name.
pub fn namings(document: &Document, codebook: &Codebook, spans: &[Span]) -> Vec<Naming> {
    let how = How { bystanders: true, ..How::default() };
    with_coder(document, codebook, how, |coder| {
        let resolver = coder.resolver;
        let naming = |span: &Span| {
            let Some(head) = head_of(document, *span) else { return Naming::Nothing };
            if resolver.is_team(head) && is_of_sport(document, codebook, head) {
                return Naming::Nothing;
            }
            if let Some(place) = resolver.literal_place(head) {
                let country = place.country.or_else(|| resolver.country_of_scene(head.id));
                return Naming::Place(Where { country, ..place });
            }
            let mut actors = resolver.resolve_all(head.id, Side::Actor);
            let people =
                |actor: &Participant| actor.entity.is_none_or(|entity| resolver.kind_of(entity) == Kind::Group);
            let nowhere = |actor: &Participant| {
                let unknown = actor.resolved_by == ResolvedBy::UnknownName
                    && resolver.is_person_name(actor.head)
                    && !is_namesake(codebook, &actor.name);
                (actor.is_of_no_country() || (unknown && actor.country.is_none()))
                    && !resolver.is_from_abroad(document.token(actor.head))
            };
            // "the United Nations' envoy, James LeMoyne".
            let serves_none = |actor: &Participant| {
                let token = document.token(actor.head);
                let noun = token.head().filter(|_| token.relation() == Relation::Appos);
                let beside =
                    token.children().filter(|word| matches!(word.relation(), Relation::Appos | Relation::NmodDesc));
                let owners = beside.chain(noun).chain([token]).filter_map(|word| resolver.country_of(word, 3));
                let organisation = |owner: Participant| {
                    owner.entity.is_some_and(|entity| resolver.kind_of(entity) == Kind::Organisation)
                };
                owners.into_iter().any(organisation)
            };
            for actor in actors.iter_mut().filter(|actor| nowhere(actor) && people(actor) && !serves_none(actor)) {
                actor.country = coder.place_around(actor.head).or_else(|| resolver.country_of_scene(actor.head));
                // "the opposition" is that of the country.
                if actor.entity.is_none() && resolver.is_body(head) {
                    actor.entity = actor.country.as_deref().and_then(|country| codebook.entities.by_id(country));
                }
            }
            if actors.is_empty() { Naming::Nothing } else { Naming::Actors(actors) }
        };
        spans.iter().map(naming).collect()
    })
}

/// "Paris Hilton": whoever bears the name of a place says nothing of where they are.
fn is_namesake(codebook: &Codebook, name: &str) -> bool {
    let rows = name.split(' ').flat_map(|word| codebook.entities.find(word));
    let mut kinds = rows.map(|row| codebook.entities.get(codebook.entities.row(row).entity).kind);
    kinds.any(|kind| matches!(kind, Kind::Country | Kind::Territory | Kind::Place))
}

/// Whether words of sport stand in the sentence, where places are teams.
fn is_of_sport(document: &Document, codebook: &Codebook, token: Token<'_>) -> bool {
    let sentence = document.sentence(document.sentence_of(token.id));
    let mut words = document.tokens(sentence.tokens.clone()).map(lower_lemma);
    words.any(|word| in_set(codebook, "play", &word))
}

/// The word of the span on which its others hang; where the parser sees several, the last that can head a phrase.
fn head_of(document: &Document, span: Span) -> Option<Token<'_>> {
    let tops = document.tokens_over(span).filter(|token| token.head().is_none_or(|head| !head.span().overlaps(span)));
    let tops: Vec<Token<'_>> = tops.filter(|token| token.upos() != Upos::Punct).collect();
    tops.iter().rev().find(|token| crate::phrases::is_nominal(**token)).or(tops.last()).copied()
}
