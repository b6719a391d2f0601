//! The word lists of `models/words.txt`.

use std::collections::{HashMap, HashSet};

use crate::ModelError;

/// Word lists of the tokeniser, the sentence splitter and what puts trees right.
#[derive(Debug, Default)]
pub(crate) struct Words {
    /// Abbreviations that never end a sentence, without their stop.
    pub(crate) before_names: HashSet<String>,
    /// Abbreviations that may end a sentence, without their stop.
    pub(crate) abbreviations: HashSet<String>,
    /// Abbreviations only if a number follows.
    pub(crate) before_numbers: HashSet<String>,
    pub(crate) sentence_starters: HashSet<String>,
    pub(crate) speech_verbs: HashSet<String>,
    /// Lemmas of verbs that want an infinitive.
    pub(crate) infinitive_verbs: HashSet<String>,
    /// Nouns that want one.
    pub(crate) infinitive_nouns: HashSet<String>,
    /// Lemmas of verbs by which only whoever speaks goes on.
    pub(crate) accusing_verbs: HashSet<String>,
    /// Lemmas of verbs that end a sentence, with who told it before them.
    pub(crate) closing_verbs: HashSet<String>,
    pub(crate) prefixes: HashSet<String>,
    pub(crate) units: HashSet<String>,
    /// A contraction written as one word, and the length in bytes of its first part.
    pub(crate) contractions: HashMap<String, usize>,
    pub(crate) clitics: HashSet<String>,
}

impl Words {
    /// Reads the file; a section nobody knows is an error.
    pub(crate) fn parse(text: &str) -> Result<Words, ModelError> {
        let mut words = Words::default();
        let mut section = String::new();
        for (index, line) in text.lines().enumerate() {
            let line = line.split('#').next().unwrap_or("").trim();
            if let Some(name) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
                section = name.to_owned();
                continue;
            }
            for word in line.split_whitespace() {
                let fail =
                    |reason: &str| ModelError::Line { file: "words", line: index + 1, reason: reason.to_owned() };
                if section == "contractions" {
                    let (first, second) = word.split_once('+').ok_or_else(|| fail("a contraction is first+second"))?;
                    words.contractions.insert(format!("{first}{second}"), first.len());
                    continue;
                }
                let list = match section.as_str() {
                    "abbreviations-before-names" => &mut words.before_names,
                    "abbreviations" => &mut words.abbreviations,
                    "abbreviations-before-numbers" => &mut words.before_numbers,
                    "sentence-starters" => &mut words.sentence_starters,
                    "speech-verbs" => &mut words.speech_verbs,
                    "infinitive-verbs" => &mut words.infinitive_verbs,
                    "infinitive-nouns" => &mut words.infinitive_nouns,
                    "accusing-verbs" => &mut words.accusing_verbs,
                    "closing-verbs" => &mut words.closing_verbs,
                    "prefixes" => &mut words.prefixes,
                    "units" => &mut words.units,
                    "clitics" => &mut words.clitics,
                    _ => return Err(fail("this section has no meaning here")),
                };
                list.insert(word.to_owned());
            }
        }
        Ok(words)
    }
}
