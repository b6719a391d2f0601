//! Lanes of actors over time: what each is reported to have done, and what is promised by when.

use maud::{Markup, html};

use crate::parts::QUADS;

/// One actor's lane.
pub struct Lane {
    /// Who.
    pub name: String,
    /// His page.
    pub link: String,
    /// What he is reported to have done.
    pub acts: Vec<Act>,
    /// What is expected of him.
    pub promises: Vec<Promise>,
}

/// An act on a day.
pub struct Act {
    /// The day, counted from the first of the chart.
    pub day: i64,
    /// Its quad class.
    pub quad: u8,
    /// Whether it happened.
    pub happened: bool,
    /// In words.
    pub title: String,
    /// Its page.
    pub link: String,
}

/// Something to be done between two days.
pub struct Promise {
    /// From the day of the announcement to the last, counted from the first of the chart.
    pub days: (i64, i64),
    /// What became of it: the class of the style sheet.
    pub outcome: &'static str,
    /// In words.
    pub title: String,
    /// Its page.
    pub link: String,
}

const HEAD: f64 = 22.0;
const FOOT: f64 = 40.0;
const SPOT: f64 = 5.0;
/// So many acts are stacked before they are counted.
const MOST_STACKED: usize = 7;

/// The chart, so wide, over so many days; `ticks` are days with their labels. With the first and last day, a script can let a span of it
/// be chosen.
pub fn draw(
    lanes: &[Lane],
    n_days: i64,
    ticks: &[(i64, String)],
    days: Option<&(String, String)>,
    width: f64,
) -> Markup {
    let is_narrow = width < 500.0;
    let left = if is_narrow { 8.0 } else { 150.0 };
    let room = width - left - 14.0;
    let x = |day: i64| left + (day as f64 + 0.5) / n_days.max(1) as f64 * room;
    let column = |day: i64| (x(day) / (2.0 * SPOT + 1.0)).floor() as i64;
    let mut top = HEAD;
    let mut drawn: Vec<Markup> = Vec::new();
    for lane in lanes {
        let mut stacks: std::collections::BTreeMap<i64, usize> = std::collections::BTreeMap::new();
        for act in &lane.acts {
            *stacks.entry(column(act.day)).or_default() += 1;
        }
        let highest = stacks.values().copied().max().unwrap_or(0).min(MOST_STACKED);
        let rows = rows(&lane.promises, |promise| (x(promise.days.0), x(promise.days.1)));
        let n_rows = rows.iter().max().map_or(0, |row| row + 1);
        let name_height = if is_narrow { 18.0 } else { 0.0 };
        let acts_height = (highest as f64 * (2.0 * SPOT + 1.0)).max(16.0);
        let height = name_height + acts_height + n_rows as f64 * 9.0 + 14.0;
        let base = top + name_height + acts_height;
        let mut stacked: std::collections::BTreeMap<i64, usize> = std::collections::BTreeMap::new();
        let mut acts: Vec<Markup> = Vec::new();
        for act in &lane.acts {
            let place = stacked.entry(column(act.day)).or_default();
            *place += 1;
            if *place <= MOST_STACKED {
                let y = base - SPOT - (*place as f64 - 1.0) * (2.0 * SPOT + 1.0);
                acts.push(spot(act, (column(act.day) as f64 + 0.5) * (2.0 * SPOT + 1.0), y));
            }
        }
        let more = stacked.iter().filter(|(_, n)| **n > MOST_STACKED);
        drawn.push(html! {
            a href=(lane.link) {
                @if is_narrow { text.lane x=(left) y=(round(top + 10.0)) { (lane.name) } }
                @else { text.lane x=(left - 12.0) y=(round(base - 3.0)) text-anchor="end" { (lane.name) } }
            }
            line.zero x1=(left) x2=(width - 14.0) y1=(round(base)) y2=(round(base)) {}
            @for act in &acts { (act) }
            @for (column, n) in more { text.tick x=(round((*column as f64 + 0.5) * (2.0 * SPOT + 1.0))) y=(round(base - highest as f64 * (2.0 * SPOT + 1.0) - 2.0)) text-anchor="middle" { "+" (n - MOST_STACKED) } }
            @for (promise, row) in lane.promises.iter().zip(&rows) {
                @let y = base + 5.0 + *row as f64 * 9.0;
                a href=(promise.link) {
                    rect class={ "promise " (promise.outcome) } x=(round(x(promise.days.0))) y=(round(y)) width=(round((x(promise.days.1) - x(promise.days.0)).max(4.0))) height="5" rx="2.5" { title { (promise.title) } }
                }
            }
        });
        top += height;
    }
    let height = top + FOOT;
    html! {
        svg.plot.timeline viewBox={ "0 0 " (width) " " (round(height)) } role="group" aria-label="Acts and promises by day, a lane for each actor" data-brush=[super::brush(days, left, left + room)] {
            @for (day, label) in ticks.iter().step_by(if is_narrow { ticks.len().div_ceil(5).max(1) } else { ticks.len().div_ceil(12).max(1) }) {
                line.grid x1=(round(x(*day))) x2=(round(x(*day))) y1=(HEAD - 8.0) y2=(round(top)) {}
                @for y in [10.0, top + 14.0] { text.tick x=(round(x(*day))) y=(round(y)) text-anchor="middle" { (label) } }
            }
            @for lane in &drawn { (lane) }
        }
    }
}

/// Which row each promise is drawn in, so that none covers another.
fn rows(promises: &[Promise], ends: impl Fn(&Promise) -> (f64, f64)) -> Vec<usize> {
    let mut taken: Vec<f64> = Vec::new();
    let row = |promise: &Promise| {
        let (from, to) = ends(promise);
        let free = taken.iter().position(|&end| end + 3.0 < from);
        let row = free.unwrap_or(taken.len());
        match taken.get_mut(row) {
            Some(end) => *end = to.max(from + 4.0),
            None => taken.push(to.max(from + 4.0)),
        }
        row
    };
    promises.iter().map(row).collect()
}

/// Deeds are discs, words are squares, what has not happened is open.
fn spot(act: &Act, x: f64, y: f64) -> Markup {
    let class = format!("act q{} {}", act.quad, if act.happened { "happened" } else { "open" });
    let title = html! { title { (act.title) " (" (QUADS[usize::from(act.quad.clamp(1, 4)) - 1]) ")" } };
    html! {
        a href=(act.link) {
            @if matches!(act.quad, 2 | 4) { circle class=(class) cx=(round(x)) cy=(round(y)) r=(SPOT - 0.6) { (title) } }
            @else { rect class=(class) x=(round(x - SPOT + 1.0)) y=(round(y - SPOT + 1.0)) width=(2.0 * SPOT - 2.0) height=(2.0 * SPOT - 2.0) { (title) } }
        }
    }
}

fn round(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}
