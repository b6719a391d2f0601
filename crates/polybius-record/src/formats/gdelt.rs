//! GDELT 2.0 events: 61 columns between tabs and no heads, a row for each pair of actors of an incident. The counts of mentions, sources
//! and articles are those of the incident. Actors have CAMEO's codes, places FIPS's. `IsRootEvent` marks an incident that one of the first
//! three sentences of an article reports; `AvgTone` is left empty. It cannot carry auxiliary modes, attributions, modes or the pattern.

use std::collections::BTreeSet;
use std::io::{self, Write};

use polybius::{ParticipantRow, PlaceRow};

use super::codes::Codes;
use super::{Rows, number, pairs, tabbed};
use crate::Report;

/// So many sentences at the head of an article are its lead.
const LEAD: usize = 3;

/// Incidents, whose reports come one after the other.
pub(super) struct Gdelt<'c> {
    codes: &'c Codes<'c>,
    incident: Option<Incident>,
}

/// What the reports of an incident so far say.
struct Incident {
    first: Report,
    n_reports: u32,
    outlets: BTreeSet<Option<String>>,
    articles: BTreeSet<(String, Option<String>)>,
    is_lead: bool,
}

impl<'c> Gdelt<'c> {
    pub(super) fn new(codes: &'c Codes<'c>) -> Gdelt<'c> {
        Gdelt { codes, incident: None }
    }

    fn write(&mut self, out: &mut dyn Write) -> io::Result<()> {
        let Some(incident) = self.incident.take() else { return Ok(()) };
        for (index, (one, other)) in pairs(&incident.first.row).into_iter().enumerate() {
            let fields = self.fields(&incident, index, one, other);
            out.write_all(tabbed(fields.iter().map(String::as_str)).as_bytes())?;
        }
        Ok(())
    }

    fn fields(
        &self,
        incident: &Incident,
        index: usize,
        one: Option<&ParticipantRow>,
        other: Option<&ParticipantRow>,
    ) -> Vec<String> {
        let row = &incident.first.row;
        let day = incident.first.entry.day.clone().unwrap_or_default();
        let digits = day.replace('-', "");
        let part = |range: std::ops::Range<usize>| digits.get(range).unwrap_or_default().to_owned();
        let number_of = |range| part(range).parse::<f64>().unwrap_or(0.0);
        // As GDELT has it: a year of months of thirty days.
        let fraction = number_of(0..4) + (number_of(4..6) * 30.0 + number_of(6..8)) / 365.0;
        let mut fields = vec![
            number(row, index).to_string(),
            digits.clone(),
            part(0..6),
            part(0..4),
            if digits.is_empty() { String::new() } else { format!("{fraction:.4}") },
        ];
        fields.extend(self.actor(one));
        fields.extend(self.actor(other));
        let cameo = row.cameo.as_ref().map(|cameo| cameo.code.as_str()).unwrap_or_default();
        let beginning = |n: usize| cameo.get(..n).unwrap_or(cameo).to_owned();
        fields.extend([
            u8::from(incident.is_lead).to_string(),
            cameo.to_owned(),
            beginning(3),
            beginning(2),
            row.quad.to_string(),
            self.codes.goldstein(row).map(|score| format!("{score:.1}")).unwrap_or_default(),
            incident.n_reports.to_string(),
            incident.outlets.len().to_string(),
            incident.articles.len().to_string(),
            String::new(),
        ]);
        let nowhere = || self.place(None);
        fields.extend(nowhere());
        fields.extend(nowhere());
        fields.extend(self.place(row.place.as_ref()));
        let added: String = incident.first.entry.coded_at.chars().filter(char::is_ascii_digit).collect();
        fields.push(added);
        fields.push(row.url.clone().unwrap_or_else(|| row.document_id.clone()));
        fields
    }

    /// Code, name, country, group, ethnicity, two religions, three types.
    fn actor(&self, participant: Option<&ParticipantRow>) -> [String; 10] {
        let Some(one) = participant else { return Default::default() };
        let country = self.codes.country(one.country.as_deref()).map_or("", |country| &country.cameo);
        let role = self.codes.role(one);
        let empty = String::new;
        [
            format!("{country}{role}"),
            one.name.to_uppercase(),
            country.to_owned(),
            empty(),
            empty(),
            empty(),
            empty(),
            role.to_owned(),
            empty(),
            empty(),
        ]
    }

    /// Type, name, country, two regions, degrees north and east, feature.
    fn place(&self, place: Option<&PlaceRow>) -> [String; 8] {
        let Some(place) = place else { return Default::default() };
        let kind = match place.precision.as_str() {
            "country" => "1",
            "region" => "5",
            _ => "4",
        };
        let fips = self.codes.country(place.country.as_deref()).map_or("", |country| &country.fips).to_owned();
        let degrees = |degrees: Option<f64>| degrees.map(|degrees| degrees.to_string()).unwrap_or_default();
        [
            kind.to_owned(),
            place.name.clone(),
            fips.clone(),
            fips,
            String::new(),
            degrees(place.latitude),
            degrees(place.longitude),
            place.geonames.map(|id| id.to_string()).unwrap_or_default(),
        ]
    }
}

impl Rows for Gdelt<'_> {
    fn add(&mut self, report: &Report, out: &mut dyn Write) -> io::Result<()> {
        let is_other =
            self.incident.as_ref().is_some_and(|incident| incident.first.entry.incident != report.entry.incident);
        if is_other {
            self.write(out)?;
        }
        let incident = self.incident.get_or_insert_with(|| Incident {
            first: report.clone(),
            n_reports: 0,
            outlets: BTreeSet::new(),
            articles: BTreeSet::new(),
            is_lead: false,
        });
        incident.n_reports += 1;
        incident.outlets.insert(report.row.outlet.clone());
        incident.articles.insert((report.row.document_id.clone(), report.row.outlet.clone()));
        incident.is_lead |= report.row.sentence <= LEAD;
        Ok(())
    }

    fn end(&mut self, out: &mut dyn Write) -> io::Result<()> {
        self.write(out)
    }
}
