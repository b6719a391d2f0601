//! GeoJSON: the reports that name a place. A place whose coordinates nobody knows has no geometry, as the standard allows; a country never has
//! one, for its middle is not where things happen.

use std::io::{self, Write};

use serde_json::json;

use super::Rows;
use crate::Report;

#[derive(Default)]
pub(super) struct Geojson {
    has_one: bool,
}

impl Rows for Geojson {
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "{{\"type\":\"FeatureCollection\",\"features\":[")
    }

    fn add(&mut self, report: &Report, out: &mut dyn Write) -> io::Result<()> {
        let row = &report.row;
        let Some(place) = &row.place else { return Ok(()) };
        let point = place.latitude.zip(place.longitude).filter(|_| place.precision != "country");
        let names = |all: &[polybius::ParticipantRow]| all.iter().map(|one| one.name.clone()).collect::<Vec<_>>();
        let feature = json!({
            "type": "Feature",
            "id": row.event_id,
            "geometry": point.map(|(latitude, longitude)| json!({ "type": "Point", "coordinates": [longitude, latitude] })),
            "properties": {
                "day": report.entry.day, "event_type": row.event_type, "mode": row.mode, "status": report.entry.status,
                "actors": names(&row.actors), "recipients": names(&row.recipients), "place": place.name,
                "country": place.country, "precision": place.precision, "geonames": place.geonames,
                "dead": row.size.dead.as_ref().map(|count| count.value), "incident": report.entry.incident,
                "document_id": row.document_id, "outlet": row.outlet, "text": row.text,
            },
        });
        let comma = if std::mem::replace(&mut self.has_one, true) { ",\n" } else { "" };
        write!(out, "{comma}{feature}")
    }

    fn end(&mut self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "\n]}}")
    }
}
