//! Reading the examples of a pattern and the short notation of their events.

use crate::ontology_file::{type_and_mode, unknown_type};
use crate::pattern_files::Known;
use crate::problems::{Problems, did_you_mean};
use crate::toml_file::{Fields, Text};
use crate::{Effect, Example, ExpectedEvent};

/// The notation, for whoever gets it wrong.
const NOTATION: &str = "write `ACTORS TYPE[/mode] RECIPIENTS [>PROSPECT] [auxiliary modes]`, with `-` for none";

/// Reads an example.
pub(crate) fn read_example(mut table: Fields<'_>, known: &Known<'_>, problems: &mut Problems) -> Option<Example> {
    let text = table.required("text", problems);
    let codes = table.texts("code", problems);
    let place = table.place.clone();
    table.finish(problems);
    if codes.is_none() {
        let cure = "write `code = []` if nothing may come out".to_string();
        problems.error(&place, "`code` is missing", Some(cure));
    }
    let codes = codes.unwrap_or_default();
    let code = codes.iter().filter_map(|code| read_event(code, known, problems)).collect();
    Some(Example { text: text?.text.into(), code, place })
}

/// Reads `RUS THREATEN/violence UKR >ASSAULT future`.
fn read_event(code: &Text<'_>, known: &Known<'_>, problems: &mut Problems) -> Option<ExpectedEvent> {
    let mut words = code.text.split_whitespace();
    let (Some(actors), Some(event_type), Some(recipients)) = (words.next(), words.next(), words.next()) else {
        problems.error(&code.place, format!("`{}` is not the code of an event", code.text), Some(NOTATION.to_string()));
        return None;
    };
    let at = |text| Text { text, place: code.place.clone() };
    let (event_type, mode) = event_type.split_once('/').unwrap_or((event_type, ""));
    let type_and_mode = type_and_mode(&at(event_type), &at(mode), known.ontology, problems);
    let actors = read_entities(&at(actors), known, problems);
    let recipients = read_entities(&at(recipients), known, problems);
    let mut prospect = None;
    let mut auxiliary = Vec::new();
    for word in words {
        if let Some(name) = word.strip_prefix('>') {
            prospect = known.ontology.type_named(name);
            if prospect.is_none() {
                unknown_type(&at(name), known.ontology, problems);
            }
        } else if let Some(effect) = Effect::from_name(word) {
            auxiliary.push(effect);
        } else {
            let cure = did_you_mean(word, Effect::NAMES.iter().copied()).unwrap_or_else(|| NOTATION.to_string());
            problems.error(&code.place, format!("`{word}` cannot stand in the code of an event"), Some(cure));
        }
    }
    let (event_type, mode) = type_and_mode?;
    Some(ExpectedEvent { actors, event_type, mode, recipients, prospect, auxiliary })
}

/// Reads a comma-joined list of ids and sectors.
fn read_entities(list: &Text<'_>, known: &Known<'_>, problems: &mut Problems) -> Vec<String> {
    if list.text == "-" {
        return Vec::new();
    }
    let mut names = Vec::new();
    for name in list.text.split(',') {
        let (entities, ontology) = (&known.entities.entities, known.ontology);
        let is_known = name == "?" || known.entities.by_id(name).is_some() || ontology.sector_named(name).is_some();
        if name.is_empty() || name == "-" || name.starts_with('>') {
            let message = format!("`{}` is no list of entities", list.text);
            problems.error(&list.place, message, Some(NOTATION.to_string()));
        } else if !is_known && !entities.is_empty() {
            let ids = entities.iter().map(|entity| &*entity.id);
            let cure = did_you_mean(name, ids.chain(ontology.sectors.iter().map(|sector| &*sector.name)));
            problems.error(&list.place, format!("`{name}` is neither an entity nor a sector"), cure);
        }
        names.push(name.to_string());
    }
    names
}
