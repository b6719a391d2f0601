//! What the article has told so far, so that "the attack" and "the next day" can mean it.

use std::collections::HashMap;

use jiff::civil::Date;
use polybius_codebook::TypeId;
use polybius_document::SentenceId;

use crate::matching::is_same;
use crate::{Event, Participant};

/// Who did what, by word and by type.
#[derive(Debug, Default)]
pub(crate) struct Told {
    /// Whoever did the last act told in this word.
    by_word: HashMap<String, Vec<Participant>>,
    /// Whoever did the first act of this type, while all others of the type were theirs too.
    by_type: HashMap<TypeId, (Vec<Participant>, bool)>,
    /// The sides of the last act in which two or more came to terms.
    parties: Vec<Participant>,
    /// The last days told, and in which sentence.
    pub(crate) days: Option<(SentenceId, (Date, Date))>,
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
