//! What `actor`, `network`, `claims` and `expectations` take.

use clap::{Args, ValueEnum};
use jiff::civil::Date;
use polybius_record::By;

use super::{FiguresFormat, FilterArguments, NarrowArguments, RecordArguments, code, event_type};

/// Arguments of `actor`.
#[derive(Debug, Args)]
#[command(after_help = "Example:
  polybius actor RUS --record news.db --from 2024-01-01")]
pub struct ActorArguments {
    /// A country (ISO 3166-1 alpha-3), an entity, or its name.
    #[arg(value_parser = code)]
    pub who: String,
    #[command(flatten)]
    pub record: RecordArguments,
    #[command(flatten)]
    pub narrow: NarrowArguments,
    /// At most so many others on a side.
    #[arg(long, value_name = "N", default_value_t = 12)]
    pub limit: usize,
}

/// Arguments of `network`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  polybius network --record news.db --from 2024-10-01 --to 2024-12-31
  polybius export --record news.db --from 2024-10-01 --format graphml --out network.graphml")]
pub struct NetworkArguments {
    #[command(flatten)]
    pub record: RecordArguments,
    #[command(flatten)]
    pub filter: FilterArguments,
    /// Only who acts on this country or entity, and on whom it acts.
    #[arg(long, value_name = "CODE", value_parser = code)]
    pub around: Option<String>,
    /// At most so many pairs, those with most incidents; 0 for all.
    #[arg(long, value_name = "N", default_value_t = 40)]
    pub limit: usize,
    /// How it is written.
    #[arg(long, value_enum, default_value_t = FiguresFormat::Table)]
    pub format: FiguresFormat,
}

/// Arguments of `claims`.
#[derive(Debug, Args)]
#[command(after_help = "Example:
  polybius claims --record news.db --by \"Maria Zakharova\" --about ISR --later")]
pub struct ClaimsArguments {
    #[command(flatten)]
    pub record: RecordArguments,
    /// Who speaks: a country, an entity, or a name that the codebook knows.
    #[arg(long, value_name = "WHO", value_parser = code)]
    pub by: Option<String>,
    /// Of whom.
    #[arg(long, value_name = "WHO", value_parser = code)]
    pub about: Option<String>,
    /// The first day.
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub from: Option<Date>,
    /// The last day.
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub to: Option<Date>,
    /// Who reports it.
    #[arg(long, value_name = "OUTLET")]
    pub outlet: Vec<String>,
    /// Show what was said to each later: repeated, reversed, denied by another.
    #[arg(long)]
    pub later: bool,
    /// At most so many.
    #[arg(long, value_name = "N", default_value_t = 50)]
    pub limit: u64,
    /// How they are written.
    #[arg(long, value_enum, default_value_t = LedgerFormat::Pretty)]
    pub format: LedgerFormat,
}

/// Arguments of `expectations`.
#[derive(Debug, Args)]
#[command(after_help = "Example:
  polybius expectations --record news.db --due 2024-10 --open")]
pub struct ExpectationsArguments {
    #[command(flatten)]
    pub record: RecordArguments,
    /// Who is to act: a country, an entity, or a name that the codebook knows.
    #[arg(long, value_name = "WHO", value_parser = code)]
    pub actor: Option<String>,
    /// On whom.
    #[arg(long, value_name = "WHO", value_parser = code)]
    pub recipient: Option<String>,
    /// Event types, joined by commas.
    #[arg(long = "type", value_name = "TYPES", value_delimiter = ',', value_parser = event_type)]
    pub event_types: Vec<String>,
    /// Whose last day is in this year, month or day.
    #[arg(long, value_name = "YYYY[-MM[-DD]]", value_parser = period)]
    pub due: Option<(String, String)>,
    /// Leave out what was kept, broken or has lapsed, and what only a reader can tell.
    #[arg(long)]
    pub open: bool,
    /// At most so many.
    #[arg(long, value_name = "N", default_value_t = 50)]
    pub limit: u64,
    /// How they are written.
    #[arg(long, value_enum, default_value_t = LedgerFormat::Pretty)]
    pub format: LedgerFormat,
}

/// How claims and expectations are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LedgerFormat {
    /// For a reader.
    Pretty,
    /// One JSON object a line, as `polybius schema claim` and `polybius schema expectation` say.
    Jsonl,
}

/// The first and the last day of a period.
fn period(text: &str) -> Result<(String, String), String> {
    let by = match text.len() {
        4 => By::Year,
        7 => By::Month,
        _ => By::Day,
    };
    by.days(text)
        .filter(|_| text.is_ascii())
        .ok_or_else(|| "a year (2024), a month (2024-10) or a day (2024-10-11) is needed".to_owned())
}
