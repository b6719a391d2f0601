//! Cues: words that give the floor to a speaker, and words that change whether an event happened.

use crate::phrases::Phrases;
use crate::{Effect, Stance};

/// The cue words.
#[derive(Debug, Clone, Default)]
pub struct Cues {
    pub(crate) speech: [Phrases<Stance>; SpeechPart::NAMES.len()],
    pub(crate) attitude: [Phrases<Stance>; AttitudePart::NAMES.len()],
    pub(crate) status: [Phrases<Effect>; StatusPart::NAMES.len()],
}

labels! {
    /// What part of the sentence a speech cue is.
    SpeechPart {
        /// A verb whose subject speaks.
        Verb = "verb",
        /// A noun whose possessor speaks.
        Noun = "noun",
        /// A preposition whose noun speaks.
        Preposition = "preposition",
    }

    /// What part of the sentence a cue is that shows an attitude.
    AttitudePart {
        /// A verb whose subject has it.
        Verb = "verb",
        /// A noun whose possessor has it.
        Noun = "noun",
        /// A predicate whose subject has it.
        Adjective = "adjective",
        /// An adverb: somebody unnamed says so.
        Adverb = "adverb",
    }

    /// What part of the sentence a status cue is.
    StatusPart {
        /// A verb that says so of its complement.
        Verb = "verb",
        /// A noun that says so of its complement.
        Noun = "noun",
        /// An adjective that says so of its complement.
        Adjective = "adjective",
        /// An auxiliary of the predicate.
        Auxiliary = "auxiliary",
        /// An adverb of the predicate.
        Adverb = "adverb",
        /// A determiner of an event noun.
        Determiner = "determiner",
        /// A conjunction at the head of the clause.
        Conjunction = "conjunction",
        /// A preposition before an event noun or an -ing form.
        Preposition = "preposition",
    }
}

impl Cues {
    /// The stance of a speech cue that is exactly this lemma or phrase.
    pub fn speech(&self, part: SpeechPart, lemma: &str) -> Option<Stance> {
        self.speech[part as usize].get(lemma).copied()
    }

    /// The stance of a cue of an attitude that is exactly this lemma or phrase.
    pub fn attitude(&self, part: AttitudePart, lemma: &str) -> Option<Stance> {
        self.attitude[part as usize].get(lemma).copied()
    }

    /// The longest speech cue with which `lemmas` begin: how many of them it takes, and its stance.
    pub fn speech_starting(&self, part: SpeechPart, lemmas: &[&str]) -> Option<(usize, Stance)> {
        self.speech[part as usize].starting(lemmas).map(|(taken, &stance)| (taken, stance))
    }

    /// The effect of a status cue that is exactly this lemma or phrase.
    pub fn status(&self, part: StatusPart, lemma: &str) -> Option<Effect> {
        self.status[part as usize].get(lemma).copied()
    }

    /// The longest status cue with which `lemmas` begin: how many of them it takes, and its effect.
    pub fn status_starting(&self, part: StatusPart, lemmas: &[&str]) -> Option<(usize, Effect)> {
        self.status[part as usize].starting(lemmas).map(|(taken, &effect)| (taken, effect))
    }

    /// The stance of a speech verb.
    pub fn speech_verb(&self, lemma: &str) -> Option<Stance> {
        self.speech(SpeechPart::Verb, lemma)
    }

    /// The stance of a speech noun.
    pub fn speech_noun(&self, lemma: &str) -> Option<Stance> {
        self.speech(SpeechPart::Noun, lemma)
    }

    /// The stance of a preposition that names a speaker.
    pub fn speech_preposition(&self, phrase: &str) -> Option<Stance> {
        self.speech(SpeechPart::Preposition, phrase)
    }

    /// The effect of a verb on its complement.
    pub fn status_verb(&self, lemma: &str) -> Option<Effect> {
        self.status(StatusPart::Verb, lemma)
    }

    /// The effect of a noun on its complement.
    pub fn status_noun(&self, lemma: &str) -> Option<Effect> {
        self.status(StatusPart::Noun, lemma)
    }

    /// The effect of an adjective on its complement.
    pub fn status_adjective(&self, lemma: &str) -> Option<Effect> {
        self.status(StatusPart::Adjective, lemma)
    }

    /// The effect of an auxiliary on its predicate.
    pub fn status_auxiliary(&self, lemma: &str) -> Option<Effect> {
        self.status(StatusPart::Auxiliary, lemma)
    }

    /// The effect of an adverb on its predicate.
    pub fn status_adverb(&self, lemma: &str) -> Option<Effect> {
        self.status(StatusPart::Adverb, lemma)
    }

    /// The effect of a determiner on its event noun.
    pub fn status_determiner(&self, lemma: &str) -> Option<Effect> {
        self.status(StatusPart::Determiner, lemma)
    }

    /// The effect of a conjunction on its clause.
    pub fn status_conjunction(&self, phrase: &str) -> Option<Effect> {
        self.status(StatusPart::Conjunction, phrase)
    }

    /// The effect of a preposition on what it governs.
    pub fn status_preposition(&self, phrase: &str) -> Option<Effect> {
        self.status(StatusPart::Preposition, phrase)
    }
}
