//! Claims: who said what about whom, in his words, and what was said to it later.

use maud::{Markup, html};
use polybius::{ClaimRow, ParticipantRow};
use polybius_record::{ClaimReport, Filter};

use crate::asked::Asked;
use crate::failure::Failure;
use crate::layout::{Fields, filters};
use crate::marks::{brief, evidence};
use crate::parts::{counted, day, in_words, name};
use crate::view::{Shown, View};

/// So many claims are shown.
const MOST: u64 = 40;
/// Claims nearer to each other than this many characters are shown as one run.
const MOST_LINKED: usize = 4;

/// The page.
pub fn make(view: &View<'_>) -> Result<Shown, Failure> {
    let filter = view.filter(&[])?;
    let mut claims = view.record.claims(&filter, MOST + 1)?;
    let has_more = claims.len() as u64 > MOST;
    claims.truncate(MOST as usize);
    let said = view.record.said_to_each(&claims, &filter)?;
    let parts: Vec<_> = claims.iter().zip(said).collect();
    let body = html! {
        (filters(view, Fields::Claims)?)
        @if parts.is_empty() { p.empty { "No claim of this kind is in the record." } }
        @for (claim, said) in &parts {
            article.claim {
                (one(claim))
                @if !said.is_empty() {
                    ul.later {
                        @for (relation, other) in said.iter().take(MOST_LINKED) {
                            li { strong { "Later " (relation.as_str()) } ": " (name(&other.row.speaker)) " " (stance(&other.row)) ", “" a href={ "/claim/" (other.row.claim_id) } { (evidence(&brief(&content(&other.row)))) } "”" @if let Some(on) = &other.day { ", " (day(on)) } }
                        }
                        @if said.len() > MOST_LINKED { li { a href={ "/claim/" (claim.row.claim_id) } { (said.len() - MOST_LINKED) " more" } } }
                    }
                }
            }
        }
        @if has_more { p.aside { "The latest " (MOST) " are shown; the filters reach the others." } }
    };
    let words = in_words(view.site, &view.asked);
    let standfirst = html! {
        p { "What people and bodies are reported to say, think, want or oppose, whether or not it codes to an event, the latest first." @if !words.is_empty() { " Shown: " (words) "." } }
        p.aside { "“Later” is by likeness of the words, between claims of one speaker or about the same parties. Whether anybody is right is not judged here." }
    };
    Ok(Shown {
        title: "Claims".to_owned(),
        standfirst,
        exports: vec![("NDJSON", view.asked.narrowing().at("/v1/claims"))],
        body,
    })
}

/// The page of one claim.
pub fn claim(view: &View<'_>) -> Result<Shown, Failure> {
    let filter = view.filter(&[])?;
    let id = view.last_part();
    let found = view.record.claims(
        &Filter { ids: vec![id.clone()], as_of: filter.as_of.clone(), run: filter.run, ..Filter::default() },
        1,
    )?;
    let Some(claim) = found.first() else {
        return Err(Failure::Missing(format!("the record has no claim `{}`", brief(&id))));
    };
    let said = view.record.said_to(claim, &filter)?;
    let body = html! {
        article.claim { (one(claim)) }
        @if !claim.row.events.is_empty() {
            h2 { "Events in it" }
            ul { @for event in &claim.row.events { li { a href={ "/event/" (event) } { (event) } } } }
        }
        h2 { "What was said to it later" }
        @if said.is_empty() { p.empty { "Nothing like it, by this speaker or about these parties." } }
        @for (relation, other) in &said { article.claim { p.kicker { strong { (relation.as_str()) } } (one(other)) } }
    };
    let title = format!("{} {}", brief(&claim.row.speaker.name), stance(&claim.row));
    Ok(Shown {
        title,
        standfirst: html! {},
        exports: vec![("JSON", Asked::default().with("id", id).at("/v1/claims"))],
        body,
    })
}

/// A claim in a list.
pub fn one(claim: &ClaimReport) -> Markup {
    let row = &claim.row;
    let article = Asked::default()
        .with("id", &row.document_id)
        .with("outlet", row.outlet.clone().unwrap_or_default())
        .at("/article");
    let about: Vec<&ParticipantRow> = row.about.iter().take(6).collect();
    html! {
        p.kicker { (evidence(&brief(row.outlet.as_deref().unwrap_or("an unnamed outlet")))) ": " strong { (name(&row.speaker)) } " " (stance(row)) @if let Some(on) = &claim.day { " · " time datetime=(on) { (day(on)) } } }
        blockquote.claim-words { p { (quoted(&content(row))) } }
        p.meta {
            span.aside { (row.kind.replace('-', " ")) ", by “" (evidence(&brief(&joined(&row.cue)))) "”" }
            @if !about.is_empty() { " · about " @for (index, one) in about.iter().enumerate() { @if index > 0 { ", " } (name(one)) } }
            " · " a href=(article) { (evidence(&brief(row.title.as_deref().unwrap_or(&row.document_id)))) }
            " · " a href={ "/claim/" (row.claim_id) } { "this claim" }
            @if !row.events.is_empty() { " · " (counted(row.events.len() as u64, "event", "events")) " in it" }
        }
    }
}

/// Words between quotation marks, unless they stand in some already.
fn quoted(words: &str) -> Markup {
    match words.starts_with(['“', '"', '‘', '«']) {
        true => evidence(words),
        false => html! { "“" (evidence(words)) "”" },
    }
}

/// What the speaker does with the content.
pub fn stance(row: &ClaimRow) -> String {
    if row.negated { format!("does not: {}", row.stance) } else { row.stance.clone() }
}

/// What is said, its runs joined.
pub fn content(row: &ClaimRow) -> String {
    joined(&row.content)
}

fn joined(runs: &[polybius::WordsRow]) -> String {
    runs.iter().map(|words| words.text.as_str()).collect::<Vec<_>>().join(" … ")
}
