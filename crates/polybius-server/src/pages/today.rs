//! Today: what was reported last, and what has changed against its own past.

use maud::{Markup, html};
use polybius_record::{Changed, Changes, Filter, Order, Outcome};

use crate::asked::Asked;
use crate::failure::Failure;
use crate::layout::{Fields, filters};
use crate::parts::{by_incident, counted, day, in_words, incident, swatch};
use crate::view::{Shown, View};

/// So many incidents are shown at a time.
const MOST: usize = 15;
/// So many reports are looked at for them.
const MOST_REPORTS: u64 = 60;
/// So many changes are shown.
const MOST_CHANGES: usize = 8;
/// The last days, and how many times as many before they are compared with.
const DAYS: u32 = 7;
const TIMES: u32 = 8;
/// Fewer deviations are nothing to look at.
const LEAST_DEVIATIONS: f64 = 1.0;

/// The page.
pub fn make(view: &View<'_>) -> Result<Shown, Failure> {
    let filter = view.filter(&[])?;
    let page = view.record.page(&filter, Order::Latest, view.asked.get("after"), MOST_REPORTS)?;
    let n_read = page.reports.len();
    let mut incidents = by_incident(page.reports);
    let next = (incidents.len() > MOST).then(|| {
        incidents.truncate(MOST);
        let shown: usize = incidents.iter().map(Vec::len).sum();
        shown.min(n_read)
    });
    let today = view.today(&filter)?;
    let more = next.is_some() || page.next.is_some();
    let narrowing = view.asked.narrowing();
    let body = html! {
        (filters(view, Fields::All)?)
        div.columns {
            section.main aria-labelledby="latest" {
                h2 id="latest" { "Latest incidents" }
                @if incidents.is_empty() { p.empty { "Nothing of this kind is reported." } }
                @for reports in &incidents { (incident(view.site, reports)) }
                @if more { p.more { a href=(narrowing.with("order", "latest").at("/reports")) { "All reports, the latest first" } } }
            }
            aside.beside {
                (changed(view, &filter, &today)?)
                (due(view, &filter, &today)?)
            }
        }
    };
    let words = in_words(view.site, &view.asked);
    let standfirst = html! {
        p {
            "What was published up to " time datetime=(today) { (day(&today)) } ": who did what to whom, according to whom. "
            @if !words.is_empty() { "Shown: " (words) ". " }
            "Choose a sentence to see the reports behind it side by side."
        }
    };
    Ok(Shown {
        title: "Today".to_owned(),
        standfirst,
        exports: super::exports(&narrowing.with("order", "latest")),
        body,
    })
}

fn changed(view: &View<'_>, filter: &Filter, today: &str) -> Result<Markup, Failure> {
    let statuses = if filter.statuses.is_empty() { crate::parts::COUNTED.to_vec() } else { filter.statuses.clone() };
    let Changes { recent, before, mut pairs } =
        view.record.changes(&Filter { statuses, ..filter.clone() }, today, DAYS, TIMES)?;
    pairs.retain(|changed| changed.deviations.abs() >= LEAST_DEVIATIONS);
    pairs.truncate(MOST_CHANGES);
    Ok(html! {
        section aria-labelledby="changes" {
            h2 id="changes" { "Biggest changes" }
            p.aside {
                "Incidents that happened from " (day(&recent.0)) " to " (day(&recent.1)) ", against the mean of the " (TIMES)
                " weeks before. Ordered by (now − usual) ÷ √usual, where less than one counts as one."
            }
            @if pairs.is_empty() { p.empty { "No pair of parties differs by more than one deviation." } }
            ol.changes { @for one in &pairs { li { (change(view, one, (&recent.0, &recent.1), (&before.0, &recent.1))) } } }
        }
    })
}

fn change(view: &View<'_>, one: &Changed, recent: (&str, &str), both: (&str, &str)) -> Markup {
    let pair = Asked::default().with("actor", &one.actor).with("recipient", &one.recipient);
    let over = |days: (&str, &str)| pair.with("from", days.0).with("to", days.1);
    let strongest = (1..=4_u8).max_by_key(|&quad| one.quads[usize::from(quad) - 1]).unwrap_or(1);
    html! {
        a.pair href=(over(both).with("by", "week").at("/dyad")) { (view.site.name_of(&one.actor)) " → " (view.site.name_of(&one.recipient)) }
        " "
        @if one.n_incidents() > 0 { (swatch(strongest)) }
        span.numbers {
            a href=(over(recent).with("status", "happened").at("/reports")) { (one.n_incidents()) }
            " now, usually " (format!("{:.1}", one.usual))
        }
        span.deviations { (if one.deviations > 0.0 { "▲ " } else { "▼ " }) (format!("{:.1}", one.deviations.abs())) }
    }
}

fn due(view: &View<'_>, filter: &Filter, today: &str) -> Result<Markup, Failure> {
    let expectations = view.record.expectations(filter, today, 200)?;
    let due: Vec<_> = expectations.iter().filter(|one| one.outcome == Outcome::Due).take(6).collect();
    Ok(html! {
        @if !due.is_empty() {
            section aria-labelledby="due" {
                h2 id="due" { "Due within a week" }
                @for one in &due { (super::expectations::brief(one)) }
                p.more { a href="/expectations" { (counted(expectations.len() as u64, "expectation", "expectations")) } }
            }
        }
    })
}
