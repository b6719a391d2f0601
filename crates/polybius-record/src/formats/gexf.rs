//! GEXF 1.3, Gephi's own format. `weight` is the number of incidents.

use std::io::{self, Write};

use polybius::SCALE;

use super::network::{Network, escaped};

/// Writes the network; says how many edges it has.
pub(super) fn write(network: &Network, out: &mut dyn Write) -> io::Result<u64> {
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(out, "<gexf xmlns=\"http://gexf.net/1.3\" version=\"1.3\">")?;
    writeln!(out, "<meta><creator>polybius</creator><description>scores on {SCALE}</description></meta>")?;
    writeln!(out, "<graph mode=\"static\" defaultedgetype=\"directed\">")?;
    writeln!(out, "<attributes class=\"node\"><attribute id=\"0\" title=\"kind\" type=\"string\"/></attributes>")?;
    writeln!(out, "<attributes class=\"edge\">")?;
    let attributes = ["reports", "quad_1", "quad_2", "quad_3", "quad_4"];
    for (id, title) in attributes.iter().enumerate() {
        writeln!(out, "<attribute id=\"{id}\" title=\"{title}\" type=\"long\"/>")?;
    }
    writeln!(out, "<attribute id=\"5\" title=\"mean_score\" type=\"double\"/>\n</attributes>\n<nodes>")?;
    for node in &network.nodes {
        let kind = if node.is_country { "country" } else { "entity" };
        write!(out, "<node id=\"{}\" label=\"{}\">", escaped(&node.code), escaped(&node.name))?;
        writeln!(out, "<attvalues><attvalue for=\"0\" value=\"{kind}\"/></attvalues></node>")?;
    }
    writeln!(out, "</nodes>\n<edges>")?;
    for (id, edge) in network.edges.iter().enumerate() {
        let (source, target) = (escaped(&edge.actor), escaped(&edge.recipient));
        let counts = &edge.counts;
        write!(out, "<edge id=\"{id}\" source=\"{source}\" target=\"{target}\" weight=\"{}\">", counts.n_incidents)?;
        write!(out, "<attvalues><attvalue for=\"0\" value=\"{}\"/>", counts.n_reports)?;
        for (index, n) in counts.quads.iter().enumerate() {
            write!(out, "<attvalue for=\"{}\" value=\"{n}\"/>", index + 1)?;
        }
        writeln!(out, "<attvalue for=\"5\" value=\"{}\"/></attvalues></edge>", edge.mean())?;
    }
    writeln!(out, "</edges>\n</graph>\n</gexf>")?;
    Ok(network.edges.len() as u64)
}
