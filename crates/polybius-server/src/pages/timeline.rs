//! Timeline: lanes of actors, with what they did and what is expected of them.

use jiff::civil::Date;
use maud::html;
use polybius_record::{Filter, Order, Outcome, Report, Settled};

use crate::asked::Asked;
use crate::charts::{both, timeline as chart};
use crate::failure::Failure;
use crate::layout::{Fields, filters};
use crate::parts::{actor, day, in_words, kind, quad, status_words};
use crate::view::{Shown, View};

/// So many lanes are drawn where none are named.
const LANES: usize = 6;
/// So many reports are drawn in a lane.
const MOST: u64 = 400;
/// So long a span is shown where none is asked for: the last half year.
const DAYS: i64 = 182;

/// The page.
pub fn make(view: &View<'_>) -> Result<Shown, Failure> {
    let mut filter = view.filter(&[])?;
    let today = view.today(&filter)?;
    let last = filter.to.clone().unwrap_or_else(|| today.clone());
    let parsed = |text: &str| text.parse::<Date>().map_err(|_| Failure::Unusable("the days cannot be read".to_owned()));
    let end = parsed(&last)?;
    let start = match &filter.from {
        Some(from) => parsed(from)?,
        None => end.checked_sub(jiff::ToSpan::days(DAYS)).unwrap_or(end),
    };
    let n_days = start.until(end).map(|span| i64::from(span.get_days())).unwrap_or(0) + 1;
    if n_days < 1 {
        return Err(Failure::Unusable("the first day comes after the last; change `from` or `to`".to_owned()));
    }
    filter.from = Some(start.to_string());
    filter.to = Some(last.clone());
    let lanes = match view.asked.list("lanes") {
        named if !named.is_empty() => named,
        _ => frequent(view, &filter)?,
    };
    let mut drawn = Vec::new();
    for code in &lanes {
        drawn.push(lane(view, &filter, code, (start, n_days), &today)?);
    }
    let shown = format!("{} to {}", day(&start.to_string()), day(&last));
    let caption = html! {
        p.legend {
            @for class in [2, 1, 4, 3] { (quad(class)) " " }
        }
        p { "Discs are deeds, squares are words; what is denied, only possible or yet to come is drawn open. Bars beneath a line are promises and threats, from the day they were made to the last day told: kept " span.promise-key.kept {} ", broken " span.promise-key.broken {} ", others " span.promise-key {} "." span.scripted { " Draw across the chart to look at a span of days." } }
    };
    let ticks = ticks(start, n_days);
    let span = (start.to_string(), last.clone());
    let body = html! {
        form.picker action="/timeline" data-live {
            label { span { "Lanes" } input type="text" name="lanes" size="28" value=(lanes.join(", ")) list="codes"; }
            label { span { "From" } input type="date" name="from" value=(start); }
            label { span { "To" } input type="date" name="to" value=(last); }
            @let kept = view.asked.without(&["lanes", "from", "to"]);
            @for name in kept.names() { input type="hidden" name=(name) value=[kept.get(name)]; }
            button { "Show" }
        }
        (filters(view, Fields::All)?)
        @if drawn.is_empty() { p.empty { "Nothing is reported of these days. " a href=(Asked::default().with("from", "1900-01-01").at("/timeline")) { "Show all days" } } } @else {
            (both(&caption, |width| chart::draw(&drawn, n_days, &ticks, Some(&span), width)))
        }
        section.figures {
            h2 { "In figures" }
            table.pairs {
                thead { tr { th scope="col" { "lane" } th scope="col" { "reports drawn" } th scope="col" { "promises" } } }
                tbody { @for (code, lane) in lanes.iter().zip(&drawn) {
                    @let rows = view.asked.narrowing().with("actor", code).with("from", start.to_string()).with("to", &last);
                    tr { th scope="row" { a href=(lane.link) { (lane.name) } } td { a href=(rows.at("/reports")) { (lane.acts.len()) } } td { (lane.promises.len()) } }
                } }
            }
        }
    };
    let words = in_words(view.site, &view.asked.without(&["from", "to"]));
    let standfirst = html! { p { "What each is reported to have done, day by day, " (shown) @if !words.is_empty() { ": " (words) } "." } };
    let exports = super::exports(
        &view.asked.narrowing().with("from", start.to_string()).with("to", &last).with("actor", lanes.join(",")),
    );
    Ok(Shown { title: "Timeline".to_owned(), standfirst, exports, body })
}

/// Those who act most in the days.
fn frequent(view: &View<'_>, filter: &Filter) -> Result<Vec<String>, Failure> {
    let panel = view.site.kept.pairs(view.record, filter)?;
    let mut counts: std::collections::BTreeMap<String, u64> = std::collections::BTreeMap::new();
    for row in panel.rows.clone() {
        *counts.entry(row.actor).or_default() += row.period.n_incidents;
    }
    let mut codes: Vec<(String, u64)> = counts.into_iter().collect();
    codes.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
    Ok(codes.into_iter().take(LANES).map(|(code, _)| code).collect())
}

fn lane(
    view: &View<'_>,
    filter: &Filter,
    code: &str,
    (start, n_days): (Date, i64),
    today: &str,
) -> Result<chart::Lane, Failure> {
    let own = Filter { actors: vec![code.to_owned()], ..filter.clone() };
    let page = view.record.page(&own, Order::Day, None, MOST)?;
    let place = |day: &str| {
        let day: Date = day.parse().ok()?;
        start.until(day).ok().map(|span| i64::from(span.get_days()))
    };
    let mut seen = std::collections::HashSet::new();
    let act = |report: &Report| {
        let day_of = report.entry.day.as_deref()?;
        Some(chart::Act {
            day: place(day_of)?,
            quad: report.row.quad,
            happened: report.entry.status == "happened",
            title: format!("{}: {}, {}", day(day_of), kind(&report.row), status_words(&report.entry.status)),
            link: format!("/incident/{}", report.entry.incident),
        })
    };
    let firsts: Vec<&Report> =
        page.reports.iter().filter(|report| seen.insert((report.entry.incident, report.entry.day.clone()))).collect();
    let acts = firsts.into_iter().filter_map(act).collect();
    let expected = view.record.expectations(&Filter { event_types: Vec::new(), ..own }, today, 60)?;
    let promise = |one: &Settled| {
        let (made, until) = (one.row.published.as_deref()?, one.row.settled_by.until.as_deref()?);
        let days = (place(made)?.clamp(0, n_days - 1), place(until)?.clamp(0, n_days - 1));
        let kind = one.row.event_type.as_deref().unwrap_or("an act");
        Some(chart::Promise {
            days: (days.0.min(days.1), days.1),
            outcome: match one.outcome {
                Outcome::Kept => "kept",
                Outcome::Broken => "broken",
                _ => "open",
            },
            title: format!("{kind} by {}: {}", day(until), one.outcome.as_str()),
            link: one.row.event_id.as_ref().map_or_else(|| "/expectations".to_owned(), |id| format!("/event/{id}")),
        })
    };
    let promises = expected.iter().filter_map(promise).collect();
    Ok(chart::Lane { name: view.site.name_of(code), link: actor(code), acts, promises })
}

/// The first days of months, or of years where there are many, with their labels.
fn ticks(start: Date, n_days: i64) -> Vec<(i64, String)> {
    let mut ticks = Vec::new();
    for n in 0..n_days.min(40_000) {
        let Ok(on) = start.checked_add(jiff::ToSpan::days(n)) else { break };
        let is_tick = if n_days > 1_500 {
            on.day() == 1 && on.month() == 1
        } else if n_days > 45 {
            on.day() == 1
        } else {
            on.weekday() == jiff::civil::Weekday::Monday
        };
        if is_tick {
            let label = if n_days > 1_500 {
                on.year().to_string()
            } else if n_days > 45 {
                on.strftime("%b %Y").to_string()
            } else {
                format!("{} {}", on.day(), on.strftime("%b"))
            };
            ticks.push((n, label));
        }
    }
    ticks
}
