//! GDELT's events. The number of columns tells the version: 57 in the back files, 58 with the source's address, 61 since 2.0.

use super::event::{Event, Party, day, place};
use super::{Not, Reader, Row};

macro_rules! columns {
    ($($geo:literal),*; $($end:literal),*) => {
        &[
            "id", "sqldate", "monthyear", "year", "fractiondate", "actor1code", "actor1name", "actor1countrycode", "actor1knowngroupcode",
            "actor1ethniccode", "actor1religion1code", "actor1religion2code", "actor1type1code", "actor1type2code", "actor1type3code",
            "actor2code", "actor2name", "actor2countrycode", "actor2knowngroupcode", "actor2ethniccode", "actor2religion1code",
            "actor2religion2code", "actor2type1code", "actor2type2code", "actor2type3code", "isrootevent", "eventcode", "eventbasecode",
            "eventrootcode", "quadclass", "goldsteinscale", "nummentions", "numsources", "numarticles", "avgtone", $($geo),*, $($end),*
        ]
    };
}

const V1: &[&str] = columns!(
    "actor1geo_type", "actor1geo_fullname", "actor1geo_countrycode", "actor1geo_adm1code", "actor1geo_lat", "actor1geo_long", "actor1geo_featureid",
    "actor2geo_type", "actor2geo_fullname", "actor2geo_countrycode", "actor2geo_adm1code", "actor2geo_lat", "actor2geo_long", "actor2geo_featureid",
    "actiongeo_type", "actiongeo_fullname", "actiongeo_countrycode", "actiongeo_adm1code", "actiongeo_lat", "actiongeo_long", "actiongeo_featureid";
    "dateadded", "sourceurl"
);

const V2: &[&str] = columns!(
    "actor1geo_type", "actor1geo_fullname", "actor1geo_countrycode", "actor1geo_adm1code", "actor1geo_adm2code", "actor1geo_lat", "actor1geo_long",
    "actor1geo_featureid", "actor2geo_type", "actor2geo_fullname", "actor2geo_countrycode", "actor2geo_adm1code", "actor2geo_adm2code",
    "actor2geo_lat", "actor2geo_long", "actor2geo_featureid", "actiongeo_type", "actiongeo_fullname", "actiongeo_countrycode",
    "actiongeo_adm1code", "actiongeo_adm2code", "actiongeo_lat", "actiongeo_long", "actiongeo_featureid";
    "dateadded", "sourceurl"
);

pub(super) const COLUMNS: &[(usize, &[&str])] = &[(57, V1.split_at(57).0), (58, V1), (61, V2)];

pub(super) fn event(reader: &Reader, row: &Row) -> Result<Event, Not> {
    let id = row.get("id").filter(|id| id.bytes().all(|byte| byte.is_ascii_digit()));
    let id = id.ok_or_else(|| {
        Not::Sound("the first field is no number".to_owned(), "give a file of GDELT's events, which has no heads")
    })?;
    let written = row.get("sqldate").unwrap_or_default();
    let Some(start) = day(written) else {
        return Err(Not::Sound(format!("the date `{written}` is no day"), "write it as YYYYMMDD"));
    };
    let code = row.get("eventcode").unwrap_or_default();
    let (event_type, mode) = reader.meaning("cameo", code).ok_or(Not::Typed)?;
    let party = |side: &str| {
        let whole = row.get(&format!("{side}code"))?;
        let country = row.get(&format!("{side}countrycode")).and_then(|code| reader.cameo_country(code));
        let sector = row.get(&format!("{side}type1code")).and_then(|role| reader.sector_of_role(role));
        let name = row.get(&format!("{side}name")).unwrap_or(whole);
        Some(Party { name: name.to_owned(), country, sector, wikidata: None })
    };
    let precision = match row.get("actiongeo_type") {
        Some("2" | "5") => "region",
        Some("3" | "4") => "city",
        _ => "country",
    };
    // In one row actors have CAMEO's codes of countries and places FIPS's.
    let country = row.get("actiongeo_countrycode").and_then(|fips| reader.country(&format!("fips {fips}")));
    let at = row.number("actiongeo_lat").zip(row.number("actiongeo_long"));
    let url = row.get("sourceurl").map(str::to_owned);
    Ok(Event {
        id: id.to_owned(),
        event_type,
        mode,
        own: code.to_owned(),
        cameo: Some(code.to_owned()),
        start: Some(start),
        precision: "day",
        published: row.get("dateadded").and_then(day),
        actors: party("actor1").into_iter().collect(),
        recipients: party("actor2").into_iter().collect(),
        place: place(row.get("actiongeo_fullname"), country, at, precision),
        outlet: url.as_deref().and_then(host),
        url: url.filter(|url| url.starts_with("http")),
        ..Event::default()
    })
}

/// Whoever published a page, by its address.
pub(super) fn host(url: &str) -> Option<String> {
    Some(url.split_once("://")?.1.split('/').next()?.trim_start_matches("www.").to_owned())
}
