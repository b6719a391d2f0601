//! FollowTheMoney: entities as JSON lines. A report is an `Event` whose organizers are its actors and whose involved are its recipients, proved
//! by an `Article`; each pair of parties has an `UnknownLink` too, for tools that draw networks. It cannot carry auxiliary modes, offsets or
//! the pattern.

use std::collections::HashSet;
use std::io::{self, Write};

use polybius::ParticipantRow;
use serde_json::{Map, Value};

use super::codes::Codes;
use super::{Rows, pairs};
use crate::Report;
use crate::runs::digest;

pub(super) struct Ftm<'c> {
    codes: &'c Codes<'c>,
    /// What was written already.
    seen: HashSet<String>,
}

impl<'c> Ftm<'c> {
    pub(super) fn new(codes: &'c Codes<'c>) -> Ftm<'c> {
        Ftm { codes, seen: HashSet::new() }
    }

    /// Writes an entity, once.
    fn entity(
        &mut self,
        id: &str,
        schema: &str,
        properties: &[(&str, Vec<String>)],
        out: &mut dyn Write,
    ) -> io::Result<()> {
        if !self.seen.insert(id.to_owned()) {
            return Ok(());
        }
        let mut values = Map::new();
        for (name, all) in properties {
            let all: Vec<&String> = all.iter().filter(|value| !value.is_empty()).collect();
            if !all.is_empty() {
                values.insert(
                    (*name).to_owned(),
                    Value::from(all.into_iter().map(|value| Value::from(value.as_str())).collect::<Vec<_>>()),
                );
            }
        }
        let entity: Map<String, Value> =
            [("id", Value::from(id)), ("schema", Value::from(schema)), ("properties", Value::Object(values))]
                .map(|(name, value)| (name.to_owned(), value))
                .into_iter()
                .collect();
        writeln!(out, "{}", Value::Object(entity))
    }

    fn country(&self, iso3: Option<&str>) -> Vec<String> {
        self.codes.country(iso3).map(|country| country.iso2.to_lowercase()).into_iter().collect()
    }

    /// The id of a party, which is written before it is pointed at.
    fn party(&mut self, one: &ParticipantRow, out: &mut dyn Write) -> io::Result<String> {
        let what = one
            .entity
            .clone()
            .unwrap_or_else(|| format!("{} {}", one.name, one.country.as_deref().unwrap_or_default()));
        let id = format!("polybius-{}", &digest(&what)[..16]);
        let properties = [
            ("name", vec![one.name.clone()]),
            ("country", self.country(one.country.as_deref())),
            ("wikidataId", one.wikidata.iter().cloned().collect()),
        ];
        self.entity(&id, "LegalEntity", &properties, out)?;
        Ok(id)
    }
}

impl Rows for Ftm<'_> {
    fn add(&mut self, report: &Report, out: &mut dyn Write) -> io::Result<()> {
        let row = &report.row;
        let known = |field: &Option<String>| field.iter().cloned().collect::<Vec<_>>();
        let outlet = row.outlet.as_deref().unwrap_or_default();
        let article = format!("polybius-{}", &digest(&format!("{}@{outlet}", row.document_id))[..16]);
        let properties = [
            ("fileName", vec![row.document_id.clone()]),
            ("title", known(&row.title)),
            ("publishedAt", known(&row.published)),
            ("sourceUrl", known(&row.url)),
            ("publisher", known(&row.outlet)),
        ];
        self.entity(&article, "Article", &properties, out)?;
        let actors = row.actors.iter().map(|one| self.party(one, out)).collect::<io::Result<Vec<_>>>()?;
        let recipients = row.recipients.iter().map(|one| self.party(one, out)).collect::<io::Result<Vec<_>>>()?;
        let names = |all: &[ParticipantRow]| all.iter().map(|one| one.name.as_str()).collect::<Vec<_>>().join(", ");
        let kind = row.mode.as_ref().map_or(row.event_type.clone(), |mode| format!("{}/{mode}", row.event_type));
        let country = row.place.as_ref().and_then(|place| place.country.as_deref());
        let properties = [
            ("name", vec![format!("{kind}: {} → {}", names(&row.actors), names(&row.recipients))]),
            ("date", report.entry.day.iter().cloned().collect()),
            ("summary", vec![row.text.clone()]),
            ("keywords", vec![row.event_type.clone(), kind.clone()]),
            ("location", row.place.iter().map(|place| place.name.clone()).collect()),
            ("country", self.country(country)),
            ("organizer", actors),
            ("involved", recipients),
            ("proof", vec![article.clone()]),
            ("sourceUrl", known(&row.url)),
            ("publisher", known(&row.outlet)),
        ];
        let id = format!("polybius-{}-{}", row.event_id, &article[9..17]);
        self.entity(&id, "Event", &properties, out)?;
        for (actor, recipient) in pairs(row) {
            let (Some(actor), Some(recipient)) = (actor, recipient) else { continue };
            let (subject, object) = (self.party(actor, out)?, self.party(recipient, out)?);
            let link = format!("polybius-{}", &digest(&format!("{id} {subject} {object}"))[..16]);
            let properties = [
                ("subject", vec![subject]),
                ("object", vec![object]),
                ("role", vec![kind.clone()]),
                ("date", report.entry.day.iter().cloned().collect()),
                ("sourceUrl", known(&row.url)),
                ("publisher", known(&row.outlet)),
            ];
            self.entity(&link, "UnknownLink", &properties, out)?;
        }
        Ok(())
    }
}
