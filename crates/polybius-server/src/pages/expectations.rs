//! Expectations: what was announced, promised or foreseen, and what became of it.

use maud::{Markup, html};
use polybius_record::{Outcome, Settled};

use crate::asked::Asked;
use crate::failure::Failure;
use crate::layout::{Fields, filters};
use crate::marks::{brief as shortened, evidence};
use crate::parts::{chain, day, in_words, name};
use crate::view::{Shown, View};

/// So many are looked at.
const MOST: u64 = 400;

/// The page.
pub fn make(view: &View<'_>) -> Result<Shown, Failure> {
    let filter = view.filter(&[])?;
    let today = view.today(&filter)?;
    let all = view.record.expectations(&filter, &today, MOST)?;
    let chosen = view.asked.get("outcome");
    let of = |outcome: Outcome| all.iter().filter(move |one| one.outcome == outcome);
    let body = html! {
        (filters(view, Fields::All)?)
        ul.outcomes {
            li { a href=(view.asked.without(&["outcome"]).at("/expectations")) aria-current=[chosen.is_none().then_some("true")] { "all " strong { (all.len()) } } }
            @for outcome in Outcome::ALL {
                li { a href=(view.asked.with("outcome", outcome.as_str()).at("/expectations")) aria-current=[(chosen == Some(outcome.as_str())).then_some("true")] { (sign(outcome)) " " (outcome.as_str()) " " strong { (of(outcome).count()) } } }
            }
        }
        @for outcome in Outcome::ALL.into_iter().filter(|outcome| chosen.is_none_or(|chosen| chosen == outcome.as_str())) {
            @let some: Vec<&Settled> = of(outcome).take(if chosen.is_some() { 100 } else { 12 }).collect();
            @if !some.is_empty() {
                section {
                    h2 { (sign(outcome)) " " (heading(outcome)) }
                    @for one in &some { (brief(one)) }
                    @if of(outcome).count() > some.len() { p.more { a href=(view.asked.with("outcome", outcome.as_str()).at("/expectations")) { "All " (of(outcome).count()) } } }
                }
            }
        }
        @if all.is_empty() { p.empty { "Nothing of this kind is announced." } }
    };
    let words = in_words(view.site, &view.asked);
    let standfirst = html! {
        p { "What was announced, promised, threatened or foreseen, and what later reports say became of it by " (day(&today)) "." @if !words.is_empty() { " Shown: " (words) "." } }
        p.aside { "Kept: a later report tells the act, of the same type between the same sides, within the days told. Broken: a later report tells its contrary. Lapsed: its last day is over and no report tells of it, which may only mean that nobody wrote about it." }
    };
    Ok(Shown {
        title: "Expectations".to_owned(),
        standfirst,
        exports: vec![("NDJSON", view.asked.narrowing().at("/v1/expectations"))],
        body,
    })
}

fn sign(outcome: Outcome) -> Markup {
    let sign = match outcome {
        Outcome::Due => "◔",
        Outcome::Open => "○",
        Outcome::Kept => "✓",
        Outcome::Broken => "✗",
        Outcome::Lapsed => "–",
        Outcome::Untold => "?",
    };
    html! { span.sign aria-hidden="true" { (sign) } }
}

fn heading(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Due => "Due within a week",
        Outcome::Open => "Open",
        Outcome::Kept => "Kept",
        Outcome::Broken => "Broken",
        Outcome::Lapsed => "Lapsed",
        Outcome::Untold => "Only a reader can tell",
    }
}

/// An expectation in a list.
pub fn brief(one: &Settled) -> Markup {
    let row = &one.row;
    let words = row.words.iter().map(|words| words.text.as_str()).collect::<Vec<_>>().join(" … ");
    let article = Asked::default()
        .with("id", &row.document_id)
        .with("outlet", row.outlet.clone().unwrap_or_default())
        .at("/article");
    let address = row.event_id.as_ref().map_or(article, |id| format!("/event/{id}"));
    let kind = match (&row.event_type, &row.mode) {
        (Some(event_type), Some(mode)) => format!("{event_type} · {}", mode.replace('-', " ")),
        (Some(event_type), None) => event_type.clone(),
        _ => "codes to no type".to_owned(),
    };
    html! {
        article.expectation {
            p.kicker {
                (evidence(&shortened(row.outlet.as_deref().unwrap_or("an unnamed outlet")))) ":"
                @if let Some(speaker) = &row.announced_by { " " (name(speaker)) " " (row.stance.as_deref().unwrap_or("says")) }
                @if let Some(published) = &row.published { " · " (day(published)) }
            }
            p.words { a href=(address) { "“" (evidence(&words)) "”" } }
            p.meta {
                span.kind { @if row.negated { "will not: " } (kind) } " "
                @for (index, actor) in row.actors.iter().enumerate() { @if index > 0 { ", " } (name(actor)) }
                @if !row.recipients.is_empty() { " → " @for (index, one) in row.recipients.iter().enumerate() { @if index > 0 { ", " } (name(one)) } }
                @if row.possible { " · only possible" }
                " · " strong { (sign(one.outcome)) " " (one.outcome.as_str()) }
                @match &row.settled_by.until { Some(until) => { " · by " (day(until)) }, None => " · no day told" }
                @if let Some(condition) = &row.condition { " · if “" (evidence(&shortened(&condition.text))) "”" }
            }
            @if let Some(report) = &one.by {
                p.aside { "Settled by " (chain(&report.row)) " " a href={ "/event/" (report.row.event_id) } { "“" (evidence(&shortened(&report.row.text))) "”" } }
            }
        }
    }
}
