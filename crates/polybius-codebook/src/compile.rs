//! Compiling imported names into the block that [`crate::CompiledNames`] reads.

use rustc_hash::FxHashMap;

use crate::compiled::{
    BODY, CompiledNames, DIGESTS, ENTITY_WORDS, FOLDER, LENGTHS, MAGIC, N_SECTIONS, ROW_WORDS, digest_of, office_number,
};
use crate::digest::{EMPTY, digest};
use crate::fold::{Key, exact_number};
use crate::gazetteer::{Capitals, first_words};
use crate::number_table;
use crate::{Codebook, Entities, EntityId, PartialDate, RowId, SourceFile};

/// Compiles the files of `entities/imported/`, with `codebook` read from all `files` as text.
///
/// # Errors
/// Why they have to be read as text, for a person to read: an entity has rows there and elsewhere, or a name is too long.
pub fn compile(files: &[SourceFile], codebook: &Codebook) -> Result<Vec<u8>, String> {
    let entities = &codebook.entities;
    let is_compiled = |row: RowId| CompiledNames::covers(&entities.row(row).place.path);
    let first_row = entities.row_ids().position(is_compiled).unwrap_or(entities.n_rows());
    let mut first_entity = None;
    for (id, entity) in entities.iter() {
        let n_compiled = entity.rows.iter().filter(|&&row| is_compiled(row)).count();
        match n_compiled {
            0 => {}
            n if n == entity.rows.len() => _ = first_entity.get_or_insert(id.index()),
            _ => return Err(format!("`{}` has rows in {FOLDER} and in other files", entity.id)),
        }
    }
    let too_long = |&row: &RowId| entities.name_of(row).len() > usize::from(u16::MAX);
    if let Some(row) = entities.row_ids().find(too_long) {
        return Err(format!("the name at {} is too long", entities.row(row).place));
    }
    let first_entity = first_entity.unwrap_or(entities.iter().count());
    let mut block =
        Block { entities, codebook, first_entity, first_row, strings: FxHashMap::default(), texts: Vec::new() };
    let sections = block.sections();
    let mut bytes = vec![0; BODY];
    bytes[..DIGESTS].copy_from_slice(MAGIC);
    for (number, section) in sections.iter().enumerate() {
        bytes[LENGTHS + 8 * number..][..8].copy_from_slice(&(section.len() as u64).to_le_bytes());
        bytes.extend(section);
    }
    let body = digest(EMPTY, &bytes[LENGTHS..]);
    bytes[DIGESTS..][..8].copy_from_slice(&digest_of(files).to_le_bytes());
    bytes[DIGESTS + 8..][..8].copy_from_slice(&body.to_le_bytes());
    Ok(bytes)
}

/// What a table of numbers is written from.
type Pairs = Vec<(u64, u32)>;

struct Block<'c> {
    entities: &'c Entities,
    codebook: &'c Codebook,
    first_entity: usize,
    first_row: usize,
    /// Shared strings by what they say, counted from 1.
    strings: FxHashMap<Box<str>, u32>,
    texts: Vec<u8>,
}

impl Block<'_> {
    fn sections(&mut self) -> [Vec<u8>; N_SECTIONS] {
        let (entities, entity_rows, ids) = self.entities();
        let (rows, [names, longest, offices]) = self.rows();
        let table = |pairs: Pairs| number_table::write(&pairs);
        let mut strings: Vec<(&str, u32)> = self.strings.iter().map(|(text, &number)| (&**text, number)).collect();
        strings.sort_unstable_by_key(|&(_, number)| number);
        let strings = strings.into_iter().flat_map(|(text, _)| {
            u32::to_le_bytes(text.len() as u32).into_iter().chain(text.bytes()).collect::<Vec<_>>()
        });
        let strings = strings.collect();
        let text = std::mem::take(&mut self.texts);
        [strings, text, entities, entity_rows, rows, table(names), table(longest), table(ids), table(offices)]
    }

    fn entities(&mut self) -> (Vec<u8>, Vec<u8>, Pairs) {
        let (mut records, mut rows, mut ids) = (Vec::new(), Vec::new(), Vec::new());
        let n_entities = self.entities.iter().count();
        for index in self.first_entity..n_entities {
            let entity = self.entities.get(EntityId::from_index(index));
            let (id, id_length) = self.text(&entity.id);
            let (canonical, length) = self.text(&entity.canonical);
            let wikidata = entity.wikidata.as_deref().and_then(|item| item.get(1..)?.parse::<u64>().ok()).unwrap_or(0);
            let country = self.string(entity.country.as_deref());
            let n_rows = (rows.len() / 4) as u32;
            let words: [u32; ENTITY_WORDS] = [
                id,
                id_length,
                canonical,
                length,
                entity.kind as u32,
                country,
                wikidata as u32,
                (wikidata >> 32) as u32,
                n_rows,
            ];
            records.extend(words.into_iter().flat_map(u32::to_le_bytes));
            rows.extend(entity.rows.iter().flat_map(|row| self.local(*row).to_le_bytes()));
            ids.push((exact_number(&entity.id), (index - self.first_entity) as u32));
        }
        let mut end = [0; ENTITY_WORDS];
        end[ENTITY_WORDS - 1] = (rows.len() / 4) as u32;
        records.extend(end.into_iter().flat_map(u32::to_le_bytes));
        (records, rows, ids)
    }

    /// The records of the rows, and the pairs of the tables of names, first words and offices.
    fn rows(&mut self) -> (Vec<u8>, [Pairs; 3]) {
        let mut records: Vec<[u32; ROW_WORDS]> = Vec::new();
        let (mut names, mut last_of) = (Vec::new(), FxHashMap::default());
        let mut longest: FxHashMap<u64, u32> = FxHashMap::default();
        let mut offices = Vec::new();
        for row in (self.first_row..self.entities.n_rows()).map(RowId::from_index) {
            let listed = self.entities.row(row);
            let (local, key) = (self.local(row), Key::of(&listed.name));
            for first in first_words(&listed.name) {
                let length = longest.entry(first).or_default();
                *length = key.n_characters().max(*length);
            }
            match last_of.insert(key.number(), local) {
                Some(before) => records[before as usize][ROW_WORDS - 1] = local,
                None => names.push((key.number(), local)),
            }
            if let (Some(country), false) = (&listed.country, listed.role.is_empty()) {
                offices.push((office_number(country, &listed.role), local));
            }
            let (name, length) = self.text(&listed.name);
            let capitals = Capitals::of(&listed.name) as u32;
            let sector = listed.sector.map(|sector| &*self.codebook.ontology.sector(sector).name);
            let date = |date: Option<PartialDate>| date.map_or(0, PartialDate::packed);
            records.push([
                listed.entity.0 - self.first_entity as u32,
                name,
                length | (listed.form as u32) << 16 | capitals << 24,
                self.string(sector),
                self.string((!listed.role.is_empty()).then_some(&*listed.role)),
                self.string(listed.country.as_deref()),
                date(listed.from),
                date(listed.until),
                self.string(Some(&listed.source)),
                listed.place.line,
                self.string(Some(&listed.place.path)),
                0,
            ]);
        }
        let records = records.into_iter().flatten().flat_map(u32::to_le_bytes).collect();
        let mut longest: Pairs = longest.into_iter().collect();
        longest.sort_unstable();
        (records, [names, longest, offices])
    }

    fn local(&self, row: RowId) -> u32 {
        row.0 - self.first_row as u32
    }

    fn text(&mut self, text: &str) -> (u32, u32) {
        let start = self.texts.len() as u32;
        self.texts.extend(text.bytes());
        (start, text.len() as u32)
    }

    fn string(&mut self, text: Option<&str>) -> u32 {
        let Some(text) = text else { return 0 };
        let next = self.strings.len() as u32 + 1;
        match self.strings.get(text) {
            Some(&number) => number,
            None => *self.strings.entry(text.into()).or_insert(next),
        }
    }
}
