//! The UCDP's georeferenced events, also its candidates, of which some files lack heads.

use super::event::{Event, Party, day, place};
use super::{Not, Reader, Row};

pub(super) const COLUMNS: &[&str] = &[
    "id",
    "relid",
    "year",
    "active_year",
    "code_status",
    "type_of_violence",
    "conflict_dset_id",
    "conflict_new_id",
    "conflict_name",
    "dyad_dset_id",
    "dyad_new_id",
    "dyad_name",
    "side_a_dset_id",
    "side_a_new_id",
    "side_a",
    "side_b_dset_id",
    "side_b_new_id",
    "side_b",
    "number_of_sources",
    "source_article",
    "source_office",
    "source_date",
    "source_headline",
    "source_original",
    "where_prec",
    "where_coordinates",
    "where_description",
    "adm_1",
    "adm_2",
    "latitude",
    "longitude",
    "geom_wkt",
    "priogrid_gid",
    "country",
    "country_id",
    "region",
    "event_clarity",
    "date_prec",
    "date_start",
    "date_end",
    "deaths_a",
    "deaths_b",
    "deaths_civilians",
    "deaths_unknown",
    "best",
    "high",
    "low",
    "gwnoa",
    "gwnob",
];

pub(super) fn event(reader: &Reader, row: &Row) -> Result<Event, Not> {
    let id = row.get("id").ok_or_else(|| Not::Sound("the row has no id".to_owned(), "give the CSV of UCDP's GED"))?;
    let own = row.get("type_of_violence").unwrap_or_default();
    let Some((event_type, mode)) = reader.meaning("ucdp", own) else {
        return Err(Not::Sound(format!("the type of violence is `{own}`, not 1, 2 or 3"), "check the columns"));
    };
    let written = row.get("date_start").unwrap_or_default();
    let Some(start) = day(written) else {
        return Err(Not::Sound(format!("date_start is `{written}`, which is no day"), "write it as YYYY-MM-DD"));
    };
    let party = |side: &str, number: &str| {
        let name = row.get(side)?;
        let named = name.strip_prefix("Government of ").map(|name| name.split(" (").next().unwrap_or(name));
        let country = row.get(number).and_then(|gw| reader.country(&format!("gw {gw}")));
        let country = country.or_else(|| named.and_then(|name| reader.country(name)));
        Some(Party { name: name.to_owned(), country, ..Party::default() })
    };
    let country = row
        .get("country")
        .map(|country| country.split(" (").next().unwrap_or(country))
        .and_then(|country| reader.country(country));
    let precision = match row.number::<u8>("where_prec") {
        Some(1) => "city",
        Some(2 | 3) => "district",
        Some(4 | 5) => "region",
        _ => "country",
    };
    Ok(Event {
        id: id.to_owned(),
        event_type,
        mode,
        own: own.to_owned(),
        start: Some(start),
        end: row.get("date_end").and_then(day),
        precision: match row.number::<u8>("date_prec") {
            Some(1) => "day",
            Some(2 | 3) => "week",
            Some(4) => "month",
            Some(5) => "year",
            _ => "day",
        },
        published: row.get("source_date").and_then(|dates| day(dates.split(';').next()?)),
        actors: party("side_a", "gwnoa").into_iter().collect(),
        recipients: party("side_b", "gwnob").into_iter().collect(),
        place: place(
            row.get("where_coordinates").or(row.get("country")),
            country,
            row.number("latitude").zip(row.number("longitude")),
            precision,
        ),
        dead: row.number("best").filter(|dead| *dead > 0),
        text: row.get("source_article").unwrap_or_default().to_owned(),
        title: row.get("source_headline").map(str::to_owned),
        outlet: row.get("source_office").map(|office| office.split(';').next().unwrap_or(office).to_owned()),
        ..Event::default()
    })
}
