//! Word sets: lists of lemmas with a name, expanded.

use std::collections::BTreeMap;
use std::ops::Deref;
use std::sync::Arc;

use crate::phrases::Phrases;

/// A list of lemmas and phrases of lemmas, each once, in the order of the codebook. It reads like a slice.
#[derive(Debug, Clone, Default)]
pub struct WordSet {
    words: Phrases<()>,
}

impl WordSet {
    /// The set of these words; a word that comes again is dropped.
    pub(crate) fn new(words: Vec<Box<str>>) -> WordSet {
        let mut set = WordSet::default();
        set.words.reserve(words.len());
        for word in words {
            if set.words.get(&word).is_none() {
                set.words.add(word, ());
            }
        }
        set
    }

    /// Whether a phrase of the codebook ends in a word of the set.
    pub(crate) fn ends(&self, phrase: &str) -> bool {
        self.words.end(phrase)
    }

    /// Whether the lemma or phrase is in the set.
    pub fn contains(&self, phrase: &str) -> bool {
        self.words.get(phrase).is_some()
    }

    /// How many of the last lemmas are a word of the set, the longest; `None` if the run ends in none.
    pub fn ending(&self, lemmas: &[&str]) -> Option<usize> {
        self.words.ending(lemmas).map(|(taken, ())| taken)
    }

    /// How many of the first lemmas are a word of the set, the longest; `None` if the run begins with none.
    pub fn starting(&self, lemmas: &[&str]) -> Option<usize> {
        self.words.starting(lemmas).map(|(taken, ())| taken)
    }
}

impl Deref for WordSet {
    type Target = [Box<str>];

    fn deref(&self) -> &[Box<str>] {
        self.words.phrases()
    }
}

/// The sets of `words.toml`, which every file may use, by name.
#[derive(Debug, Clone, Default)]
pub struct WordSets {
    pub(crate) sets: BTreeMap<Box<str>, Arc<WordSet>>,
    /// The file could not be read, so that other sets may have been meant to be here.
    pub(crate) unread: bool,
}

impl WordSets {
    /// The set of this name, written without `@`.
    pub fn get(&self, name: &str) -> Option<&Arc<WordSet>> {
        self.sets.get(name)
    }

    /// Every set with its name, in alphabetical order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &WordSet)> {
        self.sets.iter().map(|(name, set)| (&**name, &**set))
    }
}
