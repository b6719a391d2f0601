//! What the program can be asked to do, and the help that says so.

mod entities;
mod measure;

use std::num::NonZero;
use std::path::PathBuf;
use std::thread;

use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;

pub use entities::{AnswerFormat, CodebookCommand, CompileArguments, ImportArguments, ImportFormat, WhoArguments};
pub use measure::{
    CorefArguments, CuesArguments, DatesArguments, EntitiesArguments, Measure, NerArguments, SpansArguments, SplitArgument,
};

/// Reads news and codes political events: who did what to whom, when, where, according to whom, and whether it
/// happened.
#[derive(Debug, Parser)]
#[command(name = "polybius", version, max_term_width = 100, after_help = EXAMPLES)]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

const EXAMPLES: &str = "Examples:
  polybius code article.txt --published 2024-10-11     what happened in an article
  polybius code articles.jsonl --format jsonl          events for another program
  polybius explain \"a sentence in quotation marks\"    why this is, or is not, an event
  polybius who \"the Russian president\" --on 2012-05-08  whom does a name mean, and why?
  polybius check my-codebook                           is my codebook sound?

Exit codes: 0 fine, 1 some records failed, 2 it could not run.";

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Code the events in articles.
    Code(CodeArguments),
    /// Show how a sentence or an article is read, and why it gives these events or none.
    Explain(ExplainArguments),
    /// Print the JSON Schema of `code --format jsonl` or of `annotate --format json`.
    Schema(SchemaArguments),
    /// Check the codebook: every problem at once, and every example.
    Check(CheckArguments),
    /// Print the linguistic layers of articles.
    Annotate(AnnotateArguments),
    /// Tell whom a name or an office means: every candidate, the one that would be chosen on a day, and why.
    Who(WhoArguments),
    /// Bring names from elsewhere into a codebook of your own.
    #[command(subcommand)]
    Codebook(CodebookCommand),
    /// Measure how well the program does.
    Score(ScoreArguments),
}

/// Where articles come from.
#[derive(Debug, Args)]
pub struct InputArguments {
    /// Articles: .txt (one article), .jsonl (one a line: id, text, published, and if known title, outlet, url), folders
    /// of both, or - for standard input.
    #[arg(value_name = "FILES")]
    pub files: Vec<PathBuf>,
    /// When the articles were published, where they do not say it.
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub published: Option<Date>,
    /// Who published the articles, where they do not say it.
    #[arg(long, value_name = "NAME")]
    pub outlet: Option<String>,
}

/// The codebook to code with.
#[derive(Debug, Args)]
pub struct CodebookArguments {
    /// A folder of codebook files laid over the ones compiled in: the same path replaces, any other adds.
    #[arg(long, value_name = "DIR")]
    pub codebook: Option<PathBuf>,
}

/// How many threads work.
#[derive(Debug, Args)]
pub struct ThreadArguments {
    /// How many threads work; the output is the same for any number.
    #[arg(long, value_name = "N", default_value_t = all_cores())]
    pub threads: NonZero<usize>,
}

fn all_cores() -> NonZero<usize> {
    thread::available_parallelism().unwrap_or(NonZero::<usize>::MIN)
}

/// Arguments of `code`.
#[derive(Debug, Args)]
pub struct CodeArguments {
    #[command(flatten)]
    pub input: InputArguments,
    /// How events are written; in `pretty`, participants stand in braces and the trigger in brackets, or in colours.
    #[arg(long, value_enum, default_value_t = Format::Pretty)]
    pub format: Format,
    /// Leave out events below this confidence.
    #[arg(long, value_name = "0..1", default_value_t = 0.0, value_parser = probability)]
    pub min_confidence: f64,
    #[command(flatten)]
    pub codebook: CodebookArguments,
    #[command(flatten)]
    pub threads: ThreadArguments,
}

/// How events are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// An account for a reader.
    Pretty,
    /// One JSON object a line, as `polybius schema` says.
    Jsonl,
    /// A table.
    Csv,
}

fn probability(text: &str) -> Result<f64, String> {
    match text.parse() {
        Ok(value) if (0.0..=1.0).contains(&value) => Ok(value),
        _ => Err("a number from 0 to 1 is needed".to_owned()),
    }
}

/// Arguments of `explain`.
#[derive(Debug, Args)]
pub struct ExplainArguments {
    /// A sentence in quotation marks, a file, or - for standard input.
    #[arg(value_name = "SENTENCE|FILE")]
    pub subject: String,
    /// When it was published; relative dates count from there.
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub published: Option<Date>,
    #[command(flatten)]
    pub codebook: CodebookArguments,
}

/// Arguments of `check`.
#[derive(Debug, Args)]
pub struct CheckArguments {
    /// A folder of codebook files laid over the ones compiled in; without it those alone are checked.
    #[arg(value_name = "DIR")]
    pub folder: Option<PathBuf>,
    #[command(flatten)]
    pub threads: ThreadArguments,
}

/// Arguments of `annotate`.
#[derive(Debug, Args)]
pub struct AnnotateArguments {
    #[command(flatten)]
    pub input: InputArguments,
    /// How the layers are written.
    #[arg(long, value_enum, default_value_t = LayerFormat::Conllu)]
    pub format: LayerFormat,
    #[command(flatten)]
    pub threads: ThreadArguments,
}

/// How linguistic layers are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LayerFormat {
    /// The treebanks' format.
    Conllu,
    /// One JSON object a line and article, as `polybius schema document` says.
    Json,
}

/// Arguments of `schema`.
#[derive(Debug, Args)]
pub struct SchemaArguments {
    /// Of what.
    #[arg(value_enum, default_value_t = Described::Event)]
    pub of: Described,
}

/// What has a schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Described {
    /// A line of `code --format jsonl`.
    Event,
    /// A line of `annotate --format json`.
    Document,
}

/// Arguments of `score`.
#[derive(Debug, Args)]
pub struct ScoreArguments {
    /// What to measure.
    #[command(subcommand)]
    pub measure: Measure,
}
