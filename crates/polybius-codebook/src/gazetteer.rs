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
        let key = Key::of(name);
        if key.n_characters() == 0 {
            return false;
        }
        for number in first_words(name) {
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

    /// The rows of each key that more than one row has; in no order.
    pub fn shared(&self) -> impl Iterator<Item = Vec<RowId>> {
        let shared = self.names.values().filter(|(first, last)| first != last);
        shared.map(|&(first, _)| std::iter::successors(Some(first), |&row| self.next_row(row)).collect())
    }
}

/// An index of names, whether it was built in memory or compiled.
pub(crate) trait NameTable {
    /// The length of the longest key that starts with the word of this number.
    fn longest_after(&self, first_word: u64) -> Option<u32>;

    /// The first row of the key of this number.
    fn first_row(&self, key: u64) -> Option<RowId>;

    /// The next row of the same key.
    fn next_row(&self, row: RowId) -> Option<RowId>;

    /// Where the row's name needs capitals.
    fn capitals(&self, row: RowId) -> Capitals;

    /// The rows of a key, as far as the words of the text have the capitals they need.
    fn allowed(&self, key: u64, words: &[&str]) -> impl Iterator<Item = RowId> {
        let chain = std::iter::successors(self.first_row(key), |&row| self.next_row(row));
        chain.filter(|&row| self.capitals(row).allow(words))
    }
}

impl NameTable for Gazetteer {
    fn longest_after(&self, first_word: u64) -> Option<u32> {
        self.longest.get(&first_word).copied()
    }

    fn first_row(&self, key: u64) -> Option<RowId> {
        self.names.get(&key).map(|&(first, _)| first)
    }

    fn next_row(&self, row: RowId) -> Option<RowId> {
        self.rows[row.index()].1
    }

    fn capitals(&self, row: RowId) -> Capitals {
        self.rows[row.index()].0
    }
}

/// The longest run of words, from the first of them, that is a name in either table: how many words, and its rows.
pub(crate) fn longest<M: NameTable>(
    table: &Gazetteer,
    more: Option<&M>,
    words: &[&str],
) -> Option<(usize, Vec<RowId>)> {
    let first = first_word(words.first()?)?;
    let limit = table.longest_after(first).max(more.and_then(|more| more.longest_after(first)))?;
    let mut key = Key::EMPTY;
    let mut found = None;
    for (position, word) in words.iter().enumerate() {
        let visible = key.push(word);
        if key.n_characters() > limit {
            break;
        }
        let run = &words[..=position];
        let number = key.number();
        let is_name = || {
            table.allowed(number, run).next().is_some()
                || more.is_some_and(|more| more.allowed(number, run).next().is_some())
        };
        if visible && is_name() {
            found = Some((run, number));
        }
    }
    found.map(|(run, number)| (run.len(), rows_of(table, more, number, run)))
}

/// The rows of either table whose name the text is as a whole.
pub(crate) fn find<M: NameTable>(table: &Gazetteer, more: Option<&M>, text: &str) -> Vec<RowId> {
    let words: Vec<&str> = text.split_whitespace().collect();
    rows_of(table, more, Key::of(text).number(), &words)
}

fn rows_of<M: NameTable>(table: &Gazetteer, more: Option<&M>, key: u64, words: &[&str]) -> Vec<RowId> {
    let more = more.into_iter().flat_map(|more| more.allowed(key, words));
    table.allowed(key, words).chain(more).collect()
}

/// The numbers of the words that a name may start with in a text: a tokeniser may split at an apostrophe or keep the word whole.
pub(crate) fn first_words(name: &str) -> impl Iterator<Item = u64> {
    let before_apostrophe = name.find(is_apostrophe).and_then(|end| first_word(&name[..end]));
    [first_word(name), before_apostrophe].into_iter().flatten()
}

/// Where a name needs capitals in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Capitals {
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
    /// What the number stands for that `as` makes of it.
    pub fn of_number(number: u32) -> Capitals {
        match number {
            0 => Capitals::Nowhere,
            1 => Capitals::Somewhere,
            2 => Capitals::First,
            3 => Capitals::Second,
            _ => Capitals::Everywhere,
        }
    }

    /// Where this name needs them.
    pub fn of(name: &str) -> Capitals {
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
        let found = longest(&gazetteer, None::<&Gazetteer>, &words)
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
