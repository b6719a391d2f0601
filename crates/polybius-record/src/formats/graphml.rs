//! GraphML, which Gephi, igraph and NetworkX read. `weight` is the number of incidents.

use std::io::{self, Write};

use polybius::SCALE;

use super::network::{Network, escaped};

/// Writes the network; says how many edges it has.
pub(super) fn write(network: &Network, out: &mut dyn Write) -> io::Result<u64> {
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(out, "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">")?;
    for (id, of, kind) in [
        ("label", "node", "string"),
        ("kind", "node", "string"),
        ("weight", "edge", "long"),
        ("reports", "edge", "long"),
        ("quad_1", "edge", "long"),
        ("quad_2", "edge", "long"),
        ("quad_3", "edge", "long"),
        ("quad_4", "edge", "long"),
        ("mean_score", "edge", "double"),
        ("scale", "graph", "string"),
    ] {
        writeln!(out, "<key id=\"{id}\" for=\"{of}\" attr.name=\"{id}\" attr.type=\"{kind}\"/>")?;
    }
    writeln!(out, "<graph edgedefault=\"directed\">\n<data key=\"scale\">{SCALE}</data>")?;
    for node in &network.nodes {
        let kind = if node.is_country { "country" } else { "entity" };
        let (code, name) = (escaped(&node.code), escaped(&node.name));
        writeln!(out, "<node id=\"{code}\"><data key=\"label\">{name}</data><data key=\"kind\">{kind}</data></node>")?;
    }
    for edge in &network.edges {
        let counts = &edge.counts;
        write!(out, "<edge source=\"{}\" target=\"{}\">", escaped(&edge.actor), escaped(&edge.recipient))?;
        write!(out, "<data key=\"weight\">{}</data>", counts.n_incidents)?;
        write!(out, "<data key=\"reports\">{}</data>", counts.n_reports)?;
        for (index, n) in counts.quads.iter().enumerate() {
            write!(out, "<data key=\"quad_{}\">{n}</data>", index + 1)?;
        }
        writeln!(out, "<data key=\"mean_score\">{}</data></edge>", edge.mean())?;
    }
    writeln!(out, "</graph>\n</graphml>")?;
    Ok(network.edges.len() as u64)
}
