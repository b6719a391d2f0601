//! Actor: roles by date, whom it acts on and who acts on it, what it says and what is said of it.

use maud::{Markup, html};
use polybius_record::{Filter, Order};

use crate::asked::Asked;
use crate::failure::Failure;
use crate::layout::{Fields, filters, suggestions};
use crate::marks::evidence;
use crate::parts::{COUNTED, actor, counted, in_words, quad, report};
use crate::view::{Shown, View};

/// So many partners are shown on a side.
const MOST: usize = 12;

/// The page before somebody is chosen.
pub fn choice(view: &View<'_>) -> Result<Shown, Failure> {
    let codes = view.site.kept.codes(view.record)?;
    let body = html! {
        form.picker action="/actor" { label { span { "Country or entity" } input type="text" name="code" list="codes" required; } button { "Show" } }
        (suggestions(view)?)
        h2 { "Of whom most is reported" }
        ul.names { @for (code, n) in codes.iter() { li { a href=(actor(code)) { (view.site.name_of(code)) } " " span.aside { (n) } } } }
        @if codes.is_empty() { p.empty { "The record has no known party yet." } }
    };
    let standfirst = html! { p { "Countries and entities of the record, by the number of reports in which they act or are acted upon." } };
    Ok(Shown { title: "Actor".to_owned(), standfirst, exports: vec![("JSON", "/v1/actors".to_owned())], body })
}

/// The page.
pub fn make(view: &View<'_>) -> Result<Shown, Failure> {
    let code = view.last_part();
    let filter = view.filter(&COUNTED)?;
    let acts = Filter { actors: vec![code.clone()], recipients: Vec::new(), ..filter.clone() };
    let suffers = Filter { actors: Vec::new(), recipients: vec![code.clone()], ..filter.clone() };
    let to = view.record.partners(&acts, &code, true)?;
    let from = view.record.partners(&suffers, &code, false)?;
    let (n_acts, n_suffers) = (to.n_reports, from.n_reports);
    let name = view.site.name_of(&code);
    let others = view.record.names_of(&code, 8)?;
    let others: Vec<String> = others.into_iter().filter(|other| *other != name).collect();
    let any = |filter: &Filter| Filter { statuses: Vec::new(), ..filter.clone() };
    let latest = view.record.page(&any(&acts), Order::Latest, None, 6)?.reports;
    let suffered = view.record.page(&any(&suffers), Order::Latest, None, 6)?.reports;
    let said =
        view.record.claims(&Filter { actors: vec![code.clone()], recipients: Vec::new(), ..filter.clone() }, 5)?;
    let about =
        view.record.claims(&Filter { actors: Vec::new(), recipients: vec![code.clone()], ..filter.clone() }, 5)?;
    let asked = view.asked.narrowing();
    let acting = asked.with("actor", &code);
    let suffering = asked.without(&["actor"]).with("recipient", &code);
    let list = |title: &str, all: &[polybius_record::Report], more: &Asked| -> Markup {
        html! {
            div {
                h3 { (title) }
                @if all.is_empty() { p.empty { "Nothing is reported." } }
                @for one in all { (report(view.site, one)) }
                @if !all.is_empty() { p.more { a href=(more.with("order", "latest").at("/reports")) { "All of them" } } }
            }
        }
    };
    let body = html! {
        (filters(view, Fields::Narrow)?)
        (roles(view, &code))
        div.two {
            section { h2 { "Whom it acts on" } (bars(view, &to.others, &acting, "recipient", &code)) }
            section { h2 { "Who acts on it" } (bars(view, &from.others, &suffering, "actor", &code)) }
        }
        p.legend { (quad(2)) " " (quad(1)) " " (quad(4)) " " (quad(3)) }
        p.more { a href=(Asked::default().with("ego", &code).at("/network")) { "The network around it" } " · " a href=(Asked::default().with("lanes", &code).at("/timeline")) { "Timeline" } }
        section { h2 { "Latest reports, of any status" } div.two { (list("What it does", &latest, &acting)) (list("What is done to it", &suffered, &suffering)) } }
        section {
            h2 { "In words" }
            div.two {
                div { h3 { "What it says" } @for claim in &said { article.claim { (super::claims::one(claim)) } } @if said.is_empty() { p.empty { "Nothing is reported." } } p.more { a href=(Asked::default().with("actor", &code).at("/claims")) { "Its claims" } } }
                div { h3 { "What is said of it" } @for claim in &about { article.claim { (super::claims::one(claim)) } } @if about.is_empty() { p.empty { "Nothing is reported." } } p.more { a href=(Asked::default().with("recipient", &code).at("/claims")) { "Claims about it" } } }
            }
        }
    };
    let words = in_words(view.site, &view.asked);
    let standfirst = html! {
        p {
            a href=(acting.at("/reports")) { (counted(n_acts, "report", "reports")) } " of what it did, "
            a href=(suffering.at("/reports")) { (counted(n_suffers, "report", "reports")) } " of what was done to it" @if !words.is_empty() { " (" (words) ")" } "."
            @if !others.is_empty() { " Also met as " (evidence(&others.join(", "))) "." }
        }
    };
    Ok(Shown { title: name, standfirst, exports: super::exports(&acting), body })
}

fn bars(view: &View<'_>, others: &[(String, [u64; 4])], asked: &Asked, side: &str, own: &str) -> Markup {
    let sum = |quads: &[u64; 4]| quads.iter().sum::<u64>();
    let most = others.first().map_or(1, |(_, quads)| sum(quads)).max(1) as f64;
    html! {
        @if others.is_empty() { p.empty { "Nobody whom the codebook knows." } }
        table.pairs {
            tbody {
                @for (other, quads) in others.iter().take(MOST) {
                    @let dyad = Asked::default().with("actor", own).with("recipient", other);
                    tr {
                        th scope="row" { a href=(dyad.at("/dyad")) { (view.site.name_of(other)) } }
                        td { a href=(asked.with(side, other).with("status", "happened").at("/reports")) { (sum(quads)) } }
                        td.bar { (stack(quads, most)) }
                    }
                }
            }
        }
    }
}

fn stack(quads: &[u64; 4], most: f64) -> Markup {
    let scale = 158.0 / most;
    let before = |index: usize| STACKED[..index].iter().map(|&quad| quads[quad - 1] as f64 * scale).sum::<f64>();
    html! {
        svg width="160" height="12" viewBox="0 0 160 12" preserveAspectRatio="none" role="img" aria-label={ (quads[0] + quads[1]) " of cooperation, " (quads[2] + quads[3]) " of conflict" } {
            @for (index, &quad) in STACKED.iter().enumerate().filter(|&(_, &quad)| quads[quad - 1] > 0) {
                rect class={ "q" (quad) } x=(before(index)) width=(quads[quad - 1] as f64 * scale) height="12" {}
            }
        }
    }
}

/// The order of the quad classes in a bar: cooperation, then conflict, deeds next to each other's words.
const STACKED: [usize; 4] = [2, 1, 4, 3];

fn roles(view: &View<'_>, code: &str) -> Markup {
    let entities = &view.site.settings.pipeline.codebook.entities;
    let Some(entity) = entities.by_id(code).map(|id| entities.get(id)) else { return html! {} };
    let rows: Vec<_> = entity.rows.iter().map(|&row| entities.row(row)).filter(|row| !row.role.is_empty()).collect();
    let span = |row: &[Option<String>; 2]| match row {
        [None, None] => String::new(),
        [Some(from), None] => format!("since {from}"),
        [None, Some(until)] => format!("until {until}"),
        [Some(from), Some(until)] => format!("{from} to {until}"),
    };
    let mut told: Vec<String> = Vec::new();
    for row in rows {
        let days = span(&[row.from.map(|date| date.to_string()), row.until.map(|date| date.to_string())]);
        let country =
            row.country.as_deref().map(|country| format!(" of {}", view.site.name_of(country))).unwrap_or_default();
        let line = format!("{}{country} {days}", row.role).trim().to_owned();
        if !told.contains(&line) {
            told.push(line);
        }
    }
    html! {
        p.aside {
            "In the codebook: " (entity.kind) @if let Some(country) = &entity.country { @if **country != *code { " of " a href=(actor(country)) { (view.site.name_of(country)) } } }
            ", id " code { (code) } @if let Some(item) = &entity.wikidata { ", Wikidata " (item) }
            ". " a href=(Asked::default().with("name", &*entity.canonical).at("/codebook")) { "Its names" }
        }
        @if !told.is_empty() { h2 { "Roles" } ul.roles { @for line in told.iter().take(12) { li { (evidence(line)) } } } }
    }
}
