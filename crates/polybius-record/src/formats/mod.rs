//! How a record is written for the tools of the field: one file a format.

mod annotations;
mod arrow;
mod codes;
mod ftm;
mod gdelt;
mod geojson;
mod gexf;
mod graphml;
mod icews;
mod labels;
mod linked;
mod mentions;
mod network;
mod parquet;
mod plover;
mod polecat;
mod quads;
mod tables;
mod thrift;

use std::collections::HashSet;
use std::io::{self, Write};

use polybius::Codebook;

use crate::{Filter, Order, Record, RecordError, Report};

use codes::Codes;

/// How a record is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExportFormat {
    /// One JSON object a line: the event as `polybius schema` says.
    Jsonl,
    /// The same as a table, lists joined by `|`.
    Csv,
    /// The columns of the table, with types, packed with gzip.
    Parquet,
    /// The same columns as Arrow's IPC file.
    Arrow,
    /// PLOVER's JSON, one event a line.
    Plover,
    /// The 40 columns of POLECAT, a row a report.
    Polecat,
    /// The 20 columns of ICEWS, a row for each pair of source and target of a report.
    Icews,
    /// The 61 columns of GDELT 2.0 events, a row for each pair of actors of an incident.
    Gdelt,
    /// The 16 columns of GDELT's mentions, a row for each report of what `Gdelt` writes.
    Mentions,
    /// Entities of FollowTheMoney.
    Ftm,
    /// Quads of temporal knowledge graphs.
    Quads,
    /// Claims of schema.org, in JSON-LD.
    Linked,
    /// W3C Web Annotations of the sentences.
    Annotations,
    /// Tasks of Label Studio.
    Labels,
    /// A network of who acted on whom, in GraphML.
    Graphml,
    /// The same in GEXF.
    Gexf,
    /// The nodes of the network as a table.
    Nodes,
    /// The edges of the network as a table.
    Edges,
    /// The reports that name a place, as GeoJSON.
    Geojson,
}

impl ExportFormat {
    /// Whether a reader of the format can see that an act is denied, still to come or only possible. Where he cannot, such reports are
    /// left out unless they are asked for.
    pub fn carries_status(self) -> bool {
        match self {
            ExportFormat::Jsonl | ExportFormat::Csv | ExportFormat::Parquet | ExportFormat::Arrow => true,
            ExportFormat::Geojson | ExportFormat::Linked | ExportFormat::Annotations | ExportFormat::Labels => true,
            ExportFormat::Plover
            | ExportFormat::Polecat
            | ExportFormat::Icews
            | ExportFormat::Gdelt
            | ExportFormat::Mentions
            | ExportFormat::Ftm
            | ExportFormat::Quads
            | ExportFormat::Graphml
            | ExportFormat::Gexf
            | ExportFormat::Nodes
            | ExportFormat::Edges => false,
        }
    }
}

/// Why an export failed.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The record cannot be read.
    #[error(transparent)]
    Record(#[from] RecordError),
    /// The output cannot be written.
    #[error("the output cannot be written: {0}")]
    Output(#[from] io::Error),
}

impl Record {
    /// Writes the filter's reports to `out`; with `first_only` one for each incident, its first. Says how many were taken.
    ///
    /// # Errors
    /// If the record cannot be read or the output not be written.
    pub fn export(
        &self,
        filter: &Filter,
        format: ExportFormat,
        first_only: bool,
        codebook: &Codebook,
        out: &mut impl Write,
    ) -> Result<u64, ExportError> {
        let codes = Codes::new(codebook);
        match format {
            ExportFormat::Graphml => return Ok(graphml::write(&self.network(filter, &codes)?, out)?),
            ExportFormat::Gexf => return Ok(gexf::write(&self.network(filter, &codes)?, out)?),
            ExportFormat::Nodes => return Ok(network::write_nodes(&self.network(filter, &codes)?, out)?),
            ExportFormat::Edges => return Ok(network::write_edges(&self.network(filter, &codes)?, out)?),
            _ => {}
        }
        let mut writer: Box<dyn Rows + '_> = match format {
            ExportFormat::Jsonl => Box::new(tables::Jsonl),
            ExportFormat::Csv => Box::new(tables::Csv),
            ExportFormat::Parquet => Box::new(parquet::Parquet::new(tables::columns())),
            ExportFormat::Arrow => Box::new(arrow::Arrow::new()?),
            ExportFormat::Plover => Box::new(plover::Plover { codes: &codes }),
            ExportFormat::Polecat => Box::new(polecat::Polecat { codes: &codes }),
            ExportFormat::Icews => Box::new(icews::Icews { codes: &codes }),
            ExportFormat::Gdelt => Box::new(gdelt::Gdelt::new(&codes)),
            ExportFormat::Mentions => Box::new(mentions::Mentions::default()),
            ExportFormat::Ftm => Box::new(ftm::Ftm::new(&codes)),
            ExportFormat::Quads => Box::new(quads::Quads),
            ExportFormat::Linked => Box::new(linked::Linked::default()),
            ExportFormat::Annotations => Box::new(annotations::Annotations::default()),
            ExportFormat::Labels => Box::new(labels::Labels::default()),
            ExportFormat::Geojson => Box::new(geojson::Geojson::default()),
            ExportFormat::Graphml | ExportFormat::Gexf | ExportFormat::Nodes | ExportFormat::Edges => {
                unreachable!("networks are written above")
            }
        };
        let by_incident = matches!(format, ExportFormat::Gdelt | ExportFormat::Mentions);
        let order = if by_incident { Order::Incident } else { Order::Day };
        let mut seen = HashSet::new();
        let mut n_taken = 0;
        writer.begin(out)?;
        self.each_report_by::<ExportError>(order, filter, None, |report| {
            if first_only && !seen.insert(report.entry.incident) {
                return Ok(());
            }
            n_taken += 1;
            Ok(writer.add(&report, out)?)
        })?;
        writer.end(out)?;
        Ok(n_taken)
    }
}

/// A format that is written report by report.
trait Rows {
    /// What stands before the first.
    fn begin(&mut self, _out: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }

    /// One report more.
    fn add(&mut self, report: &Report, out: &mut dyn Write) -> io::Result<()>;

    /// What stands after the last.
    fn end(&mut self, _out: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }
}

/// A line of fields between tabs. The formats have no quoting, so tabs and line ends inside a field become spaces.
fn tabbed<'f>(fields: impl IntoIterator<Item = &'f str>) -> String {
    let clean = |field: &str| field.replace(|character: char| character.is_control(), " ");
    fields.into_iter().map(clean).collect::<Vec<_>>().join("\t") + "\n"
}

/// A number for formats whose ids are numbers: 48 bits of a digest of the event's id and its outlet, for two outlets may call an article by
/// one id; then which of its pairs of parties it is.
fn number(row: &polybius::EventRow, pair: usize) -> u64 {
    let digest = crate::runs::digest(&format!("{}@{}", row.event_id, row.outlet.as_deref().unwrap_or_default()));
    let id = u64::from_str_radix(&digest[..12], 16).expect("a digest is written in hexadecimal digits");
    (id << 4) | (pair as u64).min(15)
}

/// The actors with their recipients, each pair once; those who act together both ways; a missing side is `None`.
fn pairs(row: &polybius::EventRow) -> Vec<(Option<&polybius::ParticipantRow>, Option<&polybius::ParticipantRow>)> {
    let (actors, recipients) = (&row.actors, &row.recipients);
    match (actors.len(), recipients.len()) {
        (0, 0) => vec![(None, None)],
        (0, _) => recipients.iter().map(|recipient| (None, Some(recipient))).collect(),
        (1, 0) => vec![(actors.first(), None)],
        (_, 0) => {
            let others = |index: usize| actors.iter().enumerate().filter(move |&(other, _)| other != index);
            let ways = actors
                .iter()
                .enumerate()
                .flat_map(|(index, actor)| others(index).map(move |(_, other)| (Some(actor), Some(other))));
            ways.collect()
        }
        _ => actors.iter().flat_map(|actor| recipients.iter().map(move |other| (Some(actor), Some(other)))).collect(),
    }
}
