//! Parts that many pages have: parties, status, types, reports in a list, days in words.

use std::collections::BTreeMap;

use jiff::civil::Date;
use maud::{Markup, html};
use polybius::{AttributionRow, EventRow, ParticipantRow};
use polybius_record::{BySource, Report, Status, by_source};

use crate::asked::{Asked, escaped};
use crate::marks::{brief, evidence, in_brief};
use crate::site::Site;

/// The names of the quad classes, in order.
pub const QUADS: [&str; 4] = ["verbal cooperation", "material cooperation", "verbal conflict", "material conflict"];

/// A day in words, kept on one line: 4 March 2025.
pub fn day(text: &str) -> String {
    text.parse::<Date>()
        .map_or_else(|_| text.to_owned(), |day| format!("{}\u{a0}{}", day.day(), day.strftime("%B\u{a0}%Y")))
}

/// A number of things, with a comma between thousands.
pub fn counted(n: u64, one: &str, several: &str) -> String {
    format!("{} {}", number(n), if n == 1 { one } else { several })
}

/// A number with a comma between thousands.
pub fn number(n: u64) -> String {
    let digits = n.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A number that may be below zero, with a true minus sign.
pub fn signed(value: f64) -> String {
    let text = format!("{value:+.1}");
    if text == "-0.0" || text == "+0.0" { "0.0".to_owned() } else { text.replace('-', "−") }
}

/// What a status is called, for a reader.
pub fn status_words(status: &str) -> &'static str {
    match status {
        "happened" => "reported as happened",
        "denied" => "denied or not done",
        "future" => "yet to come",
        "hypothetical" => "only possible",
        "historical" => "long ago",
        _ => "unknown",
    }
}

/// A status with its sign: the sign alone tells it, and so does the word.
pub fn status(status: &str) -> Markup {
    let sign = match status {
        "happened" => "●",
        "denied" => "⊘",
        "future" => "◷",
        "hypothetical" => "◌",
        "historical" => "◂",
        _ => "?",
    };
    html! { span class={ "status " (status) } { span aria-hidden="true" { (sign) } " " (status_words(status)) } }
}

/// A quad class, as a swatch with its name.
pub fn quad(quad: u8) -> Markup {
    let name = QUADS[usize::from(quad.clamp(1, 4)) - 1];
    html! { span.quad { (swatch(quad)) (name) } }
}

/// A small field in the colour and hatching of a quad class.
pub fn swatch(quad: u8) -> Markup {
    html! { svg.swatch aria-hidden="true" width="12" height="12" viewBox="0 0 12 12" { rect class={ "q" (quad) } width="12" height="12" {} } }
}

/// Type and mode: ASSAULT · drone.
pub fn kind(row: &EventRow) -> String {
    row.mode.as_ref().map_or(row.event_type.clone(), |mode| format!("{} · {}", row.event_type, mode.replace('-', " ")))
}

/// Type and mode, with what they mean.
pub fn kind_with_meaning(site: &Site, row: &EventRow) -> Markup {
    let prospect = row.prospect.as_ref().map(|prospect| format!(" ({prospect})")).unwrap_or_default();
    html! { a.kind href={ "/codebook/" (row.event_type) } title=(site.definition(row)) { (kind(row)) (prospect) } }
}

/// Who to whom, each a link to his page.
pub fn parties(row: &EventRow) -> Markup {
    html! {
        span.parties {
            @if row.actors.is_empty() { span.nobody { "somebody" } } @else { (names(&row.actors)) }
            @if !row.recipients.is_empty() { span.arrow aria-label="to" { " → " } (names(&row.recipients)) }
        }
    }
}

fn names(all: &[ParticipantRow]) -> Markup {
    html! {
        @for (index, one) in all.iter().enumerate() {
            @if index > 0 { @if index + 1 == all.len() { " and " } @else { ", " } }
            (name(one))
        }
    }
}

/// A party, with the country where the name does not tell it.
pub fn name(one: &ParticipantRow) -> Markup {
    let code = one.entity.as_deref().or(one.country.as_deref());
    let country = one.country.as_deref().filter(|country| one.entity.as_deref() != Some(country));
    let words = evidence(&brief(&one.name));
    html! {
        @match code {
            Some(code) => a href=(actor(code)) { (words) },
            None => span { (words) },
        }
        @if let Some(country) = country { span.country { " " (country) } }
    }
}

/// The page of a country or entity.
pub fn actor(code: &str) -> String {
    format!("/actor/{}", escaped(code))
}

/// Who says so, outermost first: "Reuters: Ukraine says".
pub fn chain(row: &EventRow) -> Markup {
    let outlet = row.outlet.as_deref().unwrap_or("an unnamed outlet");
    html! {
        span.outlet { (evidence(&brief(outlet))) } ":"
        @for link in &row.attribution { " " (speaker(link)) }
    }
}

fn speaker(link: &AttributionRow) -> Markup {
    html! { (name(&link.speaker)) " " (link.stance) }
}

/// A report in a list: who says so, the words, what they were coded as.
pub fn report(site: &Site, report: &Report) -> Markup {
    let row = &report.row;
    html! {
        article.report {
            p.kicker { (chain(row)) }
            p.words { a href={ "/event/" (row.event_id) } { (in_brief(row)) } }
            p.meta {
                (swatch(row.quad)) (kind_with_meaning(site, row)) " " (parties(row)) " · " (status(&report.entry.status))
                @if let Some(day_of) = &report.entry.day { " · " time datetime=(day_of) { (day(day_of)) } }
                @if let Some(score) = row.score { " · score " (signed(score)) }
                " · " a href={ "/incident/" (report.entry.incident) } { "incident " (report.entry.incident) }
            }
        }
    }
}

/// An incident in a list: the first of its reports, and how many there are.
pub fn incident(site: &Site, reports: &[Report]) -> Markup {
    let Some(first) = reports.first() else { return html! {} };
    let row = &first.row;
    let mut outlets: Vec<&str> = Vec::new();
    for outlet in reports.iter().filter_map(|report| report.row.outlet.as_deref()) {
        if !outlets.contains(&outlet) {
            outlets.push(outlet);
        }
    }
    html! {
        article.incident {
            p.kicker {
                @if outlets.len() > 1 {
                    span.outlet { (evidence(&brief(&outlets.join(", ")))) } ":"
                    @for link in &row.attribution { " " (speaker(link)) }
                } @else { (chain(row)) }
            }
            h3 { a href={ "/incident/" (first.entry.incident) } { (in_brief(row)) } }
            p.meta {
                (swatch(row.quad)) (kind_with_meaning(site, row)) " " (parties(row)) " · " (status(&first.entry.status))
                @if let Some(day_of) = &first.entry.day { " · " time datetime=(day_of) { (day(day_of)) } }
                @if reports.len() > 1 { " · " (counted(reports.len() as u64, "report", "reports")) }
            }
            @for (what, values) in differing(reports) {
                p.differ { "Sources differ on " (what) ": " (said(&values)) }
            }
        }
    }
}

/// What each says: "7 (Kuvar Wire); 9 (Delta Post)".
pub fn said(values: &BTreeMap<String, Vec<String>>) -> Markup {
    html! {
        @for (index, (value, sources)) in values.iter().enumerate() {
            @if index > 0 { "; " }
            strong { (evidence(value)) } " (" (evidence(&brief(&sources.join(", ")))) ")"
        }
    }
}

/// What the reports contradict each other on, and who says what.
pub fn differing(reports: &[Report]) -> Vec<(&'static str, BySource)> {
    let mut differing = polybius_record::differing(reports, |status| status_words(status).to_owned());
    differing.extend(actors_differ(reports).map(|values| ("who did it", values)));
    differing
}

/// Who did it, where that is not the same country or entity under different names.
fn actors_differ(reports: &[Report]) -> Option<BySource> {
    let mut codes: BTreeMap<String, String> = BTreeMap::new();
    let values = by_source(reports, |report| {
        let actor = report.row.actors.first()?;
        let code = actor.country.clone().or_else(|| actor.entity.clone())?;
        Some(codes.entry(code).or_insert_with(|| actor.name.clone()).clone())
    });
    (codes.len() > 1 && values.len() > 1).then_some(values)
}

/// Reports by incident, in the order in which they come.
pub fn by_incident(reports: Vec<Report>) -> Vec<Vec<Report>> {
    let mut incidents: Vec<Vec<Report>> = Vec::new();
    let mut places: BTreeMap<i64, usize> = BTreeMap::new();
    for report in reports {
        let place = *places.entry(report.entry.incident).or_insert(incidents.len());
        match incidents.get_mut(place) {
            Some(incident) => incident.push(report),
            None => incidents.push(vec![report]),
        }
    }
    incidents
}

/// The filter in words, for a standfirst. As of when it is asked stands at the head of every page.
pub fn in_words(site: &Site, asked: &Asked) -> String {
    let names = |name: &str| asked.list(name).iter().map(|code| site.name_of(code)).collect::<Vec<_>>().join(" or ");
    let mut words = Vec::new();
    match (asked.get("actor"), asked.get("recipient")) {
        (Some(_), Some(_)) => words.push(format!("{} → {}", names("actor"), names("recipient"))),
        (Some(_), None) => words.push(format!("{} acts", names("actor"))),
        (None, Some(_)) => words.push(format!("done to {}", names("recipient"))),
        (None, None) => {}
    }
    words.extend(asked.get("type").map(|types| types.replace(',', " or ")));
    let quads = asked.list("quad");
    let quads = quads.iter().filter_map(|quad| quad.parse::<usize>().ok()).filter(|quad| (1..=4).contains(quad));
    let quads = quads.map(|quad| QUADS[quad - 1]).collect::<Vec<_>>();
    words.extend((!quads.is_empty()).then(|| quads.join(" or ")));
    let statuses: Vec<String> = asked.list("status");
    words.extend((!statuses.is_empty()).then(|| match statuses.iter().any(|status| status == "any") {
        true => "of any status".to_owned(),
        false => statuses.iter().map(|status| status_words(status)).collect::<Vec<_>>().join(" or "),
    }));
    words.extend(asked.get("place").map(|_| format!("in {}", names("place"))));
    words.extend(asked.get("from").map(|from| format!("from {}", day(from))));
    words.extend(asked.get("to").map(|to| format!("to {}", day(to))));
    words.extend(asked.get("outlet").map(|outlet| format!("reported by {outlet}")));
    words.extend(asked.get("min_confidence").map(|least| format!("confidence {least} or more")));
    words.extend(asked.get("without_copies").map(|_| "copies left out".to_owned()));
    words.extend(asked.get("run").map(|run| format!("as run {run} coded it")));
    words.join(", ")
}

/// The statuses that figures count unless told otherwise.
pub const COUNTED: [Status; 1] = [Status::Happened];
