//! Imported names, compiled: entities, rows and look-ups in one block of bytes that is read where it lies.
//!
//! A million names take a second to read as tables and none to read as this. The block knows a digest of the files that
//! it was made from, and is used only as long as they have not changed.

use std::sync::{Arc, OnceLock};

use crate::digest::{EMPTY, digest};
use crate::fold::exact_number;
use crate::gazetteer::{Capitals, NameTable};
use crate::number_table::{values, word};
use crate::{Entity, EntityId, EntityRow, Form, Kind, Ontology, PartialDate, Place, RowId, SectorId, SourceFile};

/// The first bytes, with the version of the layout.
pub(crate) const MAGIC: &[u8; 16] = b"polybius names 1";
/// The folder whose files are compiled. They come after all others, so that where nothing else decides, a name of ours wins.
pub(crate) const FOLDER: &str = "entities/imported/";
/// Digest of the files, digest of what follows.
pub(crate) const DIGESTS: usize = MAGIC.len();
/// The lengths of the sections, eight bytes each.
pub(crate) const LENGTHS: usize = DIGESTS + 16;
pub(crate) const N_SECTIONS: usize = 9;
pub(crate) const BODY: usize = LENGTHS + 8 * N_SECTIONS;

/// The sections, in order.
#[derive(Clone, Copy)]
pub(crate) enum Section {
    /// Strings that many rows share: each its length, four bytes, and itself.
    Strings,
    /// Names and ids, one after the other.
    Text,
    /// Entities, `ENTITY_WORDS` words each, and one more that ends the last.
    Entities,
    /// The rows of each entity.
    EntityRows,
    /// Rows, `ROW_WORDS` words each.
    Rows,
    /// From keys of names to their first rows.
    Names,
    /// From first words to the length of the longest key.
    Longest,
    /// From ids to entities.
    Ids,
    /// From country and office to rows that hold it.
    Offices,
}

pub(crate) const ENTITY_WORDS: usize = 9;
pub(crate) const ROW_WORDS: usize = 12;

/// The compiled names of a codebook.
#[derive(Debug)]
pub struct CompiledNames {
    bytes: Vec<u8>,
    starts: [usize; N_SECTIONS + 1],
    strings: Vec<Arc<str>>,
    sectors: Vec<Option<SectorId>>,
    entities: Vec<OnceLock<Box<Entity>>>,
    rows: Vec<OnceLock<Box<EntityRow>>>,
    /// How many entities and rows come before these.
    n_before: (usize, usize),
}

impl CompiledNames {
    /// Opens compiled names for the files of an overlay.
    ///
    /// # Errors
    /// Why they cannot be used: they are broken, or the files have changed since.
    pub fn open(bytes: Vec<u8>, files: &[SourceFile]) -> Result<CompiledNames, &'static str> {
        const BROKEN: &str = "it is broken or of another version";
        if bytes.len() < BODY || !bytes.starts_with(MAGIC) {
            return Err(BROKEN);
        }
        if long(&bytes, DIGESTS + 8) != digest(EMPTY, &bytes[LENGTHS..]) {
            return Err(BROKEN);
        }
        if long(&bytes, DIGESTS) != digest_of(files) {
            return Err("its files have changed since");
        }
        let mut starts = [BODY; N_SECTIONS + 1];
        for section in 0..N_SECTIONS {
            let length = usize::try_from(long(&bytes, LENGTHS + 8 * section)).map_err(|_| BROKEN)?;
            starts[section + 1] = starts[section].checked_add(length).ok_or(BROKEN)?;
        }
        if starts[N_SECTIONS] != bytes.len() {
            return Err(BROKEN);
        }
        let mut names = CompiledNames {
            bytes,
            starts,
            strings: Vec::new(),
            sectors: Vec::new(),
            entities: Vec::new(),
            rows: Vec::new(),
            n_before: (0, 0),
        };
        names.strings = strings(names.section(Section::Strings)).ok_or(BROKEN)?;
        let n_entities = (names.section(Section::Entities).len() / (4 * ENTITY_WORDS)).saturating_sub(1);
        names.entities.resize_with(n_entities, OnceLock::new);
        names.rows.resize_with(names.section(Section::Rows).len() / (4 * ROW_WORDS), OnceLock::new);
        Ok(names)
    }

    /// Whether the file is among those that were compiled.
    pub(crate) fn covers(path: &str) -> bool {
        path.starts_with(FOLDER)
    }

    /// Sets what only the whole codebook knows. Returns false if it does not have a sector that rows name.
    pub(crate) fn attach(&mut self, ontology: &Ontology, n_entities: usize, n_rows: usize) -> bool {
        self.n_before = (n_entities, n_rows);
        self.sectors = self.strings.iter().map(|name| ontology.sector_named(name)).collect();
        let sectors = (0..self.rows.len()).map(|row| word(self.section(Section::Rows), row * ROW_WORDS + 3));
        let mut wanted: Vec<u32> = sectors.collect();
        wanted.sort_unstable();
        wanted.dedup();
        wanted.into_iter().filter(|&sector| sector > 0).all(|sector| self.sector(sector).is_some())
    }

    pub(crate) fn n_entities(&self) -> usize {
        self.entities.len()
    }

    pub(crate) fn n_rows(&self) -> usize {
        self.rows.len()
    }

    /// The entity of this number among all of the codebook.
    pub(crate) fn entity(&self, id: EntityId) -> &Entity {
        let index = id.index() - self.n_before.0;
        self.entities[index].get_or_init(|| {
            let field = |field| word(self.section(Section::Entities), index * ENTITY_WORDS + field);
            let wikidata = u64::from(field(6)) | u64::from(field(7)) << 32;
            let rows = field(8) as usize..field(8 + ENTITY_WORDS) as usize;
            Box::new(Entity {
                id: self.text(field(0), field(1)).into(),
                canonical: self.text(field(2), field(3)).into(),
                kind: Kind::ALL.get(field(4) as usize).copied().unwrap_or(Kind::Body),
                country: self.string(field(5)).map(|country| (**country).into()),
                wikidata: (wikidata > 0).then(|| format!("Q{wikidata}").into()),
                rows: rows.map(|at| self.row_id(word(self.section(Section::EntityRows), at))).collect(),
            })
        })
    }

    /// The row of this number among all of the codebook.
    pub(crate) fn row(&self, id: RowId) -> &EntityRow {
        let index = id.index() - self.n_before.1;
        self.rows[index].get_or_init(|| {
            let field = |field| self.row_word(index, field);
            let string = |field_of| self.string(field(field_of));
            Box::new(EntityRow {
                entity: EntityId::from_index(self.n_before.0 + field(0) as usize),
                name: self.row_name(index).into(),
                form: Form::ALL.get((field(2) >> 16 & 0xff) as usize).copied().unwrap_or(Form::Alias),
                sector: self.sector(field(3)),
                role: string(4).map_or_else(Box::default, |role| (**role).into()),
                country: string(5).map(|country| (**country).into()),
                from: PartialDate::unpacked(field(6)),
                until: PartialDate::unpacked(field(7)),
                source: string(8).cloned().unwrap_or_default(),
                place: Place { path: string(10).cloned().unwrap_or_default(), line: field(9) },
            })
        })
    }

    /// The words of a row, without building it.
    pub(crate) fn name(&self, id: RowId) -> &str {
        self.row_name(id.index() - self.n_before.1)
    }

    /// The entity of this id.
    pub(crate) fn by_id(&self, id: &str) -> Option<EntityId> {
        let field = |entity: u32, field| word(self.section(Section::Entities), entity as usize * ENTITY_WORDS + field);
        let mut found = values(self.section(Section::Ids), exact_number(id));
        let found = found.find(|&entity| self.text(field(entity, 0), field(entity, 1)) == id)?;
        Some(EntityId::from_index(self.n_before.0 + found as usize))
    }

    /// The rows that hold an office of a country, and by chance perhaps others.
    pub(crate) fn offices(&self, country: &str, role: &str) -> impl Iterator<Item = RowId> {
        values(self.section(Section::Offices), office_number(country, role)).map(|row| self.row_id(row))
    }

    fn row_name(&self, index: usize) -> &str {
        self.text(self.row_word(index, 1), self.row_word(index, 2) & 0xffff)
    }

    fn row_word(&self, index: usize, field: usize) -> u32 {
        word(self.section(Section::Rows), index * ROW_WORDS + field)
    }

    fn row_id(&self, local: u32) -> RowId {
        RowId::from_index(self.n_before.1 + local as usize)
    }

    fn section(&self, section: Section) -> &[u8] {
        let section = section as usize;
        &self.bytes[self.starts[section]..self.starts[section + 1]]
    }

    fn text(&self, start: u32, length: u32) -> &str {
        let bytes = self.section(Section::Text).get(start as usize..start as usize + length as usize);
        bytes.and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default()
    }

    /// Strings are counted from 1; 0 is none.
    fn string(&self, number: u32) -> Option<&Arc<str>> {
        self.strings.get((number as usize).checked_sub(1)?)
    }

    fn sector(&self, number: u32) -> Option<SectorId> {
        *self.sectors.get((number as usize).checked_sub(1)?)?
    }
}

impl NameTable for CompiledNames {
    fn longest_after(&self, first_word: u64) -> Option<u32> {
        values(self.section(Section::Longest), first_word).next()
    }

    fn first_row(&self, key: u64) -> Option<RowId> {
        values(self.section(Section::Names), key).next().map(|row| self.row_id(row))
    }

    fn next_row(&self, row: RowId) -> Option<RowId> {
        let next = self.row_word(row.index() - self.n_before.1, 11);
        (next > 0).then(|| self.row_id(next))
    }

    fn capitals(&self, row: RowId) -> Capitals {
        Capitals::of_number(self.row_word(row.index() - self.n_before.1, 2) >> 24)
    }
}

/// The digest of the files of the folder, with their paths.
pub(crate) fn digest_of(files: &[SourceFile]) -> u64 {
    let mut compiled: Vec<&SourceFile> = files.iter().filter(|file| CompiledNames::covers(&file.path)).collect();
    compiled.sort_by(|file, other| file.path.cmp(&other.path));
    compiled.iter().fold(EMPTY, |so_far, file| digest(digest(so_far, file.path.as_bytes()), file.text.as_bytes()))
}

/// The number under which holders of an office are listed.
pub(crate) fn office_number(country: &str, role: &str) -> u64 {
    exact_number(country) ^ exact_number(role).rotate_left(1)
}

fn long(bytes: &[u8], start: usize) -> u64 {
    bytes.get(start..).and_then(|rest| rest.first_chunk::<8>()).map_or(0, |long| u64::from_le_bytes(*long))
}

fn strings(mut bytes: &[u8]) -> Option<Vec<Arc<str>>> {
    let mut strings = Vec::new();
    while let Some((length, rest)) = bytes.split_first_chunk::<4>() {
        let (text, rest) = rest.split_at_checked(u32::from_le_bytes(*length) as usize)?;
        strings.push(std::str::from_utf8(text).ok()?.into());
        bytes = rest;
    }
    Some(strings)
}
