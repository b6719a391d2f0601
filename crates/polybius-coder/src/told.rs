//! What the article has told so far, so that "the attack" and "the next day" can mean it.

use std::collections::{HashMap, VecDeque};

use polybius_codebook::TypeId;
use polybius_document::SentenceId;

use crate::matching::is_same;
use crate::scene::REACH;
use crate::{Event, Participant};

/// So many acts are remembered.
const MOST_ACTS: usize = 20;
/// So many sentences back an act still says who may be a side of the next.
const RECENT: u32 = 6;

/// Who did what, by word and by type.
#[derive(Debug, Default)]
pub(crate) struct Told {
    /// Whoever did the last act told in this word.
    by_word: HashMap<String, Vec<Participant>>,
    /// Whoever did the first act of this type, while all others of the type were theirs too.
    by_type: HashMap<TypeId, (Vec<Participant>, bool)>,
    /// The sides of the last act in which two or more came to terms.
    parties: Vec<Participant>,
    /// The last acts told, whether or not they happened.
    acts: VecDeque<ToldAct>,
}

/// An act that was told.
#[derive(Debug)]
pub(crate) struct ToldAct {
    pub(crate) sentence: SentenceId,
    pub(crate) event_type: TypeId,
    pub(crate) actors: Vec<Participant>,
    pub(crate) recipients: Vec<Participant>,
}

impl Told {
    /// Adds an act, told with the predicate `lemma`; `friendly` ones may be those in which its sides came to terms.
    pub(crate) fn add(&mut self, event: &Event, lemma: String, friendly: bool) {
        let actors = &event.actors;
        let (first, only) = self.by_type.entry(event.event_type).or_insert_with(|| (actors.clone(), true));
        *only &= actors.iter().all(|actor| first.iter().any(|other| is_same(actor, other)));
        self.by_word.insert(lemma, actors.clone());
        let sides: Vec<Participant> = actors.iter().chain(&event.recipients).cloned().collect();
        if friendly && sides.iter().any(|one| !is_same(one, &sides[0])) {
            self.parties = sides;
        }
    }

    /// Remembers an act of these days, whether or not it happened.
    pub(crate) fn hear(&mut self, event: &Event) {
        if !event.actors.is_empty() && !event.auxiliary.historical {
            self.acts.push_front(ToldAct {
                sentence: event.sentence,
                event_type: event.event_type,
                actors: event.actors.clone(),
                recipients: event.recipients.clone(),
            });
            self.acts.truncate(MOST_ACTS);
        }
    }

    /// Whoever did the last act told in the sentences before, of a type if one is given, if it was not `others`.
    pub(crate) fn last(
        &self,
        sentence: SentenceId,
        event_type: Option<TypeId>,
        others: &[Participant],
    ) -> Option<&[Participant]> {
        let is_of_type = |other: TypeId| event_type.is_none_or(|event_type| event_type == other);
        let theirs = |actors: &[Participant]| {
            let same = |one: &Participant, other: &Participant| {
                is_same(one, other) || (one.country.is_some() && one.country == other.country)
            };
            actors.iter().any(|actor| others.iter().any(|other| same(actor, other)))
        };
        let mut acts = self.acts.iter().take_while(|act| sentence.0 - act.sentence.0 < REACH);
        acts.find(|act| is_of_type(act.event_type) && !theirs(&act.actors)).map(|act| act.actors.as_slice())
    }

    /// The acts of the sentences before, the last one first.
    pub(crate) fn recent(&self, sentence: SentenceId) -> impl Iterator<Item = &ToldAct> {
        self.acts.iter().take_while(move |act| sentence.0 - act.sentence.0 < RECENT)
    }

    /// Between whom "the accord" is: the sides of the last act in which two or more came to terms.
    pub(crate) fn parties(&self) -> &[Participant] {
        &self.parties
    }

    /// Whoever did the last act told in this word.
    pub(crate) fn by_word(&self, lemma: &str) -> Option<&[Participant]> {
        self.by_word.get(lemma).map(Vec::as_slice)
    }

    /// Whoever did all acts of this type.
    pub(crate) fn only(&self, event_type: TypeId) -> Option<&[Participant]> {
        self.by_type.get(&event_type).filter(|(_, only)| *only).map(|(actors, _)| actors.as_slice())
    }
}
