//! Contradictions: incidents of which the reports do not say the same.

use maud::html;

use crate::failure::Failure;
use crate::layout::{Fields, filters};
use crate::marks::{brief, evidence, in_brief};
use crate::parts::{chain, counted, day, differing, in_words, kind_with_meaning, parties, said, status, swatch};
use crate::view::{Shown, View};

/// So many incidents are shown.
const MOST: u64 = 40;

/// The page.
pub fn make(view: &View<'_>) -> Result<Shown, Failure> {
    let filter = view.filter(&[])?;
    let mut incidents = view.record.contradictions(&filter, MOST)?;
    // Names of one party in other words are no contradiction, and the record can only compare words.
    incidents.retain(|reports| !differing(reports).is_empty());
    let body = html! {
        (filters(view, Fields::All)?)
        @if incidents.is_empty() { p.empty { "No incident of this kind is told in two ways." } }
        @for reports in &incidents {
            @let first = &reports[0];
            @let matters = differing(reports);
            @let is_about = |what: &str| matters.iter().any(|(on, _)| *on == what);
            article.contradiction {
                h2 { a href={ "/incident/" (first.entry.incident) } { (swatch(first.row.quad)) (parties_plain(&first.row)) } }
                p.meta { (kind_with_meaning(view.site, &first.row)) @if let Some(on) = &first.entry.day { " · " (day(on)) } " · " (counted(reports.len() as u64, "report", "reports")) }
                @for (what, values) in &matters { p.differ { (what) ": " (said(values)) } }
                ul.versions {
                    @for report in reports.iter().take(6) {
                        li { span.kicker { (chain(&report.row)) } " " a href={ "/event/" (report.row.event_id) } { (in_brief(&report.row)) } @if is_about("whether it happened") { " " (status(&report.entry.status)) } @if is_about("who did it") { " " span.aside { (parties(&report.row)) } } }
                    }
                }
            }
        }
    };
    let words = in_words(view.site, &view.asked);
    let standfirst = html! {
        p { "Incidents whose reports differ in whether it happened, how many it hit, where, or who did it. What is so, we do not say." @if !words.is_empty() { " Shown: " (words) "." } }
    };
    Ok(Shown {
        title: "Contradictions".to_owned(),
        standfirst,
        exports: vec![("JSON", view.asked.narrowing().at("/v1/contradictions"))],
        body,
    })
}

fn parties_plain(row: &polybius::EventRow) -> maud::Markup {
    let names = |all: &[polybius::ParticipantRow]| match all {
        [] => "somebody".to_owned(),
        _ => all.iter().map(|one| brief(&one.name)).collect::<Vec<_>>().join(", "),
    };
    html! { (evidence(&names(&row.actors))) @if !row.recipients.is_empty() { " → " (evidence(&names(&row.recipients))) } }
}
