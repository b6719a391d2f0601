//! Entities of FollowTheMoney, one JSON object a line: people and bodies, and the edges that say who held which post and was in what.

use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::Value;

use super::record::{Held, Named, Record};
use super::wikidata::{dated, office_of};
use super::writer::Writer;
use crate::{ActorCode, Codebook, Form, Kind};

pub(super) fn read(text: &str, codebook: &Codebook, writer: &mut Writer<'_>) {
    let items = json_lines(text, writer);
    let by_id: FxHashMap<&str, &Value> =
        items.iter().filter_map(|(_, item)| Some((item["id"].as_str()?, item))).collect();
    let mut edges: FxHashMap<&str, Vec<Edge<'_>>> = FxHashMap::default();
    for (line, item) in &items {
        let ends = match schema(item) {
            "Occupancy" => ("holder", "post"),
            "Membership" => ("member", "organization"),
            _ => continue,
        };
        let (Some(who), Some(what)) = (first(item, ends.0), first(item, ends.1)) else {
            writer.reject(*line, &format!("it does not say both `{}` and `{}`", ends.0, ends.1));
            continue;
        };
        if !by_id.contains_key(who) {
            writer.reject(*line, &format!("`{who}` is not in the file"));
            continue;
        }
        edges.entry(who).or_default().push(Edge { line: *line, item, what });
    }
    let posts: FxHashSet<&str> = edges.values().flatten().map(|edge| edge.what).collect();
    let reader = Reader { codebook, by_id, edges };
    for (line, item) in &items {
        match schema(item) {
            "Position" if !posts.contains(item["id"].as_str().unwrap_or_default()) => {
                writer.reject(*line, "it is a post that nobody in the file holds");
            }
            "Position" | "Occupancy" | "Membership" => {}
            "" => writer.reject(*line, "it has no `schema`"),
            schema => match reader.record(*line, schema, item, writer) {
                Ok(record) => writer.add(record),
                Err(reason) => writer.reject(*line, &reason),
            },
        }
    }
}

/// The objects of a file that has one a line, with their lines; the brackets and commas of a list round them are passed over.
pub(super) fn json_lines(text: &str, writer: &mut Writer<'_>) -> Vec<(u32, Value)> {
    let mut found = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        let line = line.trim_start_matches('\u{feff}').trim().trim_end_matches(',');
        if matches!(line, "" | "[" | "]") {
            continue;
        }
        match serde_json::from_str::<Value>(line) {
            Ok(value) if value.is_object() => found.push((number, value)),
            Ok(_) => writer.reject(number, "the line is no JSON object"),
            Err(error) => writer.reject(number, &format!("the line is no JSON: {error}")),
        }
    }
    found
}

/// An office held or a membership.
struct Edge<'v> {
    line: u32,
    item: &'v Value,
    what: &'v str,
}

struct Reader<'a> {
    codebook: &'a Codebook,
    by_id: FxHashMap<&'a str, &'a Value>,
    edges: FxHashMap<&'a str, Vec<Edge<'a>>>,
}

impl Reader<'_> {
    fn record(&self, line: u32, schema: &str, item: &Value, writer: &mut Writer<'_>) -> Result<Record, String> {
        let code = |code: &str| self.codebook.actor_codes.get("ftm", code);
        let own = code(schema).ok_or_else(|| format!("the schema `{schema}` names no actor that we know"))?;
        let topics: Vec<&ActorCode> = values(item, "topics").filter_map(code).collect();
        let is_person = own.kind == Some(Kind::Person);
        let by_topic = topics.iter().find_map(|topic| topic.kind).filter(|_| !is_person);
        let kind = by_topic.or(own.kind).ok_or("crosswalks/actors.csv gives it no kind")?;
        let sector = topics.iter().find_map(|topic| topic.sector).or(own.sector);
        let countries = ["country", "nationality", "jurisdiction", "citizenship"];
        let countries: Vec<&str> = countries.iter().flat_map(|property| values(item, property)).collect();
        let country = countries.iter().find_map(|code| self.country(code));
        if country.is_none() && !countries.is_empty() {
            let reason = format!("unknown country code `{}`; it was left empty", countries.join("`, `"));
            writer.tell(line, super::Done::Imported, &reason);
        }
        let named = |property: &'static str, form: Form| {
            values(item, property).map(move |name| Named { line, name: name.to_owned(), form })
        };
        let mut names: Vec<Named> = named("name", Form::Alias).chain(named("alias", Form::Alias)).collect();
        names.extend(named("abbreviation", Form::Acronym));
        names.first_mut().ok_or("it has no name")?.form = Form::Name;
        let mut spans = Vec::new();
        for edge in self.edges.get(item["id"].as_str().unwrap_or_default()).into_iter().flatten() {
            let (role, edge_sector) = self.office(edge);
            let span = Held { sector: edge_sector.or(sector), role, ..Held::default() };
            let ends = (first(edge.item, "startDate"), first(edge.item, "endDate"));
            spans.extend(dated(edge.line, span, ends.0, ends.1, writer));
        }
        if let Some(position) = first(item, "position").filter(|_| spans.is_empty()) {
            let (role, office_sector) = office_of(position, self.codebook);
            spans.push(Held { sector: office_sector.or(sector), role, ..Held::default() });
        }
        if spans.is_empty() {
            let ends = (first(item, "incorporationDate"), first(item, "dissolutionDate"));
            spans.extend(dated(line, Held { sector, ..Held::default() }, ends.0, ends.1, writer));
        }
        let wikidata = first(item, "wikidataId").map(str::to_owned);
        Ok(Record { line, entity: None, kind, country, wikidata, names, spans, source: None })
    }

    /// The office of an edge: the name of the post, or the role in an organisation.
    fn office(&self, edge: &Edge<'_>) -> (String, Option<crate::SectorId>) {
        let post = self.by_id.get(edge.what).and_then(|post| first(post, "name"));
        let words = match schema(edge.item) {
            "Occupancy" => post,
            _ => first(edge.item, "role"),
        };
        words.map_or_else(Default::default, |words| office_of(words, self.codebook))
    }

    fn country(&self, code: &str) -> Option<Box<str>> {
        let code = code.to_ascii_uppercase();
        let country = self.codebook.countries.iter().find(|country| *country.iso2 == *code || *country.iso3 == *code);
        country.map(|country| country.iso3.clone())
    }
}

fn schema(item: &Value) -> &str {
    item["schema"].as_str().unwrap_or_default()
}

fn values<'v>(item: &'v Value, property: &str) -> impl Iterator<Item = &'v str> {
    item["properties"][property].as_array().into_iter().flatten().filter_map(Value::as_str)
}

fn first<'v>(item: &'v Value, property: &str) -> Option<&'v str> {
    values(item, property).next()
}
