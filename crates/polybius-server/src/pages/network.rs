//! Network: who acts on whom over a span of time, with the sign of it.

use std::collections::BTreeMap;

use maud::{Markup, html};
use polybius_record::{By, Unit};

use crate::charts::{both, network as chart};
use crate::failure::Failure;
use crate::layout::{Fields, filters};
use crate::parts::{COUNTED, actor, counted, in_words, signed};
use crate::view::{Shown, View};

/// So many nodes are drawn: those that have a part in most.
const MOST: usize = 40;

/// The page.
pub fn make(view: &View<'_>) -> Result<Shown, Failure> {
    let (nodes, edges, n_all) = parts(view)?;
    let asked = view.asked.narrowing();
    let ego = view.asked.get("ego");
    let caption = html! {
        p.legend {
            span { svg.swatch width="26" height="10" viewBox="0 0 26 10" aria-hidden="true" { line.edge.cooperation x1="0" x2="26" y1="5" y2="5" stroke-width="4" {} } "more cooperation" }
            " " span { svg.swatch width="26" height="10" viewBox="0 0 26 10" aria-hidden="true" { line.edge.conflict x1="0" x2="26" y1="5" y2="5" stroke-width="4" {} } "more conflict" }
        }
        p { "A line is what two parties did to each other: the wider, the more incidents; its sign is that of the sum of their scores. A party is the larger, the more incidents it has a part in. Places in the picture mean nearness in the network, and nothing else." }
    };
    let body = html! {
        form.picker action="/network" data-live {
            label { span { "Only around" } input type="text" name="ego" value=[ego] list="codes" placeholder="everybody"; }
            label { span { "Quad class" } select name="quad" {
                option value="" { "all" }
                @for (value, label) in [("1,2", "cooperation"), ("3,4", "conflict"), ("2,4", "deeds"), ("1,3", "words")] {
                    option value=(value) selected[view.asked.get("quad") == Some(value)] { (label) }
                }
            } }
            @let kept = asked.without(&["quad"]);
            @for name in kept.names() { input type="hidden" name=(name) value=[kept.get(name)]; }
            button { "Show" }
        }
        (filters(view, Fields::All)?)
        @if edges.is_empty() { p.empty { "No event has two known sides under these filters." } } @else {
            (both(&caption, |width| chart::draw(&nodes, &edges, width)))
            (table(&nodes, &edges))
        }
    };
    let words = in_words(view.site, &view.asked);
    let standfirst = html! {
        p {
            @if let Some(ego) = ego { "Around " a href=(actor(ego)) { (view.site.name_of(ego)) } ". " }
            (counted(nodes.len() as u64, "party", "parties")) @if n_all > nodes.len() { " with most incidents, of " (n_all) }
            ", " (counted(edges.len() as u64, "pair", "pairs")) ". " @if !words.is_empty() { "Shown: " (words) "." }
        }
    };
    let of = |format: &str| asked.with("format", format).at("/v1/network");
    let exports = vec![
        ("GraphML", of("graphml")),
        ("GEXF", of("gexf")),
        ("edges as CSV", of("csv")),
        ("SVG", view.asked.at("/network.svg")),
    ];
    Ok(Shown { title: "Network".to_owned(), standfirst, exports, body })
}

/// The picture alone.
pub fn svg(view: &View<'_>) -> Result<String, Failure> {
    let (nodes, edges, _) = parts(view)?;
    Ok(crate::charts::file(&chart::draw(&nodes, &edges, 960.0).into_string()))
}

/// Nodes and edges, and how many nodes there are that are not drawn.
fn parts(view: &View<'_>) -> Result<(Vec<chart::Node>, Vec<chart::Edge>, usize), Failure> {
    let filter = view.filter(&COUNTED)?;
    let panel = view.record.panel(&filter, Unit::Dyad, By::Ever, false)?;
    let mut pairs: BTreeMap<(String, String), (u64, f64, [u64; 2])> = BTreeMap::new();
    for row in panel.rows {
        let recipient = row.recipient.unwrap_or_default();
        if row.actor == recipient {
            continue;
        }
        let is_turned = row.actor > recipient;
        let key = if is_turned { (recipient, row.actor) } else { (row.actor, recipient) };
        let pair = pairs.entry(key).or_default();
        pair.0 += row.period.n_incidents;
        pair.1 += row.period.sum;
        pair.2[usize::from(is_turned)] += row.period.n_incidents;
    }
    if let Some(ego) = view.asked.get("ego") {
        let near: std::collections::BTreeSet<String> = pairs
            .keys()
            .filter(|(one, other)| one == ego || other == ego)
            .flat_map(|(one, other)| [one.clone(), other.clone()])
            .collect();
        pairs.retain(|(one, other), _| near.contains(one) && near.contains(other));
    }
    let mut weights: BTreeMap<&str, u64> = BTreeMap::new();
    for ((one, other), (n, _, _)) in &pairs {
        *weights.entry(one).or_default() += n;
        *weights.entry(other).or_default() += n;
    }
    let n_all = weights.len();
    let mut chosen: Vec<(&str, u64)> = weights.into_iter().collect();
    chosen.sort_by_key(|&(code, weight)| (std::cmp::Reverse(weight), code));
    chosen.truncate(MOST);
    let place = |code: &str| chosen.iter().position(|&(chosen, _)| chosen == code);
    let mut edges = Vec::new();
    for ((one, other), (n, sum, ways)) in &pairs {
        let Some(ends) = place(one).zip(place(other)) else { continue };
        let names = (view.site.name_of(one), view.site.name_of(other));
        let title = format!(
            "{} → {}: {}; {} → {}: {}; sum of scores {}",
            names.0,
            names.1,
            ways[0],
            names.1,
            names.0,
            ways[1],
            signed(*sum)
        );
        let link =
            view.asked.narrowing().without(&["quad", "type"]).with("actor", one).with("recipient", other).at("/dyad");
        edges.push(chart::Edge { ends, weight: *n, sum: *sum, title, link });
    }
    let node = |&(code, weight): &(&str, u64)| chart::Node {
        code: code.to_owned(),
        name: view.site.name_of(code),
        weight,
        link: actor(code),
    };
    Ok((chosen.iter().map(node).collect(), edges, n_all))
}

fn table(nodes: &[chart::Node], edges: &[chart::Edge]) -> Markup {
    let mut order: Vec<&chart::Edge> = edges.iter().collect();
    order.sort_by_key(|edge| std::cmp::Reverse(edge.weight));
    html! {
        section.figures {
            h2 { "The strongest lines" }
            div.scroll tabindex="0" role="region" aria-label="The strongest lines" {
                table {
                    thead { tr { th scope="col" { "pair" } th scope="col" { "incidents" } th scope="col" { "sum of scores" } } }
                    tbody {
                        @for edge in order.iter().take(25) {
                            tr {
                                th scope="row" { a href=(edge.link) { (nodes[edge.ends.0].name) " and " (nodes[edge.ends.1].name) } }
                                td { (edge.weight) } td { (signed(edge.sum)) }
                            }
                        }
                    }
                }
            }
        }
    }
}
