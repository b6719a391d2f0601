//! From a document to events: clauses, patterns, attribution, auxiliary modes, time and place.
//!
//! [`code`] is pure: the same document and codebook give the same events. [`explain`] shows every step of it.

mod event;
mod explain;

mod attribution;
mod bodies;
mod choice;
mod circumstances;
mod claims;
mod classes;
mod clauses;
mod code;
mod confidence;
mod dates;
mod days;
mod decide;
mod descriptions;
mod expectations;
mod factuality;
mod guesses;
mod matching;
mod merge;
mod names;
mod naming;
mod numbers;
mod pairs;
mod participants;
mod phrases;
mod places;
mod pronouns;
mod quotes;
mod references;
mod role_nouns;
mod scene;
mod settle;
mod several;
mod sides;
mod status;
mod titles;
mod told;
mod toponyms;
mod when;

pub use attribution::Attributed;
pub use choice::{Fit, best_row, fit, in_office, office};
pub use claims::{Claim, Records};
pub use code::{attributions, auxiliaries, code, explain, mode_signs, records, resolve};
pub use confidence::ENOUGH;
pub use dates::{TimeReading, times};
pub use days::{Day, dates, days, time_values};
pub use event::{
    Attribution, AttributionKind, Auxiliary, Count, Event, Participant, Precision, Read, ResolvedBy, Role, Size, When,
    Where, Why,
};
pub use expectations::Expectation;
pub use explain::{Abstention, ClauseExplanation, Explanation, SentenceExplanation};
pub use factuality::{factuality, factuality_cues};
pub use naming::{Naming, namings};
pub use sides::{Candidate, Weighed, meant, weighed};
pub use toponyms::{Toponym, toponyms, toponyms_at};
