//! Asking the record: which reports, how many, and what they say.

pub(crate) mod in_force;

mod dyad;
mod events;
mod filter;
mod panel;
mod periods;
mod search;
mod sql;

pub(crate) use events::Order;

pub use dyad::{Dyad, Period};
pub use events::{Entry, Report};
pub use filter::{Filter, Status};
pub use panel::{Panel, PanelRow, Unit};
pub use periods::By;
pub use search::Found;
pub use sql::Table;
