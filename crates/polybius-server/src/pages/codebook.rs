//! Codebook: every event type, pattern, example and entity, to look through and to search.

use maud::{Markup, html};
use polybius::SCALE;

use crate::asked::Asked;
use crate::failure::Failure;
use crate::marks::{brief, evidence};
use crate::parts::{actor, counted, number, quad, signed};
use crate::view::{Shown, View};

/// So many patterns or names are shown.
const MOST: usize = 200;

/// The list of event types, and what a search finds.
pub fn make(view: &View<'_>) -> Result<Shown, Failure> {
    let codebook = &view.site.settings.pipeline.codebook;
    let ontology = &codebook.ontology;
    let n_patterns = codebook.patterns.iter().count();
    let of_type = |name: &str| {
        codebook
            .patterns
            .iter()
            .filter(|(_, pattern)| pattern.event_type.is_some_and(|id| *ontology.event_type(id).name == *name))
            .count()
    };
    let body = html! {
        form.picker action="/codebook" {
            label { span { "Words of a pattern or example" } input type="search" name="words" value=[view.asked.get("words")] placeholder="expel"; }
            label { span { "A name" } input type="search" name="name" value=[view.asked.get("name")] placeholder="Lavrov"; }
            button { "Look up" }
        }
        (names(view))
        (found(view))
        h2 { "Event types" }
        div.scroll tabindex="0" role="region" aria-label="Event types" {
            table.types {
                thead { tr { th scope="col" { "type" } th scope="col" { "class" } th scope="col" { "meaning" } th scope="col" { "modes" } th scope="col" { "patterns" } } }
                tbody {
                    @for event_type in &ontology.types {
                        tr {
                            th scope="row" { a href={ "/codebook/" (event_type.name) } { (event_type.name) } }
                            td { (quad(event_type.quad.number())) } td.prose { (event_type.definition) }
                            td { (event_type.modes.len()) } td { (of_type(&event_type.name)) }
                        }
                    }
                }
            }
        }
        p.more { a href="/codebook/scale" { "The scales of scores" } " · " a href="/codebook/manual" { "The manual of the codebook" } }
    };
    let standfirst = html! {
        p { "What Polybius looks for: " (ontology.types.len()) " event types, " (ontology.modes.len()) " modes, " (number(n_patterns as u64)) " patterns, " (number(codebook.entities.iter().count() as u64)) " entities. All of it stands in plain files that can be changed." }
    };
    Ok(Shown { title: "Codebook".to_owned(), standfirst, exports: vec![("JSON", "/v1/codebook".to_owned())], body })
}

fn names(view: &View<'_>) -> Markup {
    let Some(name) = view.asked.get("name") else { return html! {} };
    let entities = &view.site.settings.pipeline.codebook.entities;
    let rows = entities.find(name);
    html! {
        section.figures {
            h2 { "“" (brief(name)) "”" }
            @if rows.is_empty() { p.empty { "No entity has this name." } } @else {
                div.scroll tabindex="0" role="region" aria-label="Rows of the codebook" {
                    table {
                        thead { tr { @for head in ["entity", "usual name", "kind", "role", "country", "from", "until", "in"] { th scope="col" { (head) } } } }
                        tbody {
                            @for row in rows.into_iter().take(MOST).map(|id| entities.row(id)) {
                                @let entity = entities.get(row.entity);
                                tr {
                                    th scope="row" { a href=(actor(&entity.id)) { (entity.id) } } td { (entity.canonical) } td { (entity.kind) } td { (row.role) }
                                    td { @if let Some(country) = &row.country { (country) } } td { @if let Some(from) = row.from { (from) } } td { @if let Some(until) = row.until { (until) } }
                                    td { code { "codebook/" (row.place) } }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn found(view: &View<'_>) -> Markup {
    let Some(words) = view.asked.get("words").map(str::to_lowercase) else { return html! {} };
    let codebook = &view.site.settings.pipeline.codebook;
    let fits = |text: &str| text.to_lowercase().contains(&words);
    let patterns = codebook.patterns.iter().filter(|(_, pattern)| {
        let lists = [&pattern.verbs, &pattern.nouns, &pattern.bes];
        fits(&pattern.name)
            || lists.iter().any(|list| list.iter().any(|word| fits(word)))
            || pattern.examples.iter().any(|example| fits(&example.text))
    });
    let patterns: Vec<_> = patterns.map(|(_, pattern)| pattern).collect();
    html! {
        section {
            h2 { (counted(patterns.len() as u64, "pattern", "patterns")) " with “" (brief(&words)) "”" }
            ul.names {
                @for pattern in patterns.iter().take(MOST) {
                    @let of = pattern.event_type.map_or("none", |id| &*codebook.ontology.event_type(id).name);
                    li { a href={ (Asked::default().with("pattern", &*pattern.name).at(&format!("/codebook/{of}"))) "#" (pattern.name) } { (pattern.name) } " " span.aside { (of) } }
                }
            }
        }
    }
}

/// The page of an event type, of the scales, or of the manual.
pub fn one(view: &View<'_>) -> Result<Shown, Failure> {
    let name = view.last_part();
    match name.as_str() {
        "scale" => return Ok(scales(view)),
        "manual" => {
            return Ok(Shown::new(
                "The manual of the codebook",
                html! { div.text.manual { (include_str!("../../../../codebook/README.md")) } },
            ));
        }
        _ => {}
    }
    let codebook = &view.site.settings.pipeline.codebook;
    let ontology = &codebook.ontology;
    let id = ontology.type_named(&name);
    let Some(id) = id else {
        if name == "none" {
            return Ok(no_event(view));
        }
        return Err(Failure::Missing(format!("the codebook has no event type `{}`", brief(&name))));
    };
    let event_type = ontology.event_type(id);
    let chosen = view.asked.get("pattern");
    let patterns: Vec<_> =
        codebook.patterns.iter().map(|(_, pattern)| pattern).filter(|pattern| pattern.event_type == Some(id)).collect();
    let shown: Vec<_> =
        patterns.iter().filter(|pattern| chosen.is_none_or(|chosen| *pattern.name == *chosen)).take(MOST).collect();
    let scale = codebook.scales.iter().find(|scale| &*scale.name == SCALE);
    let body = html! {
        p.lead { (event_type.definition) }
        p { (quad(event_type.quad.number())) @if let Some(scale) = scale { " · score " (signed(f64::from(scale.score(id, None)))) " on " a href="/codebook/scale" { (SCALE) } } @if let Some(code) = codebook.cameo.code(id, None) { " · nearest CAMEO " (code) } }
        p.more { a href=(Asked::default().with("type", &*event_type.name).at("/reports")) { "Reports of this type" } }
        h2 { "Modes" }
        dl.modes { @for &mode in &event_type.modes { @let mode = ontology.mode(mode); dt { a href=(Asked::default().with("type", format!("{}/{}", event_type.name, mode.name)).at("/reports")) { (mode.name) } } dd { (mode.definition) } } }
        @if event_type.modes.is_empty() { p.empty { "It has none." } }
        h2 { (counted(patterns.len() as u64, "pattern", "patterns")) }
        @if chosen.is_some() { p.more { a href={ "/codebook/" (event_type.name) } { "All patterns of " (event_type.name) } } }
        @for pattern in &shown { (one_pattern(pattern, ontology_mode(view, pattern))) }
        @if chosen.is_none() && patterns.len() > MOST { p.aside { "The first " (MOST) " are shown; the search on the codebook’s page reaches the others." } }
    };
    Ok(Shown { title: event_type.name.to_string(), standfirst: html! {}, exports: Vec::new(), body })
}

fn ontology_mode(view: &View<'_>, pattern: &polybius::Pattern) -> Option<String> {
    pattern.mode.map(|mode| view.site.settings.pipeline.codebook.ontology.mode(mode).name.to_string())
}

fn no_event(view: &View<'_>) -> Shown {
    let patterns = &view.site.settings.pipeline.codebook.patterns;
    let none: Vec<_> =
        patterns.iter().map(|(_, pattern)| pattern).filter(|pattern| pattern.event_type.is_none()).take(MOST).collect();
    Shown::new(
        "No event",
        html! { p.lead { "Patterns for words that look like an event and are none." } @for pattern in none { (one_pattern(pattern, None)) } },
    )
}

fn one_pattern(pattern: &polybius::Pattern, mode: Option<String>) -> Markup {
    let list = |name: &str, words: &[Box<str>]| {
        html! { @if !words.is_empty() { div { dt { (name) } dd { (words.iter().take(40).map(|word| &**word).collect::<Vec<_>>().join(", ")) @if words.len() > 40 { " and " (words.len() - 40) " more" } } } } }
    };
    html! {
        article.pattern id=(pattern.name) {
            h3 { (pattern.name) @if let Some(mode) = &mode { " " span.aside { "mode " (mode) } } }
            dl { (list("verbs", &pattern.verbs)) (list("nouns", &pattern.nouns)) (list("predicates", &pattern.bes)) }
            ul.examples { @for example in &pattern.examples { li class=(if example.code.is_empty() { "no" } else { "yes" }) { span.sign { (if example.code.is_empty() { "codes nothing: " } else { "codes: " }) } (evidence(&example.text)) } } }
            p.aside { code { "codebook/" (pattern.place) } }
        }
    }
}

fn scales(view: &View<'_>) -> Shown {
    let codebook = &view.site.settings.pipeline.codebook;
    let ontology = &codebook.ontology;
    let body = html! {
        @for scale in &codebook.scales { section { h2 id=(scale.name) { (scale.name) @if &*scale.name == SCALE { " " span.aside { "the one that scores are on" } } } p.aside.cite { (scale.citation) } } }
        div.scroll tabindex="0" role="region" aria-label="Scores" {
            table {
                thead { tr { th scope="col" { "type" } th scope="col" { "mode" } @for scale in &codebook.scales { th scope="col" { (scale.name) } } } }
                tbody {
                    @for event_type in &ontology.types {
                        @let id = ontology.type_named(&event_type.name);
                        @if let Some(id) = id {
                            tr { th scope="row" { a href={ "/codebook/" (event_type.name) } { (event_type.name) } } td {} @for scale in &codebook.scales { td { (signed(f64::from(scale.score(id, None)))) } } }
                            @for &mode in &event_type.modes {
                                tr { th scope="row" { span.none { (event_type.name) } } td { (ontology.mode(mode).name) } @for scale in &codebook.scales { td { (signed(f64::from(scale.score(id, Some(mode))))) } } }
                            }
                        }
                    }
                }
            }
        }
    };
    Shown {
        title: "Scales".to_owned(),
        standfirst: html! { p { "The conflict–cooperation score of each event type and mode, from −10 to +10." } },
        exports: Vec::new(),
        body,
    }
}
