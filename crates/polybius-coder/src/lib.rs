//! From a document to events: clauses, patterns, attribution, auxiliary modes, time and place.
//!
//! [`code`] is pure: the same document and codebook give the same events. [`explain`] shows every step of it.

mod event;
mod explain;

mod phrases;
mod names;
mod clauses;
mod classes;
mod participants;
mod titles;
mod references;
mod quotes;
mod attribution;
mod status;
mod dates;
mod circumstances;
mod matching;
mod merge;
mod code;

pub use code::{code, explain};
pub use event::{
    Attribution, AttributionKind, Auxiliary, Count, Event, Participant, Precision, ResolvedBy, Role, Size, When, Where, Why,
};
pub use explain::{Abstention, ClauseExplanation, Explanation, SentenceExplanation};
