//! A report as it is compared with others: what its words are is worked out once for all of them, and only if it comes to that.

use std::cell::OnceCell;
use std::collections::BTreeSet;

use crate::compared::Compared;

/// A report and its words.
pub(crate) struct Told<'r> {
    pub row: Compared<'r>,
    words: OnceCell<BTreeSet<Stem>>,
    other_words: OnceCell<BTreeSet<Stem>>,
    names: OnceCell<BTreeSet<Stem>>,
}

impl<'r> Told<'r> {
    pub(crate) fn by(row: impl Into<Compared<'r>>) -> Told<'r> {
        Told { row: row.into(), words: OnceCell::new(), other_words: OnceCell::new(), names: OnceCell::new() }
    }

    /// The content words of the sentence.
    pub(crate) fn words(&self) -> &BTreeSet<Stem> {
        self.words.get_or_init(|| content_words(&self.row.text).collect())
    }

    /// The content words of the sentence that name neither its parties nor its speakers nor its day.
    pub(crate) fn other_words(&self) -> &BTreeSet<Stem> {
        self.other_words.get_or_init(|| {
            let parties = self.row.actors.iter().chain(&self.row.recipients);
            let named = parties.flat_map(|party| [&*party.text, &*party.name]);
            let cues = self.row.attribution.iter().map(|said| &*said.cue.text);
            let known = named.chain(speakers(&self.row)).chain(cues).chain(day(&self.row));
            let known: BTreeSet<Stem> = known.flat_map(content_words).collect();
            self.words().difference(&known).copied().collect()
        })
    }

    /// The names in the sentence, but for those of its parties, who are compared by themselves, of its speakers and of days. Towns
    /// stay, for few of them are known. The first word is left out, for it would be written large anyway.
    pub(crate) fn names(&self) -> &BTreeSet<Stem> {
        self.names.get_or_init(|| {
            let parties = self.row.actors.iter().chain(&self.row.recipients);
            let known = parties.flat_map(|party| {
                let is_town = party.sector.is_none() && party.entity.is_some();
                let name = (!is_town).then_some(&*party.name);
                name.into_iter().chain((&*party.resolved_by == "demonym").then_some(&*party.text))
            });
            let known: BTreeSet<Stem> =
                known.chain(speakers(&self.row)).chain(day(&self.row)).flat_map(content_words).collect();
            let words = self.row.text.split(|character: char| !character.is_alphanumeric()).skip(1);
            let names = words.filter(|word| word.starts_with(char::is_uppercase) && word.chars().count() > 3);
            names.map(Stem::of).filter(|name| !known.contains(name)).collect()
        })
    }
}

/// The first letters of a word, without regard to their case: enough to tell words apart, too few for their endings to matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Stem(u128);

impl Stem {
    pub(crate) fn of(word: &str) -> Stem {
        // A character has 21 bits.
        Stem(stem(word).fold(0, |stem, letter| stem << 21 | u128::from(letter)))
    }
}

/// The letters of a word's stem.
pub(crate) fn stem(word: &str) -> impl Iterator<Item = char> {
    word.chars().take(5).flat_map(char::to_lowercase)
}

/// What the speakers of a report are called.
fn speakers<'c>(row: &'c Compared<'_>) -> impl Iterator<Item = &'c str> {
    row.attribution.iter().flat_map(|said| [&*said.speaker.text, &*said.speaker.name])
}

/// The words that its date was read from.
fn day<'c>(row: &'c Compared<'_>) -> Option<&'c str> {
    row.date.as_ref()?.words.as_ref().map(|words| &*words.text)
}

/// The words of more than three letters, without their endings.
fn content_words(text: &str) -> impl Iterator<Item = Stem> {
    let words = text.split(|character: char| !character.is_alphanumeric());
    words.filter(|word| word.chars().count() > 3 || word.bytes().any(|byte| byte.is_ascii_digit())).map(Stem::of)
}
