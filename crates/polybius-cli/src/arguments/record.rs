//! What the commands on a record take.

mod care;
mod foreign;
mod parties;

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use clap::{Args, ValueEnum};
use jiff::civil::Date;
use polybius_record::{By, Filter, Moment, RunId, Status, Unit};

pub use care::{DiffArguments, DoctorArguments, ExportArguments, IncidentCommand, RetractArguments};

pub use foreign::ImportSetArguments;
pub use parties::{ActorArguments, ClaimsArguments, ExpectationsArguments, LedgerFormat, NetworkArguments};

use super::{CodebookArguments, InputArguments, ThreadArguments};

/// Arguments of `read`.
#[derive(Debug, Args)]
#[command(after_help = "Example:
  polybius read news/ --record news.db

Killed at any moment and started again, it goes on where it was. Articles that the record has, coded by this very
program, codebook and models, are not coded again; changed articles become new versions; copies of wire stories are
linked to the first. With SOURCE_DATE_EPOCH set, that is the time written into the record.

Exit codes: 0 fine, 1 some records failed, 2 it could not run.")]
pub struct ReadArguments {
    #[command(flatten)]
    pub input: InputArguments,
    /// The record's file, which is made if there is none.
    #[arg(long, value_name = "FILE")]
    pub record: PathBuf,
    /// What is kept of each text.
    #[arg(long, value_enum, default_value_t = Keep::Text)]
    pub keep: Keep,
    #[command(flatten)]
    pub codebook: CodebookArguments,
    #[command(flatten)]
    pub threads: ThreadArguments,
}

/// What is kept of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Keep {
    /// All of it, with a full-text index.
    Text,
    /// The sentences that report events, and the digest of the rest.
    Quotes,
}

/// Which record, and as of when.
#[derive(Debug, Args)]
pub struct RecordArguments {
    /// The record's file.
    #[arg(long, value_name = "FILE")]
    pub record: PathBuf,
    /// Ask what others coded, which `polybius import` put beside the record, such as gdelt; it is never mixed with ours.
    #[arg(long, value_name = "NAME", value_parser = set_name)]
    pub set: Option<String>,
    /// Answers as the record stood at the end of this day, or at this moment.
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<Moment>,
}

impl RecordArguments {
    /// The file to ask.
    ///
    /// # Errors
    /// If the record has no such set.
    pub fn path(&self) -> Result<PathBuf> {
        let Some(set) = &self.set else { return Ok(self.record.clone()) };
        let path = set_path(&self.record, set);
        if !path.exists() {
            let record = self.record.display();
            bail!(
                "the record has no set `{set}`; `polybius import FORMAT FILES --record {record} --set {set}` makes it"
            );
        }
        Ok(path)
    }
}

/// Where a set of a record is kept: `news.gdelt.db` beside `news.db`.
pub fn set_path(record: &Path, set: &str) -> PathBuf {
    let ending = record.extension().map_or("db".to_owned(), |ending| ending.to_string_lossy().into_owned());
    record.with_extension(format!("{set}.{ending}"))
}

/// A name that can stand in the name of a file.
pub fn set_name(text: &str) -> Result<String, String> {
    let is_one =
        !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    if is_one { Ok(text.to_owned()) } else { Err("letters, digits, - and _ are needed".to_owned()) }
}

/// Which reports are meant.
#[derive(Debug, Args)]
pub struct FilterArguments {
    /// Who acts: countries (ISO 3166-1 alpha-3) or entities, joined by commas.
    #[arg(long, value_name = "CODES", value_delimiter = ',', value_parser = code)]
    pub actor: Vec<String>,
    /// To whom, or together with whom.
    #[arg(long, value_name = "CODES", value_delimiter = ',', value_parser = code)]
    pub recipient: Vec<String>,
    #[command(flatten)]
    pub narrow: NarrowArguments,
}

/// Which reports are meant, whoever takes part.
#[derive(Debug, Args)]
pub struct NarrowArguments {
    /// Event types, or modes as ASSAULT/aerial, joined by commas.
    #[arg(long = "type", value_name = "TYPES", value_delimiter = ',', value_parser = event_type)]
    pub event_types: Vec<String>,
    /// The first day.
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub from: Option<Date>,
    /// The last day.
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub to: Option<Date>,
    /// Whether it happened, joined by commas.
    #[arg(long, value_enum, value_delimiter = ',')]
    pub status: Vec<StatusArgument>,
    /// Who reports it.
    #[arg(long, value_name = "OUTLET")]
    pub outlet: Vec<String>,
    /// Leave out reports below this confidence.
    #[arg(long, value_name = "0..1", default_value_t = 0.0, value_parser = super::probability::<f64>)]
    pub min_confidence: f64,
    /// Leave out articles that copy earlier ones.
    #[arg(long)]
    pub without_copies: bool,
    /// What this run made of the articles, instead of the latest.
    #[arg(long, value_name = "RUN")]
    pub run: Option<i64>,
}

/// Whether an act happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum StatusArgument {
    /// It happened.
    Happened,
    /// It did not.
    Denied,
    /// It is yet to come.
    Future,
    /// It is only possible.
    Hypothetical,
    /// It happened long before the news.
    Historical,
    /// Any of these.
    Any,
}

impl FilterArguments {
    /// The filter; `otherwise` are the statuses where the user names none.
    pub fn filter(&self, record: &RecordArguments, otherwise: &[Status]) -> Filter {
        let narrow = self.narrow.filter(record, otherwise);
        Filter { actors: self.actor.clone(), recipients: self.recipient.clone(), ..narrow }
    }
}

impl NarrowArguments {
    /// The filter; `otherwise` are the statuses where the user names none.
    pub fn filter(&self, record: &RecordArguments, otherwise: &[Status]) -> Filter {
        let statuses = if self.status.is_empty() {
            otherwise.to_vec()
        } else if self.status.contains(&StatusArgument::Any) {
            Vec::new()
        } else {
            self.status.iter().filter_map(|status| status.of_record()).collect()
        };
        Filter {
            event_types: self.event_types.clone(),
            from: self.from.map(|day| day.to_string()),
            to: self.to.map(|day| day.to_string()),
            statuses,
            outlets: self.outlet.clone(),
            min_confidence: self.min_confidence,
            without_copies: self.without_copies,
            run: self.run.map(RunId),
            as_of: record.as_of.clone(),
            ..Filter::default()
        }
    }
}

impl StatusArgument {
    fn of_record(self) -> Option<Status> {
        match self {
            StatusArgument::Happened => Some(Status::Happened),
            StatusArgument::Denied => Some(Status::Denied),
            StatusArgument::Future => Some(Status::Future),
            StatusArgument::Hypothetical => Some(Status::Hypothetical),
            StatusArgument::Historical => Some(Status::Historical),
            StatusArgument::Any => None,
        }
    }
}

/// Arguments of `events`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  polybius events --record news.db --actor RUS --recipient UKR --type ASSAULT --from 2024-10-01
  polybius events 3f2a9c01d4e5b6a7 --record news.db --format pretty")]
pub struct EventsArguments {
    /// Ids of events or articles.
    #[arg(value_name = "IDS")]
    pub ids: Vec<String>,
    #[command(flatten)]
    pub record: RecordArguments,
    #[command(flatten)]
    pub filter: FilterArguments,
    /// Reports of one incident.
    #[arg(long, value_name = "NUMBER")]
    pub incident: Option<i64>,
    /// At most so many; 0 for all.
    #[arg(long, value_name = "N")]
    pub limit: Option<u64>,
    /// How they are written.
    #[arg(long, value_enum, default_value_t = EventsFormat::Table)]
    pub format: EventsFormat,
}

/// How reports are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum EventsFormat {
    /// One line each.
    Table,
    /// With the sentence and its words marked.
    Pretty,
    /// One JSON object a line: the event as `polybius schema` says, and `record` with what the record knows beside it.
    Jsonl,
    /// A table for other programs.
    Csv,
}

/// Arguments of `dyad`.
#[derive(Debug, Args)]
pub struct DyadArguments {
    /// One side: a country (ISO 3166-1 alpha-3) or an entity.
    #[arg(value_parser = code)]
    pub one: String,
    /// The other.
    #[arg(value_parser = code)]
    pub other: String,
    #[command(flatten)]
    pub record: RecordArguments,
    #[command(flatten)]
    pub narrow: NarrowArguments,
    /// How long a period is.
    #[arg(long, value_enum, default_value_t = ByArgument::Month)]
    pub by: ByArgument,
    /// How it is written.
    #[arg(long, value_enum, default_value_t = FiguresFormat::Table)]
    pub format: FiguresFormat,
}

/// How long a period is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ByArgument {
    /// A day.
    Day,
    /// A week from Monday.
    Week,
    /// A month.
    Month,
    /// A year.
    Year,
}

impl From<ByArgument> for By {
    fn from(by: ByArgument) -> By {
        match by {
            ByArgument::Day => By::Day,
            ByArgument::Week => By::Week,
            ByArgument::Month => By::Month,
            ByArgument::Year => By::Year,
        }
    }
}

/// How figures are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FiguresFormat {
    /// For a reader, with a chart.
    Table,
    /// One JSON object a line, with the ids of the reports.
    Jsonl,
    /// For other programs.
    Csv,
}

/// Arguments of `panel`.
#[derive(Debug, Args)]
#[command(after_help = "Example:
  polybius panel --record news.db --unit dyad-month --complete > panel.csv")]
pub struct PanelArguments {
    #[command(flatten)]
    pub record: RecordArguments,
    #[command(flatten)]
    pub filter: FilterArguments,
    /// What a row is about.
    #[arg(long, value_enum, default_value_t = UnitArgument::DyadMonth)]
    pub unit: UnitArgument,
    /// Give every unit that is ever met a row in every period, with zeros.
    #[arg(long)]
    pub complete: bool,
}

/// What a row of a panel is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum UnitArgument {
    /// What one side did to another in a month.
    DyadMonth,
    /// What one side did to another in a year.
    DyadYear,
    /// What one side did or had done to it in a month.
    CountryMonth,
    /// What one side did or had done to it in a year.
    CountryYear,
}

impl UnitArgument {
    /// The unit and its period.
    pub fn parts(self) -> (Unit, By) {
        match self {
            UnitArgument::DyadMonth => (Unit::Dyad, By::Month),
            UnitArgument::DyadYear => (Unit::Dyad, By::Year),
            UnitArgument::CountryMonth => (Unit::Country, By::Month),
            UnitArgument::CountryYear => (Unit::Country, By::Year),
        }
    }
}

/// Arguments of `search`.
#[derive(Debug, Args)]
pub struct SearchArguments {
    /// Words; "…" for a phrase, OR, NOT, NEAR(…) and word* as in SQLite's full text.
    pub words: String,
    #[command(flatten)]
    pub record: RecordArguments,
    /// At most so many articles.
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub limit: u64,
}

/// Arguments of `sql`.
#[derive(Debug, Args)]
#[command(after_help = "The views `reports` and `current_articles` hold what is in force now; `dyads`, `participants`,
`versions`, `runs` and the rest are described in docs/record.md.

Example:
  polybius sql --record news.db \"SELECT event_type, count(*) FROM reports GROUP BY 1 ORDER BY 2 DESC\"")]
pub struct SqlArguments {
    /// One SELECT.
    pub query: String,
    /// The record's file.
    #[arg(long, value_name = "FILE")]
    pub record: PathBuf,
    /// How the answer is written.
    #[arg(long, value_enum, default_value_t = TableFormat::Table)]
    pub format: TableFormat,
}

/// How a table is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TableFormat {
    /// In columns.
    Table,
    /// For other programs.
    Csv,
}

fn code(text: &str) -> Result<String, String> {
    let is_country = text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_alphabetic());
    match text {
        "" => Err("a code is needed".to_owned()),
        _ if is_country => Ok(text.to_ascii_uppercase()),
        _ => Ok(text.to_owned()),
    }
}

fn event_type(text: &str) -> Result<String, String> {
    let (event_type, mode) = text.split_once('/').map_or((text, None), |(event_type, mode)| (event_type, Some(mode)));
    let event_type = event_type.to_ascii_uppercase();
    Ok(mode.map_or(event_type.clone(), |mode| format!("{event_type}/{mode}")))
}
