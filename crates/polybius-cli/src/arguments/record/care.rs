//! What the commands take that correct a record, look after it, or write it for others.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use polybius_record::ExportFormat;

use super::{FilterArguments, RecordArguments};

/// Arguments of `retract` and `restore`.
#[derive(Debug, Args)]
pub struct RetractArguments {
    /// The id of an event, or of an article (id, or id@outlet where several outlets use it).
    pub id: String,
    /// The record's file.
    #[arg(long, value_name = "FILE")]
    pub record: PathBuf,
    /// Why.
    #[arg(long, value_name = "WORDS")]
    pub reason: String,
}

/// Arguments of `doctor`.
#[derive(Debug, Args)]
pub struct DoctorArguments {
    /// The record's file.
    #[arg(long, value_name = "FILE")]
    pub record: PathBuf,
}

/// What can be done with incidents.
#[derive(Debug, Subcommand)]
pub enum IncidentCommand {
    /// Show the reports of an incident, how they came together, and where they differ.
    Show {
        /// Its number.
        incident: i64,
        #[command(flatten)]
        record: RecordArguments,
    },
    /// Move reports out of their incident into a new one.
    Split {
        /// The ids of the reports.
        #[arg(required = true)]
        events: Vec<String>,
        #[command(flatten)]
        decision: DecisionArguments,
    },
    /// Make one incident of several.
    Merge {
        /// The one that stays.
        into: i64,
        /// The ones that go into it.
        #[arg(required = true)]
        others: Vec<i64>,
        #[command(flatten)]
        decision: DecisionArguments,
    },
    /// Undo a split or a merge.
    Undo {
        /// The number of the decision.
        decision: i64,
        /// The record's file.
        #[arg(long, value_name = "FILE")]
        record: PathBuf,
    },
}

/// A decision about incidents.
#[derive(Debug, Args)]
pub struct DecisionArguments {
    /// The record's file.
    #[arg(long, value_name = "FILE")]
    pub record: PathBuf,
    /// Why.
    #[arg(long, value_name = "WORDS")]
    pub reason: String,
}

/// Arguments of `diff`.
#[derive(Debug, Args)]
pub struct DiffArguments {
    /// One run.
    pub one: i64,
    /// The other.
    pub other: i64,
    /// The record's file.
    #[arg(long, value_name = "FILE")]
    pub record: PathBuf,
    /// At most so many differences are shown one by one.
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub limit: usize,
}

/// Arguments of `export`.
#[derive(Debug, Args)]
#[command(
    after_help = "Denied, future, hypothetical and historical reports are left out of formats that cannot say so (all but jsonl,
csv, parquet, arrow, geojson, jsonld, annotations and label-studio), unless --status asks for them. docs/formats.md says what each format carries.

Example:
  polybius export --record news.db --format parquet --out events.parquet"
)]
pub struct ExportArguments {
    #[command(flatten)]
    pub record: RecordArguments,
    #[command(flatten)]
    pub filter: FilterArguments,
    /// The format.
    #[arg(long, value_enum)]
    pub format: ExportAs,
    /// The file; standard output if not given.
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Only the first report of each incident.
    #[arg(long)]
    pub first_only: bool,
}

/// What a record is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ExportAs {
    /// JSON lines, as `polybius schema` says.
    Jsonl,
    /// A table.
    Csv,
    /// The same table with types.
    Parquet,
    /// The same table as an Arrow IPC file.
    Arrow,
    /// PLOVER's JSON, one event a line.
    Plover,
    /// POLECAT's 40 columns.
    Polecat,
    /// ICEWS's 20 columns.
    Icews,
    /// GDELT 2.0's 61 columns of events.
    Gdelt,
    /// GDELT 2.0's 16 columns of mentions, with the ids of `gdelt`.
    GdeltMentions,
    /// Entities of FollowTheMoney.
    Ftm,
    /// Quads of temporal knowledge graphs: who, type, to whom, day.
    Quads,
    /// Claims of schema.org in JSON-LD.
    Jsonld,
    /// W3C Web Annotations of the sentences.
    Annotations,
    /// Tasks of Label Studio.
    LabelStudio,
    /// A network for Gephi, igraph and NetworkX.
    Graphml,
    /// A network in Gephi's own format.
    Gexf,
    /// The network's nodes as a table.
    Nodes,
    /// The network's edges as a table.
    Edges,
    /// Reports that name a place.
    Geojson,
}

impl From<ExportAs> for ExportFormat {
    fn from(format: ExportAs) -> ExportFormat {
        match format {
            ExportAs::GdeltMentions => ExportFormat::Mentions,
            ExportAs::Ftm => ExportFormat::Ftm,
            ExportAs::Quads => ExportFormat::Quads,
            ExportAs::Jsonld => ExportFormat::Linked,
            ExportAs::Annotations => ExportFormat::Annotations,
            ExportAs::LabelStudio => ExportFormat::Labels,
            ExportAs::Jsonl => ExportFormat::Jsonl,
            ExportAs::Csv => ExportFormat::Csv,
            ExportAs::Parquet => ExportFormat::Parquet,
            ExportAs::Arrow => ExportFormat::Arrow,
            ExportAs::Plover => ExportFormat::Plover,
            ExportAs::Polecat => ExportFormat::Polecat,
            ExportAs::Icews => ExportFormat::Icews,
            ExportAs::Gdelt => ExportFormat::Gdelt,
            ExportAs::Graphml => ExportFormat::Graphml,
            ExportAs::Gexf => ExportFormat::Gexf,
            ExportAs::Nodes => ExportFormat::Nodes,
            ExportAs::Edges => ExportFormat::Edges,
            ExportAs::Geojson => ExportFormat::Geojson,
        }
    }
}
