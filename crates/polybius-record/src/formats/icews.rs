//! ICEWS: 20 columns between tabs, a row for each pair of source and target of a report. `Event ID` is a number made of our id;
//! `Event Text` is PLOVER's type and mode; `CAMEO Code` is derived from them, `Intensity` from that. It cannot carry auxiliary modes,
//! attributions, the words or the pattern.

use std::io::{self, Write};

use polybius::ParticipantRow;

use super::codes::Codes;
use super::{Rows, number, pairs, tabbed};
use crate::Report;

pub(super) struct Icews<'c> {
    pub(super) codes: &'c Codes<'c>,
}

const HEADS: &[&str] = &[
    "Event ID",
    "Event Date",
    "Source Name",
    "Source Sectors",
    "Source Country",
    "Event Text",
    "CAMEO Code",
    "Intensity",
    "Target Name",
    "Target Sectors",
    "Target Country",
    "Story ID",
    "Sentence Number",
    "Publisher",
    "City",
    "District",
    "Province",
    "Country",
    "Latitude",
    "Longitude",
];

impl Rows for Icews<'_> {
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(tabbed(HEADS.iter().copied()).as_bytes())
    }

    fn add(&mut self, report: &Report, out: &mut dyn Write) -> io::Result<()> {
        let row = &report.row;
        let text = row.mode.as_ref().map_or(row.event_type.clone(), |mode| format!("{} {mode}", row.event_type));
        let place = row.place.as_ref();
        let city = place.filter(|place| place.precision == "city").map(|place| place.name.clone());
        let country = place.and_then(|place| place.country.as_deref()).map(|iso3| self.codes.name(iso3).to_owned());
        let degrees = |degrees: Option<f64>| degrees.map(|degrees| degrees.to_string()).unwrap_or_default();
        for (index, (source, target)) in pairs(row).into_iter().enumerate() {
            let mut fields = vec![number(row, index).to_string(), report.entry.day.clone().unwrap_or_default()];
            fields.extend(self.side(source));
            fields.extend([
                text.clone(),
                row.cameo.as_ref().map(|cameo| cameo.code.clone()).unwrap_or_default(),
                self.codes.goldstein(row).map(|score| format!("{score:.1}")).unwrap_or_default(),
            ]);
            fields.extend(self.side(target));
            fields.extend([
                row.document_id.clone(),
                row.sentence.to_string(),
                row.outlet.clone().unwrap_or_default(),
                city.clone().unwrap_or_default(),
                String::new(),
                place.and_then(|place| place.region.clone()).unwrap_or_default(),
                country.clone().unwrap_or_default(),
                degrees(place.and_then(|place| place.latitude)),
                degrees(place.and_then(|place| place.longitude)),
            ]);
            out.write_all(tabbed(fields.iter().map(String::as_str)).as_bytes())?;
        }
        Ok(())
    }
}

impl Icews<'_> {
    /// Name, sectors and country.
    fn side(&self, participant: Option<&ParticipantRow>) -> [String; 3] {
        let Some(one) = participant else { return Default::default() };
        let country = one.country.as_deref().map(|iso3| self.codes.name(iso3).to_owned());
        [one.name.clone(), one.sector.clone().unwrap_or_default(), country.unwrap_or_default()]
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn there_are_twenty_columns() {
        assert_eq!(super::HEADS.len(), 20);
    }
}
