//! The network of who acted on whom: a node a country or, lacking one, an entity; an edge an ordered pair.

use std::collections::BTreeMap;
use std::io::{self, Write};

use polybius::formats::csv_record;
use rusqlite::OptionalExtension;

use super::codes::Codes;
use crate::{By, Filter, Period, Record, RecordError, Unit};

/// Nodes and edges, each in order.
pub(super) struct Network {
    pub(super) nodes: Vec<Node>,
    pub(super) edges: Vec<Edge>,
}

pub(super) struct Node {
    pub(super) code: String,
    pub(super) name: String,
    pub(super) is_country: bool,
}

pub(super) struct Edge {
    pub(super) actor: String,
    pub(super) recipient: String,
    pub(super) counts: Period,
}

impl Edge {
    /// The mean score, as it is written.
    pub(super) fn mean(&self) -> String {
        format!("{:.3}", self.counts.mean().unwrap_or(0.0))
    }
}

impl Record {
    /// The network of the filter's reports.
    pub(super) fn network(&self, filter: &Filter, codes: &Codes) -> Result<Network, RecordError> {
        let panel = self.panel(filter, Unit::Dyad, By::Ever, false)?;
        let mut nodes: BTreeMap<String, Node> = BTreeMap::new();
        let mut edges = Vec::with_capacity(panel.rows.len());
        for row in panel.rows {
            let recipient = row.recipient.unwrap_or_default();
            for code in [&row.actor, &recipient] {
                if !nodes.contains_key(code) {
                    nodes.insert(code.clone(), self.node(code, codes)?);
                }
            }
            edges.push(Edge { actor: row.actor, recipient, counts: row.period });
        }
        Ok(Network { nodes: nodes.into_values().collect(), edges })
    }

    fn node(&self, code: &str, codes: &Codes) -> Result<Node, RecordError> {
        let country = codes.country(Some(code));
        let name = match country {
            Some(country) => country.name.to_string(),
            None => {
                let find =
                    "SELECT name FROM codes JOIN participants USING (event) WHERE code = ?1 AND entity = ?1 LIMIT 1";
                let name = self.connection.prepare_cached(find)?.query_row([code], |row| row.get(0)).optional()?;
                name.unwrap_or_else(|| code.to_owned())
            }
        };
        Ok(Node { code: code.to_owned(), name, is_country: country.is_some() })
    }
}

/// The nodes as a table.
pub(super) fn write_nodes(network: &Network, out: &mut dyn Write) -> io::Result<u64> {
    out.write_all(b"id,label,kind\n")?;
    for node in &network.nodes {
        let kind = if node.is_country { "country" } else { "entity" };
        out.write_all(csv_record(vec![node.code.clone(), node.name.clone(), kind.to_owned()]).as_bytes())?;
    }
    Ok(network.nodes.len() as u64)
}

/// The edges as a table.
pub(super) fn write_edges(network: &Network, out: &mut dyn Write) -> io::Result<u64> {
    out.write_all(b"source,target,weight,reports,quad_1,quad_2,quad_3,quad_4,mean_score\n")?;
    for edge in &network.edges {
        let counts = &edge.counts;
        let mut fields = vec![edge.actor.clone(), edge.recipient.clone(), counts.n_incidents.to_string()];
        fields.push(counts.n_reports.to_string());
        fields.extend(counts.quads.map(|n| n.to_string()));
        fields.push(edge.mean());
        out.write_all(csv_record(fields).as_bytes())?;
    }
    Ok(network.edges.len() as u64)
}

/// Text as XML holds it; characters that XML cannot hold become U+FFFD.
pub(super) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped += "&amp;",
            '<' => escaped += "&lt;",
            '>' => escaped += "&gt;",
            '"' => escaped += "&quot;",
            '\t' | '\n' | '\r' => escaped.push(' '),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => escaped.push('\u{fffd}'),
            _ => escaped.push(character),
        }
    }
    escaped
}
