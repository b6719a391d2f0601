//! PLOVER's JSON, an event a line: the fields that its manual names, and the newer of its two blocks of actors. It cannot carry auxiliary
//! modes, attributions or the pattern; an event without a day has no place in it.

use std::io::{self, Write};

use polybius::{ParticipantRow, PlaceRow};
use serde_json::{Value, json};

use super::Rows;
use super::codes::Codes;
use crate::Report;

pub(super) struct Plover<'c> {
    pub(super) codes: &'c Codes<'c>,
}

impl Rows for Plover<'_> {
    fn add(&mut self, report: &Report, out: &mut dyn Write) -> io::Result<()> {
        let (row, entry) = (&report.row, &report.entry);
        let Some(day) = &entry.day else { return Ok(()) };
        let date = row.date.as_ref();
        let number = |count: &Option<polybius::CountRow>| count.as_ref().map(|count| count.value);
        let size = &row.size;
        let event = json!({
            "id": row.event_id,
            "has_event": true,
            "date": day,
            "enddate": date.map(|date| &date.end).filter(|&end| end != day),
            "event": [row.event_type],
            "mode": row.mode.iter().collect::<Vec<_>>(),
            "context": row.contexts,
            "quad_code": row.quad,
            "event_scale": row.score,
            "actor": self.parties(&row.actors),
            "recipient": self.parties(&row.recipients),
            "event_text": [row.why.trigger.text],
            "event_loc": row.place.as_ref().map(|place| self.place(place)),
            "size": { "dead": number(&size.dead), "injured": number(&size.injured), "arrested": number(&size.arrested) },
            "text": row.text,
            "text_info": { "sequence": row.sentence, "start": row.start, "end": row.end },
            "cite_info": {
                "publication": row.outlet, "title": row.title, "url": row.url, "language": "en",
                "citation": row.document_id, "date": row.published,
                "coder": concat!("polybius ", env!("CARGO_PKG_VERSION")), "codebook": row.scale,
            },
            "coded_date": entry.coded_at.get(..10),
        });
        writeln!(out, "{event}")
    }
}

impl Plover<'_> {
    fn parties(&self, parties: &[ParticipantRow]) -> Value {
        let party = |one: &ParticipantRow| {
            json!({
                "raw_text": one.text,
                "entity_name": one.name,
                "wikidata_id": one.wikidata,
                "code": one.country,
                "country_name": one.country.as_deref().map(|iso3| self.codes.name(iso3)),
                "sector_code": one.sector,
                "office": one.role.as_ref().map(|role| &role.name),
            })
        };
        parties.iter().map(party).collect()
    }

    fn place(&self, place: &PlaceRow) -> Value {
        json!({
            "extracted_place": place.words.text,
            "resolved_place": place.name,
            "geonameid": place.geonames,
            "lat": place.latitude,
            "lon": place.longitude,
            "city": (place.precision == "city").then_some(&place.name),
            "province": place.region,
            "country": place.country.as_deref().map(|iso3| self.codes.name(iso3)),
            "country_code": place.country,
        })
    }
}
