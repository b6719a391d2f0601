//! Entities: countries, people, bodies, groups and outlets, by name, by office and by id.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use jiff::civil::Date;
use rustc_hash::{FxHashMap, FxHasher};

use crate::compiled::CompiledNames;
use crate::dates::span_holds;
use crate::fold::Key;
use crate::gazetteer::{self, Gazetteer};
use crate::{EntityId, Form, Kind, PartialDate, Place, RowId, SectorId};

/// One name of one entity in one role over one span of time.
#[derive(Debug, Clone)]
pub struct EntityRow {
    /// The entity.
    pub entity: EntityId,
    /// The words that name it.
    pub name: Box<str>,
    /// How they name it.
    pub form: Form,
    /// The sector it belongs to in this role.
    pub sector: Option<SectorId>,
    /// The office, in lower case; empty if none.
    pub role: Box<str>,
    /// The country it belongs to in this role, ISO 3166-1 alpha-3; a country belongs to itself.
    pub country: Option<Box<str>>,
    /// Since when; `None`: since ever.
    pub from: Option<PartialDate>,
    /// Until when; `None`: to this day.
    pub until: Option<PartialDate>,
    /// Where the fact is from.
    pub source: Arc<str>,
    /// Where it is listed.
    pub place: Place,
}

/// An entity: what all of its rows say.
#[derive(Debug, Clone)]
pub struct Entity {
    /// Its id.
    pub id: Box<str>,
    /// Its first name.
    pub canonical: Box<str>,
    /// What it is.
    pub kind: Kind,
    /// The country it belongs to, ISO 3166-1 alpha-3; a country belongs to itself.
    pub country: Option<Box<str>>,
    /// Its item in Wikidata.
    pub wikidata: Option<Box<str>>,
    /// Its rows, file by file.
    pub rows: Vec<RowId>,
}

/// All entities.
#[derive(Debug, Clone, Default)]
pub struct Entities {
    pub(crate) entities: Vec<Entity>,
    pub(crate) rows: Vec<EntityRow>,
    /// Entities by a number for their ids; the next number where another id has that one.
    pub(crate) ids: FxHashMap<u64, EntityId>,
    pub(crate) names: Gazetteer,
    /// Rows that hold an office, by country; those of persons who serve none under the empty word.
    pub(crate) offices: FxHashMap<Box<str>, Vec<RowId>>,
    /// Names of persons by the number of the key of their last word; imported names that were compiled are left out.
    pub(crate) last_words: FxHashMap<u64, Vec<RowId>>,
    /// The names of persons of several words, by what is left of them when spelling varies.
    pub(crate) by_sound: FxHashMap<u64, Vec<RowId>>,
    /// Imported names that were compiled; their entities and rows come after all others.
    pub(crate) compiled: Option<Arc<CompiledNames>>,
}

impl Entities {
    /// Makes room.
    pub(crate) fn reserve(&mut self, n_rows: usize) {
        self.rows.reserve(n_rows);
        self.entities.reserve(n_rows / 2);
        self.ids.reserve(n_rows / 2);
        self.names.reserve(n_rows);
    }

    /// The entity of this number.
    pub fn get(&self, id: EntityId) -> &Entity {
        match (self.entities.get(id.index()), &self.compiled) {
            (None, Some(compiled)) => compiled.entity(id),
            _ => &self.entities[id.index()],
        }
    }

    /// The row of this number.
    pub fn row(&self, id: RowId) -> &EntityRow {
        match (self.rows.get(id.index()), &self.compiled) {
            (None, Some(compiled)) => compiled.row(id),
            _ => &self.rows[id.index()],
        }
    }

    /// The entity of this id.
    pub fn by_id(&self, id: &str) -> Option<EntityId> {
        self.slot_of(id).1.or_else(|| self.compiled.as_ref()?.by_id(id))
    }

    /// Where the entity of this id stands in the index, or would stand, and the entity.
    pub(crate) fn slot_of(&self, id: &str) -> (u64, Option<EntityId>) {
        let mut hasher = FxHasher::default();
        id.hash(&mut hasher);
        let mut number = hasher.finish();
        loop {
            match self.ids.get(&number) {
                Some(&found) if *self.entities[found.index()].id != *id => number = number.wrapping_add(1),
                found => return (number, found.copied()),
            }
        }
    }

    /// Every entity with its number, in the order of the files.
    pub fn iter(&self) -> impl Iterator<Item = (EntityId, &Entity)> {
        let n_compiled = self.compiled.as_ref().map_or(0, |compiled| compiled.n_entities());
        (0..self.entities.len() + n_compiled).map(EntityId::from_index).map(|id| (id, self.get(id)))
    }

    /// The number of every row, in the order of the files.
    pub fn row_ids(&self) -> impl Iterator<Item = RowId> {
        (0..self.n_rows()).map(RowId::from_index)
    }

    /// The words of a row.
    pub fn name_of(&self, id: RowId) -> &str {
        match (self.rows.get(id.index()), &self.compiled) {
            (None, Some(compiled)) => compiled.name(id),
            _ => &self.rows[id.index()].name,
        }
    }

    /// How many rows there are.
    pub fn n_rows(&self) -> usize {
        self.rows.len() + self.compiled.as_ref().map_or(0, |compiled| compiled.n_rows())
    }

    /// The longest run of words, from the first of them, that is a name: how many words, and the rows of that name.
    ///
    /// The words are tokens: hyphens and `'s` stand apart. Case, accents, periods and apostrophes do not count, except
    /// that a name of five letters or fewer in capitals needs them all, and a name that starts with a capital needs it.
    pub fn longest_name(&self, words: &[&str]) -> Option<(usize, Vec<RowId>)> {
        gazetteer::longest(&self.names, self.compiled.as_deref(), words)
    }

    /// The rows whose name the text is as a whole, by the same rules.
    pub fn find(&self, name: &str) -> Vec<RowId> {
        gazetteer::find(&self.names, self.compiled.as_deref(), name)
    }

    /// Who held an office of a country on a day; without a day, who holds it now. Where two did, the later comer.
    pub fn holder(&self, country: &str, role: &str, on: Option<Date>) -> Option<EntityId> {
        let holding =
            self.office_rows(country, role).filter(|row| on.map_or(row.until.is_none(), |date| row.holds_on(date)));
        let mut latest: Option<&EntityRow> = None;
        for row in holding {
            let since = |row: &EntityRow| row.from.map(PartialDate::first_day);
            if latest.is_none_or(|latest| since(row) > since(latest)) {
                latest = Some(row);
            }
        }
        latest.map(|row| row.entity)
    }

    /// Whether anybody ever held an office of a country.
    pub fn has_office(&self, country: &str, role: &str) -> bool {
        self.office_rows(country, role).next().is_some()
    }

    fn office_rows<'e>(&'e self, country: &'e str, role: &'e str) -> impl Iterator<Item = &'e EntityRow> {
        let listed = self.offices.get(country).into_iter().flatten().copied();
        let compiled = self.compiled.iter().flat_map(move |compiled| compiled.offices(country, role));
        let rows = listed.chain(compiled).map(|row| self.row(row));
        rows.filter(move |row| &*row.role == role && row.country.as_deref() == Some(country))
    }

    /// Who of no country held, on a day, an office that `is` accepts: who heads an organisation of states.
    pub fn holder_of_none(&self, on: Option<Date>, is: impl Fn(&EntityRow) -> bool) -> Option<EntityId> {
        let rows = self.offices.get("")?.iter().map(|&row| self.row(row)).filter(|row| is(row));
        rows.filter(|row| on.map_or(row.until.is_none(), |date| row.holds_on(date))).map(|row| row.entity).last()
    }

    /// The names of persons that may be other spellings of this one: they have its consonants, as far as spelling keeps them.
    pub fn sounding_like(&self, name: &str) -> &[RowId] {
        let sound = crate::fold::sound(name);
        sound.and_then(|sound| self.by_sound.get(&Key::of(&sound).number())).map_or(&[], Vec::as_slice)
    }

    /// The names of persons that end in this word.
    pub fn with_last_word(&self, word: &str) -> &[RowId] {
        self.last_words.get(&Key::of(word).number()).map_or(&[], Vec::as_slice)
    }
}

impl EntityRow {
    /// Whether the row holds on a day.
    pub fn holds_on(&self, date: Date) -> bool {
        span_holds(self.from, self.until, date)
    }
}
