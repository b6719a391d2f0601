//! Articles: which there are, and one of them with the events in its words.

use maud::{Markup, html};
use polybius_record::{By, Filter, Report, StoredArticle};

use super::event::safe_address;
use crate::asked::Asked;
use crate::failure::Failure;
use crate::marks::{brief, evidence};
use crate::parts::{counted, day, kind, parties, status};
use crate::view::{Shown, View};

/// So many articles are on a page.
const MOST: usize = 200;

/// The list of articles of a period, or of all.
pub fn list(view: &View<'_>) -> Result<Shown, Failure> {
    let filter = view.filter(&[])?;
    let by = view.asked.by().unwrap_or(By::Month);
    let period = view.asked.get("period");
    let outlet = filter.outlets.first().map(String::as_str);
    let (n_articles, articles) = view.record.articles(by, period, outlet, filter.as_of.as_ref(), MOST)?;
    let body = html! {
        ul.articles data-count=(n_articles) { @for article in &articles { li { (line(article)) } } }
        @if n_articles > articles.len() as u64 { p.aside { "The first " (MOST) " are shown." } }
        @if articles.is_empty() { p.empty { "There is none." } }
    };
    let words = [period.map(str::to_owned), outlet.map(str::to_owned)];
    let words = words.into_iter().flatten().collect::<Vec<_>>().join(", ");
    let title = counted(n_articles, "article", "articles");
    Ok(Shown {
        title: if words.is_empty() { title } else { format!("{title}, {}", brief(&words)) },
        standfirst: html! { p { "By day of publication, the latest first." } },
        exports: vec![("JSON", view.asked.at("/v1/articles"))],
        body,
    })
}

fn line(article: &StoredArticle) -> Markup {
    html! {
        a href=(address(article)) { (evidence(&brief(article.title.as_deref().unwrap_or(&article.document_id)))) }
        " " span.aside {
            (evidence(&brief(&article.outlet))) @if let Some(published) = &article.published { ", " (day(published)) }
            @if article.copy_of.is_some() { ", copies another" }
        }
    }
}

/// The page of an article.
pub fn address(article: &StoredArticle) -> String {
    Asked::default().with("id", &article.document_id).with("outlet", &article.outlet).at("/article")
}

/// One article.
pub fn one(view: &View<'_>) -> Result<Shown, Failure> {
    let id = view.asked.get("id").unwrap_or_default();
    let as_of = view.filter(&[])?.as_of;
    let Some(article) = view.record.article(id, view.asked.get("outlet"), as_of.as_ref())? else {
        return Err(Failure::Missing(format!("the record has no article `{}`", brief(id))));
    };
    let outlets = if article.outlet.is_empty() { Vec::new() } else { vec![article.outlet.clone()] };
    let own = Filter { ids: vec![id.to_owned()], outlets, as_of, ..Filter::default() };
    let mut reports = view.record.reports(&own, Some(2_000))?;
    reports.retain(|report| report.row.document_id == article.document_id);
    reports.sort_by_key(|report| (report.row.start, report.row.why.trigger.start));
    let body = html! {
        div.columns.article {
            section.main lang="en" {
                h2.unseen { "Text" }
                @match &article.text {
                    Some(text) => (words(text, &reports)),
                    None => p.empty { "Of this article the record keeps only the sentences that report events." },
                }
            }
            aside.beside {
                h2 { (counted(reports.len() as u64, "report", "reports")) }
                @if reports.is_empty() { p.empty { "Nothing in it was coded. " a href="/read" { "Read" } " shows why a text gives no event." } }
                ol.found {
                    @for report in &reports {
                        li { a href={ "/event/" (report.row.event_id) } { (kind(&report.row)) } " " (parties(&report.row)) " " (status(&report.entry.status)) }
                    }
                }
            }
        }
    };
    let standfirst = html! {
        p {
            (evidence(&brief(&article.outlet))) @if let Some(published) = &article.published { ", " time datetime=(published) { (day(published)) } }
            ". Version " (article.version) ", read " (article.read_at)
            @if let Some((id, outlet)) = &article.copy_of { ". Copies " a href=(Asked::default().with("id", id).with("outlet", outlet).at("/article")) { (evidence(&brief(id))) } " of " (evidence(&brief(outlet))) }
            @if let Some(url) = safe_address(article.url.as_deref()) { ". " a rel="noreferrer noopener external" href=(url) { (evidence(&brief(url))) } }
            @else if let Some(url) = &article.url { ". Address: " (evidence(&brief(url))) }
        }
    };
    let exports = super::exports(&Asked::default().with("id", &article.document_id));
    Ok(Shown { title: brief(article.title.as_deref().unwrap_or(&article.document_id)), standfirst, exports, body })
}

/// The text, its paragraphs as they are, each trigger a link to its event.
fn words(text: &str, reports: &[Report]) -> Markup {
    let characters: Vec<char> = text.chars().collect();
    let mut cuts: Vec<(usize, usize, &Report)> = Vec::new();
    for report in reports {
        let trigger = &report.row.why.trigger;
        let is_free = cuts.last().is_none_or(|&(_, end, _)| end <= trigger.start);
        if is_free && trigger.start < trigger.end && trigger.end <= characters.len() {
            cuts.push((trigger.start, trigger.end, report));
        }
    }
    let run = |from: usize, to: usize| characters[from..to].iter().collect::<String>();
    let ends: Vec<usize> = std::iter::once(0).chain(cuts.iter().map(|&(_, end, _)| end)).collect();
    let last = ends.last().copied().unwrap_or(0);
    let mut seen = std::collections::HashSet::new();
    html! {
        div.text {
            @for (&(start, end, report), &before) in cuts.iter().zip(&ends) {
                (evidence(&run(before, start)))
                a.trigger id=[seen.insert(report.row.start).then(|| format!("s{}", report.row.start))] href={ "/event/" (report.row.event_id) } title=(kind(&report.row)) { (evidence(&run(start, end))) }
            }
            (evidence(&run(last, characters.len())))
        }
    }
}
