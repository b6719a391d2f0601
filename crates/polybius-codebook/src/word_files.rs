//! Reading word sets: `words.toml`, the `[words]` tables of pattern files, and every list of words that names sets.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::problems::{Problems, nearest};
use crate::toml_file::{Fields, Lines, Text, parse_toml};
use crate::{Place, SourceFile, WordSet, WordSets};

/// How deep sets may hold sets.
const MAX_DEPTH: usize = 32;

/// The sets that a file may use: its own and the shared ones.
pub(crate) struct Scope<'s> {
    shared: Option<&'s WordSets>,
    own: BTreeMap<Box<str>, Arc<WordSet>>,
    /// The names of its own sets, those that are still to be expanded included.
    names: Vec<Box<str>>,
}

/// Reads `words.toml`.
pub(crate) fn read_words(file: &SourceFile, problems: &mut Problems) -> WordSets {
    let lines = Lines::new(file);
    let Some(root) = parse_toml(file, &lines, problems) else {
        // What stood in the file is unknown: no use of a set can be judged.
        return WordSets { unread: true, ..WordSets::default() };
    };
    let scope = Scope::read(Fields::new(root.get_ref(), 0, &lines), None, problems);
    WordSets { sets: scope.own, unread: false }
}

impl<'s> Scope<'s> {
    /// A scope without sets of its own.
    pub fn of(shared: &'s WordSets) -> Scope<'s> {
        Scope { shared: Some(shared), own: BTreeMap::new(), names: Vec::new() }
    }

    /// Reads a table of sets.
    pub fn read(mut table: Fields<'_>, shared: Option<&'s WordSets>, problems: &mut Problems) -> Scope<'s> {
        let mut written = BTreeMap::new();
        for (name, words) in table.rest(problems) {
            if shared.is_some_and(|shared| shared.get(name.text).is_some()) {
                let message = format!("the word set `{}` hides the one of words.toml", name.text);
                problems.warning(&name.place, message, Some("give it another name".to_string()));
            }
            written.insert(name.text, (name.place, words));
        }
        let names = written.keys().map(|&name| name.into()).collect();
        let mut scope = Scope { shared, own: BTreeMap::new(), names };
        for name in written.keys().copied() {
            scope.expand(name, &written, &mut Vec::new(), problems);
        }
        scope
    }

    /// The words of a list, its sets expanded.
    pub fn words(&self, list: &[Text<'_>], problems: &mut Problems) -> Arc<WordSet> {
        if let [only] = list
            && let Some(name) = only.text.strip_prefix('@')
        {
            return self.set(name, &only.place, problems).unwrap_or_default();
        }
        Arc::new(WordSet::new(self.list(list, problems)))
    }

    /// The words of a list, its sets expanded, as they stand.
    pub fn list(&self, list: &[Text<'_>], problems: &mut Problems) -> Vec<Box<str>> {
        let mut words = Vec::with_capacity(list.len());
        for text in list {
            match text.text.strip_prefix('@') {
                Some(name) => {
                    let set = self.set(name, &text.place, problems).unwrap_or_default();
                    words.extend(set.iter().cloned());
                }
                None => words.extend(lemma(text, problems)),
            }
        }
        words
    }

    fn set(&self, name: &str, place: &Place, problems: &mut Problems) -> Option<Arc<WordSet>> {
        let found = self.own.get(name).or_else(|| self.shared?.get(name));
        if found.is_none() && !self.shared.is_some_and(|shared| shared.unread) {
            let own = self.names.iter().map(|name| &**name);
            let names = own.chain(self.shared.into_iter().flat_map(|shared| shared.iter().map(|(name, _)| name)));
            let cure = nearest(name, names).map(|name| format!("did you mean `@{name}`?"));
            problems.error(place, format!("there is no word set `@{name}`"), cure);
        }
        found.cloned()
    }

    /// Expands a set of the table, those it holds first.
    fn expand<'t>(
        &mut self,
        name: &'t str,
        written: &BTreeMap<&'t str, (Place, Vec<Text<'t>>)>,
        above: &mut Vec<&'t str>,
        problems: &mut Problems,
    ) {
        let Some((place, list)) = written.get(name) else { return };
        if self.own.contains_key(name) {
            return;
        }
        above.push(name);
        let mut usable = Vec::with_capacity(list.len());
        for text in list {
            let inner = text.text.strip_prefix('@').unwrap_or_default();
            if above.contains(&inner) {
                let message = format!("the word set `@{inner}` holds itself");
                problems.error(&text.place, message, Some(format!("take `@{inner}` out of `{name}`")));
                continue;
            }
            if above.len() > MAX_DEPTH {
                problems.error(place, format!("word sets hold each other more than {MAX_DEPTH} deep"), None);
                continue;
            }
            self.expand(inner, written, above, problems);
            usable.push(text.clone());
        }
        above.pop();
        let set = self.words(&usable, problems);
        if list.is_empty() {
            problems.error(place, format!("the word set `{name}` is empty"), None);
        }
        self.own.insert(name.into(), set);
    }
}

/// A lemma as it is looked up.
fn lemma(text: &Text<'_>, problems: &mut Problems) -> Option<Box<str>> {
    let word = text.text.trim();
    if word.is_empty() {
        problems.error(&text.place, "a word is empty", None);
        return None;
    }
    if word.starts_with(['#', '*']) {
        problems.error(
            &text.place,
            format!("`{word}` is not a word"),
            Some("classes stand in `when` and `unless`".to_string()),
        );
        return None;
    }
    if word.chars().any(char::is_uppercase) {
        let lower = word.to_lowercase();
        let message = format!("`{word}` has capitals, and lemmas have none");
        problems.warning(&text.place, message, Some(format!("write `{lower}`")));
        return Some(lower.into());
    }
    Some(word.into())
}
