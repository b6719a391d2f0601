//! The event as other programs get it: one flat, serialisable row with everything that proves it. So, too, the document.

mod code_points;
mod document;
mod from_event;
mod ledger;
mod ledger_schema;
mod schema;
mod who_schema;

use serde::{Deserialize, Serialize};

pub use code_points::CodePoints;
pub use document::{DocumentRow, MentionRow, SentenceRow, TokenRow, document_row, document_schema};
pub use from_event::rows;
pub(crate) use from_event::{participant_row, role_row};
pub use ledger::{ClaimRow, ExpectationRow, SelectorRow, SettledRow, ledger};
pub use ledger_schema::{claim_schema, expectation_schema};
pub use schema::schema;
pub use who_schema::who_schema;

#[cfg(test)]
pub(crate) use from_event::sample;

/// The scale that `score` is read from.
pub const SCALE: &str = "plover-2024";

/// One event with its evidence. All offsets are in Unicode code points of the document's text, counted from 0, the end
/// exclusive. A field is null where nothing is known; no field is ever left out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EventRow {
    /// A hash of document, words, type and entities: the same input gives the same id.
    pub event_id: String,
    /// The article's id.
    pub document_id: String,
    /// Where the article was published.
    pub url: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// When it was published, `YYYY-MM-DD`.
    pub published: Option<String>,
    /// Its headline.
    pub title: Option<String>,
    /// The sentence's number in the document, counted from 1.
    pub sentence: usize,
    /// The sentence, verbatim.
    pub text: String,
    /// Where the sentence starts in the document.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// PLOVER's type.
    pub event_type: String,
    /// The mode of the type.
    pub mode: Option<String>,
    /// PLOVER's contexts.
    pub contexts: Vec<String>,
    /// 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.
    pub quad: u8,
    /// The conflict–cooperation score on `scale`.
    pub score: Option<f64>,
    /// The name and version of the scale.
    pub scale: String,
    /// The nearest CAMEO code.
    pub cameo: Option<CameoRow>,
    /// Who did it.
    pub actors: Vec<ParticipantRow>,
    /// To whom.
    pub recipients: Vec<ParticipantRow>,
    /// PLOVER's auxiliary modes that hold.
    pub auxiliary: Vec<String>,
    /// How surely the act told happened, or happens: from −3, certainly not, to 3, certainly.
    #[serde(default)]
    pub factuality: f64,
    /// For promises, threats, requests and refusals: the type of the act in question.
    pub prospect: Option<String>,
    /// According to whom, outermost speaker first; empty if the outlet says so itself.
    pub attribution: Vec<AttributionRow>,
    /// When it happened or is to happen.
    pub date: Option<DateRow>,
    /// Where.
    pub place: Option<PlaceRow>,
    /// How many people it hit.
    pub size: SizeRow,
    /// The probability, 0 to 1, that type and participants are right.
    pub confidence: f64,
    /// What made it an event.
    pub why: WhyRow,
}

/// A CAMEO 1.1b3 code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CameoRow {
    /// The code; leading zeros count.
    pub code: String,
    /// Always true: the code is worked out from type and mode, not coded from the text.
    pub derived: bool,
}

/// An actor, recipient or speaker.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ParticipantRow {
    /// The codebook's entity.
    pub entity: Option<String>,
    /// The entity's usual name, or the words where there is no entity.
    pub name: String,
    /// The words.
    pub text: String,
    /// Where they start.
    pub start: usize,
    /// Where they end.
    pub end: usize,
    /// ISO 3166-1 alpha-3.
    pub country: Option<String>,
    /// PLOVER's sector.
    pub sector: Option<String>,
    /// The Wikidata item.
    pub wikidata: Option<String>,
    /// The office held on the day.
    pub role: Option<RoleRow>,
    /// How the words were understood.
    pub resolved_by: String,
}

/// An office and when it was held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleRow {
    /// The office, such as `president`.
    pub name: String,
    /// Since when: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
    pub from: Option<String>,
    /// Until when; null if it still is held or nobody knows.
    pub until: Option<String>,
}

/// One link of an attribution chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttributionRow {
    /// Who speaks.
    pub speaker: ParticipantRow,
    /// The words that give the floor.
    pub cue: WordsRow,
    /// `direct`, `indirect` or `according-to`.
    pub kind: String,
    /// What the speaker does with the content: says, denies, doubts, predicts …
    pub stance: String,
}

/// Words of the document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WordsRow {
    /// The words, verbatim.
    pub text: String,
    /// Where they start.
    pub start: usize,
    /// Where they end.
    pub end: usize,
}

/// A day or a span of days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DateRow {
    /// The first day.
    pub start: String,
    /// The last day.
    pub end: String,
    /// How exactly it is known.
    pub precision: String,
    /// The words it was read from; null for an event dated by its publication alone.
    pub words: Option<WordsRow>,
    /// The date the words were resolved against.
    pub anchor: Option<String>,
}

/// A place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PlaceRow {
    /// The name.
    pub name: String,
    /// Degrees north; none for a country or region, which is no point.
    pub latitude: Option<f64>,
    /// Degrees east.
    pub longitude: Option<f64>,
    /// ISO 3166-1 alpha-3.
    pub country: Option<String>,
    /// The first-level region.
    pub region: Option<String>,
    /// The GeoNames id.
    pub geonames: Option<u32>,
    /// `country`, `region`, `district`, `city` or `site`.
    pub precision: String,
    /// The words.
    pub words: WordsRow,
}

/// How many people an event hit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SizeRow {
    /// The dead.
    pub dead: Option<CountRow>,
    /// The injured.
    pub injured: Option<CountRow>,
    /// The arrested.
    pub arrested: Option<CountRow>,
}

/// A number of people and the words that give it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CountRow {
    /// The number; the lower bound where the text gives a range.
    pub value: u32,
    /// The words, verbatim.
    pub text: String,
    /// Where they start.
    pub start: usize,
    /// Where they end.
    pub end: usize,
}

/// What made an event.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WhyRow {
    /// The predicate.
    pub trigger: WordsRow,
    /// The pattern; `null` where only the trained reader sees the event.
    pub pattern: Option<PatternRow>,
    /// What the trained reader says of it, if it takes any word of the predicate for an act.
    pub reader: Option<ReaderRow>,
    /// What was done to the clause before or after matching.
    pub notes: Vec<String>,
}

impl WhyRow {
    /// The pattern's name, or who else saw the event.
    pub fn by(&self) -> &str {
        self.pattern.as_ref().map_or("the trained reader", |pattern| &pattern.name)
    }
}

/// What the trained reader says of an event: probabilities.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReaderRow {
    /// That the words tell an act of this type.
    pub event_type: f64,
    /// That the least likely of the actors does it.
    pub actor: Option<f64>,
    /// That it is done to the least likely of the recipients.
    pub recipient: Option<f64>,
    /// That it is done to somebody who is no recipient here.
    pub missed: f64,
}

/// Where a pattern is written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PatternRow {
    /// Its name.
    pub name: String,
    /// The codebook's file.
    pub file: String,
    /// The line there, counted from 1.
    pub line: u32,
}
