//! Reports: the rows behind a number, or all that a filter lets through.

use maud::{Markup, html};
use polybius_record::{Filter, Order};

use crate::failure::Failure;
use crate::layout::{Fields, filters};
use crate::parts::{COUNTED, QUADS, by_incident, counted, in_words, quad, report, signed};
use crate::view::{Shown, View};

/// So many reports are on a page.
const MOST: u64 = 50;

/// The page.
pub fn make(view: &View<'_>) -> Result<Shown, Failure> {
    match view.asked.get("period") {
        Some(_) => behind_a_number(view),
        None => all(view),
    }
}

fn all(view: &View<'_>) -> Result<Shown, Failure> {
    let filter = view.filter(&[])?;
    let order = if view.asked.get("order") == Some("latest") { Order::Latest } else { Order::Day };
    let n_reports = view.record.n_reports(&filter)?;
    let page = view.record.page(&filter, order, view.asked.get("after"), MOST)?;
    let unknown = view.record.unknown_codes(&filter)?;
    let asked = view.asked.without(&["after"]);
    let turned = if order == Order::Latest { asked.without(&["order"]) } else { asked.with("order", "latest") };
    let body = html! {
        (filters(view, Fields::All)?)
        @for (code, near) in &unknown {
            p.notice { "The record has nothing under “" (code) "”." @if !near.is_empty() { " Did you mean " (near.join(", ")) "?" } }
        }
        p.aside {
            @if order == Order::Latest { "The latest published comes first. " a href=(turned.at("/reports")) { "By day" } }
            @else { "In order of the days on which it happened. " a href=(turned.at("/reports")) { "The latest published first" } }
        }
        @if page.reports.is_empty() { p.empty { "No report fits." } }
        @for one in &page.reports { (report(view.site, one)) }
        @if let Some(next) = &page.next { p.more { a rel="next" href=(asked.with("after", next).at("/reports")) { "The next " (MOST) } } }
    };
    let words = in_words(view.site, &view.asked);
    Ok(Shown {
        title: counted(n_reports, "report", "reports"),
        standfirst: html! { p { @if words.is_empty() { "All that the record holds." } @else { (words) "." } } },
        exports: super::exports(&view.asked.narrowing()),
        body,
    })
}

/// The numbers of the reports that make up a count of a dyad, and what they are.
pub struct Behind {
    /// The reports that are counted.
    pub filter: Filter,
    /// How many.
    pub n: u64,
    /// Whether incidents are counted, by their first reports.
    pub is_incidents: bool,
}

/// Which reports make up a count of a dyad in a period.
pub fn behind(view: &View<'_>) -> Result<Behind, Failure> {
    let filter = view.filter(&COUNTED)?;
    let by = view.asked.by().unwrap_or(polybius_record::By::Month);
    let period = view.asked.get("period").unwrap_or_default();
    let dyad = view.record.dyad(&filter, by)?;
    let counted = dyad.periods.into_iter().find(|one| one.period == period).unwrap_or_default();
    let is_incidents = view.asked.get("count") != Some("reports");
    let of_quad = view.asked.get("of_quad").and_then(|quad| quad.parse::<u8>().ok());
    if is_incidents {
        let firsts = counted.firsts.iter().filter(|(_, quad)| of_quad.is_none_or(|asked| asked == *quad));
        let numbers: Vec<i64> = firsts.map(|&(event, _)| event).collect();
        let n = numbers.len() as u64;
        let (as_of, run) = (filter.as_of.clone(), filter.run);
        return Ok(Behind {
            filter: Filter { numbers: Some(numbers), as_of, run, ..Filter::default() },
            n,
            is_incidents,
        });
    }
    let n = counted.n_reports;
    let ids = counted.events;
    // No id at all would mean every report.
    let numbers = ids.is_empty().then(Vec::new);
    Ok(Behind { filter: Filter { ids, numbers, ..filter }, n, is_incidents })
}

fn behind_a_number(view: &View<'_>) -> Result<Shown, Failure> {
    let Behind { filter, n, is_incidents } = behind(view)?;
    let reports = view.record.reports(&filter, Some(1_000))?;
    let sum: f64 = reports.iter().filter_map(|one| one.row.score).sum();
    let of_quad =
        view.asked.get("of_quad").and_then(|quad| quad.parse::<u8>().ok()).filter(|quad| (1..=4).contains(quad));
    let period = view.asked.get("period").unwrap_or_default();
    let what = if is_incidents { counted(n, "incident", "incidents") } else { counted(n, "report", "reports") };
    let title = match of_quad {
        Some(class) => format!("{what} of {}, {period}", QUADS[usize::from(class) - 1]),
        None => format!("{what}, {period}"),
    };
    let dyad = view.asked.without(&["period", "count", "of_quad"]).at("/dyad");
    let rows = if is_incidents { reports.into_iter().map(|one| vec![one]).collect() } else { by_incident(reports) };
    let body = html! {
        ol.rows data-count=(n) { @for reports in &rows { @for one in reports { li { (row(view, one, is_incidents)) } } } }
        @if is_incidents && n > 0 { p.aside { "Sum of the scores " (signed(sum)) ", mean " (signed(sum / n as f64)) "." } }
        p.more { a href=(dyad) { "Back to the dyad" } }
    };
    let standfirst = html! {
        p {
            (in_words(view.site, &view.asked)) ". "
            @if is_incidents { "Each incident is counted once, in the period of its first report, which is shown here; “incident” opens the others." }
        }
        @if let Some(class) = of_quad { p { (quad(class)) } }
    };
    Ok(Shown { title, standfirst, exports: super::exports(&view.asked), body })
}

fn row(view: &View<'_>, one: &polybius_record::Report, is_incidents: bool) -> Markup {
    let others = if is_incidents {
        view.record.n_reports(&Filter { incident: Some(one.entry.incident), ..Filter::default() }).unwrap_or(1)
    } else {
        1
    };
    html! {
        (report(view.site, one))
        @if others > 1 { p.aside { a href={ "/incident/" (one.entry.incident) } { "and " (counted(others - 1, "other report", "other reports")) " of this incident" } } }
    }
}
