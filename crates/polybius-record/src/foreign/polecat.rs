//! POLECAT, in the heads of all its releases: `Intensity` or `Event Intensity`, with or without `Headline`, rows that end in more tabs.

use super::event::{Event, day, place};
use super::{Not, Reader, Row};

pub(super) fn event(reader: &Reader, row: &Row) -> Result<Event, Not> {
    let id = row.get("event_id").ok_or_else(|| Not::Sound("the row has no event id".to_owned(), "leave it out"))?;
    let (event_type, mode) = reader.typed(row.get("event_type").unwrap_or_default(), row.get("event_mode"))?;
    let written = row.get("event_date").unwrap_or_default();
    let Some(start) = day(written) else {
        return Err(Not::Sound(format!("the event date `{written}` is no day"), "write it as YYYY-MM-DD"));
    };
    let parties = |side: &str| {
        let get = |name: &str| row.get(&name.replace("{}", side));
        reader.parties(
            get("{}_name").or(get("{}_name_raw")).unwrap_or_default(),
            get("{}_country"),
            get("primary_{}_sector"),
        )
    };
    let at = row.number("latitude").zip(row.number("longitude"));
    let named = row.get("placename").or(row.get("city")).or(row.get("country"));
    let precision = match (row.get("city"), row.get("district"), row.get("province")) {
        (Some(_), ..) => "city",
        (_, Some(_), _) => "district",
        (.., Some(_)) => "region",
        _ => "country",
    };
    let country = row.get("country").and_then(|country| reader.country(country));
    let list = |cell: Option<&str>| -> Vec<String> {
        cell.unwrap_or_default().split(';').map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect()
    };
    let mut doubts = Vec::new();
    if row.get("event_mode").is_some() && mode.is_none() {
        let unknown = row.get("event_mode").unwrap_or_default();
        doubts.push((format!("`{unknown}` is no mode of {event_type}"), "taken without a mode"));
    }
    Ok(Event {
        id: id.to_owned(),
        own: event_type.clone(),
        event_type,
        mode,
        contexts: list(row.get("contexts")),
        start: Some(start),
        precision: "day",
        published: row.get("publication_date").and_then(day),
        actors: parties("actor"),
        recipients: parties("recipient"),
        place: place(named, country, at, precision),
        title: row.get("headline").map(str::to_owned),
        outlet: row.get("source").map(str::to_owned),
        doubts,
        ..Event::default()
    })
}
