//! The ontology: event types, their modes, contexts and sectors.

use crate::phrases::Phrases;
use crate::{Class, ContextId, ModeId, Place, Quad, SectorId, TypeId};

/// What events there are, in what contexts, between which sectors of society.
#[derive(Debug, Clone, Default)]
pub struct Ontology {
    /// Event types; a [`TypeId`] counts them.
    pub types: Vec<EventType>,
    /// The modes of all types; a [`ModeId`] counts them.
    pub modes: Vec<Mode>,
    /// Contexts; a [`ContextId`] counts them.
    pub contexts: Vec<Context>,
    /// Sectors; a [`SectorId`] counts them.
    pub sectors: Vec<Sector>,
    pub(crate) context_words: Phrases<Vec<ContextId>>,
}

/// A type of event.
#[derive(Debug, Clone)]
pub struct EventType {
    /// Its name, in capitals.
    pub name: Box<str>,
    /// Its quad class.
    pub quad: Quad,
    /// Whether an event of this type must have a recipient.
    pub recipient_required: bool,
    /// Whether all who take part are actors, and nobody is acted on.
    pub mutual: bool,
    /// Whether one side of a war does it to the other as a rule, as all conflict.
    pub between_sides: bool,
    /// Whether it is words about another act, its prospect: one that is promised, asked for, refused, threatened.
    pub has_prospect: bool,
    /// What a future act of this type counts as; its prospect is then this type.
    pub future: Option<TypeId>,
    /// What a future act of this type counts as if a condition hangs on it; its prospect is then this type.
    pub conditional: Option<TypeId>,
    /// What an act of this type counts as that its actor says will not be done; its prospect is then this type.
    pub refused: Option<TypeId>,
    /// What it means.
    pub definition: Box<str>,
    /// Its modes, in the order of the ontology.
    pub modes: Vec<ModeId>,
    /// Where it is defined.
    pub place: Place,
}

/// A mode of an event type.
#[derive(Debug, Clone)]
pub struct Mode {
    /// Its name, unique within its type.
    pub name: Box<str>,
    /// The type it belongs to.
    pub event_type: TypeId,
    /// Whether whoever does it does it to their own people, where nobody else is named.
    pub at_home: bool,
    /// What it means.
    pub definition: Box<str>,
    /// Where it is defined.
    pub place: Place,
}

/// A context of events.
#[derive(Debug, Clone)]
pub struct Context {
    /// Its name.
    pub name: Box<str>,
    /// What it means.
    pub definition: Box<str>,
    /// The lemmas and phrases that put a sentence in this context, word sets expanded.
    pub words: Vec<Box<str>>,
    /// Where it is defined.
    pub place: Place,
}

/// A sector of society.
#[derive(Debug, Clone)]
pub struct Sector {
    /// Its three letters.
    pub name: Box<str>,
    /// What it means.
    pub definition: Box<str>,
    /// Whether its members are armed or civilian, for the classes `#armed` and `#civilian`; `None` for neither.
    pub class: Option<Class>,
    /// Whether its members are an arm of some state.
    pub state: bool,
    /// Whether what its members do among themselves is no politics.
    pub private: bool,
    /// Where it is defined.
    pub place: Place,
}

impl Ontology {
    /// The event type of this name.
    pub fn type_named(&self, name: &str) -> Option<TypeId> {
        self.types.iter().position(|event_type| &*event_type.name == name).map(TypeId::from_index)
    }

    /// The mode of this name that the type has.
    pub fn mode_named(&self, event_type: TypeId, name: &str) -> Option<ModeId> {
        self.event_type(event_type).modes.iter().copied().find(|&mode| &*self.mode(mode).name == name)
    }

    /// The context of this name.
    pub fn context_named(&self, name: &str) -> Option<ContextId> {
        self.contexts.iter().position(|context| &*context.name == name).map(ContextId::from_index)
    }

    /// The sector of this name.
    pub fn sector_named(&self, name: &str) -> Option<SectorId> {
        self.sectors.iter().position(|sector| &*sector.name == name).map(SectorId::from_index)
    }

    /// The event type of this number.
    pub fn event_type(&self, id: TypeId) -> &EventType {
        &self.types[id.index()]
    }

    /// The mode of this number.
    pub fn mode(&self, id: ModeId) -> &Mode {
        &self.modes[id.index()]
    }

    /// The context of this number.
    pub fn context(&self, id: ContextId) -> &Context {
        &self.contexts[id.index()]
    }

    /// The sector of this number.
    pub fn sector(&self, id: SectorId) -> &Sector {
        &self.sectors[id.index()]
    }

    /// The contexts in which this lemma or phrase of lemmas puts a sentence.
    pub fn contexts_of_lemma(&self, lemma: &str) -> &[ContextId] {
        self.context_words.get(lemma).map_or(&[], Vec::as_slice)
    }

    /// The longest context word with which `lemmas` begin: how many of them it takes, and its contexts.
    pub fn contexts_starting(&self, lemmas: &[&str]) -> Option<(usize, &[ContextId])> {
        self.context_words.starting(lemmas).map(|(taken, contexts)| (taken, contexts.as_slice()))
    }
}
