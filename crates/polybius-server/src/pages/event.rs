//! Event and incident: the sentence with its words marked, all reports of the incident side by side, and why.

use maud::{Markup, html};
use polybius::{DateRow, EventRow};
use polybius_record::{Filter, Report};

use crate::asked::Asked;
use crate::failure::Failure;
use crate::marks::{Mark, brief, evidence, labelled, marks};
use crate::parts::{
    actor, chain, counted, day, differing, kind, kind_with_meaning, name, parties, quad, said, signed, status,
};
use crate::view::{Shown, View};

/// The page of an event.
pub fn event(view: &View<'_>) -> Result<Shown, Failure> {
    let id = view.last_part();
    let asked = view.filter(&[])?;
    let one = Filter { ids: vec![id.clone()], as_of: asked.as_of.clone(), run: asked.run, ..Filter::default() };
    let found = view.record.reports(&one, Some(2))?.into_iter().find(|report| report.row.event_id == id);
    let Some(report) = found else { return gone(view, &id) };
    let row = &report.row;
    let body = html! {
        section.evidence {
            p.kicker { (chain(row)) @if let Some(published) = &row.published { " · published " (day(published)) } }
            blockquote.sentence cite=[safe_address(row.url.as_deref())] { p { (labelled(row)) } }
            (legend(row))
            p.aside {
                "Sentence " (row.sentence) " of " a href=(article(row)) { "“" (evidence(&brief(row.title.as_deref().unwrap_or(&row.document_id)))) "”" }
            }
        }
        div.columns {
            section.main { h2 { "What was coded" } (coded(view, &report)) (why(view, row)) }
            aside.beside { (history(view, &id)?) (super::correct::forms(view, &report)) }
        }
        (side_by_side(view, report.entry.incident, &asked, Some(&id))?)
    };
    let exports = vec![
        ("JSON", format!("/v1/events/{id}")),
        (
            "incident as CSV",
            Asked::default().with("incident", report.entry.incident.to_string()).with("format", "csv").at("/v1/events"),
        ),
    ];
    Ok(Shown { title: title(row), standfirst: summary(&report), exports, body })
}

/// The page of an incident.
pub fn incident(view: &View<'_>) -> Result<Shown, Failure> {
    let asked = view.filter(&[])?;
    let number = view.last_part();
    let incident: i64 = number.parse().map_err(|_| Failure::Missing("incidents have numbers".to_owned()))?;
    let reports = reports_of(view, incident, &asked)?;
    let Some(first) = reports.first() else {
        return Err(Failure::Missing(format!(
            "there is no incident {incident} then; its reports may have been retracted or moved"
        )));
    };
    let row = &first.row;
    let standfirst = html! {
        (summary(first))
        p { "Incident " (incident) ": " (counted(reports.len() as u64, "report", "reports")) " that tell of one act, as far as their words show." }
    };
    let body = html! { (side_by_side(view, incident, &asked, None)?) (moves(view, incident)?) };
    let of = Asked::default().with("incident", number);
    Ok(Shown { title: title(row), standfirst, exports: super::exports(&of), body })
}

/// What a headline does not say: the class, whether it happened, when, how many speak of it.
fn summary(report: &Report) -> Markup {
    html! {
        p.meta.large {
            (quad(report.row.quad)) (status(&report.entry.status))
            @if let Some(day_of) = &report.entry.day { " · " time datetime=(day_of) { (day(day_of)) } }
            @if let Some(score) = report.row.score { " · score " (signed(score)) }
        }
    }
}

fn title(row: &EventRow) -> String {
    let names =
        |all: &[polybius::ParticipantRow]| all.iter().map(|one| brief(&one.name)).collect::<Vec<_>>().join(", ");
    let actors = if row.actors.is_empty() { "Somebody".to_owned() } else { names(&row.actors) };
    let kind = kind(row);
    match row.recipients[..] {
        [] => format!("{actors}: {kind}"),
        _ => format!("{actors} → {}: {kind}", names(&row.recipients)),
    }
}

/// The page of the article, at the sentence.
pub fn article(row: &EventRow) -> String {
    let asked = Asked::default().with("id", &row.document_id).with("outlet", row.outlet.clone().unwrap_or_default());
    format!("{}#s{}", asked.at("/article"), row.start)
}

fn legend(row: &EventRow) -> Markup {
    let mut used: Vec<Mark> = marks(row).into_iter().map(|(_, _, mark)| mark).collect();
    used.sort_unstable();
    used.dedup();
    let meaning = |mark: Mark| match mark {
        Mark::Actor => "who did it",
        Mark::Recipient => "to whom",
        Mark::Trigger => "the words for the act",
        Mark::Time => "when",
        Mark::Place => "where",
        Mark::Speaker => "who says so",
        Mark::Cue => "the words that give the floor",
        Mark::Figure => "how many it hit",
        Mark::Status => "what takes it out of the plain past",
    };
    html! {
        dl.legend aria-label="Legend" {
            @for mark in Mark::ALL.into_iter().filter(|mark| used.contains(mark)) {
                div { dt { span class={ "mark " (mark.as_str()) } { (mark.as_str()) } } dd { (meaning(mark)) } }
            }
        }
    }
}

fn coded(view: &View<'_>, report: &Report) -> Markup {
    let row = &report.row;
    let participant = |one: &polybius::ParticipantRow| {
        let parts = [one.sector.as_deref(), one.role.as_ref().map(|role| role.name.as_str())];
        html! {
            (name(one)) " " span.aside { "“" (evidence(&brief(&one.text))) "”, by " (one.resolved_by.replace('-', " ")) @for part in parts.into_iter().flatten() { ", " (part) } }
        }
    };
    let many = |all: &[polybius::ParticipantRow]| html! { @if all.is_empty() { span.nobody { "nobody named" } } @for one in all { div { (participant(one)) } } };
    html! {
        dl.coded {
            dt { "Event type" } dd { (kind_with_meaning(view.site, row)) div.aside { (view.site.definition(row)) } }
            dt { "Actor" } dd { (many(&row.actors)) }
            dt { "Recipient" } dd { (many(&row.recipients)) }
            dt { "Status" } dd { (status(&report.entry.status)) @if row.auxiliary.len() > 1 { " " span.aside { (row.auxiliary.join(", ")) } } }
            dt { "When" } dd { @match &row.date { Some(date) => (when(date)), None => span.nobody { "no date" } } }
            @if let Some(place) = &row.place {
                dt { "Where" }
                dd {
                    (evidence(&place.name)) @if let Some(region) = &place.region { ", " (evidence(region)) } @if let Some(country) = &place.country { ", " a href=(actor(country)) { (view.site.name_of(country)) } }
                    " " span.aside { "known to the " (place.precision) }
                }
            }
            @for (count, what) in [(&row.size.dead, "Dead"), (&row.size.injured, "Injured"), (&row.size.arrested, "Arrested")] {
                @if let Some(count) = count { dt { (what) } dd { (count.value) " " span.aside { "“" (evidence(&count.text)) "”" } } }
            }
            dt { "According to" }
            dd {
                @if row.attribution.is_empty() { "the outlet itself" }
                @for link in &row.attribution { div { (name(&link.speaker)) " " (link.stance) " " span.aside { "“" (evidence(&link.cue.text)) "”, " (link.kind.replace('-', " ")) } } }
            }
            @if !row.contexts.is_empty() { dt { "Contexts" } dd { (row.contexts.join(", ")) } }
            dt { "Class and score" }
            dd { (quad(row.quad)) @if let Some(score) = row.score { ", " (signed(score)) " on " a href="/codebook/scale" { (row.scale) } } @if let Some(cameo) = &row.cameo { ", nearest CAMEO " (cameo.code) " (derived)" } }
            dt { "Confidence" } dd { (format!("{:.2}", row.confidence)) " " span.aside { "that type and parties are right" } }
            dt { "Ids" } dd { code { (row.event_id) } " · " a href={ "/incident/" (report.entry.incident) } { "incident " (report.entry.incident) } " · run " (report.entry.run.0) }
        }
    }
}

fn when(date: &DateRow) -> Markup {
    let days =
        if date.start == date.end { day(&date.start) } else { format!("{} to {}", day(&date.start), day(&date.end)) };
    html! {
        (days) " "
        @match &date.words {
            Some(words) => span.aside { "read from “" (evidence(&words.text)) "”, known to the " (date.precision) },
            None => span.aside { "the day of publication; the text gives no other" },
        }
    }
}

fn why(view: &View<'_>, row: &EventRow) -> Markup {
    html! {
        h2 { "Why" }
        ul.why {
            li { "The words “" strong { (evidence(&row.why.trigger.text)) } "” name the act." }
            @match &row.why.pattern {
                Some(pattern) => li { "Pattern " a href={ (Asked::default().with("pattern", &pattern.name).at(&format!("/codebook/{}", row.event_type))) "#" (pattern.name) } { (pattern.name) } " " span.aside { "codebook/" (pattern.file) ":" (pattern.line) } },
                None => li { "No pattern: the trained reader alone takes it for an act." },
            }
            @if let Some(reader) = &row.why.reader {
                li {
                    "The trained reader gives the type " (format!("{:.2}", reader.event_type))
                    @if let Some(actor) = reader.actor { ", the actor " (format!("{actor:.2}")) }
                    @if let Some(recipient) = reader.recipient { ", the recipient " (format!("{recipient:.2}")) }
                    ", and " (format!("{:.2}", reader.missed)) " that it is done to somebody who is missing here."
                }
            }
            @for note in &row.why.notes { li { (evidence(note)) } }
            li { a href=(Asked::default().with("text", &row.text).with("published", row.published.clone().unwrap_or_default()).at("/read")) { "Read the sentence again, step by step" } }
        }
        @if view.asked.get("as_of").is_some() { p.aside { "As the record stood then." } }
    }
}

fn history(view: &View<'_>, id: &str) -> Result<Markup, Failure> {
    let history = view.record.history(id)?;
    Ok(html! {
        h2 { "History" }
        ol.history { @for (at, what) in history { li { time datetime=(at) { (at) } " " (evidence(&what)) } } }
    })
}

/// The page of a report that holds no longer.
fn gone(view: &View<'_>, id: &str) -> Result<Shown, Failure> {
    let history = view.record.history(id)?;
    if history.is_empty() {
        return Err(Failure::Missing(format!("the record has no report `{id}`")));
    }
    let body = html! {
        ol.history { @for (at, what) in history { li { time datetime=(at) { (at) } " " (evidence(&what)) } } }
        (super::correct::restore(view, id))
    };
    Ok(Shown {
        title: "This report holds no longer".to_owned(),
        standfirst: html! { p { "It was retracted or superseded. Nothing is ever deleted; this is what happened to it." } },
        exports: Vec::new(),
        body,
    })
}

fn reports_of(view: &View<'_>, incident: i64, asked: &Filter) -> Result<Vec<Report>, Failure> {
    let filter = Filter { incident: Some(incident), as_of: asked.as_of.clone(), run: asked.run, ..Filter::default() };
    Ok(view.record.reports(&filter, Some(200))?)
}

/// All reports of an incident, with what they differ in.
fn side_by_side(view: &View<'_>, incident: i64, asked: &Filter, own: Option<&str>) -> Result<Markup, Failure> {
    let reports = reports_of(view, incident, asked)?;
    let differences = differing(&reports);
    Ok(html! {
        section.side-by-side {
            @if own.is_some() {
                h2 { "All reports of incident " a href={ "/incident/" (incident) } { (incident) } }
            } @else { h2 { "The reports side by side" } }
            @if reports.len() < 2 { p.aside { "No other report tells of this act." } }
            @for (what, values) in &differences { p.differ { "Sources differ on " (what) ": " (said(values)) } }
            div.reports {
                @for report in &reports {
                    @let row = &report.row;
                    article class={ "card" @if own == Some(&row.event_id) { " own" } } {
                        p.kicker { (chain(row)) @if let Some(published) = &row.published { " · " (day(published)) } }
                        p.words { a href={ "/event/" (row.event_id) } { (crate::marks::in_brief(row)) } }
                        dl {
                            dt { "parties" } dd { (parties(row)) }
                            dt { "status" } dd { (status(&report.entry.status)) }
                            @if let Some(day_of) = &report.entry.day { dt { "day" } dd { (day(day_of)) } }
                            @if let Some(place) = &row.place { dt { "place" } dd { (evidence(&place.name)) } }
                            @for (count, what) in [(&row.size.dead, "dead"), (&row.size.injured, "injured"), (&row.size.arrested, "arrested")] {
                                @if let Some(count) = count { dt { (what) } dd { (count.value) } }
                            }
                            dt { "why here" } dd { (evidence(&report.entry.incident_reason)) " " span.aside { (format!("{:.2}", report.entry.incident_score)) } }
                        }
                        @if let Some(copied) = report.entry.copy_of { p.aside { "Its article copies an earlier one (version " (copied) ")." } }
                    }
                }
            }
        }
    })
}

fn moves(view: &View<'_>, incident: i64) -> Result<Markup, Failure> {
    let memberships = view.record.memberships(incident)?;
    Ok(html! {
        section {
            h2 { "How they came together" }
            ol.history {
                @for one in &memberships {
                    li {
                        time datetime=(one.since) { (one.since) } " " a href={ "/event/" (one.event_id) } { (one.event_id) } ": " (evidence(&one.reason)) " (" (format!("{:.2}", one.score)) ")"
                        @if let Some(until) = &one.until { "; left " time datetime=(until) { (until) } }
                    }
                }
            }
        }
    })
}

/// An address of the web, where it is one; others are never made into links.
pub fn safe_address(address: Option<&str>) -> Option<&str> {
    address.filter(|address| address.starts_with("https://") || address.starts_with("http://"))
}
