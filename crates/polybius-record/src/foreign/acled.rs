//! ACLED's CSV. Its rows change: a row that comes again with another text is a new version, and the old one stays for questions about the past.

use super::event::{Event, Party, day, place};
use super::{Not, Reader, Row};

pub(super) fn event(reader: &Reader, row: &Row) -> Result<Event, Not> {
    let id = row.get("event_id_cnty").or(row.get("data_id"));
    let id =
        id.ok_or_else(|| Not::Sound("the row has no event_id_cnty".to_owned(), "give ACLED's CSV with its heads"))?;
    let written = row.get("event_date").unwrap_or_default();
    let Some(start) = day(written) else {
        return Err(Not::Sound(format!("the event date `{written}` is no day"), "write it as YYYY-MM-DD"));
    };
    let own = row.get("sub_event_type").or(row.get("event_type")).unwrap_or_default();
    let exact = |code: Option<&str>| {
        let (event_type, mode) = reader.codebook.event_codes.get("acled", &code?.to_lowercase())?;
        let ontology = &reader.codebook.ontology;
        Some((ontology.event_type(event_type).name.to_string(), mode.map(|mode| ontology.mode(mode).name.to_string())))
    };
    let (event_type, mode) =
        exact(row.get("sub_event_type")).or_else(|| exact(row.get("event_type"))).ok_or(Not::Typed)?;
    let country = row.get("iso").and_then(|iso| reader.country(&format!("iso {iso:0>3}")));
    let country = country.or_else(|| row.get("country").and_then(|country| reader.country(country)));
    let party = |side: &str| Some(party(reader, row.get(side)?));
    let precision = match row.get("geo_precision") {
        Some("1") => "city",
        Some("2") => "district",
        _ => "region",
    };
    Ok(Event {
        id: id.to_owned(),
        event_type,
        mode,
        own: own.to_owned(),
        start: Some(start),
        // A second precision means a part of a month, a third the month.
        precision: match row.get("time_precision") {
            Some("2") => "week",
            Some("3") => "month",
            _ => "day",
        },
        actors: party("actor1").into_iter().collect(),
        recipients: party("actor2").into_iter().collect(),
        place: place(row.get("location"), country, row.number("latitude").zip(row.number("longitude")), precision),
        dead: row.number("fatalities").filter(|dead| *dead > 0),
        text: row.get("notes").unwrap_or_default().to_owned(),
        outlet: row.get("source").map(str::to_owned),
        ..Event::default()
    })
}

/// `Military Forces of Mali (2021-)`, `Protesters (Kenya)`: the country stands after `of` or in the brackets.
fn party(reader: &Reader, name: &str) -> Party {
    let (start, brackets) =
        name.split_once('(').map_or((name, ""), |(start, end)| (start.trim(), end.trim_end_matches(')')));
    let of = ["Military Forces of ", "Police Forces of ", "Government of "]
        .iter()
        .find_map(|words| start.strip_prefix(words));
    let country = of.and_then(|country| reader.country(country)).or_else(|| reader.country(brackets));
    Party { name: name.to_owned(), country, ..Party::default() }
}
