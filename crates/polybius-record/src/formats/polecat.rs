//! POLECAT: 40 columns between tabs, a row a report, several actors in one cell joined by `; `, nothing written as `None`.
//! The quad code stands in words. It cannot carry auxiliary modes, attributions, the words or the pattern.

use std::io::{self, Write};

use polybius::{ParticipantRow, PlaceRow};

use super::codes::Codes;
use super::{Rows, tabbed};
use crate::Report;

pub(super) struct Polecat<'c> {
    pub(super) codes: &'c Codes<'c>,
}

const HEADS: &[&str] = &[
    "Event ID",
    "Event Date",
    "Event Type",
    "Event Mode",
    "Intensity",
    "Quad Code",
    "Contexts",
    "Actor Name",
    "Actor Country",
    "Actor COW",
    "Primary Actor Sector",
    "Actor Sectors",
    "Actor Title",
    "Actor Name Raw",
    "Wikipedia Actor ID",
    "Recipient Name",
    "Recipient Country",
    "Recipient COW",
    "Primary Recipient Sector",
    "Recipient Sectors",
    "Recipient Title",
    "Recipient Name Raw",
    "Wikipedia Recipient ID",
    "Placename",
    "City",
    "District",
    "Province",
    "Country",
    "Latitude",
    "Longitude",
    "GeoNames ID",
    "Raw Placename",
    "Feature Type",
    "Source",
    "Publication Date",
    "Story People",
    "Story Organizations",
    "Story Locations",
    "Language",
    "Version",
];

const QUADS: [&str; 4] = ["VERBAL COOPERATION", "MATERIAL COOPERATION", "VERBAL CONFLICT", "MATERIAL CONFLICT"];

impl Rows for Polecat<'_> {
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(tabbed(HEADS.iter().copied()).as_bytes())
    }

    fn add(&mut self, report: &Report, out: &mut dyn Write) -> io::Result<()> {
        let row = &report.row;
        let mut fields = vec![
            row.event_id.clone(),
            report.entry.day.clone().unwrap_or_default(),
            row.event_type.clone(),
            row.mode.clone().unwrap_or_default(),
            row.score.map(|score| score.to_string()).unwrap_or_default(),
            QUADS[usize::from(row.quad.clamp(1, 4)) - 1].to_owned(),
            row.contexts.join(";"),
        ];
        fields.extend(self.side(&row.actors));
        fields.extend(self.side(&row.recipients));
        fields.extend(self.place(row.place.as_ref()));
        fields.extend([
            row.outlet.clone().unwrap_or_default(),
            row.published.clone().unwrap_or_default(),
            String::new(),
            String::new(),
            String::new(),
            "en".to_owned(),
            concat!("polybius ", env!("CARGO_PKG_VERSION")).to_owned(),
        ]);
        let written = fields.iter().map(|field| if field.is_empty() { "None" } else { field.as_str() });
        out.write_all(tabbed(written).as_bytes())
    }
}

impl Polecat<'_> {
    fn side(&self, participants: &[ParticipantRow]) -> [String; 8] {
        let joined = |part: &dyn Fn(&ParticipantRow) -> Option<String>| {
            let mut parts: Vec<String> = participants.iter().filter_map(part).filter(|part| !part.is_empty()).collect();
            parts.dedup();
            parts.join("; ")
        };
        let country = |one: &ParticipantRow| self.codes.country(one.country.as_deref());
        let sectors = joined(&|one| one.sector.clone());
        [
            joined(&|one| Some(one.name.clone())),
            joined(&|one| one.country.as_deref().map(|iso3| self.codes.name(iso3).to_owned())),
            joined(&|one| country(one).map(|country| country.cow_number.to_string())),
            sectors.split("; ").next().unwrap_or_default().to_owned(),
            sectors,
            joined(&|one| one.role.as_ref().map(|role| role.name.clone())),
            joined(&|one| Some(one.text.clone())),
            joined(&|one| one.wikidata.clone()),
        ]
    }

    fn place(&self, place: Option<&PlaceRow>) -> [String; 10] {
        let Some(place) = place else { return Default::default() };
        let degrees = |degrees: Option<f64>| degrees.map(|degrees| degrees.to_string()).unwrap_or_default();
        let city = if place.precision == "city" { place.name.clone() } else { String::new() };
        [
            place.name.clone(),
            city,
            String::new(),
            place.region.clone().unwrap_or_default(),
            place.country.as_deref().map(|iso3| self.codes.name(iso3).to_owned()).unwrap_or_default(),
            degrees(place.latitude),
            degrees(place.longitude),
            place.geonames.map(|id| id.to_string()).unwrap_or_default(),
            place.words.text.clone(),
            place.precision.clone(),
        ]
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn there_are_forty_columns() {
        assert_eq!(super::HEADS.len(), 40);
    }
}
