//! ICEWS. Its ids are not unique and one of its files has days in another order; an event is told by id and day together.

use super::event::{Event, Party, day, place};
use super::{Not, Reader, Row};

pub(super) fn event(reader: &Reader, row: &Row) -> Result<Event, Not> {
    let id = row.get("event_id").ok_or_else(|| Not::Sound("the row has no event id".to_owned(), "leave it out"))?;
    let written = row.get("event_date").unwrap_or_default();
    let Some(start) = day(written) else {
        return Err(Not::Sound(format!("the event date `{written}` is no day"), "write it as YYYY-MM-DD"));
    };
    let Some(code) = row.get("cameo_code") else {
        return Err(Not::Sound("the row has no CAMEO code".to_owned(), "leave it out; ICEWS has some such rows"));
    };
    // Spreadsheets take the nought from the front of a code; the last root is 20.
    let has_lost = code.get(..2).is_some_and(|root| root > "20");
    let code = if has_lost { format!("0{code}") } else { code.to_owned() };
    let (event_type, mode) = reader.meaning("cameo", &code).ok_or(Not::Typed)?;
    let party = |side: &str| {
        let name = row.get(&format!("{side}_name"))?;
        let country = row.get(&format!("{side}_country")).and_then(|country| reader.country(country));
        Some(Party { name: name.to_owned(), country, ..Party::default() })
    };
    let at = row.number("latitude").zip(row.number("longitude"));
    let country = row.get("country").and_then(|country| reader.country(country));
    let named = ["city", "district", "province", "country"]
        .into_iter()
        .find_map(|level| row.get(level).map(|name| (name, level)));
    let precision = match named {
        Some((_, "city")) => "city",
        Some((_, "district")) => "district",
        Some((_, "province")) => "region",
        _ => "country",
    };
    Ok(Event {
        id: format!("{id}/{start}"),
        event_type,
        mode,
        own: code.clone(),
        cameo: Some(code),
        start: Some(start),
        precision: "day",
        published: Some(start),
        actors: party("source").into_iter().collect(),
        recipients: party("target").into_iter().collect(),
        place: place(named.map(|(name, _)| name), country, at, precision),
        sentence: row.number("sentence_number").unwrap_or(1),
        text: row.get("event_text").unwrap_or_default().to_owned(),
        outlet: row.get("publisher").map(str::to_owned),
        ..Event::default()
    })
}
