//! The index of names: from words of a text to the rows that hold the name.

use std::collections::hash_map::Entry;

use rustc_hash::FxHashMap;

use crate::RowId;
use crate::fold::{Key, first_word, is_apostrophe};
use crate::phrases::is_hyphen;

/// Names by their keys.
#[derive(Debug, Clone, Default)]
pub(crate) struct Gazetteer {
    /// The length of the longest key that starts with the word of this number.
    longest: FxHashMap<u64, u32>,
    /// The first and the last row of the key of this number.
    names: FxHashMap<u64, (RowId, RowId)>,
    /// For each row, where its name needs capitals, and the next row of its key.
    rows: Vec<(Capitals, Option<RowId>)>,
}

impl Gazetteer {
    /// Makes room.
    pub fn reserve(&mut self, n_rows: usize) {
        self.longest.reserve(n_rows / 2);
        self.names.reserve(n_rows);
        self.rows.reserve(n_rows);
    }

    /// Adds the next row. Returns false if nothing of the name is left in its key.
    pub fn insert(&mut self, name: &str, row: RowId) -> bool {
        let Some(first) = first_word(name) else { return false };
        let key = Key::of(name);
        // A tokeniser may split at the apostrophe or keep the word whole.
        let before_apostrophe = name.find(is_apostrophe).and_then(|end| first_word(&name[..end]));
        for number in [Some(first), before_apostrophe].into_iter().flatten() {
            let longest = self.longest.entry(number).or_default();
            *longest = key.n_characters().max(*longest);
        }
        self.rows.resize(row.index(), (Capitals::Nowhere, None));
        self.rows.push((Capitals::of(name), None));
        match self.names.entry(key.number()) {
            Entry::Occupied(mut rows) => {
                let (_, last) = rows.get_mut();
                self.rows[last.index()].1 = Some(row);
                *last = row;
            }
            Entry::Vacant(empty) => drop(empty.insert((row, row))),
        }
        true
    }

    /// The longest run of words, from the first of them, that is a name.
    pub fn longest(&self, words: &[&str]) -> Option<(usize, Vec<RowId>)> {
        let limit = *self.longest.get(&first_word(words.first()?)?)?;
        let mut key = Key::EMPTY;
        let mut found = None;
        for (position, word) in words.iter().enumerate() {
            let visible = key.push(word);
            if key.n_characters() > limit {
                break;
            }
            if !visible {
                continue;
            }
            if let Some(&(first, _)) = self.names.get(&key.number()) {
                let run = &words[..=position];
                if self.chain(first).any(|row| self.rows[row.index()].0.allow(run)) {
                    found = Some((run, first));
                }
            }
        }
        found.map(|(run, first)| (run.len(), self.allowed(first, run)))
    }

    /// The rows whose name the text is as a whole.
    pub fn find(&self, text: &str) -> Vec<RowId> {
        let words: Vec<&str> = text.split_whitespace().collect();
        self.names.get(&Key::of(text).number()).map_or_else(Vec::new, |&(first, _)| self.allowed(first, &words))
    }

    /// The rows of each key that more than one row has; in no order.
    pub fn shared(&self) -> impl Iterator<Item = Vec<RowId>> {
        let shared = self.names.values().filter(|(first, last)| first != last);
        shared.map(|&(first, _)| self.chain(first).collect())
    }

    fn allowed(&self, first: RowId, words: &[&str]) -> Vec<RowId> {
        self.chain(first).filter(|row| self.rows[row.index()].0.allow(words)).collect()
    }

    fn chain(&self, first: RowId) -> impl Iterator<Item = RowId> {
        std::iter::successors(Some(first), |row| self.rows[row.index()].1)
    }
}

/// Where a name needs capitals in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Capitals {
    /// Nowhere.
    Nowhere,
    /// Somewhere: it starts small but holds a capital.
    Somewhere,
    /// In its first letter.
    First,
    /// In the first letter after its article.
    Second,
    /// In every letter.
    Everywhere,
}

impl Capitals {
    fn of(name: &str) -> Capitals {
        let mut letters = name.chars().filter(|c| c.is_alphabetic());
        let Some(first) = letters.next() else { return Capitals::Nowhere };
        if first.is_uppercase() && letters.clone().all(char::is_uppercase) && letters.count() < 5 {
            return Capitals::Everywhere;
        }
        let mut words = name.split(' ');
        let has_article = words.next().is_some_and(|word| word.eq_ignore_ascii_case("the"));
        if has_article && words.next().and_then(first_letter).is_some_and(char::is_uppercase) {
            Capitals::Second
        } else if has_hyphenated_prefix(name) {
            Capitals::Somewhere
        } else if first.is_uppercase() {
            Capitals::First
        } else if name.chars().any(char::is_uppercase) {
            Capitals::Somewhere
        } else {
            Capitals::Nowhere
        }
    }

    fn allow(self, words: &[&str]) -> bool {
        match self {
            Capitals::Nowhere => true,
            Capitals::Somewhere => words.iter().any(|word| word.chars().any(char::is_uppercase)),
            Capitals::First => words.first().and_then(|word| first_letter(word)).is_none_or(char::is_uppercase),
            Capitals::Second => words.get(1).and_then(|word| first_letter(word)).is_none_or(char::is_uppercase),
            Capitals::Everywhere => {
                words.iter().flat_map(|word| word.chars()).filter(|c| c.is_alphabetic()).all(char::is_uppercase)
            }
        }
    }
}

/// Whether the name starts with two or three letters and a hyphen: an article that is often written small.
fn has_hyphenated_prefix(name: &str) -> bool {
    matches!(name.chars().take(4).position(is_hyphen), Some(2 | 3))
}

fn first_letter(word: &str) -> Option<char> {
    word.chars().find(|c| c.is_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: &[&str] = &[
        "US",
        "United States",
        "United Nations",
        "United Nations Security Council",
        "U.S.",
        "Al-Qaeda",
        "the West",
        "West Bank",
        "Côte d'Ivoire",
        "McDonald's",
        "Houthis",
        "al-Shabaab",
        "G7",
        "M23",
    ];

    fn check(text: &str, expected: &[(usize, &str)]) {
        let mut gazetteer = Gazetteer::default();
        for (row, name) in NAMES.iter().enumerate() {
            assert!(gazetteer.insert(name, RowId::from_index(row)));
        }
        let words: Vec<&str> = text.split(' ').collect();
        let found = gazetteer
            .longest(&words)
            .map_or(vec![], |(n, rows)| rows.into_iter().map(|row| (n, NAMES[row.index()])).collect());
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn the_longest_run_is_found() {
        check("United Nations Security Council said", &[(4, "United Nations Security Council")]);
        check("United Nations Security forces", &[(2, "United Nations")]);
        check("united nations", &[]);
        check("UNITED NATIONS", &[(2, "United Nations")]);
        check("United Airlines", &[]);
    }

    #[test]
    fn short_capitals_need_capitals() {
        check("US troops", &[(1, "US"), (1, "U.S.")]);
        check("U.S. troops", &[(1, "US"), (1, "U.S.")]);
        check("us", &[]);
        check("Us", &[]);
        check("g7", &[]);
        check("M23 rebels", &[(1, "M23")]);
    }

    #[test]
    fn hyphens_accents_apostrophes() {
        check("al - Qaeda fighters", &[(3, "Al-Qaeda")]);
        check("al - qaeda fighters", &[]);
        check("Al - Qaeda fighters", &[(3, "Al-Qaeda")]);
        check("Al Qaeda -", &[(2, "Al-Qaeda")]);
        check("Cote d'Ivoire", &[(2, "Côte d'Ivoire")]);
        check("Côte d’ Ivoire", &[(3, "Côte d'Ivoire")]);
        check("McDonald 's", &[(2, "McDonald's")]);
        check("Houthi 's", &[]);
        check("Houthis ' leader", &[(1, "Houthis")]);
        check("Al - Shabaab", &[(3, "al-Shabaab")]);
        check("the West 's", &[(2, "the West")]);
        check("The west of", &[]);
        check("", &[]);
        check("- US", &[]);
    }
}
