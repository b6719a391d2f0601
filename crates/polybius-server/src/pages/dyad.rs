//! Dyad: what two sides did to each other, period by period, with the rows behind every number.

use maud::{Markup, html};
use polybius::SCALE;
use polybius_record::{By, Dyad, Filter, Order, Period};

use crate::asked::{Asked, PERIODS, name_of};
use crate::charts::{both, dyad as chart};
use crate::failure::Failure;
use crate::layout::{Fields, filters, suggestions};
use crate::parts::{COUNTED, QUADS, counted, in_words, quad, report, signed};
use crate::view::{Shown, View};

/// Longer charts are of a coarser period.
const MOST_PERIODS: usize = 1_000;

/// The page.
pub fn make(view: &View<'_>) -> Result<Shown, Failure> {
    let filter = view.filter(&COUNTED)?;
    let (Some(actor), Some(recipient)) = (view.asked.get("actor"), view.asked.get("recipient")) else {
        return choice(view);
    };
    let (actor, recipient) = (actor.to_owned(), recipient.to_owned());
    let back = Filter { actors: filter.recipients.clone(), recipients: filter.actors.clone(), ..filter.clone() };
    let (by, ways) = both_ways(view, &filter, &back)?;
    let asked = view.asked.narrowing();
    let asked = if asked.get("status").is_none() { asked.with("status", "happened") } else { asked };
    let there = asked.with("by", name_of(by));
    let turned = there.with("actor", &recipient).with("recipient", &actor);
    let name = |codes: &Filter| {
        let names = |codes: &[String]| codes.iter().map(|code| view.site.name_of(code)).collect::<Vec<_>>().join(", ");
        format!("{} → {}", names(&codes.actors), names(&codes.recipients))
    };
    let (link, link_back) = (rows_of(&there), rows_of(&turned));
    let series = [
        chart::Series { name: name(&filter), periods: &ways[0].periods, link: &link },
        chart::Series { name: name(&back), periods: &ways[1].periods, link: &link_back },
    ];
    let articles = articles_of(by);
    let caption = html! {
        p.legend { @for class in [2, 1, 4, 3] { (quad(class)) " " } }
        p {
            "Incidents, each counted once, in the period of its first report: cooperation above the line, conflict below. "
            "The score is their mean on the scale " a href="/codebook/scale" { (SCALE) } ", from −10 (conflict) to +10 (cooperation). "
            "Every bar, point and number opens the rows behind it."
        }
    };
    let body = html! {
        (picker(view, by)?)
        (filters(view, Fields::Narrow)?)
        @if ways.iter().all(|way| way.periods.is_empty()) {
            p.empty { "Nothing is reported between these two under these filters." }
        } @else {
            (both(&caption, |width| chart::draw(&series, &articles, width)))
            @for (one, way) in series.iter().zip(&ways) { (table(one, way, by)) }
        }
        (promises(view, &filter, &back)?)
        (latest(view, &filter, &back, &there, &turned)?)
    };
    let words = in_words(view.site, &asked.without(&["actor", "recipient"]));
    Ok(Shown {
        title: format!("{} and {}", view.site.name_of(&actor), view.site.name_of(&recipient)),
        standfirst: html! {
            p { "What each is reported to have done to the other, by " (name_of(by)) ": " (words) "." }
            @for (one, way) in series.iter().zip(&ways) { (summary(&one.name, way)) }
        },
        exports: vec![
            ("series as CSV", there.at("/v1/dyad.csv")),
            ("JSON", there.at("/v1/dyad")),
            ("chart as SVG", there.at("/dyad.svg")),
            ("reports as CSV", asked.with("format", "csv").at("/v1/events")),
        ],
        body,
    })
}

/// The chart alone.
pub fn svg(view: &View<'_>) -> Result<String, Failure> {
    let filter = view.filter(&COUNTED)?;
    let back = Filter { actors: filter.recipients.clone(), recipients: filter.actors.clone(), ..filter.clone() };
    let (by, ways) = both_ways(view, &filter, &back)?;
    let name = |codes: &Filter| format!("{} → {}", codes.actors.join(", "), codes.recipients.join(", "));
    let link = rows_of(&view.asked);
    let series = [
        chart::Series { name: name(&filter), periods: &ways[0].periods, link: &link },
        chart::Series { name: name(&back), periods: &ways[1].periods, link: &link },
    ];
    Ok(crate::charts::file(&chart::draw(&series, &articles_of(by), 960.0).into_string()))
}

/// Both directions over the same periods, and which period that is.
pub fn both_ways(view: &View<'_>, filter: &Filter, back: &Filter) -> Result<(By, [Dyad; 2]), Failure> {
    let ever = [view.record.dyad(filter, By::Day)?, view.record.dyad(back, By::Day)?];
    let days = || ever.iter().flat_map(|way| &way.periods).map(|period| period.period.as_str());
    let first = filter.from.clone().or_else(|| days().min().map(str::to_owned));
    let last = filter.to.clone().or_else(|| days().max().map(str::to_owned));
    let mut by = view.by(first.as_deref(), last.as_deref());
    let over = |filter: &Filter, by: By| {
        view.record.dyad(&Filter { from: first.clone(), to: last.clone(), ..filter.clone() }, by)
    };
    let mut ways = [over(filter, by)?, over(back, by)?];
    while ways[0].periods.len() > MOST_PERIODS && by != By::Year {
        by = if by == By::Day {
            By::Week
        } else if by == By::Week {
            By::Month
        } else {
            By::Year
        };
        ways = [over(filter, by)?, over(back, by)?];
    }
    Ok((by, ways))
}

/// The address of the rows that make up a number.
fn rows_of(asked: &Asked) -> impl Fn(&Period, Option<u8>) -> String {
    move |period: &Period, quad: Option<u8>| {
        let rows = asked.with("period", &period.period).with("count", "incidents");
        match quad {
            Some(quad) => rows.with("of_quad", quad.to_string()).at("/reports"),
            None => rows.at("/reports"),
        }
    }
}

/// The address of the articles of a period.
fn articles_of(by: By) -> impl Fn(&Period) -> String {
    move |period: &Period| Asked::default().with("by", name_of(by)).with("period", &period.period).at("/articles")
}

/// A direction in a sentence.
fn summary(name: &str, way: &Dyad) -> Markup {
    let sum = |of: fn(&Period) -> u64| way.periods.iter().map(of).sum::<u64>();
    let (n, cooperation, conflict) =
        (sum(|one| one.n_incidents), sum(|one| one.quads[0] + one.quads[1]), sum(|one| one.quads[2] + one.quads[3]));
    let score: f64 = way.periods.iter().map(|one| one.sum).sum();
    html! {
        p {
            strong { (name) } ": "
            @if n == 0 { "no incident." } @else { (counted(n, "incident", "incidents")) ", " (cooperation) " of cooperation and " (conflict) " of conflict, mean score " (signed(score / n as f64)) "." }
        }
    }
}

fn table(series: &chart::Series<'_>, way: &Dyad, by: By) -> Markup {
    let told: Vec<&Period> = series.periods.iter().filter(|period| period.n_reports > 0).collect();
    let figure = |period: &Period, quad: usize| {
        let n = period.quads[quad];
        html! { td { @if n > 0 { a href=((series.link)(period, Some(quad as u8 + 1))) { (n) } } @else { span.none { "0" } } } }
    };
    let articles = articles_of(by);
    html! {
        section.figures {
            h2 { (series.name) }
            @if told.is_empty() { p.empty { "Nothing is reported." } } @else {
                div.scroll tabindex="0" role="region" aria-label={ "Figures: " (series.name) } {
                    table {
                        thead { tr {
                            th scope="col" { (name_of(by)) } th scope="col" { "incidents" }
                            @for name in QUADS { th scope="col" { (name) } }
                            th scope="col" { "mean score" } th scope="col" { "sum" } th scope="col" { "reports" } th scope="col" { "articles" } th scope="col" { "per 1,000" }
                        } }
                        tbody {
                            @for period in told {
                                tr {
                                    th scope="row" { (period.period) }
                                    td { @if period.n_incidents > 0 { a href=((series.link)(period, None)) { (period.n_incidents) } } @else { span.none { "0" } } }
                                    @for quad in 0..4 { (figure(period, quad)) }
                                    td { @if let Some(mean) = period.mean() { (signed(mean)) } }
                                    td { @if period.n_incidents > 0 { (signed(period.sum)) } }
                                    td { a href=((series.link)(period, None).replace("count=incidents", "count=reports")) { (period.n_reports) } }
                                    td { a href=(articles(period)) { (period.n_articles) } }
                                    td { @if let Some(rate) = period.rate() { (format!("{rate:.1}")) } }
                                }
                            }
                        }
                    }
                }
                @if way.n_vague > 0 {
                    p.aside { (counted(way.n_vague, "report is", "reports are")) " not counted: the date is unknown, or vaguer than a " (name_of(by)) "." }
                }
                p.aside { "Periods without reports are left out of the table. “Per 1,000” is incidents for every thousand articles of the period." }
            }
        }
    }
}

fn picker(view: &View<'_>, by: By) -> Result<Markup, Failure> {
    let kept = view.asked.without(&["actor", "recipient", "by"]);
    Ok(html! {
        form.picker action="/dyad" data-live {
            label { span { "One side" } input type="text" name="actor" value=[view.asked.get("actor")] list="codes" required; }
            label { span { "Other side" } input type="text" name="recipient" value=[view.asked.get("recipient")] list="codes" required; }
            label { span { "By" } select name="by" { @for (name, period) in PERIODS { option value=(name) selected[period == by] { (name) } } } }
            @for name in kept.names() { input type="hidden" name=(name) value=[kept.get(name)]; }
            button { "Show" }
        }
        @if view.asked.get("actor").is_none() { (suggestions(view)?) }
    })
}

/// The page before two sides are chosen: those of whom most is reported.
fn choice(view: &View<'_>) -> Result<Shown, Failure> {
    let filter = view.filter(&COUNTED)?;
    let panel = view.record.panel(&filter, polybius_record::Unit::Dyad, By::Ever, false)?;
    let mut pairs: std::collections::BTreeMap<(String, String), (u64, u64)> = std::collections::BTreeMap::new();
    for row in panel.rows {
        let recipient = row.recipient.unwrap_or_default();
        if row.actor == recipient {
            continue;
        }
        let quads = row.period.quads;
        let key = if row.actor < recipient { (row.actor, recipient) } else { (recipient, row.actor) };
        let counts = pairs.entry(key).or_default();
        counts.0 += quads[0] + quads[1];
        counts.1 += quads[2] + quads[3];
    }
    let mut pairs: Vec<_> = pairs.into_iter().collect();
    pairs.sort_by_key(|(_, (cooperation, conflict))| std::cmp::Reverse(cooperation + conflict));
    pairs.truncate(30);
    let most = pairs.first().map_or(1, |(_, (cooperation, conflict))| cooperation + conflict).max(1) as f64;
    let body = html! {
        (picker(view, By::Month)?)
        h2 { "Pairs of whom most is reported" }
        @if pairs.is_empty() { p.empty { "No event of the record has two known sides." } }
        table.pairs {
            thead { tr { th scope="col" { "pair" } th scope="col" { "incidents" } th scope="col" { "cooperation and conflict" } } }
            tbody {
                @for ((one, other), (cooperation, conflict)) in &pairs {
                    @let pair = Asked::default().with("actor", one).with("recipient", other);
                    tr {
                        th scope="row" { a href=(pair.at("/dyad")) { (view.site.name_of(one)) " and " (view.site.name_of(other)) } }
                        td { (cooperation + conflict) }
                        td.bar {
                            svg width="220" height="12" viewBox="0 0 220 12" preserveAspectRatio="none" role="img" aria-label={ (cooperation) " of cooperation, " (conflict) " of conflict" } {
                                @let scale = 218.0 / most;
                                rect.q2 width=(*cooperation as f64 * scale) height="12" {}
                                rect.q4 x=(*cooperation as f64 * scale) width=(*conflict as f64 * scale) height="12" {}
                            }
                        }
                    }
                }
            }
        }
        p.legend { (quad(2)) " " (quad(4)) " – words and deeds together" }
    };
    Ok(Shown {
        title: "Dyad".to_owned(),
        standfirst: html! { p { "What two sides did to each other, period by period. Give two countries or entities, or choose a pair." } },
        exports: vec![("pairs as CSV", view.asked.narrowing().at("/v1/pairs.csv"))],
        body,
    })
}

fn promises(view: &View<'_>, filter: &Filter, back: &Filter) -> Result<Markup, Failure> {
    let today = view.today(filter)?;
    let mut open = view.record.expectations(filter, &today, 100)?;
    open.extend(view.record.expectations(back, &today, 100)?);
    open.retain(|one| matches!(one.outcome, polybius_record::Outcome::Due | polybius_record::Outcome::Open));
    open.truncate(8);
    Ok(html! {
        @if !open.is_empty() {
            section { h2 { "Open promises and threats" } @for one in &open { (super::expectations::brief(one)) } }
        }
    })
}

fn latest(view: &View<'_>, filter: &Filter, back: &Filter, there: &Asked, turned: &Asked) -> Result<Markup, Failure> {
    let any = |filter: &Filter| Filter { statuses: Vec::new(), ..filter.clone() };
    let ways = [(filter, there), (back, turned)];
    let mut parts = Vec::new();
    for (filter, asked) in ways {
        let page = view.record.page(&any(filter), Order::Latest, None, 6)?;
        let all = asked.without(&["by", "status"]).with("order", "latest").at("/reports");
        parts.push((view.site.name_of(&filter.actors.join(",")), page.reports, all));
    }
    Ok(html! {
        section {
            h2 { "Latest reports, of any status" }
            div.two {
                @for (name, reports, all) in &parts {
                    div {
                        h3 { "By " (name) }
                        @if reports.is_empty() { p.empty { "None." } }
                        @for one in reports { (report(view.site, one)) }
                        @if !reports.is_empty() { p.more { a href=(all) { "All of them" } } }
                    }
                }
            }
        }
    })
}
