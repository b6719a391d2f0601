//! Map: where it happens, as exactly as the words tell.

use std::collections::BTreeMap;

use maud::html;
use polybius_record::{By, Filter, PlaceCount};

use crate::asked::name_of;
use crate::charts::{map as chart, volume};
use crate::failure::Failure;
use crate::layout::{Fields, filters};
use crate::marks::evidence;
use crate::parts::{COUNTED, counted, in_words};
use crate::view::{Shown, View};

/// So many places are drawn.
const MOST: u64 = 400;

/// The page.
pub fn make(view: &View<'_>) -> Result<Shown, Failure> {
    let filter = view.filter(&COUNTED)?;
    let places = view.site.kept.places(view.record, &filter, MOST)?;
    let asked = view.asked.narrowing();
    let asked = if asked.get("status").is_none() { asked.with("status", "happened") } else { asked };
    let mut of_country: BTreeMap<&str, u64> = BTreeMap::new();
    for place in places.iter() {
        if let Some(country) = &place.country {
            *of_country.entry(country).or_default() += place.n_incidents;
        }
    }
    let areas: Vec<chart::Area> = of_country
        .iter()
        .map(|(code, &n)| chart::Area {
            code: (*code).to_owned(),
            name: view.site.name_of(code),
            n,
            link: asked.with("place", *code).at("/reports"),
        })
        .collect();
    let spots: Vec<chart::Spot> = places.iter().filter_map(|place| spot(place, &asked)).collect();
    let undrawn: Vec<&chart::Area> =
        areas.iter().filter(|area| !view.site.outlines.paths.contains_key(&area.code)).collect();
    let strip = strip(view, &filter)?;
    let body = html! {
        (filters(view, Fields::All)?)
        figure.chart.worldmap {
            (chart::draw(&view.site.outlines, &areas, &spots))
            figcaption {
                p.legend {
                    @for (index, words) in ["1", "2–4", "5–14", "15–49", "50 or more"].into_iter().enumerate() {
                        span { svg.swatch width="18" height="12" viewBox="0 0 18 12" aria-hidden="true" { rect class={ "land shade" (index + 1) } width="18" height="12" {} } (words) } " "
                    }
                    span { svg.swatch width="12" height="12" viewBox="0 0 12 12" aria-hidden="true" { circle.spot cx="6" cy="6" r="4.5" {} } "a town or site" }
                }
                p { "Incidents by the country in which they are reported to happen; a country is shaded as a whole, for nothing more exact is known of many. A disc stands only where the words name a town or a site. Outlines: Natural Earth." }
                @if !undrawn.is_empty() { p { "Too small to be drawn: " @for area in undrawn { a href=(area.link) { (area.name) " (" (area.n) ")" } " " } } }
            }
        }
        figure.chart data-slider {
            @for (width, class) in crate::charts::WIDTHS { div class=(class) { (volume::draw(&strip, "Reports by period; each shows the map of that period", width, 56.0)) } }
            figcaption {
                p { "Reports by period. Choose one to see the map of it" @if asked.get("from").is_some() || asked.get("to").is_some() { ", or " a href=(view.asked.without(&["from", "to"]).at("/map")) { "all of them" } } "." }
            }
        }
        section.figures {
            h2 { "Places" }
            @if places.is_empty() { p.empty { "No report names a place under these filters." } } @else {
                div.scroll tabindex="0" role="region" aria-label="Places" {
                    table.places {
                        thead { tr { th scope="col" { "place" } th scope="col" { "country" } th scope="col" { "known to the" } th scope="col" { "incidents" } th scope="col" { "reports" } } }
                        tbody {
                            @for place in places.iter().take(40) {
                                tr {
                                    th scope="row" { (evidence(&place.name)) }
                                    td { @if let Some(country) = &place.country { a href=(asked.with("place", country).at("/reports")) { (view.site.name_of(country)) } } }
                                    td { (place.precision) } td { (place.n_incidents) } td { (place.n_reports) }
                                }
                            }
                        }
                    }
                }
            }
        }
    };
    let words = in_words(view.site, &asked);
    let n: u64 = of_country.values().sum();
    let standfirst = html! { p { (counted(n, "incident", "incidents")) " with a place, in " (counted(areas.len() as u64, "country", "countries")) ": " (words) "." } };
    Ok(Shown {
        title: "Map".to_owned(),
        standfirst,
        exports: vec![
            ("GeoJSON", asked.with("format", "geojson").at("/v1/events")),
            ("SVG", view.asked.at("/map.svg")),
        ],
        body,
    })
}

/// The map alone.
pub fn svg(view: &View<'_>) -> Result<String, Failure> {
    let filter = view.filter(&COUNTED)?;
    let places = view.site.kept.places(view.record, &filter, MOST)?;
    let mut areas: BTreeMap<String, chart::Area> = BTreeMap::new();
    for place in places.iter() {
        let Some(code) = &place.country else { continue };
        let area = areas.entry(code.clone()).or_insert_with(|| chart::Area {
            code: code.clone(),
            name: view.site.name_of(code),
            n: 0,
            link: String::new(),
        });
        area.n += place.n_incidents;
    }
    let spots: Vec<chart::Spot> = places.iter().filter_map(|place| spot(place, &view.asked)).collect();
    let areas: Vec<chart::Area> = areas.into_values().collect();
    Ok(crate::charts::file(&chart::draw(&view.site.outlines, &areas, &spots).into_string()))
}

fn spot(place: &PlaceCount, asked: &crate::asked::Asked) -> Option<chart::Spot> {
    let link = asked.with("place", place.country.clone().unwrap_or_default()).at("/reports");
    let at = place.at.filter(|_| !matches!(place.precision.as_str(), "country" | "region"))?;
    Some(chart::Spot { name: place.name.clone(), at, n: place.n_incidents, precision: place.precision.clone(), link })
}

/// How many reports there are period by period, whatever the days that are asked for.
fn strip(view: &View<'_>, filter: &Filter) -> Result<Vec<volume::Bar>, Failure> {
    let ever = Filter { from: None, to: None, ..filter.clone() };
    let days = view.site.kept.days(view.record, &ever)?;
    let (first, last) = (days.first().map(|(day, _)| day.as_str()), days.last().map(|(day, _)| day.as_str()));
    let by = view.by(first, last);
    let bar = |(period, n): (String, u64)| {
        let (from, to) = by.days(&period)?;
        let link = view.asked.with("from", &from).with("to", &to).with("by", name_of(by)).at("/map");
        let is_chosen = filter.from.as_ref() == Some(&from) && filter.to.as_ref() == Some(&to);
        let title = format!("{period}: {}", counted(n, "report", "reports"));
        Some(volume::Bar { period, n, title, link, is_chosen })
    };
    Ok(in_periods(by, &days).into_iter().filter_map(bar).collect())
}

/// Counts of days as counts of periods, with those in which there is nothing.
pub fn in_periods(by: By, days: &[(String, u64)]) -> Vec<(String, u64)> {
    let Some(((first, _), (last, _))) = days.first().zip(days.last()) else { return Vec::new() };
    let mut counts: BTreeMap<String, u64> = BTreeMap::new();
    for (day, n) in days {
        *counts.entry(by.period(day)).or_default() += n;
    }
    let period = |name: String| {
        let n = counts.get(&name).copied().unwrap_or(0);
        (name, n)
    };
    by.between(first, last).into_iter().map(period).collect()
}
