//! What the commands about entities take: `who` and `codebook`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use jiff::civil::Date;

use super::CodebookArguments;

/// Arguments of `who`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  polybius who Georgia
  polybius who \"the Russian president\" --on 2012-05-08
  polybius who Bush --context article.txt --on 1991-01-17

Exit codes: 0 somebody has the name, 1 nobody has, 2 it could not run.")]
pub struct WhoArguments {
    /// A name, or an office in words.
    pub name: String,
    /// The day for which it is asked; without it every row holds, and an office is its present holder's.
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub on: Option<Date>,
    /// An article (.txt or .jsonl): shows where the words stand in it and whom they mean there.
    #[arg(long, value_name = "FILE")]
    pub context: Option<PathBuf>,
    /// How the answer is written.
    #[arg(long, value_enum, default_value_t = AnswerFormat::Table)]
    pub format: AnswerFormat,
    #[command(flatten)]
    pub codebook: CodebookArguments,
}

/// How an answer is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum AnswerFormat {
    /// For a reader.
    Table,
    /// One JSON object.
    Json,
}

/// What can be done with a codebook of one's own.
#[derive(Debug, Subcommand)]
pub enum CodebookCommand {
    /// Turn a list of names into entity files of an overlay, and report everything that is wrong with it.
    Import(ImportArguments),
    /// Compile the imported names of an overlay anew, after a change to its files or of the program.
    Compile(CompileArguments),
}

/// Arguments of `codebook import`.
#[derive(Debug, Args)]
#[command(
    after_help = "Every defect is printed with file, line, reason and what was done about it. Lines that could not be imported also
stand in OVERLAY/rejected.tsv. Use the overlay with --codebook OVERLAY.

Exit codes: 0 every line was imported, 1 some were not, 2 it could not run."
)]
pub struct ImportArguments {
    /// How the files are written.
    #[arg(value_enum)]
    pub format: ImportFormat,
    /// The files.
    #[arg(value_name = "FILES", required = true)]
    pub files: Vec<PathBuf>,
    /// The folder of codebook files that takes the names; it is made if need be.
    #[arg(long, value_name = "OVERLAY")]
    pub into: PathBuf,
}

/// The formats that names can be imported from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ImportFormat {
    /// Actor and agent dictionaries of PETRARCH and TABARI.
    Petrarch,
    /// Items of Wikidata, one JSON object a line.
    Wikidata,
    /// Entities of FollowTheMoney, one JSON object a line.
    Ftm,
    /// A table with some or all of the columns of our own entity files; `name` and `kind` are needed.
    Csv,
}

/// Arguments of `codebook compile`.
#[derive(Debug, Args)]
pub struct CompileArguments {
    /// The overlay.
    #[arg(value_name = "OVERLAY")]
    pub folder: PathBuf,
}
