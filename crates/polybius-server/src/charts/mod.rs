//! Charts as SVG made here: they print, can be taken away and need no scripts. Each comes in two widths, of which the style sheet
//! shows the one that fits.

pub mod dyad;
pub mod map;
pub mod network;
pub mod timeline;
pub mod volume;

use maud::{Markup, html};

/// The widths, in pixels, and the class that shows each.
pub const WIDTHS: [(f64, &str); 2] = [(960.0, "wide"), (360.0, "narrow")];

/// The hatchings of the quad classes: words are hatched, deeds are solid, so that colour is not all that tells them apart.
pub const HATCHES: &str = concat!(
    r##"<svg class="defs" width="0" height="0" aria-hidden="true"><defs>"##,
    r##"<pattern id="hatch1" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="hatch-ground-1" width="5" height="5" fill="#cfe0ee"/><rect class="hatch-line-1" width="1.6" height="5" fill="#3b7bb0"/></pattern>"##,
    r##"<pattern id="hatch3" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)"><rect class="hatch-ground-3" width="5" height="5" fill="#f6d9c4"/><rect class="hatch-line-3" width="1.6" height="5" fill="#c9631f"/></pattern>"##,
    "</defs></svg>"
);

/// Both widths of a chart.
pub fn both(caption: &Markup, draw: impl Fn(f64) -> Markup) -> Markup {
    html! {
        figure.chart {
            @for (width, class) in WIDTHS { div class=(class) { (draw(width)) } }
            figcaption { (caption) }
        }
    }
}

/// A chart as a file of its own: with what the style sheet would give it.
pub fn file(svg: &str) -> String {
    let style = include_str!("../assets/chart.css");
    let defs = HATCHES.split_once("<defs>").map_or("", |(_, defs)| defs.trim_end_matches("</svg>"));
    svg.replacen("<svg ", "<svg xmlns=\"http://www.w3.org/2000/svg\" ", 1).replacen(
        '>',
        &format!("><style>{style}</style><defs>{defs}<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>"),
        1,
    )
}

/// Steps of an axis from 0 to at least `most`: one, two or five times a power of ten, about `n` of them.
pub fn steps(most: u64, n: u64) -> Vec<u64> {
    let mut step = 1;
    'found: for power in 0..18 {
        for factor in [1, 2, 5] {
            step = factor * 10_u64.pow(power);
            if most / step <= n {
                break 'found;
            }
        }
    }
    (0..=most / step).map(|index| index * step).collect()
}

/// The label of a period under an axis: a short one, and the year where it is the first of that year.
pub fn period_label(period: &str, before: Option<&str>) -> (String, Option<String>) {
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let year = period.get(..4).unwrap_or(period).to_owned();
    let is_new = before.is_none_or(|before| before.get(..4) != Some(&year));
    let month = |digits: Option<&str>| {
        digits.and_then(|digits| digits.parse::<usize>().ok()).and_then(|n| MONTHS.get(n.wrapping_sub(1)))
    };
    let short = match (period.len(), period.get(5..7).filter(|_| !period.contains('W')), period.get(8..10)) {
        (4, _, _) => return (year, None),
        (7, Some(digits), _) => month(Some(digits)).map(|month| (*month).to_owned()),
        (10, Some(digits), Some(of_month)) => {
            month(Some(digits)).map(|month| format!("{} {month}", of_month.trim_start_matches('0')))
        }
        _ => period.get(5..).map(str::to_owned),
    };
    (short.unwrap_or_else(|| period.to_owned()), is_new.then_some(year))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn axes_have_round_steps() {
        assert_eq!(steps(0, 4), [0]);
        assert_eq!(steps(3, 4), [0, 1, 2, 3]);
        assert_eq!(steps(47, 4), [0, 10, 20, 30, 40]);
        assert_eq!(steps(1_900, 4), [0, 500, 1_000, 1_500]);
    }

    #[test]
    fn periods_are_short_under_an_axis() {
        let check = |period: &str, before: Option<&str>, expected: (&str, Option<&str>)| {
            let (short, year) = period_label(period, before);
            assert_eq!((short.as_str(), year.as_deref()), expected);
        };
        check("2025-03", None, ("Mar", Some("2025")));
        check("2025-04", Some("2025-03"), ("Apr", None));
        check("2025-W09", Some("2024-W52"), ("W09", Some("2025")));
        check("2025-03-04", Some("2025-03-03"), ("4 Mar", None));
        check("2025", Some("2024"), ("2025", None));
    }
}
