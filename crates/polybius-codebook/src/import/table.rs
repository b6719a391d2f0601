//! Tables with columns of our own entity files. Columns may be missing; `name` and `kind` may not.

use super::record::{Held, Named, Record};
use super::writer::Writer;
use crate::csv_file::LineCounter;
use crate::entity_files::{COLUMNS, is_entity_id};
use crate::problems::{did_you_mean, one_of};
use crate::{Codebook, Form, Kind, PartialDate};

pub(super) fn read(text: &str, codebook: &Codebook, writer: &mut Writer<'_>) {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).comment(Some(b'#')).from_reader(text.as_bytes());
    let mut lines = LineCounter::new(text);
    let mut header: Option<Vec<&str>> = None;
    let mut record = csv::StringRecord::new();
    while let Ok(true) = reader.read_record(&mut record) {
        let line = lines.record_at(record.position().map_or(0, |position| position.byte() as usize));
        let Some(columns) = &header else {
            match known_columns(&record) {
                Ok(columns) => header = Some(columns),
                Err(reason) => return writer.reject(line, &reason),
            }
            continue;
        };
        if record.len() != columns.len() {
            writer.reject(line, &format!("{} columns expected, {} found", columns.len(), record.len()));
            continue;
        }
        let field = |name: &str| {
            let column = columns.iter().position(|column| *column == name);
            column.map_or("", |column| record[column].trim())
        };
        match row(line, field, codebook) {
            Ok(record) => writer.add(record),
            Err(reason) => writer.reject(line, &reason),
        }
    }
    if header.is_none() {
        writer.reject(1, "the header line is missing");
    }
}

/// The columns that the header names.
fn known_columns(header: &csv::StringRecord) -> Result<Vec<&'static str>, String> {
    let mut columns = Vec::new();
    for name in header.iter().map(str::trim) {
        let Some(column) = COLUMNS.iter().find(|column| **column == name) else {
            let cure = did_you_mean(name, COLUMNS).map(|cure| format!("; {cure}")).unwrap_or_default();
            return Err(format!("unknown column `{name}`{cure}; no line of the file was read"));
        };
        columns.push(*column);
    }
    match ["name", "kind"].into_iter().find(|needed| !columns.contains(needed)) {
        Some(missing) => Err(format!("column `{missing}` is missing; no line of the file was read")),
        None => Ok(columns),
    }
}

fn row<'r>(line: u32, field: impl Fn(&str) -> &'r str, codebook: &Codebook) -> Result<Record, String> {
    let with_cure = |message: String, cure: Option<String>| match cure {
        Some(cure) => format!("{message}; {cure}"),
        None => message,
    };
    let entity = field("entity");
    if !entity.is_empty() && !is_entity_id(entity) {
        return Err(format!("`{entity}` cannot be the id of an entity"));
    }
    let kind = field("kind");
    let kind =
        Kind::from_name(kind).ok_or_else(|| with_cure(format!("unknown kind `{kind}`"), one_of(kind, Kind::NAMES)))?;
    let form = match field("form") {
        "" => Form::Name,
        form => Form::from_name(form)
            .ok_or_else(|| with_cure(format!("unknown form `{form}`"), one_of(form, Form::NAMES)))?,
    };
    let sector = match field("sector") {
        "" => None,
        sector => Some(codebook.ontology.sector_named(sector).ok_or_else(|| {
            let names = codebook.ontology.sectors.iter().map(|sector| &*sector.name);
            with_cure(format!("unknown sector `{sector}`"), did_you_mean(sector, names))
        })?),
    };
    let date = |text: &str| match text {
        "" => Ok(None),
        text => PartialDate::parse(text).map(Some).ok_or_else(|| format!("`{text}` is no date")),
    };
    let (from, until) = (date(field("from"))?, date(field("until"))?);
    let wikidata = field("wikidata");
    let number = wikidata.strip_prefix('Q').and_then(|digits| digits.parse::<u64>().ok());
    if !wikidata.is_empty() && number.is_none() {
        return Err(format!("`{wikidata}` is no Wikidata item"));
    }
    let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let country = text(field("country")).map(String::into_boxed_str);
    let span = Held { sector, role: field("role").to_lowercase(), country: country.clone(), from, until };
    if span.is_impossible() {
        return Err(format!("it ends in {}, before it begins in {}", field("until"), field("from")));
    }
    Ok(Record {
        line,
        entity: text(entity),
        kind,
        country,
        wikidata: text(wikidata),
        names: vec![Named { line, name: field("name").to_owned(), form }],
        spans: vec![span],
        source: text(field("source")),
    })
}
