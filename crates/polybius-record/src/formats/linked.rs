//! schema.org in JSON-LD: every report a `Claim` that appears in a `NewsArticle` and is about an `Event`. A claim is no fact, and its
//! `creativeWorkStatus` says whether the act is told as done, denied, to come or only possible. Recipients stand under `about` of the event, for
//! schema.org has no word for those to whom something is done. It cannot carry offsets or the pattern.

use std::io::{self, Write};

use polybius::ParticipantRow;
use serde_json::{Value, json};

use super::Rows;
use crate::Report;

#[derive(Default)]
pub(super) struct Linked {
    has_one: bool,
}

impl Rows for Linked {
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "{{\"@context\":\"https://schema.org\",\"@graph\":[")
    }

    fn add(&mut self, report: &Report, out: &mut dyn Write) -> io::Result<()> {
        let row = &report.row;
        let kind = row.mode.as_ref().map_or(row.event_type.clone(), |mode| format!("{}/{mode}", row.event_type));
        let place = row.place.as_ref().map(|place| {
            let point = place.latitude.zip(place.longitude);
            without_nulls(json!({
                "@type": "Place", "name": place.name, "address": place.country,
                "geo": point.map(|(latitude, longitude)| json!({ "@type": "GeoCoordinates", "latitude": latitude, "longitude": longitude })),
            }))
        });
        let claim = json!({
            "@type": "Claim",
            "@id": format!("urn:polybius:event:{}", row.event_id),
            "text": row.text,
            "creativeWorkStatus": report.entry.status,
            "creator": parties(row.attribution.iter().map(|link| &link.speaker)),
            "appearance": without_nulls(json!({
                "@type": "NewsArticle", "identifier": row.document_id, "headline": row.title, "datePublished": row.published,
                "url": row.url, "publisher": row.outlet.as_ref().map(|outlet| json!({ "@type": "Organization", "name": outlet })),
            })),
            "about": without_nulls(json!({
                "@type": "Event", "name": kind, "keywords": kind, "startDate": row.date.as_ref().map(|date| &date.start),
                "endDate": row.date.as_ref().map(|date| &date.end), "location": place, "actor": parties(row.actors.iter()),
                "about": parties(row.recipients.iter()),
            })),
        });
        let comma = if std::mem::replace(&mut self.has_one, true) { ",\n" } else { "" };
        write!(out, "{comma}{}", without_nulls(claim))
    }

    fn end(&mut self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "\n]}}")
    }
}

fn parties<'p>(all: impl Iterator<Item = &'p ParticipantRow>) -> Option<Vec<Value>> {
    let party = |one: &ParticipantRow| {
        let same = one.wikidata.as_ref().map(|item| format!("https://www.wikidata.org/entity/{item}"));
        without_nulls(json!({ "@type": "Thing", "name": one.name, "identifier": one.entity, "sameAs": same }))
    };
    let parties: Vec<Value> = all.map(party).collect();
    (!parties.is_empty()).then_some(parties)
}

/// The object without what is not known, which JSON-LD leaves out.
fn without_nulls(value: Value) -> Value {
    match value {
        Value::Object(fields) => fields.into_iter().filter(|(_, value)| !value.is_null()).collect(),
        other => other,
    }
}
