//! What `polybius import` takes.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use polybius_record::ForeignFormat;

use super::set_name;

/// Arguments of `import`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  polybius import gdelt 20240101.export.CSV.gz --record news.db
  polybius dyad RUS UKR --record news.db --set gdelt
  polybius import coded events/ claims/ --articles articles/ --record news.db

What others coded is kept in a file of its own beside the record (news.gdelt.db), asked with --set, and never mixed with ours.
A row that comes again is known; one that comes again with another text is a new version.

`coded` is what our own coder wrote in Python or on Spark, as Parquet or JSON lines. It goes into the record itself, with the
articles that it was coded from, as if `polybius read` had coded them.

Exit codes: 0 fine, 1 some rows are odd or could not be read, 2 it could not run.")]
pub struct ImportSetArguments {
    /// How it is written.
    #[arg(value_enum)]
    pub format: ImportAs,
    /// The files, any of them packed as .gz, .zst or .xz; of `coded`, folders too.
    #[arg(required = true, value_name = "FILES")]
    pub files: Vec<PathBuf>,
    /// The record beside which the set is kept.
    #[arg(long, value_name = "FILE")]
    pub record: PathBuf,
    /// What the set is called; the data set's name if not given.
    #[arg(long, value_name = "NAME", value_parser = set_name)]
    pub set: Option<String>,
    /// Of `coded`, the articles that were coded: files, folders or patterns, as `read` takes them.
    #[arg(long, value_name = "FILES", num_args = 1.., required_if_eq("format", "coded"), conflicts_with = "set")]
    pub articles: Vec<PathBuf>,
    /// At most so many odd rows are shown; the others are counted, and all are in the table `problems` of the set.
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub limit: usize,
}

/// How a data set is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ImportAs {
    /// PLOVER's JSON, an object a line.
    Plover,
    /// POLECAT's 40 columns, in the heads of all its releases.
    Polecat,
    /// ICEWS's 20 columns.
    Icews,
    /// GDELT's events, 57, 58 or 61 columns.
    Gdelt,
    /// GDELT's mentions of events that the set has.
    GdeltMentions,
    /// ACLED's CSV.
    Acled,
    /// The UCDP's georeferenced events, also candidates.
    Ucdp,
    /// What our own coder wrote elsewhere.
    Coded,
}

impl ImportAs {
    /// How others wrote it, if others did.
    pub fn foreign(self) -> Option<ForeignFormat> {
        Some(match self {
            ImportAs::Plover => ForeignFormat::Plover,
            ImportAs::Polecat => ForeignFormat::Polecat,
            ImportAs::Icews => ForeignFormat::Icews,
            ImportAs::Gdelt => ForeignFormat::Gdelt,
            ImportAs::GdeltMentions => ForeignFormat::GdeltMentions,
            ImportAs::Acled => ForeignFormat::Acled,
            ImportAs::Ucdp => ForeignFormat::Ucdp,
            ImportAs::Coded => return None,
        })
    }
}
