//! Expectations: acts that are announced, promised or foreseen, with the days by which later reports can settle them.

use std::collections::BTreeSet;

use polybius_codebook::{Effect, ModeId, Stance, TypeId};
use polybius_document::{Relation, SentenceId, Span, Token, TokenId, Upos};

use crate::claims::{Claim, claims_over};
use crate::clauses::Clause;
use crate::code::Coder;
use crate::phrases::{extent, marker};
use crate::{Event, Participant, When, status};

/// Something that is yet to happen.
#[derive(Debug, Clone, PartialEq)]
pub struct Expectation {
    /// The sentence that tells it.
    pub sentence: SentenceId,
    /// The event that tells it, by its number; `None` where the words code to no event.
    pub event: Option<usize>,
    /// The claim that announces it, by its number; `None` where the outlet itself does.
    pub claim: Option<usize>,
    /// The type of the act expected, if it codes to one.
    pub act: Option<TypeId>,
    /// Its mode.
    pub mode: Option<ModeId>,
    /// Whether it is announced that it will not be.
    pub negated: bool,
    /// Whether it is only held possible.
    pub possible: bool,
    /// Who is to do it.
    pub actors: Vec<Participant>,
    /// To whom.
    pub recipients: Vec<Participant>,
    /// The words.
    pub words: Vec<Span>,
    /// The days on which it is to happen, if the text tells.
    pub window: Option<When>,
    /// The condition on which it hangs: "if …".
    pub condition: Option<Span>,
}

impl Coder<'_> {
    /// What the document lets one expect: events still to come, and claims of such that code to no event.
    pub(crate) fn expectations(&self, events: &[Event], claims: &[Claim]) -> Vec<Expectation> {
        let over = claims_over(self.document.n_tokens(), claims);
        let mut found: Vec<(TokenId, Expectation)> = Vec::new();
        for (index, event) in events.iter().enumerate() {
            if self.is_ahead(event) {
                found.extend(self.of_event(index, event, claims, &over));
            }
        }
        let triggers: BTreeSet<TokenId> = found.iter().map(|(trigger, _)| *trigger).collect();
        for (index, claim) in claims.iter().enumerate() {
            let anchor = claim.attribution.anchor;
            let coded =
                triggers.contains(&anchor) || claim.attribution.words.iter().any(|word| triggers.contains(word));
            if !coded {
                found.extend(self.of_claim(index, claim));
            }
        }
        found.sort_by_key(|(trigger, _)| *trigger);
        found.into_iter().map(|(_, expectation)| expectation).collect()
    }

    /// Whether an event is one to be settled later: it is to come, or it is the promise or threat of another act.
    fn is_ahead(&self, event: &Event) -> bool {
        let ontology = &self.codebook.ontology;
        let announces =
            ontology.types.iter().any(|one| [one.future, one.conditional].contains(&Some(event.event_type)));
        let ahead = |when: &When| self.document.article().published.is_some_and(|published| when.end > published);
        let promised = event.prospect.is_some() && announces && !event.auxiliary.hypothetical;
        let possible = event.auxiliary.hypothetical && self.due(event).as_ref().is_some_and(ahead);
        !event.auxiliary.historical && (event.auxiliary.future || promised || possible)
    }

    fn of_event(
        &self,
        index: usize,
        event: &Event,
        claims: &[Claim],
        over: &[Option<usize>],
    ) -> Option<(TokenId, Expectation)> {
        let tokens = self.document.sentence(event.sentence).tokens.clone();
        let trigger = self.document.tokens(tokens).find(|token| token.span().overlaps(event.why.trigger))?;
        // "pledged to forge closer ties": the event is the pledge, and the claim what is pledged.
        let pledge = claims.binary_search_by_key(&trigger.id, |claim| claim.attribution.anchor).ok();
        let claim = pledge.or(over[trigger.id.index()]);
        let expectation = Expectation {
            sentence: event.sentence,
            event: Some(index),
            claim,
            act: event.prospect.or(Some(event.event_type)),
            mode: event.mode.filter(|_| event.prospect.is_none()),
            negated: event.auxiliary.negation,
            possible: event.auxiliary.hypothetical,
            actors: event.actors.clone(),
            recipients: event.recipients.clone(),
            words: pledge
                .map_or_else(|| vec![self.clause_span(trigger)], |index| claims[index].attribution.content.clone()),
            window: self.due(event).and_then(|when| self.window(when)),
            condition: self.condition(trigger),
        };
        Some((trigger.id, expectation))
    }

    /// "An official said the first sanctions could be coming next week": to come by tense, or possible by a day that is named.
    fn of_claim(&self, index: usize, claim: &Claim) -> Option<(TokenId, Expectation)> {
        let stance = claim.attribution.stance;
        let speaks_of_it = matches!(
            stance,
            Stance::Says
                | Stance::Confirms
                | Stance::Warns
                | Stance::Predicts
                | Stance::Promises
                | Stance::Believes
                | Stance::Plans
        );
        let words = &claim.attribution.words;
        let head = words.iter().map(|&word| self.document.token(word)).find(|token| {
            let top = token.head().is_none_or(|head| words.binary_search(&head.id).is_err());
            let clauses = &self.clauses[self.document.sentence_of(token.id).index()];
            top && clauses.headed_by(token.id).is_some()
        });
        let head = head.filter(|_| speaks_of_it)?;
        let sentence = self.document.sentence_of(head.id);
        let clauses = &self.clauses[sentence.index()];
        let clause = clauses.headed_by(head.id)?;
        let auxiliary = status::of(self.codebook, clauses, clause, head).auxiliary();
        let window = self.dated(sentence, clause, true).and_then(|when| self.window(when));
        let published = self.document.article().published;
        let is_dated = window.as_ref().is_some_and(|when| published.is_some_and(|published| when.end > published));
        if auxiliary.historical || !(auxiliary.future || (auxiliary.hypothetical && is_dated)) {
            return None;
        }
        let expectation = Expectation {
            sentence,
            event: None,
            claim: Some(index),
            act: None,
            mode: None,
            negated: auxiliary.negation,
            possible: auxiliary.hypothetical,
            actors: Vec::new(),
            recipients: Vec::new(),
            words: claim.attribution.content.clone(),
            window,
            condition: self.condition(head),
        };
        Some((head.id, expectation))
    }

    /// When a clause happens, by the words around it.
    pub(crate) fn dated(&self, sentence: SentenceId, clause: &Clause, ahead: bool) -> Option<When> {
        let times = &self.times()[sentence.index()];
        let clauses = &self.clauses[sentence.index()];
        let told = times.date(self.document, self.codebook, clauses, clause, true);
        told.or_else(|| self.date_by_rules(clauses, clause, ahead))
    }

    /// When the act of an event is to happen: its date, or how long there is for it.
    fn due(&self, event: &Event) -> Option<When> {
        event.date.clone().or_else(|| {
            let clauses = &self.clauses[event.sentence.index()];
            let clause = self.document.tokens_over(event.why.trigger).find_map(|token| clauses.headed_by(token.id))?;
            self.dated(event.sentence, clause, true).filter(|when| when.span.is_some())
        })
    }

    /// The days a time beside the act leaves: "by March" begins at once.
    fn window(&self, when: When) -> Option<When> {
        let span = when.span?;
        let before = self.document.article().text[..span.start as usize].split_whitespace().next_back();
        let first = self.document.text(span).split_whitespace().next();
        let at_once = [before, first]
            .into_iter()
            .flatten()
            .any(|word| matches!(word.to_lowercase().as_str(), "by" | "before" | "until" | "within"));
        let start = self.document.article().published.filter(|published| at_once && *published < when.start);
        Some(When { start: start.unwrap_or(when.start), ..when })
    }

    /// The words of the clause around a predicate, without the marks at its ends.
    fn clause_span(&self, trigger: Token<'_>) -> Span {
        let (first, last) = extent(self.document, trigger.id);
        let words = self.document.tokens(first..TokenId(last.0 + 1)).filter(|token| token.upos() != Upos::Punct);
        words.map(Token::span).reduce(Span::join).unwrap_or(trigger.span())
    }

    /// The clause of condition beside the predicate or above it.
    fn condition(&self, trigger: Token<'_>) -> Option<Span> {
        let conditional = |child: &Token<'_>| {
            let effect = marker(*child).and_then(|mark| self.codebook.cues.status_conjunction(&mark));
            effect == Some(Effect::Hypothetical)
        };
        let mut at = Some(trigger);
        while let Some(token) = at {
            if let Some(clause) = token.children_by(Relation::Advcl).find(conditional) {
                return Some(self.clause_span(clause));
            }
            at = token.head();
        }
        None
    }
}
