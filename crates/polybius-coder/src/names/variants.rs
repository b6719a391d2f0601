//! Variants of names that the codebook lists: initials, middle names, and the family name first.

use jiff::civil::Date;
use polybius_codebook::{Codebook, RowId};

/// The rows of the only person of this surname who holds an office on the day: "Major" while he is prime minister.
pub(super) fn rows_of_surname(word: &str, day: Option<Date>, codebook: &Codebook) -> Vec<RowId> {
    let holders = day.map(|day| crate::choice::in_office(codebook, word, day)).unwrap_or_default();
    let mut people = holders.iter().map(|&row| codebook.entities.row(row).entity);
    let one = people.next().is_some_and(|first| people.all(|other| other == first));
    if one { holders } else { Vec::new() }
}

/// The rows of the one person whose listed name `text` writes differently: "V. Putin", "Vladimir Vladimirovich Putin", "Orbán
/// Viktor". Nothing where two persons would fit.
pub(super) fn rows_of_variant(text: &str, codebook: &Codebook) -> Vec<RowId> {
    let words: Vec<&str> = text.split(' ').collect();
    let (Some(first), Some(last)) = (words.first(), words.last()) else { return Vec::new() };
    if words.len() < 2 {
        return Vec::new();
    }
    let entities = &codebook.entities;
    let forward =
        entities.with_last_word(last).iter().filter(|&&row| is_shorter(&entities.row(row).name, first, &words));
    let inverted = entities.with_last_word(first).iter().filter(|&&row| {
        let listed: Vec<&str> = entities.row(row).name.split(' ').collect();
        listed.len() == words.len() && listed.iter().copied().map(folded).rev().eq(words.iter().copied().map(folded))
    });
    let mut rows: Vec<RowId> = forward.chain(inverted).copied().collect();
    if rows.is_empty() {
        rows = entities.sounding_like(text).to_vec();
    }
    let mut people = rows.iter().map(|&row| entities.row(row).entity);
    let one = people.next().is_some_and(|first| people.all(|other| other == first));
    if one { rows } else { Vec::new() }
}

/// Whether the listed name has the same first word, or the one of this initial, and only words that stand in `words` too.
fn is_shorter(listed: &str, first: &str, words: &[&str]) -> bool {
    let listed_first = listed.split(' ').next().unwrap_or_default();
    let initial = first.ends_with('.') && first.chars().filter(|c| c.is_alphabetic()).count() <= 2;
    if initial {
        return words.len() == 2
            && listed.split(' ').count() == 2
            && listed_first.chars().next() == first.chars().next();
    }
    let inner = |word: &str| words.iter().any(|other| folded(other) == folded(word));
    folded(listed_first) == folded(first) && listed.split(' ').all(inner)
}

fn folded(word: &str) -> String {
    word.to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_and_middle_names() {
        let check = |listed: &str, text: &str, expected: bool| {
            let words: Vec<&str> = text.split(' ').collect();
            assert_eq!(is_shorter(listed, words[0], &words), expected, "{text}");
        };
        check("Ada Lovelace", "A. Lovelace", true);
        check("Ada Lovelace", "B. Lovelace", false);
        check("Ada Lovelace", "Ada King Lovelace", true);
        check("Ada King Lovelace", "Ada Lovelace", false);
        check("Ada Lovelace", "Anna Lovelace", false);
    }
}
