//! Data health: what there is to read, what is missing, and what coded it.

use std::collections::BTreeMap;

use maud::{Markup, html};
use polybius_record::{By, Volume};

use crate::asked::{Asked, name_of};
use crate::charts::volume as chart;
use crate::failure::Failure;
use crate::marks::{brief, evidence};
use crate::parts::{counted, day, number};
use crate::view::{Shown, View};

/// An outlet that has published nothing for so many days before the latest article is silent.
const SILENT_DAYS: i64 = 7;

/// The page.
pub fn make(view: &View<'_>) -> Result<Shown, Failure> {
    let as_of = view.filter(&[])?.as_of;
    let volume = view.record.volume(as_of.as_ref())?;
    let extent = view.site.kept.extent(view.record, as_of.as_ref())?;
    let by = view.by(extent.first.as_deref(), extent.last.as_deref());
    let periods = match (&extent.first, &extent.last) {
        (Some(first), Some(last)) => by.between(first, last),
        _ => Vec::new(),
    };
    let mut outlets: BTreeMap<&str, Vec<&Volume>> = BTreeMap::new();
    for one in &volume {
        outlets.entry(&one.outlet).or_default().push(one);
    }
    let all: Vec<(String, u64)> = volume.iter().filter_map(|one| Some((one.day.clone()?, one.n_articles))).collect();
    let n_with: u64 = volume.iter().map(|one| one.n_with_reports).sum();
    let n_articles = extent.n_articles;
    let n_undated: u64 = volume.iter().filter(|one| one.day.is_none()).map(|one| one.n_articles).sum();
    let bars = bars(&periods, by, &all, None);
    let body = html! {
        dl.tally {
            div { dt { "articles" } dd { a href="/articles" { (number(n_articles)) } } }
            div { dt { "with a report" } dd { (number(n_with)) @if n_articles > 0 { " " span.aside { (n_with * 100 / n_articles) " %" } } } }
            div { dt { "set aside: no report" } dd { (number(n_articles.saturating_sub(n_with))) } }
            div { dt { "reports" } dd { a href="/reports" { (number(extent.n_reports)) } } }
            div { dt { "without a date" } dd { (number(n_undated)) } }
        }
        section {
            h2 { "Articles by " (name_of(by)) }
            figure.chart { @for (width, class) in crate::charts::WIDTHS { div class=(class) { (chart::draw(&bars, "Articles by period", width, 70.0)) } } }
        }
        section.figures {
            h2 { "Outlets" }
            div.scroll tabindex="0" role="region" aria-label="Outlets" {
                table.outlets {
                    thead { tr { th scope="col" { "outlet" } th scope="col" { "articles" } th scope="col" { "with a report" } th scope="col" { "first" } th scope="col" { "last" } th scope="col" { "by " (name_of(by)) } } }
                    tbody { @for (outlet, days) in &outlets { (row(outlet, days, &periods, by, extent.last.as_deref())) } }
                }
            }
        }
        section {
            h2 { "To look at" }
            @let notes = if as_of.is_none() { view.record.notes_on(&volume)? } else { view.record.notes()? };
            @if notes.is_empty() { p.empty { "Nothing: no outlet is silent, no day is missing, all sources could be read." } }
            ul { @for note in &notes { li { (evidence(note)) } } }
            p.aside { "Whether the file is sound is for " code { "polybius doctor" } " to say, which reads all of it." }
        }
        (runs(view)?)
    };
    let standfirst = html! { p { "What the record was made from. A rise or fall in events may be nothing but a rise or fall in articles." } };
    Ok(Shown {
        title: "Data health".to_owned(),
        standfirst,
        exports: vec![
            ("volume as CSV", view.asked.narrowing().at("/v1/volume.csv")),
            ("JSON", "/v1/health".to_owned()),
        ],
        body,
    })
}

fn bars(periods: &[String], by: By, days: &[(String, u64)], outlet: Option<&str>) -> Vec<chart::Bar> {
    let mut counts: BTreeMap<String, u64> = BTreeMap::new();
    for (day, n) in days {
        *counts.entry(by.period(day)).or_default() += n;
    }
    let bar = |period: &String| {
        let n = counts.get(period).copied().unwrap_or(0);
        let asked = Asked::default().with("by", name_of(by)).with("period", period);
        let asked = outlet.map_or(asked.clone(), |outlet| asked.with("outlet", outlet));
        chart::Bar {
            period: period.clone(),
            n,
            title: format!("{period}: {}", counted(n, "article", "articles")),
            link: asked.at("/articles"),
            is_chosen: false,
        }
    };
    periods.iter().map(bar).collect()
}

fn row(outlet: &str, days: &[&Volume], periods: &[String], by: By, latest: Option<&str>) -> Markup {
    let n: u64 = days.iter().map(|one| one.n_articles).sum();
    let n_with: u64 = days.iter().map(|one| one.n_with_reports).sum();
    let dated: Vec<&str> = days.iter().filter_map(|one| one.day.as_deref()).collect();
    let (first, last) = (dated.iter().min().copied(), dated.iter().max().copied());
    let silent = latest.zip(last).and_then(|(latest, last)| {
        let (latest, last): (jiff::civil::Date, jiff::civil::Date) = (latest.parse().ok()?, last.parse().ok()?);
        Some(last.duration_until(latest).as_hours() / 24)
    });
    let counts: Vec<(String, u64)> = days.iter().filter_map(|one| Some((one.day.clone()?, one.n_articles))).collect();
    let mut by_period: BTreeMap<String, u64> = BTreeMap::new();
    for (day, n) in &counts {
        *by_period.entry(by.period(day)).or_default() += n;
    }
    let most = by_period.values().copied().max().unwrap_or(1).max(1) as f64;
    let band = 200.0 / periods.len().max(1) as f64;
    let name = if outlet.is_empty() { "unnamed".to_owned() } else { brief(outlet) };
    html! {
        tr {
            th scope="row" { a href=(Asked::default().with("outlet", outlet).at("/articles")) { (evidence(&name)) } }
            td { (n) } td { (n_with * 100 / n.max(1)) " %" }
            td { @if let Some(first) = first { (day(first)) } }
            td { @if let Some(last) = last { (day(last)) } @if let Some(days) = silent.filter(|&days| days > SILENT_DAYS) { " " span.silent { "silent for " (days) " days" } } }
            td {
                svg width="200" height="20" viewBox="0 0 200 20" role="img" aria-label={ (n) " articles over " (periods.len()) " periods" } {
                    @for (index, period) in periods.iter().enumerate() {
                        @if let Some(&n) = by_period.get(period) {
                            @let tall = (n as f64 / most * 19.0).max(1.0);
                            rect.coverage x=(((index as f64 * band) * 10.0).round() / 10.0) y=(20.0 - tall) width=(((band * 0.85).max(0.6) * 10.0).round() / 10.0) height=(tall) {}
                        }
                    }
                }
            }
        }
    }
}

fn runs(view: &View<'_>) -> Result<Markup, Failure> {
    let runs = view.record.runs()?;
    let short = |digest: &str| digest.get(..12).unwrap_or(digest).to_owned();
    Ok(html! {
        section.figures {
            h2 { "What coded it" }
            div.scroll tabindex="0" role="region" aria-label="Runs" {
                table.runs {
                    thead { tr { @for head in ["run", "version", "program", "codebook", "models", "settings", "began", "articles", "reports"] { th scope="col" { (head) } } } }
                    tbody {
                        @for run in &runs {
                            tr {
                                th scope="row" { a href=(Asked::default().with("run", run.id.0.to_string()).at("/reports")) { (run.id.0) } }
                                td { (run.maker.version) } td { code { (short(&run.maker.program)) } } td { code { (short(&run.maker.codebook)) } } td { code { (short(&run.maker.models)) } }
                                td { (run.maker.settings) } td { (run.began) } td { (run.n_codings) } td { (run.n_reports) }
                            }
                        }
                    }
                }
            }
        }
    })
}
