//! Reading `entities/*.csv`, and checking the rows against each other.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::compiled::CompiledNames;
use crate::csv_file::parse_csv;
use crate::dates::spans_overlap;
use crate::fold::{Key, sound};
use crate::ontology_file::sector_of;
use crate::problems::{Problems, did_you_mean, one_of};
use crate::tables::span_of;
use crate::toml_file::Text;
use crate::{Entities, Entity, EntityId, EntityRow, Form, Kind, Ontology, Place, RowId, SourceFile};

pub(crate) const COLUMNS: [&str; 11] =
    ["entity", "name", "form", "kind", "country", "sector", "role", "from", "until", "wikidata", "source"];

/// Reads the entity files in this order, those that are compiled excepted as long as the compiled names fit the rest.
pub(crate) fn read_entities(
    files: &[&SourceFile],
    ontology: &Ontology,
    compiled: Option<CompiledNames>,
    problems: &mut Problems,
) -> Entities {
    let mut entities = Entities::default();
    let (imported, listed): (Vec<&SourceFile>, Vec<&SourceFile>) =
        files.iter().copied().partition(|file| CompiledNames::covers(&file.path));
    entities.reserve(n_lines(&listed));
    read_rows(&listed, &mut entities, ontology, problems);
    if let Some(mut compiled) = compiled {
        let fits = compiled.attach(ontology, entities.entities.len(), entities.rows.len())
            && entities.entities.iter().all(|entity| compiled.by_id(&entity.id).is_none());
        entities.compiled = fits.then(|| Arc::new(compiled));
    }
    if entities.compiled.is_none() {
        entities.reserve(n_lines(&imported));
        read_rows(&imported, &mut entities, ontology, problems);
    }
    for entity in &mut entities.entities {
        let rows = &entities.rows;
        let canonical = entity.rows.iter().map(|row| &rows[row.index()]).find(|row| row.form == Form::Name);
        match canonical {
            Some(row) => entity.canonical = row.name.clone(),
            None => {
                let place = &rows[entity.rows[0].index()].place;
                problems.warning(place, format!("`{}` has no row of form `name`", entity.id), None);
            }
        }
    }
    check_countries(&entities, problems);
    check_shared_names(&entities, problems);
    entities
}

fn n_lines(files: &[&SourceFile]) -> usize {
    files.iter().map(|file| file.text.bytes().filter(|&byte| byte == b'\n').count()).sum()
}

fn read_rows(files: &[&SourceFile], entities: &mut Entities, ontology: &Ontology, problems: &mut Problems) {
    for file in files {
        parse_csv(file, COLUMNS, problems, |fields, place, problems| {
            add_row(fields, place, entities, ontology, problems);
        });
    }
}

fn add_row(
    fields: [&str; COLUMNS.len()],
    place: Place,
    entities: &mut Entities,
    ontology: &Ontology,
    problems: &mut Problems,
) {
    let [id, name, form, kind, country, sector, role, from, until, wikidata, source] = fields;
    if !is_entity_id(id) {
        let cure = "ids are a country's three capitals, or lower-case words joined by hyphens".to_string();
        problems.error(&place, format!("`{id}` cannot be the id of an entity"), Some(cure));
    }
    let read_form = Form::from_name(form);
    if read_form.is_none() {
        problems.error(&place, format!("unknown form `{form}`"), one_of(form, Form::NAMES));
    }
    let read_kind = Kind::from_name(kind);
    if read_kind.is_none() {
        problems.error(&place, format!("unknown kind `{kind}`"), one_of(kind, Kind::NAMES));
    }
    let sector = match sector {
        "" => None,
        sector => sector_of(&Text { text: sector, place: place.clone() }, ontology, problems),
    };
    let (from, until) = span_of(from, until, &place, problems);
    let wikidata_is_item = wikidata.strip_prefix('Q').is_some_and(|digits| digits.parse::<u64>().is_ok());
    if !wikidata.is_empty() && !wikidata_is_item {
        problems.error(&place, format!("`{wikidata}` is no Wikidata item"), Some("items are `Q` and a number".into()));
    }
    let (Some(form), Some(kind)) = (read_form, read_kind) else { return };

    let row_id = RowId::from_index(entities.rows.len());
    if !entities.names.insert(name, row_id) {
        return problems.error(&place, format!("the name `{name}` has no letters"), None);
    }
    let country = match country {
        "" if kind.is_land() => Some(id),
        "" => None,
        country => Some(country),
    };
    let wikidata = (!wikidata.is_empty()).then_some(wikidata);
    let entity = match entities.slot_of(id) {
        (_, Some(found)) => {
            compare_with_first(found, kind, wikidata, &place, entities, problems);
            found
        }
        (slot, None) => {
            let fresh = EntityId::from_index(entities.entities.len());
            entities.ids.insert(slot, fresh);
            entities.entities.push(Entity {
                id: id.into(),
                canonical: name.into(),
                kind,
                country: country.map(Box::from),
                wikidata: wikidata.map(Box::from),
                rows: Vec::new(),
            });
            fresh
        }
    };
    entities.entities[entity.index()].rows.push(row_id);
    if !role.is_empty() && (country.is_some() || kind == Kind::Person) {
        let country = country.unwrap_or_default();
        match entities.offices.get_mut(country) {
            Some(rows) => rows.push(row_id),
            None => drop(entities.offices.insert(country.into(), vec![row_id])),
        }
    }
    if kind == Kind::Person
        && let Some((_, last)) = name.rsplit_once(char::is_whitespace)
    {
        entities.last_words.entry(Key::of(last).number()).or_default().push(row_id);
        if let Some(sound) = sound(name) {
            entities.by_sound.entry(Key::of(&sound).number()).or_default().push(row_id);
        }
    }
    entities.rows.push(EntityRow {
        entity,
        name: name.into(),
        form,
        sector,
        role: role.to_lowercase().into(),
        country: country.map(Box::from),
        from,
        until,
        source: source_of(source, entities),
        place,
    });
}

/// The source, shared with the row before if it is the same.
fn source_of(source: &str, entities: &Entities) -> Arc<str> {
    match entities.rows.last() {
        Some(row) if *row.source == *source => row.source.clone(),
        _ => source.into(),
    }
}

/// Reports what a row says of its entity otherwise than the rows before.
fn compare_with_first(
    id: EntityId,
    kind: Kind,
    wikidata: Option<&str>,
    place: &Place,
    entities: &mut Entities,
    problems: &mut Problems,
) {
    let entity = &mut entities.entities[id.index()];
    let first = &entities.rows[entity.rows[0].index()].place;
    if entity.kind != kind {
        let message = format!("`{}` is of kind `{kind}` here and `{}` in {first}", entity.id, entity.kind);
        problems.warning(place, message, Some("give them one kind, or two ids".to_string()));
    }
    match (&entity.wikidata, wikidata) {
        (Some(other), Some(wikidata)) if **other != *wikidata => {
            let message = format!("`{}` is {wikidata} here and {other} in {first}", entity.id);
            problems.warning(place, message, None);
        }
        (None, Some(wikidata)) => entity.wikidata = Some(wikidata.into()),
        _ => {}
    }
}

pub(crate) fn is_entity_id(id: &str) -> bool {
    let country = id.len() == 3 && id.bytes().all(|byte| byte.is_ascii_uppercase());
    let word = |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    country || id.split('-').all(word)
}

/// Reports countries that rows belong to and no row is of: each once.
fn check_countries(entities: &Entities, problems: &mut Problems) {
    let mut missing: Vec<(&str, &Place, usize)> = Vec::new();
    let mut position_of: FxHashMap<&str, usize> = FxHashMap::default();
    let mut known = "";
    for row in &entities.rows {
        let Some(country) = row.country.as_deref() else { continue };
        if country == known {
            continue;
        }
        if entities.by_id(country).is_some_and(|id| entities.get(id).kind.is_land()) {
            known = country;
            continue;
        }
        let position = *position_of.entry(country).or_insert(missing.len());
        match missing.get_mut(position) {
            Some((.., n_rows)) => *n_rows += 1,
            None => missing.push((country, &row.place, 1)),
        }
    }
    for (country, place, n_rows) in missing {
        let countries = entities.entities.iter().filter(|entity| entity.kind.is_land()).map(|entity| &*entity.id);
        let others = if n_rows > 1 { format!(" (and in {} other rows)", n_rows - 1) } else { String::new() };
        let cure = did_you_mean(country, countries);
        problems.error(place, format!("no row is of the country `{country}`{others}"), cure);
    }
}

/// Warns where one name in one form means two entities at one time.
fn check_shared_names(entities: &Entities, problems: &mut Problems) {
    for rows in entities.names.shared() {
        let rows: Vec<&EntityRow> = rows.into_iter().map(|row| entities.row(row)).collect();
        for (position, row) in rows.iter().enumerate() {
            let earlier = rows[..position].iter().rev();
            let mut of_form = earlier.filter(|other| other.form == row.form);
            if let Some(other) = of_form
                .find(|other| spans_overlap((row.from, row.until), (other.from, other.until)) && clash(row, other))
            {
                let whose = match other.entity == row.entity {
                    true => "already stands".to_string(),
                    false => format!("is also a name of `{}`", entities.get(other.entity).id),
                };
                problems.warning(&row.place, format!("`{}` ({}) {whose} in {}", row.name, row.form, other.place), None);
            }
        }
    }
}

/// Whether two rows of one name cannot both be meant: two entities, or one entity that says the same twice.
fn clash(row: &EntityRow, other: &EntityRow) -> bool {
    let said_twice = || {
        row.name == other.name && row.role == other.role && row.country == other.country && row.sector == other.sector
    };
    row.entity != other.entity || said_twice()
}
