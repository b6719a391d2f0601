//! Reading TOML by hand, so that every problem is found, each with its line.

use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::problems::{Problems, did_you_mean};
use crate::{Place, SourceFile};

/// The path of a file and where its lines start.
#[derive(Debug)]
pub(crate) struct Lines {
    path: Arc<str>,
    starts: Vec<usize>,
}

impl Lines {
    pub fn new(file: &SourceFile) -> Lines {
        let after_breaks = file.text.bytes().enumerate().filter(|&(_, byte)| byte == b'\n').map(|(at, _)| at + 1);
        Lines { path: file.path.as_str().into(), starts: std::iter::once(0).chain(after_breaks).collect() }
    }

    /// The place of a byte of the file.
    pub fn place(&self, offset: usize) -> Place {
        let line = self.starts.partition_point(|&start| start <= offset);
        Place { path: self.path.clone(), line: line as u32 }
    }
}

/// Parses a file. If its grammar is broken, says where, and gives nothing.
pub(crate) fn parse_toml<'t>(
    file: &'t SourceFile,
    lines: &Lines,
    problems: &mut Problems,
) -> Option<Spanned<DeTable<'t>>> {
    let (table, errors) = DeTable::parse_recoverable(&file.text);
    let mut by_place: Vec<(usize, &str)> =
        errors.iter().map(|error| (error.span().map_or(0, |span| span.start), error.message())).collect();
    by_place.sort();
    let mut last = None;
    for (offset, message) in by_place {
        // What follows a mistake within a table mostly follows from it; at the next table the parser has recovered.
        let between =
            last.map(|last: usize| &file.text.as_bytes()[last.min(file.text.len())..offset.min(file.text.len())]);
        if between.is_none_or(|between| between.windows(2).any(|bytes| bytes == b"\n[")) {
            problems.error(&lines.place(offset), message.trim().replace('\n', ", "), None);
            last = Some(offset);
        }
    }
    errors.is_empty().then_some(table)
}

/// A string of a file, and where it stands.
#[derive(Debug, Clone)]
pub(crate) struct Text<'t> {
    pub text: &'t str,
    pub place: Place,
}

/// A table of a file, read key by key; [`Fields::finish`] then reports the keys that nobody asked for.
#[derive(Debug)]
pub(crate) struct Fields<'t> {
    pub place: Place,
    lines: &'t Lines,
    /// Keys that nobody asked for yet, in the order of the text.
    left: Vec<(&'t str, Place, &'t Spanned<DeValue<'t>>)>,
    asked: Vec<&'static str>,
}

impl<'t> Fields<'t> {
    pub fn new(table: &'t DeTable<'t>, offset: usize, lines: &'t Lines) -> Fields<'t> {
        let mut keys: Vec<_> = table.iter().collect();
        keys.sort_by_key(|(key, _)| key.span().start);
        let left = keys.into_iter().map(|(key, value)| (&**key.get_ref(), lines.place(key.span().start), value));
        Fields { place: lines.place(offset), lines, left: left.collect(), asked: Vec::new() }
    }

    /// A key whose value is a string.
    pub fn text(&mut self, key: &'static str, problems: &mut Problems) -> Option<Text<'t>> {
        let (_, place, value) = self.take(key)?;
        match value.get_ref() {
            DeValue::String(text) => Some(Text { text, place: self.place_of(value) }),
            other => {
                wrong_kind(&place, key, "a string", other, problems);
                None
            }
        }
    }

    /// A key that must be there and not be empty.
    pub fn required(&mut self, key: &'static str, problems: &mut Problems) -> Option<Text<'t>> {
        if !self.left.iter().any(|(name, ..)| *name == key) {
            self.asked.push(key);
            problems.error(&self.place, format!("`{key}` is missing"), None);
            return None;
        }
        let text = self.text(key, problems)?;
        if text.text.trim().is_empty() {
            problems.error(&text.place, format!("`{key}` is empty"), None);
            return None;
        }
        Some(text)
    }

    /// A key whose value is true or false.
    pub fn flag(&mut self, key: &'static str, problems: &mut Problems) -> Option<bool> {
        let (_, place, value) = self.take(key)?;
        match value.get_ref() {
            DeValue::Boolean(flag) => Some(*flag),
            other => {
                wrong_kind(&place, key, "true or false", other, problems);
                None
            }
        }
    }

    /// A key whose value is a string or a list of strings; `None` if the key is not there.
    pub fn texts(&mut self, key: &'static str, problems: &mut Problems) -> Option<Vec<Text<'t>>> {
        let (name, place, value) = self.take(key)?;
        Some(self.strings(name, &place, value, problems))
    }

    /// A key whose value is a table.
    pub fn table(&mut self, key: &'static str, problems: &mut Problems) -> Option<Fields<'t>> {
        let (_, place, value) = self.take(key)?;
        match value.get_ref() {
            DeValue::Table(table) => Some(Fields { place, ..Fields::new(table, 0, self.lines) }),
            other => {
                wrong_kind(&place, key, "a table", other, problems);
                None
            }
        }
    }

    /// A key whose value is a list of tables, `[[key]]`.
    pub fn tables(&mut self, key: &'static str, problems: &mut Problems) -> Vec<Fields<'t>> {
        let Some((_, place, value)) = self.take(key) else { return Vec::new() };
        let DeValue::Array(array) = value.get_ref() else {
            wrong_kind(&place, key, "a list of tables", value.get_ref(), problems);
            return Vec::new();
        };
        let mut tables = Vec::new();
        for item in array.iter() {
            match item.get_ref() {
                DeValue::Table(table) => tables.push(Fields::new(table, item.span().start, self.lines)),
                other => wrong_kind(&self.place_of(item), key, "a list of tables", other, problems),
            }
        }
        tables
    }

    /// All keys that are left, whatever their names: each a string or a list of strings.
    pub fn rest(&mut self, problems: &mut Problems) -> Vec<(Text<'t>, Vec<Text<'t>>)> {
        let left = std::mem::take(&mut self.left);
        let read = left.into_iter().map(|(name, place, value)| {
            let texts = self.strings(name, &place, value, problems);
            (Text { text: name, place }, texts)
        });
        read.collect()
    }

    /// Reports the keys that nobody asked for.
    pub fn finish(self, problems: &mut Problems) {
        for (name, place, _) in &self.left {
            let cure = did_you_mean(name, self.asked.iter().copied());
            problems.error(place, format!("unknown key `{name}`"), cure);
        }
    }

    fn strings(
        &self,
        name: &str,
        place: &Place,
        value: &'t Spanned<DeValue<'t>>,
        problems: &mut Problems,
    ) -> Vec<Text<'t>> {
        let items = match value.get_ref() {
            DeValue::String(text) => return vec![Text { text, place: self.place_of(value) }],
            DeValue::Array(items) => items,
            other => {
                wrong_kind(place, name, "a string or a list of strings", other, problems);
                return Vec::new();
            }
        };
        let mut texts = Vec::new();
        for item in items.iter() {
            match item.get_ref() {
                DeValue::String(text) => texts.push(Text { text, place: self.place_of(item) }),
                other => wrong_kind(&self.place_of(item), name, "a list of strings", other, problems),
            }
        }
        texts
    }

    fn take(&mut self, key: &'static str) -> Option<(&'t str, Place, &'t Spanned<DeValue<'t>>)> {
        self.asked.push(key);
        let position = self.left.iter().position(|(name, ..)| *name == key)?;
        Some(self.left.remove(position))
    }

    fn place_of(&self, value: &Spanned<DeValue<'_>>) -> Place {
        self.lines.place(value.span().start)
    }
}

fn wrong_kind(place: &Place, key: &str, expected: &str, found: &DeValue<'_>, problems: &mut Problems) {
    problems.error(place, format!("`{key}` must be {expected}, not {}", found.type_str()), None);
}
