//! Shorter names of whoever the article named in full before: surnames, acronyms, and what a group is called for short ("the
//! Tigers", "the Serbs" after "Bosnian Serb").
//!
//! What the article itself says comes before the codebook: after "Mark Thatcher", "Thatcher" is he and not who is famous by
//! that name.

use polybius_codebook::{Codebook, Form, Kind, RowId};
use polybius_document::{Document, MentionKind, TokenId, Upos};

use super::Names;

/// How many names in full a shorter one may take up.
const MOST_NAMES: usize = 500;

/// A name in full.
struct Full {
    first: String,
    last: String,
    initials: String,
    person: bool,
    /// Words of a group's names that are nobody else's, in the singular.
    group: Vec<String>,
    rows: Vec<RowId>,
}

impl Names {
    /// Gives surnames and acronyms the rows of the last fuller name before them, and finds those that nobody else found.
    pub(super) fn add_shorter(&mut self, document: &Document, codebook: &Codebook) {
        let mut full: Vec<Full> = Vec::new();
        let mut defined: Vec<(String, Vec<RowId>)> = Vec::new();
        let mut added = false;
        let mut token = TokenId(0);
        while token.index() < document.n_tokens() {
            let Some(index) = self.over[token.index()] else {
                let word = document.token(token);
                let rows = || told(word.text(), &full, &defined).or_else(|| group_told(word.text(), &full));
                let rows = (word.upos() == Upos::Propn).then(rows).flatten();
                if let Some(rows) = rows.filter(|rows| !rows.is_empty()) {
                    self.add(token..TokenId(token.0 + 1), rows);
                    self.list.last_mut().expect("one was just added").by_chain = true;
                    added = true;
                }
                token = TokenId(token.0 + 1);
                continue;
            };
            let name = &self.list[index as usize];
            let (tokens, text) = (name.tokens.clone(), document.text(document.span_of(&name.tokens)));
            let rows_are = |test: &dyn Fn(RowId) -> bool| name.rows.iter().all(|&row| test(row));
            let is_short = rows_are(&|row| {
                let row = codebook.entities.row(row);
                let person = codebook.entities.get(row.entity).kind == Kind::Person;
                (person && (row.form == Form::Short || &*row.name != text))
                    || (!person && matches!(row.form, Form::Acronym | Form::Alias) && is_capitals(text))
            });
            let place = matches!(name.mention, Some(MentionKind::Gpe | MentionKind::Loc | MentionKind::Norp));
            let people = rows_are(&|row| codebook.entities.row(row).form == Form::Demonym);
            if name.n_words() == 1
                && people
                && let Some(rows) = group_told(text, &full)
            {
                let name = &mut self.list[index as usize];
                name.by_chain = true;
                name.rows = rows;
            } else if name.n_words() == 1 && is_short && !place {
                let entity = |row: &RowId| codebook.entities.row(*row).entity;
                let same =
                    |rows: &[RowId]| rows.iter().any(|row| name.rows.iter().any(|own| entity(own) == entity(row)));
                if let Some(rows) = told(text, &full, &defined).filter(|rows| !same(rows)) {
                    let name = &mut self.list[index as usize];
                    name.by_chain = !rows.is_empty();
                    name.rows = rows;
                }
            } else if name.n_words() > 1 {
                full.push(Full::of(name.mention, &name.rows, text, codebook));
            }
            defined.extend(
                self.acronym_after(document, tokens.end).map(|text| (text, self.list[index as usize].rows.clone())),
            );
            token = tokens.end.max(TokenId(token.0 + 1));
        }
        if added {
            self.index();
        }
    }

    /// "(RPF)" after a name.
    fn acronym_after(&self, document: &Document, at: TokenId) -> Option<String> {
        let word = |offset: u32| {
            let id = TokenId(at.0 + offset);
            (id.index() < document.n_tokens()).then(|| document.token(id).text())
        };
        (word(0)? == "(" && is_capitals(word(1)?) && word(2)? == ")").then(|| word(1).unwrap_or_default().to_owned())
    }
}

impl Full {
    fn of(mention: Option<MentionKind>, rows: &[RowId], text: &str, codebook: &Codebook) -> Full {
        let kind = |row: &RowId| codebook.entities.get(codebook.entities.row(*row).entity).kind;
        let person =
            if rows.is_empty() { mention == Some(MentionKind::Person) } else { kind(&rows[0]) == Kind::Person };
        let words = text.split([' ', '-']);
        let ends_small = words.clone().next_back().is_some_and(|word| word.starts_with(char::is_lowercase));
        let is_group = rows.first().is_some_and(|row| kind(row) == Kind::Group);
        let group = rows.first().filter(|_| is_group).map(|&row| plurals(codebook, row)).unwrap_or_default();
        Full {
            first: words.clone().next().unwrap_or_default().to_owned(),
            last: text.split(' ').next_back().unwrap_or_default().to_owned(),
            // "United Nations refugee agency" is not the UN.
            initials: words
                .filter(|_| !ends_small)
                .filter_map(|word| word.chars().next())
                .filter(|c| c.is_uppercase())
                .collect(),
            person,
            group,
            rows: rows.to_vec(),
        }
    }
}

/// The rows of the last name before that `text` shortens; empty where that name is in no codebook.
fn told(text: &str, full: &[Full], defined: &[(String, Vec<RowId>)]) -> Option<Vec<RowId>> {
    if is_capitals(text) {
        let by_definition =
            defined.iter().rev().take(MOST_NAMES).find(|(acronym, _)| acronym == text).map(|(_, rows)| rows.clone());
        let by_initials =
            || recent(full).find(|name| !name.person && name.initials == text).map(|name| name.rows.clone());
        return by_definition.or_else(by_initials).filter(|rows| !rows.is_empty());
    }
    let people = || recent(full).filter(|name| name.person);
    people()
        .find(|name| name.last == text)
        .or_else(|| people().find(|name| name.first == text && !name.rows.is_empty()))
        .map(|name| name.rows.clone())
}

/// The rows of the last group before whose names hold the word: "the Tigers", "a Tiger".
fn group_told(text: &str, full: &[Full]) -> Option<Vec<RowId>> {
    let one = singular(text);
    recent(full).find(|name| name.group.iter().any(|word| word == one)).map(|name| name.rows.clone())
}

/// The plurals in the names of a group of several words that say nothing common, each in the singular: "Tiger", "Serb".
fn plurals(codebook: &Codebook, row: RowId) -> Vec<String> {
    let entity = codebook.entities.get(codebook.entities.row(row).entity);
    let names = entity.rows.iter().map(|&row| &*codebook.entities.row(row).name).filter(|name| name.contains(' '));
    let plural = |word: &&str| {
        let common = |word: &str| codebook.roles.get(&word.to_lowercase()).is_some();
        let name = word.starts_with(char::is_uppercase) && word.ends_with('s') && word.chars().count() > LONG;
        name && !common(word) && !common(singular(word))
    };
    names.flat_map(|name| name.split(' ')).filter(plural).map(|word| singular(word).to_owned()).collect()
}

/// A plural has more letters than this.
const LONG: usize = 4;

fn singular(word: &str) -> &str {
    word.strip_suffix('s').unwrap_or(word)
}

/// The last names in full, so that an article of any length is read in linear time.
fn recent(full: &[Full]) -> impl Iterator<Item = &Full> {
    full.iter().rev().take(MOST_NAMES)
}

/// "RPF", "G7".
fn is_capitals(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic());
    text.chars().count() > 1 && letters.clone().next().is_some() && letters.clone().all(char::is_uppercase)
}
