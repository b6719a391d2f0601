//! The record: coded articles kept in one SQLite file, asked, corrected and written for other programs.
//!
//! Three things are kept apart: a report is one sentence's event, an act is what reports of one article tell of, an incident is
//! what acts of many articles tell of. And time is kept twice: when it happened, and when it was published, read, coded and
//! superseded, so that every answer can be had as the record stood on any day.

// The file and what is said when it fails.
mod error;
mod file;
mod time;

// Writing.
mod act_keys;
mod acts;
mod add;
mod coded;
mod compared;
mod copies;
mod decisions;
mod incidents;
mod kept;
mod ledger;
mod outlines;
mod retractions;
mod runs;
mod sameness;
mod told;

// Asking.
mod ask;
mod differences;
mod health;

// Writing for others, and reading what they wrote.
mod foreign;
mod formats;

pub use add::{Added, Keep, Placing, Reading};
pub use ask::{
    ActsBetween, By, BySource, Changed, Changes, ClaimReport, Dyad, Entry, Extent, Filter, Found, Order, Outcome, Page,
    Panel, PanelRow, Partners, Period, PlaceCount, Relation, Report, Settled, Status, StoredArticle, Table, Unit,
    Volume, by_source, differing,
};
pub use coded::Coded;
pub use copies::Signature;
pub use decisions::Membership;
pub use differences::{Change, Differences};
pub use error::RecordError;
pub use file::{Interrupter, Record};
pub use foreign::{ForeignFormat, Imported};
pub use formats::{ExportError, ExportFormat};
pub use health::Health;
pub use retractions::Retraction;
pub use runs::{Maker, Run, RunId};
pub use time::{Clock, Moment};
