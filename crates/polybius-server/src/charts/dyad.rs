//! What two sides did to each other: two directed series, the score, and how much there was to read.

use maud::{Markup, html};
use polybius::SCALE;
use polybius_record::Period;

use super::{period_label, steps};
use crate::parts::{QUADS, counted, signed};

/// One direction.
pub struct Series<'s> {
    /// Who → whom.
    pub name: String,
    /// Its periods; both directions have the same ones.
    pub periods: &'s [Period],
    /// The address of what makes up a count: of incidents of a quad class, or of all.
    pub link: &'s dyn Fn(&Period, Option<u8>) -> String,
}

const LEFT: f64 = 40.0;
const RIGHT: f64 = 14.0;
const PANEL: f64 = 132.0;
const SCORE: f64 = 104.0;
const COVERAGE: f64 = 44.0;
const HEAD: f64 = 40.0;
const FOOT: f64 = 40.0;
/// The scale reaches so far on both sides of 0.
const REACH: f64 = 10.0;

/// The whole chart, so wide.
pub fn draw(series: &[Series<'_>], coverage: &dyn Fn(&Period) -> String, width: f64) -> Markup {
    let periods = series.first().map_or(&[][..], |series| series.periods);
    let frame = Frame { width, band: (width - LEFT - RIGHT) / periods.len().max(1) as f64 };
    let height = HEAD + (PANEL + HEAD) * series.len() as f64 + SCORE + HEAD + COVERAGE + FOOT;
    let score_top = HEAD + (PANEL + HEAD) * series.len() as f64;
    let coverage_top = score_top + SCORE + HEAD;
    let names: Vec<&str> = series.iter().map(|series| series.name.as_str()).collect();
    html! {
        svg.plot viewBox={ "0 0 " (width) " " (height) } role="group" aria-label={ "Incidents by period: " (names.join("; ")) } {
            @for (index, one) in series.iter().enumerate() {
                (frame.bars(one, series, HEAD + (PANEL + HEAD) * index as f64))
            }
            (frame.scores(series, score_top))
            (frame.coverage(periods, coverage, coverage_top))
            (frame.axis(periods, coverage_top + COVERAGE))
        }
    }
}

struct Frame {
    width: f64,
    /// How wide a period is.
    band: f64,
}

impl Frame {
    fn middle(&self, index: usize) -> f64 {
        LEFT + self.band * (index as f64 + 0.5)
    }

    fn bar(&self) -> f64 {
        (self.band * 0.78).clamp(1.0, 30.0)
    }

    fn title(&self, top: f64, words: &Markup) -> Markup {
        html! { text.panel x="0" y=(round(top - 16.0)) { (words) } }
    }

    fn line(&self, y: f64, class: &str) -> Markup {
        html! { line class=(class) x1=(LEFT) x2=(self.width - RIGHT) y1=(round(y)) y2=(round(y)) {} }
    }

    fn tick(&self, y: f64, label: &str) -> Markup {
        html! { text.tick x=(LEFT - 6.0) y=(round(y + 3.5)) text-anchor="end" { (label) } }
    }

    /// Cooperation above the line, conflict below, deeds next to it and words farther out; one unit for both directions.
    fn bars(&self, one: &Series<'_>, all: &[Series<'_>], top: f64) -> Markup {
        let most = |sum: fn(&Period) -> u64| all.iter().flat_map(|series| series.periods).map(sum).max().unwrap_or(0);
        let up = most(|period| period.quads[0] + period.quads[1]);
        let down = most(|period| period.quads[2] + period.quads[3]);
        let unit = PANEL / (up + down).max(1) as f64;
        let zero = top + up as f64 * unit;
        let is_roomy = self.band >= 22.0;
        html! {
            (self.title(top, &html! { (one.name) }))
            @for step in steps(up, 2).into_iter().skip(1) { (self.line(zero - step as f64 * unit, "grid")) (self.tick(zero - step as f64 * unit, &step.to_string())) }
            @for step in steps(down, 2).into_iter().skip(1) { (self.line(zero + step as f64 * unit, "grid")) (self.tick(zero + step as f64 * unit, &step.to_string())) }
            (self.tick(zero, "0"))
            @for (index, period) in one.periods.iter().enumerate().filter(|(_, period)| period.n_incidents > 0) {
                @for (quad, y, n) in stacked(period, zero, unit) {
                    a href=((one.link)(period, Some(quad))) {
                        rect class={ "q" (quad) } x=(round(self.middle(index) - self.bar() / 2.0)) y=(round(y)) width=(round(self.bar())) height=(round(n as f64 * unit)) {
                            title { (period.period) ": " (counted(n, "incident", "incidents")) " of " (QUADS[usize::from(quad) - 1]) }
                        }
                    }
                }
                @if is_roomy {
                    @let y = zero - (period.quads[0] + period.quads[1]) as f64 * unit - 4.0;
                    a href=((one.link)(period, None)) { text.count x=(round(self.middle(index))) y=(round(y)) text-anchor="middle" { (period.n_incidents) } }
                }
            }
            (self.line(zero, "zero"))
        }
    }

    fn scores(&self, series: &[Series<'_>], top: f64) -> Markup {
        let y = |score: f64| top + (REACH - score) / (2.0 * REACH) * SCORE;
        html! {
            (self.title(top, &html! {
                @if self.width > 500.0 { "Mean score of the incidents on the scale " } @else { "Mean score, scale " }
                (SCALE)
            }))
            @for step in [REACH, 0.0, -REACH] {
                (self.line(y(step), if step == 0.0 { "zero" } else { "grid" }))
                (self.tick(y(step), &(if step == 0.0 { "0".to_owned() } else { signed(step).replace(".0", "") })))
            }
            @for (number, one) in series.iter().enumerate() {
                @let points: Vec<(usize, f64)> = one.periods.iter().enumerate().filter_map(|(index, period)| Some((index, period.mean()?))).collect();
                @for pair in points.windows(2).filter(|pair| pair[1].0 == pair[0].0 + 1) {
                    line class={ "score s" (number) } x1=(round(self.middle(pair[0].0))) y1=(round(y(pair[0].1))) x2=(round(self.middle(pair[1].0))) y2=(round(y(pair[1].1))) {}
                }
                @for &(index, score) in &points {
                    a href=((one.link)(&one.periods[index], None)) {
                        (point(number, self.middle(index), y(score), &html! { title { (one.name) ", " (one.periods[index].period) ": mean score " (signed(score)) } }))
                    }
                }
            }
            (self.key(series, top))
        }
    }

    /// Which line is whose, at the right end of the panel's title.
    fn key(&self, series: &[Series<'_>], top: f64) -> Markup {
        if series.len() < 2 || self.width < 500.0 {
            return html! {};
        }
        html! {
            @for (number, one) in series.iter().enumerate() {
                @let right = self.width - RIGHT - 200.0 * (series.len() - 1 - number) as f64;
                text.key x=(round(right)) y=(round(top - 16.0)) text-anchor="end" { (if number == 0 { "● " } else { "□ " }) (one.name) }
            }
        }
    }

    fn coverage(&self, periods: &[Period], link: &dyn Fn(&Period) -> String, top: f64) -> Markup {
        let most = periods.iter().map(|period| period.n_articles).max().unwrap_or(0).max(1);
        html! {
            (self.title(top, &html! { "Articles in the record" }))
            (self.tick(top + 4.0, &most.to_string()))
            @for (index, period) in periods.iter().enumerate().filter(|(_, period)| period.n_articles > 0) {
                @let height = COVERAGE * period.n_articles as f64 / most as f64;
                a href=(link(period)) {
                    rect.coverage x=(round(self.middle(index) - self.bar() / 2.0)) y=(round(top + COVERAGE - height)) width=(round(self.bar())) height=(round(height)) {
                        title { (period.period) ": " (counted(period.n_articles, "article", "articles")) }
                    }
                }
            }
            (self.line(top + COVERAGE, "zero"))
        }
    }

    fn axis(&self, periods: &[Period], y: f64) -> Markup {
        let every = (46.0 / self.band).ceil().max(1.0) as usize;
        let shown: Vec<usize> = (0..periods.len()).step_by(every).collect();
        html! {
            @for (place, &index) in shown.iter().enumerate() {
                @let before = place.checked_sub(1).map(|before| periods[shown[before]].period.as_str());
                @let (short, year) = period_label(&periods[index].period, before);
                text.tick x=(round(self.middle(index))) y=(round(y + 15.0)) text-anchor="middle" { (short) }
                @if let Some(year) = year { text.year x=(round(self.middle(index))) y=(round(y + 30.0)) text-anchor="middle" { (year) } }
            }
        }
    }
}

/// Where the parts of a bar stand: quad class, top, how many.
fn stacked(period: &Period, zero: f64, unit: f64) -> Vec<(u8, f64, u64)> {
    let [verbal, material, verbal_conflict, material_conflict] = period.quads;
    let height = |n: u64| n as f64 * unit;
    let parts = [
        (2, zero - height(material), material),
        (1, zero - height(material + verbal), verbal),
        (4, zero, material_conflict),
        (3, zero + height(material_conflict), verbal_conflict),
    ];
    parts.into_iter().filter(|&(_, _, n)| n > 0).collect()
}

/// A point of the first direction is a disc, of the second an open square.
fn point(number: usize, x: f64, y: f64, title: &Markup) -> Markup {
    html! {
        @if number == 0 { circle.point.s0 cx=(round(x)) cy=(round(y)) r="3.6" { (title) } }
        @else { rect.point.s1 x=(round(x - 3.2)) y=(round(y - 3.2)) width="6.4" height="6.4" { (title) } }
    }
}

fn round(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}
