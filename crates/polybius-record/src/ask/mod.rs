//! Asking the record: which reports, how many, and what they say.

pub(crate) mod in_force;

mod articles;
mod changes;
mod claims;
mod contradictions;
mod dyad;
mod events;
mod expectations;
mod filter;
mod history;
mod panel;
mod partners;
mod periods;
mod places;
mod search;
mod sql;

pub use articles::{Extent, StoredArticle, Volume};
pub use changes::{Changed, Changes};
pub use claims::{ClaimReport, Relation};
pub use contradictions::{BySource, by_source, differing};
pub use dyad::{ActsBetween, Dyad, Period};
pub use events::{Entry, Order, Page, Report};
pub use expectations::{Outcome, Settled};
pub use filter::{Filter, Status};
pub use panel::{Panel, PanelRow, Unit};
pub use partners::Partners;
pub use periods::By;
pub use places::PlaceCount;
pub use search::Found;
pub use sql::Table;
