//! Names that are nearly what was asked for: in other letters, in another transliteration, or misspelt.

use crate::fold::folded;
use crate::{Entities, RowId};

/// How a name differs from what was asked for, nearest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Nearness {
    /// Only in capitals, accents or script.
    Capitals,
    /// As transliterations of one name differ.
    Transliteration,
    /// In this many letters.
    Letters(u32),
    /// It holds all of the words asked for, and more.
    Longer,
}

impl Entities {
    /// The rows whose name is nearest to the words, at most `limit` entities, one row each.
    pub fn near(&self, words: &str, limit: usize) -> Vec<(RowId, Nearness)> {
        let asked = Asked::of(words);
        if asked.folded.is_empty() {
            return Vec::new();
        }
        let mut found: Vec<(Nearness, usize, RowId)> = Vec::new();
        for row in self.row_ids() {
            let name = self.name_of(row);
            if let Some(nearness) = asked.nearness(&folded(name)) {
                found.push((nearness, name.len(), row));
            }
        }
        found.sort_unstable();
        if found.first().is_some_and(|(nearness, ..)| *nearness == Nearness::Capitals) {
            found.retain(|(nearness, ..)| *nearness == Nearness::Capitals);
        }
        let mut seen = Vec::new();
        found.retain(|&(_, _, row)| {
            let entity = self.row(row).entity;
            let new = seen.len() < limit && !seen.contains(&entity);
            if new {
                seen.push(entity);
            }
            new
        });
        found.into_iter().map(|(nearness, _, row)| (row, nearness)).collect()
    }
}

/// What was asked for, in the forms it is compared in.
struct Asked {
    folded: String,
    skeleton: String,
    n_letters: usize,
}

impl Asked {
    fn of(words: &str) -> Asked {
        let roman: String = words.chars().map(romanised).collect::<Vec<_>>().concat();
        let folded = folded(&roman);
        Asked { skeleton: skeleton(&folded), n_letters: folded.chars().count(), folded }
    }

    fn nearness(&self, name: &str) -> Option<Nearness> {
        if name == self.folded {
            return Some(Nearness::Capitals);
        }
        // Two letters more or fewer make a misspelling, a transliteration rarely more than five.
        let difference = name.len().abs_diff(self.folded.len());
        if difference <= 6 && self.skeleton.len() >= 3 && skeleton(name) == self.skeleton {
            return Some(Nearness::Transliteration);
        }
        let allowed = match self.n_letters {
            0..=3 => 0,
            4..=7 => 1,
            _ => 2,
        };
        if allowed > 0 && difference <= allowed {
            let distance = strsim::osa_distance(name, &self.folded);
            if distance <= allowed {
                return Some(Nearness::Letters(distance as u32));
            }
        }
        let holds = |word: &str| name.split(' ').any(|own| own == word);
        (self.n_letters > 3 && self.folded.split(' ').all(holds)).then_some(Nearness::Longer)
    }
}

/// What transliterations of one name share: consonants that are written in several ways are written in one, double letters once,
/// and any run of vowels as one.
fn skeleton(folded: &str) -> String {
    const PAIRS: &[(&str, &str)] = &[
        ("shch", "S"),
        ("tsch", "C"),
        ("sch", "S"),
        ("kh", "h"),
        ("gh", "g"),
        ("zh", "Z"),
        ("dzh", "Z"),
        ("dj", "Z"),
        ("sh", "S"),
        ("ch", "C"),
        ("ph", "f"),
        ("th", "t"),
        ("ts", "c"),
        ("tz", "c"),
        ("ks", "x"),
        ("ck", "k"),
    ];
    let mut skeleton = String::with_capacity(folded.len());
    let mut rest = folded;
    while let Some(first) = rest.chars().next() {
        let pair = PAIRS.iter().find(|(letters, _)| rest.starts_with(letters));
        let (taken, written) = match pair {
            Some(&(letters, written)) => (letters.len(), written.chars().next().unwrap_or_default()),
            None => (first.len_utf8(), consonant(first)),
        };
        rest = &rest[taken..];
        if !skeleton.ends_with(written) {
            skeleton.push(written);
        }
    }
    skeleton
}

fn consonant(letter: char) -> char {
    match letter {
        'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'j' => 'a',
        'q' | 'c' => 'k',
        'w' => 'v',
        other => other,
    }
}

/// A letter of another alphabet in Latin letters, as newspapers write it.
fn romanised(letter: char) -> String {
    let lower = letter.to_lowercase().next().unwrap_or(letter);
    let latin = match lower {
        'а' | 'α' | 'ά' => "a",
        'б' => "b",
        'в' | 'β' => "v",
        'г' | 'γ' | 'ґ' => "g",
        'д' | 'δ' => "d",
        'е' | 'э' | 'ε' | 'έ' | 'є' => "e",
        'ё' => "yo",
        'ж' => "zh",
        'з' | 'ζ' => "z",
        'и' | 'й' | 'і' | 'ι' | 'ί' | 'η' | 'ή' => "i",
        'ї' => "yi",
        'к' | 'κ' => "k",
        'л' | 'λ' => "l",
        'м' | 'μ' => "m",
        'н' | 'ν' => "n",
        'о' | 'ο' | 'ό' | 'ω' | 'ώ' => "o",
        'п' | 'π' => "p",
        'р' | 'ρ' => "r",
        'с' | 'σ' | 'ς' => "s",
        'т' | 'τ' => "t",
        'у' | 'ў' => "u",
        'ф' | 'φ' => "f",
        'х' | 'χ' => "kh",
        'ц' => "ts",
        'ч' => "ch",
        'ш' => "sh",
        'щ' => "shch",
        'ъ' | 'ь' => "",
        'ы' | 'υ' | 'ύ' => "y",
        'ю' => "yu",
        'я' => "ya",
        'θ' => "th",
        'ξ' => "x",
        'ψ' => "ps",
        _ => return letter.to_string(),
    };
    if letter.is_uppercase() {
        latin[..latin.len().min(1)].to_uppercase() + latin.get(1..).unwrap_or("")
    } else {
        latin.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(asked: &str, name: &str, expected: Option<Nearness>) {
        assert_eq!(Asked::of(asked).nearness(&folded(name)), expected, "{asked} {name}");
    }

    #[test]
    fn near_and_far() {
        check("putin", "Putin", Some(Nearness::Capitals));
        check("Erdogan", "Erdoğan", Some(Nearness::Capitals));
        check("Путин", "Putin", Some(Nearness::Capitals));
        check("Zelenskiy", "Zelenskyy", Some(Nearness::Transliteration));
        check("Qaddafi", "Kaddafi", Some(Nearness::Transliteration));
        check("Khruschev", "Khrushchev", Some(Nearness::Transliteration));
        check("Хрущёв", "Khrushchyov", Some(Nearness::Capitals));
        check("Merkle", "Merkel", Some(Nearness::Letters(1)));
        check("Merkel", "Angela Merkel", Some(Nearness::Longer));
        check("Putin", "Patna", None);
        check("Oslo", "Oman", None);
        check("Iran", "Iraq", Some(Nearness::Letters(1)));
        check("US", "UN", None);
    }
}
