//! What one record of a list says, whatever the list's format.

use crate::{Form, Kind, PartialDate, SectorId};

/// An actor as a list describes it.
#[derive(Debug, Clone)]
pub(super) struct Record {
    /// The line it begins in.
    pub line: u32,
    /// The id that the list gives to our entity, if it knows ours.
    pub entity: Option<String>,
    /// What it is.
    pub kind: Kind,
    /// ISO 3166-1 alpha-3, or the id of a land of our own.
    pub country: Option<Box<str>>,
    /// Its item in Wikidata.
    pub wikidata: Option<String>,
    /// Its names, the canonical one first.
    pub names: Vec<Named>,
    /// What it was, and when; empty if nothing is said.
    pub spans: Vec<Held>,
    /// Where its rows say they are from, if not simply from the list.
    pub source: Option<String>,
}

/// One name of an actor.
#[derive(Debug, Clone)]
pub(super) struct Named {
    pub line: u32,
    pub name: String,
    pub form: Form,
}

/// A sector and an office over one span of time.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Held {
    pub sector: Option<SectorId>,
    pub role: String,
    /// The country in this span, if it is not the actor's own.
    pub country: Option<Box<str>>,
    pub from: Option<PartialDate>,
    pub until: Option<PartialDate>,
}

impl Held {
    /// Whether it ends before it begins.
    pub fn is_impossible(&self) -> bool {
        matches!((self.from, self.until), (Some(from), Some(until)) if from.first_day() > until.last_day())
    }
}

/// Text in lower case with capitals at the beginnings of words, but for small words between others.
pub(super) fn in_title_case(text: &str) -> String {
    const SMALL: [&str; 17] =
        ["of", "the", "and", "for", "in", "on", "to", "at", "by", "de", "la", "del", "da", "du", "des", "el", "y"];
    let words: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
    let titled =
        words.iter().enumerate().map(|(position, word)| match position > 0 && SMALL.contains(&word.as_str()) {
            true => word.clone(),
            false => capitalised(word),
        });
    titled.collect::<Vec<_>>().join(" ")
}

/// Capitals at the start and after each hyphen and apostrophe, but for a possessive.
fn capitalised(word: &str) -> String {
    let mut capital = true;
    let mut written = String::with_capacity(word.len());
    let mut rest = word.chars();
    while let Some(letter) = rest.next() {
        match capital && letter.is_alphabetic() {
            true => written.extend(letter.to_uppercase()),
            false => written.push(letter),
        }
        let apostrophe = crate::fold::is_apostrophe(letter) && rest.as_str().chars().count() > 1;
        capital = (capital && !letter.is_alphanumeric()) || apostrophe || letter == '-' || letter == '.';
    }
    written
}

/// Lower-case words joined by hyphens, of what Latin letters and digits there are.
pub(super) fn slug(text: &str) -> String {
    let folded = crate::fold::folded(text);
    let words = folded.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.take(12).collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn title_case() {
        let check = |text: &str, expected: &str| assert_eq!(in_title_case(text), expected);
        check("BANK OF  ENGLAND", "Bank of England");
        check("THE HAGUE", "The Hague");
        check("AL-QAEDA", "Al-Qaeda");
        check("COTE D'IVOIRE", "Cote D'Ivoire");
        check("PEOPLE'S PARTY", "People's Party");
        check("ÉMILE", "Émile");
    }

    #[test]
    fn slugs() {
        assert_eq!(slug("Recep Tayyip Erdoğan"), "recep-tayyip-erdogan");
        assert_eq!(slug("Côte d'Ivoire (2)"), "cote-divoire-2");
        assert_eq!(slug("Путин"), "");
    }
}
