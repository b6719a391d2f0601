//! Words and phrases of lemmas as keys: found whole, at the start, or at the end of a run of lemmas.

use std::hash::{Hash, Hasher};

use rustc_hash::{FxHashMap, FxHasher};

/// A value for each of many phrases.
///
/// A phrase is lemmas in lower case. Hyphens separate words like spaces do, because the tokeniser splits at them;
/// a lemma that is only a hyphen is passed over in the text. A final `'s` is a word of its own.
#[derive(Debug, Clone)]
pub(crate) struct Phrases<T> {
    phrases: Vec<Box<str>>,
    values: Vec<T>,
    links: Vec<Links>,
    /// The longest phrase that begins, and the longest that ends, with the word of this number.
    heads: FxHashMap<u64, u32>,
}

/// How many words a phrase has, and the next shorter phrases that begin and end with the same word.
#[derive(Debug, Clone)]
struct Links {
    n_words: u32,
    next: [u32; 2],
}

/// Which end of a phrase.
#[derive(Clone, Copy)]
enum End {
    First,
    Last,
}

const NONE: u32 = u32::MAX;

impl<T> Default for Phrases<T> {
    fn default() -> Self {
        Phrases { phrases: Vec::new(), values: Vec::new(), links: Vec::new(), heads: FxHashMap::default() }
    }
}

impl<T> Phrases<T> {
    /// Makes room.
    pub fn reserve(&mut self, n_phrases: usize) {
        self.phrases.reserve(n_phrases);
        self.values.reserve(n_phrases);
        self.links.reserve(n_phrases);
        self.heads.reserve(2 * n_phrases);
    }

    /// The phrases in the order they were added, as they were written.
    pub fn phrases(&self) -> &[Box<str>] {
        &self.phrases
    }

    /// The value of exactly this phrase.
    pub fn get(&self, phrase: &str) -> Option<&T> {
        self.position(phrase).map(|position| &self.values[position])
    }

    /// The value of this phrase, put there first if need be; `None` if the phrase has no words.
    pub fn entry(&mut self, phrase: &str, default: impl FnOnce() -> T) -> Option<&mut T> {
        if let Some(position) = self.position(phrase) {
            return Some(&mut self.values[position]);
        }
        self.add(phrase.into(), default()).then(|| self.values.last_mut())?
    }

    /// Adds a phrase that is not there yet. Returns false if it has no words.
    pub fn add(&mut self, phrase: Box<str>, value: T) -> bool {
        let (first, last, n_words) = match is_one_word(&phrase) {
            true => (&*phrase, &*phrase, 1),
            false => {
                let Some(first) = words_of(&phrase).next() else { return false };
                (first, words_of(&phrase).next_back().unwrap_or(first), words_of(&phrase).count())
            }
        };
        let (first, last) = (key(first, End::First), key(last, End::Last));
        self.links.push(Links { n_words: n_words as u32, next: [NONE; 2] });
        self.link(first, End::First);
        self.link(last, End::Last);
        self.phrases.push(phrase);
        self.values.push(value);
        true
    }

    /// Puts the last entry into the chain of a word, after those that are as long.
    fn link(&mut self, key: u64, end: End) {
        let new = self.links.len() - 1;
        let n_words = self.links[new].n_words;
        let head = self.heads.entry(key).or_insert(NONE);
        let mut before = NONE;
        let mut after = *head;
        while after != NONE && self.links[after as usize].n_words >= n_words {
            before = after;
            after = self.links[after as usize].next[end as usize];
        }
        self.links[new].next[end as usize] = after;
        match before {
            NONE => *head = new as u32,
            before => self.links[before as usize].next[end as usize] = new as u32,
        }
    }

    /// The entries whose first or last word is this one, and a few others; the longest first.
    fn chain(&self, word: &str, end: End) -> impl Iterator<Item = usize> {
        let mut position = self.heads.get(&key(word, end)).copied().unwrap_or(NONE);
        std::iter::from_fn(move || {
            let found = (position != NONE).then_some(position as usize)?;
            position = self.links[found].next[end as usize];
            Some(found)
        })
    }

    /// The longest phrase with which `lemmas` begin: how many of them it takes, and its value.
    pub fn starting(&self, lemmas: &[&str]) -> Option<(usize, &T)> {
        self.chain(lemmas.first()?, End::First).find_map(|position| {
            let taken = run_length(words_of(&self.phrases[position]), lemmas.iter().copied())?;
            Some((taken, &self.values[position]))
        })
    }

    /// The longest phrase in which `lemmas` end: how many of them it takes, and its value.
    pub fn ending(&self, lemmas: &[&str]) -> Option<(usize, &T)> {
        self.chain(lemmas.last()?, End::Last).find_map(|position| {
            let taken = run_length(words_of(&self.phrases[position]).rev(), lemmas.iter().rev().copied())?;
            Some((taken, &self.values[position]))
        })
    }

    /// Whether a phrase of the codebook ends in one of these.
    pub fn end(&self, phrase: &str) -> bool {
        if is_one_word(phrase) {
            return self.position(phrase).is_some();
        }
        let Some(last) = words_of(phrase).next_back() else { return false };
        let mut chain = self.chain(last, End::Last);
        chain.any(|position| run_length(words_of(&self.phrases[position]).rev(), words_of(phrase).rev()).is_some())
    }

    /// Every phrase with its value, in the order they were added.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &T)> {
        self.phrases.iter().map(|phrase| &**phrase).zip(&self.values)
    }

    fn position(&self, phrase: &str) -> Option<usize> {
        if is_one_word(phrase) {
            return self.chain(phrase, End::Last).find(|&position| *self.phrases[position] == *phrase);
        }
        let last = words_of(phrase).next_back()?;
        self.chain(last, End::Last).find(|&position| words_of(&self.phrases[position]).eq(words_of(phrase)))
    }
}

/// A number for a word at an end of a phrase. Two words may share one, so that what is found must be compared.
fn key(word: &str, end: End) -> u64 {
    let mut hasher = FxHasher::default();
    word.hash(&mut hasher);
    hasher.write_u8(end as u8);
    hasher.finish()
}

/// Whether a phrase is one word for sure, and written in one way.
fn is_one_word(phrase: &str) -> bool {
    !phrase.is_empty() && phrase.bytes().all(|byte| byte.is_ascii_lowercase())
}

/// The words of a phrase of the codebook.
fn words_of(phrase: &str) -> impl DoubleEndedIterator<Item = &str> {
    phrase.split(|c: char| c.is_whitespace() || is_hyphen(c)).flat_map(|word| {
        let stem = word.strip_suffix("'s").or_else(|| word.strip_suffix("’s"));
        let (word, possessive) = stem.map_or((word, ""), |stem| (stem, "'s"));
        [word, possessive].into_iter().filter(|part| !part.is_empty())
    })
}

/// How many lemmas the words take, hyphens between them included; `None` if they are not the words.
fn run_length<'a>(mut words: impl Iterator<Item = &'a str>, lemmas: impl Iterator<Item = &'a str>) -> Option<usize> {
    let mut next = words.next();
    let mut taken = 0;
    for lemma in lemmas {
        let Some(word) = next else { break };
        if word == lemma || (word == "'s" && lemma == "’s") {
            next = words.next();
        } else if taken == 0 || !lemma.chars().all(is_hyphen) {
            return None;
        }
        taken += 1;
    }
    next.is_none().then_some(taken)
}

/// Hyphens and the dash that typesetters put in their place.
pub(crate) fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}' | '\u{2013}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn phrases() -> Phrases<u8> {
        let mut phrases = Phrases::default();
        for (value, phrase) in ["minister", "foreign minister", "vice-president", "people's army"].iter().enumerate() {
            phrases.entry(phrase, || value as u8);
        }
        phrases
    }

    #[test]
    fn the_longest_phrase_wins() {
        let phrases = phrases();
        assert_eq!(phrases.ending(&["the", "foreign", "minister"]), Some((2, &1)));
        assert_eq!(phrases.ending(&["prime", "minister"]), Some((1, &0)));
        assert_eq!(phrases.ending(&["vice", "-", "president"]), Some((3, &2)));
        assert_eq!(phrases.ending(&["president"]), None);
        assert_eq!(phrases.starting(&["vice", "-", "president", "say"]), Some((3, &2)));
        assert_eq!(phrases.starting(&["people", "'s", "army"]), Some((3, &3)));
        assert_eq!(phrases.ending(&[]), None);
    }

    #[test]
    fn hyphens_and_spaces_are_one() {
        let phrases = phrases();
        assert_eq!(phrases.get("vice president"), Some(&2));
        assert_eq!(phrases.get("foreign-minister"), Some(&1));
        assert_eq!(phrases.get("foreign"), None);
        assert_eq!(phrases.get(""), None);
    }
}
