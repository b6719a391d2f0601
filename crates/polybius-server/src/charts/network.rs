//! A network of who acts on whom, laid out here: the same record gives the same picture.

use maud::{Markup, html};

/// A node, so large.
pub struct Node {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// How many incidents it has a part in.
    pub weight: u64,
    /// Its page.
    pub link: String,
}

/// What two nodes did to each other.
pub struct Edge {
    /// The nodes by number.
    pub ends: (usize, usize),
    /// How many incidents.
    pub weight: u64,
    /// The sum of their scores.
    pub sum: f64,
    /// In words.
    pub title: String,
    /// Its page.
    pub link: String,
}

const HEIGHT: f64 = 0.72;
const ROUNDS: usize = 300;

/// The picture, so wide.
pub fn draw(nodes: &[Node], edges: &[Edge], width: f64) -> Markup {
    let is_narrow = width < 500.0;
    let (height, margin) = if is_narrow { (width * 1.25, 34.0) } else { (width * HEIGHT, 60.0) };
    let places = fitted(&laid_out(nodes.len(), edges), (width, height), (margin, 24.0));
    let most_edge = edges.iter().map(|edge| edge.weight).max().unwrap_or(1).max(1) as f64;
    let most_node = nodes.iter().map(|node| node.weight).max().unwrap_or(1).max(1) as f64;
    let radius = |node: &Node| 3.5 + (if is_narrow { 7.0 } else { 13.0 }) * (node.weight as f64 / most_node).sqrt();
    let at = |place: (f64, f64)| (round(place.0), round(place.1));
    let discs: Vec<(f64, f64, f64)> =
        nodes.iter().zip(&places).map(|(node, place)| (place.0, place.1, radius(node))).collect();
    // Only the codes of countries are shorter than names.
    let words: Vec<&str> = nodes
        .iter()
        .map(|node| if is_narrow && node.code.len() == 3 { node.code.as_str() } else { node.name.as_str() })
        .collect();
    let labels = labels(&words, &discs, (width, height));
    html! {
        svg.plot.network viewBox={ "0 0 " (width) " " (round(height)) } role="group" aria-label={ "Network of " (nodes.len()) " parties" } {
            @for edge in edges {
                @let (one, other) = (at(places[edge.ends.0]), at(places[edge.ends.1]));
                a href=(edge.link) data-ends={ (nodes[edge.ends.0].code) " " (nodes[edge.ends.1].code) } {
                    line class={ "edge " (if edge.sum < 0.0 { "conflict" } else { "cooperation" }) } x1=(one.0) y1=(one.1) x2=(other.0) y2=(other.1)
                        stroke-width=(round(1.0 + 7.0 * (edge.weight as f64 / most_edge).sqrt())) { title { (edge.title) } }
                }
            }
            @for (node, &place) in nodes.iter().zip(&places) {
                @let (x, y) = at(place);
                a href=(node.link) data-code=(node.code) {
                    circle.node cx=(x) cy=(y) r=(round(radius(node))) { title { (node.name) ": " (node.weight) } }
                }
            }
            @for (index, label) in labels.iter().enumerate() {
                @if let Some((x, y, anchor)) = label { a href=(nodes[index].link) data-code=(nodes[index].code) { text.name x=(round(*x)) y=(round(*y)) text-anchor=(anchor) { (words[index]) } } }
            }
        }
    }
}

/// Where each label stands so that it covers no disc and no other label, the names of large discs first; `None` where there is no room.
fn labels(words: &[&str], discs: &[(f64, f64, f64)], room: (f64, f64)) -> Vec<Option<(f64, f64, &'static str)>> {
    type Box = (f64, f64, f64, f64);
    let overlap = |one: &Box, other: &Box| one.0 < other.2 && other.0 < one.2 && one.1 < other.3 && other.1 < one.3;
    let mut taken: Vec<Box> = discs.iter().map(|&(x, y, r)| (x - r, y - r, x + r, y + r)).collect();
    let mut labels = vec![None; words.len()];
    let mut order: Vec<usize> = (0..words.len()).collect();
    order.sort_by(|&one, &other| discs[other].2.total_cmp(&discs[one].2).then(one.cmp(&other)));
    for index in order {
        let (x, y, r) = discs[index];
        let length: f64 = words[index].chars().map(|letter| if letter.is_uppercase() { 8.6 } else { 6.6 }).sum();
        let places = [
            (x + r + 4.0, y + 4.0, "start", x + r + 4.0),
            (x - r - 4.0, y + 4.0, "end", x - r - 4.0 - length),
            (x, y - r - 5.0, "middle", x - length / 2.0),
            (x, y + r + 13.0, "middle", x - length / 2.0),
        ];
        for (at, base, anchor, left) in places {
            let own = (left, base - 10.0, left + length, base + 3.0);
            let is_inside = own.0 >= 0.0 && own.2 <= room.0 && own.1 >= 0.0 && own.3 <= room.1;
            if is_inside && !taken.iter().any(|other| overlap(&own, other)) {
                taken.push(own);
                labels[index] = Some((at, base, anchor));
                break;
            }
        }
    }
    labels
}

/// Where the nodes lie, as if edges were springs and nodes pushed each other off: Fruchterman and Reingold 1991, from a spiral.
fn laid_out(n_nodes: usize, edges: &[Edge]) -> Vec<(f64, f64)> {
    let golden = std::f64::consts::PI * (3.0 - 5_f64.sqrt());
    let spiral = |index: usize| {
        let (angle, away) = (index as f64 * golden, ((index as f64 + 0.5) / n_nodes.max(1) as f64).sqrt());
        (away * angle.cos(), away * angle.sin())
    };
    let mut places: Vec<(f64, f64)> = (0..n_nodes).map(spiral).collect();
    let ideal = 1.6 / (n_nodes.max(1) as f64).sqrt();
    for round in 0..ROUNDS {
        let heat = 0.12 * (1.0 - round as f64 / ROUNDS as f64);
        let mut moves = vec![(0.0, 0.0); n_nodes];
        for one in 0..n_nodes {
            for other in 0..one {
                let (dx, dy) = (places[one].0 - places[other].0, places[one].1 - places[other].1);
                let square = (dx * dx + dy * dy).max(1e-4);
                let push = ideal * ideal / square;
                moves[one] = (moves[one].0 + dx * push, moves[one].1 + dy * push);
                moves[other] = (moves[other].0 - dx * push, moves[other].1 - dy * push);
            }
            // Nobody drifts off.
            moves[one] = (moves[one].0 - places[one].0 * 0.35 * ideal, moves[one].1 - places[one].1 * 0.5 * ideal);
        }
        for edge in edges {
            let (one, other) = edge.ends;
            let (dx, dy) = (places[one].0 - places[other].0, places[one].1 - places[other].1);
            let pull = (dx * dx + dy * dy).sqrt() / ideal * 0.35;
            moves[one] = (moves[one].0 - dx * pull, moves[one].1 - dy * pull);
            moves[other] = (moves[other].0 + dx * pull, moves[other].1 + dy * pull);
        }
        for (place, (dx, dy)) in places.iter_mut().zip(moves) {
            let length = (dx * dx + dy * dy).sqrt().max(1e-9);
            let step = length.min(heat) / length;
            *place = (place.0 + dx * step, place.1 + dy * step);
        }
    }
    places
}

/// The places, stretched to fill the picture but for a margin at its sides and one above and below.
fn fitted(places: &[(f64, f64)], room: (f64, f64), margin: (f64, f64)) -> Vec<(f64, f64)> {
    let bounds = |of: fn(&(f64, f64)) -> f64| {
        let values = places.iter().map(of);
        values.fold((f64::INFINITY, f64::NEG_INFINITY), |(least, most), value| (least.min(value), most.max(value)))
    };
    let ((left, right), (top, bottom)) = (bounds(|place| place.0), bounds(|place| place.1));
    let stretch = |value: f64, least: f64, most: f64, room: f64, margin: f64| {
        if most - least < 1e-6 { room / 2.0 } else { margin + (value - least) / (most - least) * (room - 2.0 * margin) }
    };
    let across = |x| stretch(x, left, right, room.0, margin.0);
    let down = |y| stretch(y, top, bottom, room.1, margin.1);
    places.iter().map(|place| (across(place.0), down(place.1))).collect()
}

fn round(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edge(one: usize, other: usize) -> Edge {
        Edge { ends: (one, other), weight: 1, sum: 1.0, title: String::new(), link: String::new() }
    }

    #[test]
    fn neighbours_lie_near() {
        let edges = [edge(0, 1), edge(1, 2), edge(3, 4)];
        let places = laid_out(5, &edges);
        let apart = |one: usize, other: usize| (places[one].0 - places[other].0).hypot(places[one].1 - places[other].1);
        assert!(apart(0, 1) < apart(0, 3) && apart(3, 4) < apart(1, 3), "{places:?}");
        assert_eq!(places, laid_out(5, &edges));
        assert!(laid_out(0, &[]).is_empty() && fitted(&[(0.0, 0.0)], (10.0, 10.0), (1.0, 1.0)) == [(5.0, 5.0)]);
    }
}
