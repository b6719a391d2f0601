//! From records to rows: names are checked, compared with the codebook and with each other, and written as entity files.

mod names;

use std::collections::BTreeSet;

use rustc_hash::{FxHashMap, FxHashSet};

use self::names::Whose;
use super::record::{Held, Named, Record};
use super::{Defect, Done, Import};
use crate::dates::spans_overlap;
use crate::entity_files::COLUMNS;
use crate::fold::{Key, folded};
use crate::{Codebook, EntityId, Form, Kind, RoleKind, SectorId, SourceFile};

pub(super) struct Writer<'c> {
    codebook: &'c Codebook,
    file: usize,
    source: String,
    defects: Vec<(usize, u32, Done, String)>,
    /// New entities, by number.
    fresh: Vec<Fresh>,
    fresh_by_name: FxHashMap<u64, Vec<usize>>,
    fresh_by_id: FxHashMap<String, usize>,
    rows: Vec<Row>,
    seen: FxHashSet<Row>,
    nouns: BTreeSet<(String, SectorId, RoleKind)>,
    /// Lands that the lists themselves bring.
    lands: FxHashSet<String>,
}

/// An entity that the codebook does not have.
struct Fresh {
    id: String,
    kind: Kind,
    country: Option<Box<str>>,
    /// Where the list first has it.
    place: (usize, u32),
}

/// A row as it is written.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Row {
    is_new: bool,
    fields: [String; COLUMNS.len()],
}

impl<'c> Writer<'c> {
    pub fn new(codebook: &'c Codebook) -> Writer<'c> {
        Writer {
            codebook,
            file: 0,
            source: String::new(),
            defects: Vec::new(),
            fresh: Vec::new(),
            fresh_by_name: FxHashMap::default(),
            fresh_by_id: FxHashMap::default(),
            rows: Vec::new(),
            seen: FxHashSet::default(),
            nouns: BTreeSet::new(),
            lands: FxHashSet::default(),
        }
    }

    /// What follows is of this file.
    pub fn begin(&mut self, file: usize, source: &str) {
        (self.file, self.source) = (file, source.to_owned());
    }

    pub fn reject(&mut self, line: u32, reason: &str) {
        self.tell(line, Done::Rejected, reason);
    }

    pub fn tell(&mut self, line: u32, done: Done, reason: &str) {
        self.defects.push((self.file, line, done, reason.to_owned()));
    }

    /// Takes a common noun that acts.
    pub fn add_noun(&mut self, line: u32, noun: &str, sector: SectorId, kind: RoleKind) {
        if Key::of(noun).n_characters() == 0 {
            return self.reject(line, "the noun is empty");
        }
        if let Some(role) = self.codebook.roles.get(noun) {
            let sectors = (self.codebook.ontology.sector(role.sector), self.codebook.ontology.sector(sector));
            let differs = match role.sector == sector {
                true => String::new(),
                false => format!(" as {}, not {}", sectors.0.name, sectors.1.name),
            };
            return self.tell(
                line,
                Done::Known,
                &format!("the noun `{noun}` stands in {}{differs}; ours was kept", role.place),
            );
        }
        if let Some((_, first, _)) = self.nouns.iter().find(|(other, ..)| other == noun) {
            let same = if *first == sector { "" } else { " with another sector; the first was kept" };
            return self.tell(line, Done::Known, &format!("the noun `{noun}` comes again{same}"));
        }
        self.nouns.insert((noun.to_owned(), sector, kind));
    }

    /// Takes an actor.
    pub fn add(&mut self, mut record: Record) {
        let countries = record.spans.iter().filter_map(|span| span.country.as_deref()).chain(record.country.as_deref());
        let mut unknown =
            countries.filter(|country| !self.is_land(country) && record.entity.as_deref() != Some(country));
        if let Some(country) = unknown.next() {
            let reason = format!("no country has the code `{country}`");
            return record.names.iter().for_each(|name| self.reject(name.line, &reason));
        }
        let n_names = record.names.len();
        let names = std::mem::take(&mut record.names);
        record.names = names.into_iter().filter_map(|name| self.sound(name)).collect();
        // Where the first name cannot be one, the next is canonical.
        let some_rejected = n_names > record.names.len();
        match record.names.first_mut() {
            Some(first) if first.form == Form::Alias && some_rejected => first.form = Form::Name,
            Some(_) => {}
            None => return,
        }
        let whose = self.whose(&record);
        let (id, is_new) = match whose {
            Whose::Known(known) => return self.add_known(&record, known),
            Whose::Earlier(number) => (self.fresh[number].id.clone(), true),
            Whose::New => (self.make(&record), true),
        };
        if let Whose::Earlier(number) = whose
            && record.entity.is_none()
        {
            let (file, line) = self.fresh[number].place;
            let place =
                if file == self.file { format!("line {line}") } else { format!("line {line} of an earlier file") };
            let reason = format!("the name comes again, first in {place}; both were joined as `{id}`");
            self.tell(record.line, Done::Imported, &reason);
        }
        // An office is told once, by the canonical name; sectors without one hold for every name.
        let in_offices = record.spans.iter().any(|span| !span.role.is_empty());
        let kind = self.fresh[self.fresh_by_id[&id]].kind;
        for (position, name) in record.names.iter().enumerate() {
            self.tell_clash(name, &id);
            let last = record.spans.last().map(|span| Held {
                sector: span.sector,
                country: span.country.clone(),
                ..Held::default()
            });
            let spans: Vec<Held> = match (position, in_offices) {
                (1.., true) => last.into_iter().collect(),
                _ if record.spans.is_empty() => vec![Held::default()],
                _ => record.spans.clone(),
            };
            let n_before = self.rows.len();
            for span in &spans {
                self.push(&id, is_new, name, kind, span, &record);
            }
            if self.rows.len() == n_before {
                self.tell(
                    name.line,
                    Done::Known,
                    &format!("“{}” is listed twice for `{id}`; it was kept once", name.name),
                );
            }
        }
    }

    /// Adds what the codebook does not know of an entity it has. A list that knows our ids may say more of it than names.
    fn add_known(&mut self, record: &Record, known: EntityId) {
        let entity = self.codebook.entities.get(known);
        let (id, kind) = (entity.id.to_string(), entity.kind);
        let (mut n_added, mut n_offices) = (0, 0);
        for name in &record.names {
            let listed = self.codebook.entities.find(&name.name);
            if record.entity.is_some() {
                let n_before = self.rows.len();
                let country = entity.country.clone();
                let record = Record { country, ..record.clone() };
                record.spans.iter().for_each(|span| self.push(&id, false, name, kind, span, &record));
                n_added += self.rows.len() - n_before;
                continue;
            }
            if let Some(&row) = listed.first() {
                let row = self.codebook.entities.row(row);
                let other = self.codebook.entities.get(row.entity);
                let reason =
                    format!("“{}” is a name of `{}` already ({}); ours was kept", name.name, other.id, row.place);
                self.tell(name.line, Done::Known, &reason);
                continue;
            }
            let form = if name.form == Form::Name { Form::Alias } else { name.form };
            let span = self.newest_sector(known);
            let name = Named { form, ..name.clone() };
            let record = Record { country: entity.country.clone(), wikidata: None, ..record.clone() };
            self.push(&id, false, &name, kind, &span, &record);
            n_added += 1;
        }
        if record.entity.is_none() {
            n_offices = self.add_offices(record, known);
        }
        if record.entity.is_none() && n_added + n_offices > 0 {
            let counted = |n: usize, what: &str| format!("{n} {what}{}", if n == 1 { "" } else { "s" });
            let (names, offices) = (counted(n_added, "name"), counted(n_offices, "office"));
            let reason = format!("it is `{id}` of the codebook: {names} and {offices} were added, the rest is ours");
            self.tell(record.line, Done::Imported, &reason);
        }
    }

    /// Adds the offices that the codebook does not have at that time; how many they are.
    fn add_offices(&mut self, record: &Record, known: EntityId) -> usize {
        let entity = self.codebook.entities.get(known);
        let name = Named { line: record.line, name: entity.canonical.to_string(), form: Form::Name };
        let record = Record { country: entity.country.clone(), wikidata: None, ..record.clone() };
        let mut n_added = 0;
        for span in record.spans.iter().filter(|span| !span.role.is_empty()) {
            let rows = entity.rows.iter().map(|&row| self.codebook.entities.row(row));
            let mut of_office = rows.filter(|row| *row.role == *span.role);
            let ours = of_office.find(|row| spans_overlap((row.from, row.until), (span.from, span.until)));
            if let Some(row) = ours {
                let reason =
                    format!("the office `{}` of `{}` stands in {}; ours was kept", span.role, entity.id, row.place);
                self.tell(record.line, Done::Known, &reason);
                continue;
            }
            let n_before = self.rows.len();
            self.push(&entity.id, false, &name, entity.kind, span, &record);
            n_added += self.rows.len() - n_before;
        }
        n_added
    }

    /// What a row of a mere name says of an entity that the codebook has.
    fn newest_sector(&self, known: EntityId) -> Held {
        let rows = &self.codebook.entities.get(known).rows;
        let sector = rows.iter().find_map(|&row| self.codebook.entities.row(row).sector);
        Held { sector, ..Held::default() }
    }

    fn push(&mut self, id: &str, is_new: bool, name: &Named, kind: Kind, span: &Held, record: &Record) {
        let country = span.country.as_deref().or(record.country.as_deref()).unwrap_or_default();
        let sector = span.sector.map(|sector| self.codebook.ontology.sector(sector).name.to_string());
        let date = |date: Option<crate::PartialDate>| date.map(|date| date.to_string()).unwrap_or_default();
        let fields = [
            id.to_owned(),
            name.name.clone(),
            name.form.to_string(),
            kind.to_string(),
            country.to_owned(),
            sector.unwrap_or_default(),
            span.role.clone(),
            date(span.from),
            date(span.until),
            record.wikidata.clone().unwrap_or_default(),
            record.source.clone().unwrap_or_else(|| self.source.clone()),
        ];
        let row = Row { is_new, fields };
        let mut told = row.clone();
        // What was said once needs no second row for being written otherwise.
        told.fields[1] = folded(&name.name);
        told.fields[2].clear();
        told.fields[9].clear();
        told.fields[10].clear();
        if self.seen.insert(told) {
            self.rows.push(row);
        }
    }

    fn is_land(&self, country: &str) -> bool {
        let known = self.codebook.entities.by_id(country);
        known.is_some_and(|known| self.codebook.entities.get(known).kind.is_land()) || self.lands.contains(country)
    }

    /// The files of the overlay and the report.
    pub fn finish(self, files: &[SourceFile], stem: &str) -> Import {
        let mut import = Import {
            n_entities: self.fresh.len(),
            n_rows: self.rows.len(),
            n_nouns: self.nouns.len(),
            ..Import::default()
        };
        let lists: Vec<&str> =
            files.iter().map(|file| file.path.rsplit(['/', '\\']).next().unwrap_or_default()).collect();
        let head =
            format!("# Imported from {}. The next import of the same name writes this file anew.\n", lists.join(", "));
        let mut write = |path: String, header: &[&str], rows: Vec<Vec<&str>>| {
            if rows.is_empty() {
                return;
            }
            let mut table = csv::Writer::from_writer(head.clone().into_bytes());
            let written =
                table.write_record(header).and_then(|()| rows.iter().try_for_each(|row| table.write_record(row)));
            let bytes = table.into_inner().unwrap_or_default();
            debug_assert!(written.is_ok(), "writing to memory cannot fail");
            let text = String::from_utf8(bytes).unwrap_or_default();
            import.files.push(SourceFile { path, text });
        };
        let of = |is_new: bool| {
            let rows = self.rows.iter().filter(|row| row.is_new == is_new);
            rows.map(|row| row.fields.iter().map(String::as_str).collect()).collect::<Vec<Vec<&str>>>()
        };
        let [of_new, of_known, of_nouns] = Import::paths(stem);
        write(of_new, &COLUMNS, of(true));
        write(of_known, &COLUMNS, of(false));
        let nouns = self.nouns.iter().map(|(noun, sector, kind)| {
            vec![noun.as_str(), &*self.codebook.ontology.sector(*sector).name, kind.as_str(), ""]
        });
        write(of_nouns, &["noun", "sector", "kind", "role"], nouns.collect());
        let mut defects = self.defects;
        defects.sort();
        defects.dedup();
        let defect = |(file, line, done, reason): (usize, u32, Done, String)| Defect {
            path: files[file].path.clone(),
            line,
            done,
            reason,
        };
        import.defects = defects.into_iter().map(defect).collect();
        import
    }
}
