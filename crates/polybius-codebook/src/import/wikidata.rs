//! Items of Wikidata, one JSON object a line, as its dumps have them.
//!
//! Names are the English label and aliases. P31 says what an item is, P17 and P27 its country, P39 offices, P102 parties, P571 and
//! P576 when it was founded and dissolved; the qualifiers P580 and P582 date offices and memberships. An office is an item itself: it
//! has a name only if it stands in the same file.

use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::Value;

use super::Done;
use super::record::{Held, Named, Record};
use super::writer::Writer;
use crate::{Codebook, Form, Kind, PartialDate, Role, RoleKind, SectorId};

pub(super) fn read(text: &str, codebook: &Codebook, writer: &mut Writer<'_>) {
    let mut items = Vec::new();
    for (number, item) in super::ftm::json_lines(text, writer) {
        items.push((number, item));
    }
    let labels: FxHashMap<&str, &str> =
        items.iter().filter_map(|(_, item)| Some((item["id"].as_str()?, label(item)?))).collect();
    let lands = codebook.entities.iter().filter(|(_, entity)| entity.kind.is_land());
    let lands = lands.filter_map(|(_, entity)| Some((entity.wikidata.as_deref()?, entity.country.as_deref()?)));
    let reader = Reader { codebook, labels, lands: lands.collect() };
    let held = items.iter().flat_map(|(_, item)| claims(item, "P39")).filter_map(item_of);
    let offices: FxHashSet<&str> = held.collect();
    for (number, item) in &items {
        match reader.record(*number, item, writer) {
            Ok(record) => writer.add(record),
            Err(_) if item["id"].as_str().is_some_and(|id| offices.contains(id)) => {
                writer.tell(*number, Done::Known, "it is an office: its name was taken for those who held it");
            }
            Err(reason) => writer.reject(*number, &reason),
        }
    }
}

struct Reader<'a> {
    codebook: &'a Codebook,
    labels: FxHashMap<&'a str, &'a str>,
    /// Our countries by their items.
    lands: FxHashMap<&'a str, &'a str>,
}

impl Reader<'_> {
    fn record(&self, line: u32, item: &Value, writer: &mut Writer<'_>) -> Result<Record, String> {
        let id = item["id"].as_str().filter(|id| id.starts_with('Q')).ok_or("it has no `id` of an item")?;
        let name = label(item).ok_or("it has no English label")?;
        let classes: Vec<&str> = claims(item, "P31").filter_map(item_of).collect();
        let known = classes.iter().find_map(|class| self.codebook.actor_codes.get("wikidata", class));
        let known = known.ok_or_else(|| match classes.as_slice() {
            [] => "P31 does not say what it is".to_owned(),
            classes => format!("what it is (P31 {}) is not in crosswalks/actors.csv", classes.join(", ")),
        })?;
        let kind = known.kind.ok_or("crosswalks/actors.csv gives it no kind")?;
        let land = claims(item, "P17").chain(claims(item, "P27")).filter_map(item_of).collect::<Vec<_>>();
        let country = land.iter().find_map(|land| self.lands.get(land)).map(|country| Box::<str>::from(*country));
        if country.is_none() && !land.is_empty() {
            let reason = format!("its country ({}) is not in the codebook; it was left empty", land.join(", "));
            writer.tell(line, Done::Imported, &reason);
        }
        let aliases =
            item["aliases"]["en"].as_array().into_iter().flatten().filter_map(|alias| alias["value"].as_str());
        let names = std::iter::once((name, Form::Name)).chain(aliases.map(|alias| (alias, Form::Alias)));
        let names = names.map(|(name, form)| Named { line, name: name.to_owned(), form }).collect();
        let mut spans = Vec::new();
        for claim in claims(item, "P39") {
            let (role, sector) = self.office(line, claim, writer);
            self.push_span(line, claim, Held { sector, role, ..Held::default() }, &mut spans, writer);
        }
        if spans.is_empty() && kind == Kind::Person {
            let sector = self.codebook.ontology.sector_named("PTY");
            for claim in claims(item, "P102") {
                self.push_span(line, claim, Held { sector, ..Held::default() }, &mut spans, writer);
            }
        }
        if kind != Kind::Person {
            let at = |property| {
                claims(item, property).find_map(|claim| claim["mainsnak"]["datavalue"]["value"]["time"].as_str())
            };
            let span = Held { sector: known.sector, ..Held::default() };
            spans.extend(dated(line, span, at("P571"), at("P576"), writer));
        }
        let wikidata = Some(id.to_owned());
        let source = Some("wikidata".to_owned());
        Ok(Record { line, entity: None, kind, country, wikidata, names, spans, source })
    }

    fn push_span(&self, line: u32, claim: &Value, span: Held, spans: &mut Vec<Held>, writer: &mut Writer<'_>) {
        let at = |property: &str| claim["qualifiers"][property][0]["datavalue"]["value"]["time"].as_str();
        spans.extend(dated(line, span, at("P580"), at("P582"), writer));
    }

    /// The office as our role nouns call it: "President of Russia" is president.
    fn office(&self, line: u32, claim: &Value, writer: &mut Writer<'_>) -> (String, Option<SectorId>) {
        let Some(office) = item_of(claim) else { return Default::default() };
        let Some(label) = self.labels.get(office) else {
            let reason = format!("the office {office} is not in the file: only its dates were taken");
            writer.tell(line, Done::Imported, &reason);
            return Default::default();
        };
        office_of(label, self.codebook)
    }
}

/// The office and sector that words for an office name: as much of them as a role noun has. "Minister of Defence of Kenya" is a
/// defence minister.
pub(super) fn office_of(words: &str, codebook: &Codebook) -> (String, Option<SectorId>) {
    let words = words.to_lowercase();
    let cuts = words.rmatch_indices(" of ").map(|(at, _)| at);
    let role = std::iter::once(words.len()).chain(cuts).find_map(|end| {
        let words = &words[..end];
        let inverted = words.split_once(" of ").map(|(office, field)| format!("{field} {office}"));
        person(words, 1, codebook).or_else(|| person(&inverted?, 2, codebook))
    });
    match role {
        Some(role) if role.role.is_empty() => (role.noun.to_string(), Some(role.sector)),
        Some(role) => (role.role.to_string(), Some(role.sector)),
        None => (words, None),
    }
}

/// The noun for a person, of at least so many words, in which the words end.
fn person<'c>(words: &str, least: usize, codebook: &'c Codebook) -> Option<&'c Role> {
    let lemmas: Vec<&str> = words.split(' ').collect();
    let (n_words, role) = codebook.roles.ending(&lemmas)?;
    (n_words >= least && role.kind == RoleKind::Person).then_some(role)
}

/// The span with its dates, or nothing if they are impossible.
pub(super) fn dated(
    line: u32,
    span: Held,
    from: Option<&str>,
    until: Option<&str>,
    writer: &mut Writer<'_>,
) -> Option<Held> {
    let mut date = |text: Option<&str>| {
        let text = text?;
        let date = date(text);
        if date.is_none() {
            let reason = format!("`{text}` is no date of ours; it was left empty");
            writer.tell(line, Done::Imported, &reason);
        }
        date
    };
    let span = Held { from: date(from), until: date(until), ..span };
    if span.is_impossible() {
        let (from, until) = (from.unwrap_or_default(), until.unwrap_or_default());
        writer.tell(
            line,
            Done::Imported,
            &format!("it ends in {until}, before it begins in {from}: the span was left out"),
        );
        return None;
    }
    Some(span)
}

/// `+2012-05-07T00:00:00Z`, of which month and day may be 00, or a date as we write it.
fn date(text: &str) -> Option<PartialDate> {
    let text = text.strip_prefix('+').unwrap_or(text);
    let day = text.split_once('T').map_or(text, |(day, _)| day);
    let day = day.strip_suffix("-00").unwrap_or(day);
    PartialDate::parse(day.strip_suffix("-00").unwrap_or(day))
}

fn label(item: &Value) -> Option<&str> {
    item["labels"]["en"]["value"].as_str()
}

/// The claims of a property, the preferred first; those that are deprecated are none.
fn claims<'v>(item: &'v Value, property: &str) -> impl Iterator<Item = &'v Value> {
    let claims = item["claims"][property].as_array().map_or(&[][..], Vec::as_slice);
    let of_rank =
        |rank: &'static str| claims.iter().filter(move |claim| claim["rank"].as_str().unwrap_or("normal") == rank);
    of_rank("preferred").chain(of_rank("normal"))
}

/// The item that a claim names.
fn item_of(claim: &Value) -> Option<&str> {
    claim["mainsnak"]["datavalue"]["value"]["id"].as_str()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates() {
        let check = |text: &str, expected: Option<&str>| {
            assert_eq!(date(text).map(|date| date.to_string()).as_deref(), expected, "{text}");
        };
        check("+2012-05-07T00:00:00Z", Some("2012-05-07"));
        check("+2012-05-00T00:00:00Z", Some("2012-05"));
        check("+2012-00-00T00:00:00Z", Some("2012"));
        check("-0044-03-15T00:00:00Z", None);
        check("2012-05", Some("2012-05"));
        check("+2012-13-01T00:00:00Z", None);
    }
}
