//! A map of where it happens: countries as areas, towns as points, each as exactly as it is known.

use maud::{Markup, html};

use crate::outlines::{HALF_WIDTH, Outlines, projected};
use crate::parts::counted;

/// How many incidents there are in a country.
pub struct Area {
    /// ISO 3166-1 alpha-3.
    pub code: String,
    /// Its name.
    pub name: String,
    /// How many.
    pub n: u64,
    /// What makes them up.
    pub link: String,
}

/// How many there are in a place.
pub struct Spot {
    /// Its name.
    pub name: String,
    /// Degrees north and east.
    pub at: (f64, f64),
    /// How many.
    pub n: u64,
    /// How exactly it is known.
    pub precision: String,
    /// What makes them up.
    pub link: String,
}

/// The shade of a count: each is for about three times as many as the one before.
pub fn shade(n: u64) -> usize {
    match n {
        0 => 0,
        1 => 1,
        2..=4 => 2,
        5..=14 => 3,
        15..=49 => 4,
        _ => 5,
    }
}

/// The map.
pub fn draw(outlines: &Outlines, areas: &[Area], spots: &[Spot]) -> Markup {
    const TOP: f64 = -240.0;
    const BOTTOM: f64 = 188.0;
    let most = spots.iter().map(|spot| spot.n).max().unwrap_or(1).max(1) as f64;
    html! {
        svg.plot.map viewBox={ (-HALF_WIDTH) " " (TOP) " " (2.0 * HALF_WIDTH) " " (BOTTOM - TOP) } role="group" aria-label="Map of the world" data-zoom {
            g {
                @for (code, path) in &outlines.paths {
                    @if let Some(area) = areas.iter().find(|area| area.code == *code) {
                        a href=(area.link) { path class={ "land shade" (shade(area.n)) } d=(path) { title { (area.name) ": " (counted(area.n, "incident", "incidents")) } } }
                    } @else { path.land d=(path) {} }
                }
                @for spot in spots {
                    @let (x, y) = projected(spot.at.1, spot.at.0);
                    a href=(spot.link) {
                        circle.spot cx=(round(x)) cy=(round(y)) r=(round(2.4 + 5.0 * (spot.n as f64 / most).sqrt())) {
                            title { (spot.name) ": " (counted(spot.n, "incident", "incidents")) ", known to the " (spot.precision) }
                        }
                    }
                }
            }
        }
    }
}

fn round(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}
