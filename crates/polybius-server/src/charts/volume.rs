//! How much was published, period by period: bars that are links.

use maud::{Markup, html};

use super::period_label;
use crate::parts::number;

/// A bar.
pub struct Bar {
    /// Its period.
    pub period: String,
    /// How high.
    pub n: u64,
    /// What a pointer over it says.
    pub title: String,
    /// What makes it up.
    pub link: String,
    /// Whether it is the one that is shown.
    pub is_chosen: bool,
}

/// The bars, so wide and high, under `label`.
pub fn draw(bars: &[Bar], label: &str, width: f64, height: f64) -> Markup {
    let most = bars.iter().map(|bar| bar.n).max().unwrap_or(0).max(1) as f64;
    let band = width / bars.len().max(1) as f64;
    let every = (46.0 / band).ceil().max(1.0) as usize;
    let shown: Vec<usize> = (0..bars.len()).step_by(every).collect();
    let highest = (0..bars.len()).rev().max_by_key(|&index| bars[index].n).filter(|&index| bars[index].n > 0);
    html! {
        svg.plot.volume viewBox={ "0 -14 " (width) " " (height + 48.0) } role="group" aria-label=(label) {
            @for (index, bar) in bars.iter().enumerate() {
                @let tall = if bar.n == 0 { 0.0 } else { (bar.n as f64 / most * height).max(1.5) };
                a href=(bar.link) aria-current=[bar.is_chosen.then_some("true")] {
                    rect.ground x=(round(index as f64 * band)) y="0" width=(round(band)) height=(height) { title { (bar.title) } }
                    rect class={ "coverage" @if bar.is_chosen { " chosen" } } x=(round((index as f64 + 0.11) * band)) y=(round(height - tall)) width=(round(band * 0.78)) height=(round(tall)) { title { (bar.title) } }
                    // How high the highest is tells how high all are.
                    @if highest == Some(index) { text.count x=(round((index as f64 + 0.5) * band)) y="-4" text-anchor="middle" { (number(bar.n)) } }
                }
            }
            line.zero x1="0" x2=(width) y1=(height) y2=(height) {}
            @for (place, &index) in shown.iter().enumerate() {
                @let before = place.checked_sub(1).map(|before| bars[shown[before]].period.as_str());
                @let (short, year) = period_label(&bars[index].period, before);
                @let x = round(((index as f64 + 0.5) * band).max(14.0));
                text.tick x=(x) y=(height + 14.0) text-anchor="middle" { (short) }
                @if let Some(year) = year { text.year x=(x) y=(height + 29.0) text-anchor="middle" { (year) } }
            }
        }
    }
}

fn round(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}
