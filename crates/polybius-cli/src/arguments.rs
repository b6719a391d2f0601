//! What the program can be asked to do, and the help that says so.

mod entities;
mod fetch;
mod measure;
mod record;
mod serve;

use std::num::NonZero;
use std::path::PathBuf;
use std::str::FromStr;
use std::thread;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use jiff::civil::Date;

pub use entities::{AnswerFormat, CodebookCommand, CompileArguments, ImportArguments, ImportFormat, WhoArguments};
pub use fetch::FetchArguments;
pub use measure::{
    CorefArguments, CuesArguments, DatesArguments, EntitiesArguments, FactualityArguments, Measure, ModesArguments,
    NerArguments, PairsArguments, PlacesArguments, SpansArguments, SplitArgument, TableArguments,
};
pub use record::{
    ActorArguments, ByArgument, ClaimsArguments, DiffArguments, DoctorArguments, DyadArguments, EventsArguments,
    EventsFormat, ExpectationsArguments, ExportArguments, FiguresFormat, ImportSetArguments, IncidentCommand, Keep,
    LedgerFormat, NetworkArguments, PanelArguments, ReadArguments, RetractArguments, SearchArguments, SqlArguments,
    TableFormat, set_path,
};
pub use serve::ServeArguments;

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
  polybius read news/ --record news.db                 keep what happened in a record
  polybius dyad RUS UKR --record news.db --by month    and ask it
  polybius serve news.db                               and look at it in a browser
  polybius explain \"a sentence in quotation marks\"    why this is, or is not, an event
  polybius who \"the Russian president\" --on 2012-05-08  whom does a name mean, and why?
  polybius check my-codebook                           is my codebook sound?

Exit codes: 0 fine, 1 some records failed, 2 it could not run.";

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Code the events in articles.
    Code(CodeArguments),
    /// Read and code articles into a record.
    Read(ReadArguments),
    /// Fetch pages from the network into an archive that `read` takes.
    Fetch(FetchArguments),
    /// Read what others coded (GDELT, POLECAT, ICEWS, ACLED, UCDP, PLOVER) into a set beside the record.
    Import(ImportSetArguments),
    /// Show reports of a record.
    Events(EventsArguments),
    /// Count what two sides did to each other, period by period.
    Dyad(DyadArguments),
    /// Show on whom somebody acts, who acts on it, and what it says.
    Actor(ActorArguments),
    /// Show who acts on whom, the pairs with most incidents first.
    Network(NetworkArguments),
    /// Show who said what about whom, and what was said to it later.
    Claims(ClaimsArguments),
    /// Show what was announced, by when, and what became of it.
    Expectations(ExpectationsArguments),
    /// Find articles of a record by their words.
    Search(SearchArguments),
    /// Print a panel for statistics: every pair of countries, or every country, in every period.
    Panel(PanelArguments),
    /// Ask a record in SQL, which can only read.
    Sql(SqlArguments),
    /// Retract an article or an event, with a reason; the record keeps it and shows it no more.
    Retract(RetractArguments),
    /// Undo a retraction.
    Restore(RetractArguments),
    /// Show, split and merge incidents.
    #[command(subcommand)]
    Incident(IncidentCommand),
    /// Show what two runs made of the same articles, and why they differ.
    Diff(DiffArguments),
    /// Write a record for other programs.
    Export(ExportArguments),
    /// Show a record as pages in a browser, and answer programs over HTTP.
    Serve(ServeArguments),
    /// Check a record: integrity, gaps, problems, versions.
    Doctor(DoctorArguments),
    /// Show how a sentence or an article is read, and why it gives these events or none.
    Explain(ExplainArguments),
    /// Print the JSON Schema of `code --format jsonl`, of `annotate --format json` or of `who --format json`.
    Schema(SchemaArguments),
    /// Check the codebook: every problem at once, and every example.
    Check(CheckArguments),
    /// Print the linguistic layers of articles.
    Annotate(AnnotateArguments),
    /// Tell what one party does to another where both are given: one JSON object a line, {"id", "text", "actor": [start, end],
    /// "recipient": [start, end]}, offsets in code points.
    Relate(RelateArguments),
    /// Tell whom a name or an office means: every candidate, the one that would be chosen on a day, and why.
    Who(WhoArguments),
    /// Bring names from elsewhere into a codebook of your own.
    #[command(subcommand)]
    Codebook(CodebookCommand),
    /// Measure how well the program does.
    Score(ScoreArguments),
    /// Print what lets a shell complete commands and options.
    Completions(CompletionsArguments),
    /// Write the manual pages, one a command.
    Man(ManArguments),
}

/// Arguments of `completions`.
#[derive(Debug, Args)]
#[command(after_help = "Example:
  polybius completions bash > ~/.local/share/bash-completion/completions/polybius")]
pub struct CompletionsArguments {
    /// The shell.
    #[arg(value_enum)]
    pub shell: Shell,
}

/// Arguments of `man`.
#[derive(Debug, Args)]
#[command(after_help = "Example:
  polybius man --out ~/.local/share/man/man1")]
pub struct ManArguments {
    /// The folder to write into, which is made if need be.
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
}

/// Where articles come from.
#[derive(Debug, Args)]
pub struct InputArguments {
    /// Articles: .txt (one article), .html (a page), .jsonl (one a line: id, text, published, and if known title, author,
    /// outlet, url), .csv, .tsv or .parquet (columns of these names), .json (NewsArticle of schema.org, ninjs, JSON Feed),
    /// .rss, .atom or .xml (feeds), .warc (archives), any of them packed as .gz, .zst or .xz or in a .zip, folders,
    /// patterns such as 'news/**/*.txt', or - for standard input.
    #[arg(value_name = "FILES")]
    pub files: Vec<PathBuf>,
    /// When the articles were published, where they do not say it.
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub published: Option<Date>,
    /// Who published the articles, where they do not say it.
    #[arg(long, value_name = "NAME")]
    pub outlet: Option<String>,
    /// Take articles in other languages too, which are set aside otherwise: only English is understood.
    #[arg(long)]
    pub any_language: bool,
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
    /// What is written: the first field of a JSON line tells which it is. CSV has events alone.
    #[arg(long, value_enum, value_delimiter = ',', value_name = "KINDS", default_values_t = [Record::Events])]
    pub records: Vec<Record>,
    /// Leave out events that are less likely right than this.
    #[arg(long, value_name = "0..1", default_value_t = polybius::ENOUGH, value_parser = probability::<f32>)]
    pub min_confidence: f32,
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

/// What is found in articles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Record {
    /// Who did what to whom.
    Events,
    /// Who says what: statements, beliefs, plans, demands, denials, whether or not they code to an event.
    Claims,
    /// What is announced or foreseen, by when, and what would settle it.
    Expectations,
}

fn probability<T: FromStr + PartialOrd + From<u8>>(text: &str) -> Result<T, String> {
    match text.parse() {
        Ok(value) if (T::from(0)..=T::from(1)).contains(&value) => Ok(value),
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

/// Arguments of `relate`.
#[derive(Debug, Args)]
pub struct RelateArguments {
    /// The pairs, one JSON object a line, or - for standard input.
    #[arg(value_name = "FILE", default_value = "-")]
    pub file: PathBuf,
    /// Name the likeliest type even where no act is likelier; its confidence is then how likely it is if there is an act.
    #[arg(long)]
    pub force: bool,
    #[command(flatten)]
    pub codebook: CodebookArguments,
    #[command(flatten)]
    pub threads: ThreadArguments,
}

/// What has a schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Described {
    /// A line of `code --format jsonl`.
    Event,
    /// A claim, of `code --records claims`.
    Claim,
    /// An expectation, of `code --records expectations`.
    Expectation,
    /// A line of `annotate --format json`.
    Document,
    /// What `who --format json` prints.
    Who,
}

/// Arguments of `score`.
#[derive(Debug, Args)]
pub struct ScoreArguments {
    /// What to measure.
    #[command(subcommand)]
    pub measure: Measure,
}
