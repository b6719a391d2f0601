//! What was understood of each sentence, step by step, and why it gave an event or none.

use polybius_codebook::PatternId;
use polybius_document::{SentenceId, Span};

use crate::{Event, Participant, Records, When};

/// How a document was read.
#[derive(Debug, Clone)]
pub struct Explanation {
    /// One entry a sentence, in order.
    pub sentences: Vec<SentenceExplanation>,
    /// What came of it all.
    pub records: Records,
}

/// How a sentence was read.
#[derive(Debug, Clone)]
pub struct SentenceExplanation {
    /// Which one.
    pub sentence: SentenceId,
    /// Who was found in it.
    pub participants: Vec<Participant>,
    /// Its expressions of time, each with its days or with the reason why there are none.
    pub times: Vec<(Span, Result<When, &'static str>)>,
    /// Its clauses.
    pub clauses: Vec<ClauseExplanation>,
    /// Its events.
    pub events: Vec<Event>,
    /// What looked like an event and was not coded.
    pub abstentions: Vec<Abstention>,
    /// Words in quotation marks that no attribution claims: the outlet's own distance.
    pub scare_quotes: Vec<Span>,
}

/// A clause as the patterns see it.
#[derive(Debug, Clone)]
pub struct ClauseExplanation {
    /// The predicate, such as `attack` or `call off`.
    pub predicate: String,
    /// `verb`, `noun` or `be`.
    pub kind: &'static str,
    /// Where the predicate stands.
    pub trigger: Span,
    /// Each filled slot with its words.
    pub slots: Vec<(String, String)>,
    /// The auxiliary modes, and the cue words that set them.
    pub status: Vec<String>,
    /// Who says it, outermost first.
    pub speakers: Vec<String>,
}

/// Something that a pattern names but that became no event.
#[derive(Debug, Clone)]
pub struct Abstention {
    /// The predicate.
    pub trigger: Span,
    /// The nearest pattern, if any.
    pub pattern: Option<PatternId>,
    /// Why not, for a person to read.
    pub reason: String,
}
