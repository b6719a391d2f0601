//! PLOVER's JSON, which was never finished: fields may be missing, single where lists are meant, and blocks of actors have two shapes.

use serde_json::Value;

use super::event::{Event, Party, day, place};
use super::{Not, Reader, Row};

pub(super) fn event(reader: &Reader, row: &Row) -> Result<Event, Not> {
    let object = &row.json;
    let id = text(&object["id"]).ok_or_else(|| Not::Sound("`id` is missing".to_owned(), "leave it out"))?;
    let kinds = texts(&object["event"]);
    let Some(kind) = kinds.first() else {
        return Err(Not::Sound("`event` is missing".to_owned(), "leave it out; PLOVER says that it must be there"));
    };
    let (event_type, mode) = reader.typed(kind, texts(&object["mode"]).first().map(String::as_str))?;
    let Some(start) = text(&object["date"]).as_deref().and_then(day) else {
        return Err(Not::Sound("`date` is missing or no day".to_owned(), "write it as YYYY-MM-DD"));
    };
    let doubts = match kinds.len() {
        1 => Vec::new(),
        n => vec![(format!("the record has {n} events"), "only the first is taken")],
    };
    let at = &object["event_loc"];
    let number = |name: &str| at[name].as_f64().or_else(|| at[name].as_str()?.parse().ok());
    let named = ["resolved_place", "extracted_place", "city", "country"].iter().find_map(|name| text(&at[*name]));
    let precision = if text(&at["city"]).is_some() { "city" } else { "country" };
    let country =
        text(&at["country_code"]).or_else(|| text(&at["country"])).and_then(|country| reader.country(&country));
    let cite = &object["cite_info"];
    Ok(Event {
        id,
        own: event_type.clone(),
        event_type,
        mode,
        contexts: texts(&object["context"]),
        start: Some(start),
        end: text(&object["enddate"]).as_deref().and_then(day),
        precision: "day",
        actors: parties(reader, &object["actor"]),
        recipients: parties(reader, &object["recipient"]),
        place: place(named.as_deref(), country, number("lat").zip(number("lon")), precision),
        dead: object["size"]["dead"].as_u64().and_then(|dead| dead.try_into().ok()),
        text: text(&object["text"]).unwrap_or_default(),
        sentence: object["text_info"]["sequence"].as_u64().unwrap_or(1) as usize,
        title: text(&cite["title"]),
        outlet: text(&cite["publication"]),
        url: text(&cite["url"]).filter(|url| url.starts_with("http")),
        doubts,
        ..Event::default()
    })
}

fn parties(reader: &Reader, value: &Value) -> Vec<Party> {
    let party = |one: &Value| {
        let get = |names: &[&str]| names.iter().find_map(|name| text(&one[*name]));
        let code = get(&["country_code", "country_name", "code"]);
        let country = code.as_deref().and_then(|code| reader.country(code).or_else(|| reader.country(code.get(..3)?)));
        let name = get(&["entity_name", "entity_text", "raw_text", "identifier_text", "code"])
            .or_else(|| one.as_str().map(str::to_owned))?;
        let country = country.or_else(|| reader.country(&name));
        Some(Party {
            name,
            country,
            sector: get(&["sector", "sector_code"]),
            wikidata: get(&["wikidata_id", "identifier_id"]),
        })
    };
    match value {
        Value::Array(all) => all.iter().filter_map(party).collect(),
        Value::Null => Vec::new(),
        one => party(one).into_iter().collect(),
    }
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// A list, or one text that stands for it.
fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::Array(all) => all.iter().filter_map(text).collect(),
        one => text(one).into_iter().collect(),
    }
}
