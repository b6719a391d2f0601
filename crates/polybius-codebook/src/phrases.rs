//! Words and phrases of lemmas as keys: found whole, at the start, or at the end of a run of lemmas.

use rustc_hash::FxHashMap;

/// A value for each of many phrases.
///
/// A phrase is lemmas in lower case. Hyphens separate words like spaces do, because the tokeniser splits at them;
/// a lemma that is only a hyphen is passed over in the text. A final `'s` is a word of its own.
#[derive(Debug, Clone)]
pub(crate) struct Phrases<T> {
    entries: Vec<(Box<[Box<str>]>, T)>,
    /// Entries by first and by last word, longest first.
    by_first: FxHashMap<Box<str>, Vec<u32>>,
    by_last: FxHashMap<Box<str>, Vec<u32>>,
}

impl<T> Default for Phrases<T> {
    fn default() -> Self {
        Phrases { entries: Vec::new(), by_first: FxHashMap::default(), by_last: FxHashMap::default() }
    }
}

impl<T> Phrases<T> {
    /// The value of exactly this phrase.
    pub fn get(&self, phrase: &str) -> Option<&T> {
        self.position(phrase).map(|position| &self.entries[position].1)
    }

    /// The value of this phrase, put there first if need be; `None` if the phrase has no words.
    pub fn entry(&mut self, phrase: &str, default: impl FnOnce() -> T) -> Option<&mut T> {
        if let Some(position) = self.position(phrase) {
            return Some(&mut self.entries[position].1);
        }
        let words: Box<[Box<str>]> = words_of(phrase).map(Box::from).collect();
        let (first, last) = (words.first()?.clone(), words.last()?.clone());
        let position = self.entries.len();
        self.entries.push((words, default()));
        for (index, word) in [(&mut self.by_first, first), (&mut self.by_last, last)] {
            let list = index.entry(word).or_default();
            list.push(position as u32);
            list.sort_by_key(|&other| std::cmp::Reverse(self.entries[other as usize].0.len()));
        }
        self.entries.last_mut().map(|(_, value)| value)
    }

    /// The longest phrase with which `lemmas` begin: how many of them it takes, and its value.
    pub fn starting(&self, lemmas: &[&str]) -> Option<(usize, &T)> {
        let candidates = self.by_first.get(*lemmas.first()?)?;
        candidates.iter().find_map(|&position| {
            let (words, value) = &self.entries[position as usize];
            let taken = run_length(words.iter(), lemmas.iter())?;
            Some((taken, value))
        })
    }

    /// The longest phrase in which `lemmas` end: how many of them it takes, and its value.
    pub fn ending(&self, lemmas: &[&str]) -> Option<(usize, &T)> {
        let candidates = self.by_last.get(*lemmas.last()?)?;
        candidates.iter().find_map(|&position| {
            let (words, value) = &self.entries[position as usize];
            let taken = run_length(words.iter().rev(), lemmas.iter().rev())?;
            Some((taken, value))
        })
    }

    /// Every phrase, its words joined by spaces, with its value, in the order they were added.
    pub fn iter(&self) -> impl Iterator<Item = (String, &T)> {
        self.entries.iter().map(|(words, value)| (words.join(" "), value))
    }

    fn position(&self, phrase: &str) -> Option<usize> {
        let last = words_of(phrase).next_back()?;
        let candidates = self.by_last.get(last)?;
        let found = candidates.iter().find(|&&position| {
            let words = &self.entries[position as usize].0;
            words.iter().map(|word| &**word).eq(words_of(phrase))
        })?;
        Some(*found as usize)
    }
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
fn run_length<'a>(
    mut words: impl Iterator<Item = &'a Box<str>>,
    lemmas: impl Iterator<Item = &'a &'a str>,
) -> Option<usize> {
    let mut next = words.next();
    let mut taken = 0;
    for lemma in lemmas {
        let Some(word) = next else { break };
        if **word == **lemma || (&**word == "'s" && *lemma == "’s") {
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
