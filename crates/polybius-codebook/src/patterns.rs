//! Patterns: which words, with whom where, are which event.

use std::sync::Arc;

use crate::phrases::Phrases;
use crate::{Class, Effect, ModeId, Needs, PatternId, Place, TypeId, WordSet};

/// What makes a clause an event.
#[derive(Debug, Clone)]
pub struct Pattern {
    /// Its name, unique in the codebook.
    pub name: Box<str>,
    /// Where it stands.
    pub place: Place,
    /// The type of event; `None`: these words are no political event.
    pub event_type: Option<TypeId>,
    /// The mode of that type.
    pub mode: Option<ModeId>,
    /// The act that is promised, threatened, asked for or refused.
    pub prospect: Option<Prospect>,
    /// Its verbs, sets expanded; particle verbs with a space.
    pub verbs: Vec<Box<str>>,
    /// Its event nouns, sets expanded.
    pub nouns: Vec<Box<str>>,
    /// Its predicates after a copula, sets expanded.
    pub bes: Vec<Box<str>>,
    /// Where the actor stands: the first of these that holds one.
    pub actor: Vec<Slot>,
    /// Where the recipient stands: the first of these that holds one.
    pub recipient: Vec<Slot>,
    /// What each of these slots must hold.
    pub when: Vec<(Slot, Condition)>,
    /// What none of these slots may hold.
    pub unless: Vec<(Slot, Condition)>,
    /// Which of actor and recipient must be found.
    pub needs: Needs,
    /// Whether the recipients join the actors.
    pub reciprocal: bool,
    /// Whether the clause must be negated, which then belongs to the pattern: "does not respect the treaty".
    pub negated: bool,
    /// What it must and must not code.
    pub examples: Vec<Example>,
    /// The greater, the more specific: more `when` slots first, then words over classes over filled slots.
    pub specificity: u32,
}

impl Pattern {
    /// Whether the event is the act of whoever says the clause.
    pub fn asserts(&self) -> bool {
        self.actor.contains(&Slot::Speaker)
    }
}

/// The type of the act that an event is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Prospect {
    /// This type.
    Type(TypeId),
    /// The type of the clause's complement.
    Complement,
}

/// A place in a clause.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Slot {
    /// Who does it.
    Subject,
    /// To whom or what.
    Object,
    /// The predicate of the clause that hangs on it.
    Complement,
    /// Nouns and adjectives before an event noun.
    Modifier,
    /// Who says the clause; for actors only.
    Speaker,
    /// The noun after this preposition.
    Preposition(Box<str>),
}

impl Slot {
    /// The slot of this name; a word that names no other slot is a preposition.
    pub fn from_name(name: &str) -> Slot {
        match name {
            "subject" => Slot::Subject,
            "object" => Slot::Object,
            "complement" => Slot::Complement,
            "modifier" => Slot::Modifier,
            "speaker" => Slot::Speaker,
            preposition => Slot::Preposition(preposition.into()),
        }
    }

    /// The slot as the codebook spells it.
    pub fn as_str(&self) -> &str {
        match self {
            Slot::Subject => "subject",
            Slot::Object => "object",
            Slot::Complement => "complement",
            Slot::Modifier => "modifier",
            Slot::Speaker => "speaker",
            Slot::Preposition(preposition) => preposition,
        }
    }
}

/// What a slot must hold: one of these words, or one of these classes, or anything.
#[derive(Debug, Clone, Default)]
pub struct Condition {
    /// Words, sets expanded.
    pub words: Arc<WordSet>,
    /// Classes of what the phrase is.
    pub classes: Vec<Class>,
    /// Whether it is enough that the slot is filled.
    pub filled: bool,
}

impl Condition {
    /// Whether the lemmas, the head noun last, end in one of the words.
    pub fn has_suffix_of(&self, lemmas: &[&str]) -> bool {
        self.words.ending(lemmas).is_some()
    }
}

/// A text that a pattern must code, or must not.
#[derive(Debug, Clone)]
pub struct Example {
    /// The text.
    pub text: Box<str>,
    /// Every event of the text; empty: none may come out.
    pub code: Vec<ExpectedEvent>,
    /// Where it stands.
    pub place: Place,
}

/// An event as an example writes it: `ACTORS TYPE[/mode] RECIPIENTS [>PROSPECT] [auxiliary modes]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExpectedEvent {
    /// ISO codes, entity ids, sectors; `?` for a named actor that the codebook does not know. Empty for none.
    pub actors: Vec<String>,
    /// The type.
    pub event_type: TypeId,
    /// The mode; `None`: not checked.
    pub mode: Option<ModeId>,
    /// Like the actors.
    pub recipients: Vec<String>,
    /// The type of the act promised, threatened, asked for or refused; `None`: not checked.
    pub prospect: Option<TypeId>,
    /// The auxiliary modes; empty: not checked.
    pub auxiliary: Vec<Effect>,
}

/// All patterns.
#[derive(Debug, Clone, Default)]
pub struct Patterns {
    pub(crate) list: Vec<Pattern>,
    pub(crate) verbs: Phrases<Vec<PatternId>>,
    pub(crate) nouns: Phrases<Vec<PatternId>>,
    pub(crate) bes: Phrases<Vec<PatternId>>,
}

impl Patterns {
    /// The pattern of this number.
    pub fn get(&self, id: PatternId) -> &Pattern {
        &self.list[id.index()]
    }

    /// Every pattern with its number, file by file.
    pub fn iter(&self) -> impl Iterator<Item = (PatternId, &Pattern)> {
        self.list.iter().enumerate().map(|(index, pattern)| (PatternId::from_index(index), pattern))
    }

    /// The patterns that list this verb, particle included, the most specific first.
    pub fn for_verb(&self, lemma: &str) -> &[PatternId] {
        self.verbs.get(lemma).map_or(&[], Vec::as_slice)
    }

    /// The patterns that list this event noun, the most specific first.
    pub fn for_noun(&self, lemma: &str) -> &[PatternId] {
        self.nouns.get(lemma).map_or(&[], Vec::as_slice)
    }

    /// The patterns that list this predicate after a copula, the most specific first.
    pub fn for_be(&self, lemma: &str) -> &[PatternId] {
        self.bes.get(lemma).map_or(&[], Vec::as_slice)
    }

    /// The longest event noun in which `lemmas` end: how many of them it takes, and its patterns.
    pub fn noun_ending(&self, lemmas: &[&str]) -> Option<(usize, &[PatternId])> {
        self.nouns.ending(lemmas).map(|(taken, patterns)| (taken, patterns.as_slice()))
    }

    /// The longest predicate after a copula in which `lemmas` end: how many of them it takes, and its patterns.
    pub fn be_ending(&self, lemmas: &[&str]) -> Option<(usize, &[PatternId])> {
        self.bes.ending(lemmas).map(|(taken, patterns)| (taken, patterns.as_slice()))
    }

    /// The longest verb with which `lemmas` begin: how many of them it takes, and its patterns.
    pub fn verb_starting(&self, lemmas: &[&str]) -> Option<(usize, &[PatternId])> {
        self.verbs.starting(lemmas).map(|(taken, patterns)| (taken, patterns.as_slice()))
    }

    /// Whether some pattern lists the lemma as an event noun.
    pub fn is_event_noun(&self, lemma: &str) -> bool {
        self.nouns.get(lemma).is_some()
    }
}
