//! How sure an event is: what pattern, trained reader and sides say, weighed into one probability.
//!
//! The points of each sign stand in the codebook's `confidence.csv`, which `training/sides.py` fits on articles with all events labelled.

use polybius_codebook::{Codebook, EventSign};

use crate::matching::Match;
use crate::sides::{Odds, probability, sign};
use crate::{Participant, Read};

/// An event less likely right than this is not coded unless asked for; `explain` tells of it.
pub const ENOUGH: f32 = 0.27;

/// What is known of an event.
pub(crate) struct Evidence<'a> {
    pub(crate) found: &'a Match,
    pub(crate) read: Option<&'a Read>,
    pub(crate) odds: Odds,
    pub(crate) mutual: bool,
    /// Whether the rules did not find everybody whom it needs.
    pub(crate) incomplete: bool,
    pub(crate) mode: bool,
    pub(crate) negated: bool,
    pub(crate) quoted: bool,
    pub(crate) noun: bool,
    /// Whether words tell when.
    pub(crate) dated: bool,
    /// How likely the reader takes it for an act of another type.
    pub(crate) other_type: f32,
    /// Whether it is the act of whoever says it.
    pub(crate) asserted: bool,
    /// Whether a side is somebody whom the words only describe.
    pub(crate) described: bool,
    /// Whether the article is one sentence.
    pub(crate) one_sentence: bool,
}

/// How much there is of each sign.
pub(crate) fn signs(evidence: &Evidence<'_>) -> Vec<f32> {
    let Evidence { found, read, odds, mutual, .. } = *evidence;
    let nobody = |one: &Participant| one.country.is_none() && one.entity.is_none();
    let likely = |p: Option<f32>, else_: f32| logit(p.unwrap_or(else_));
    let of_recipients = |p: Option<f32>, else_: f32| if mutual { 0.0 } else { likely(p, else_) };
    let much = |of: &EventSign| match of {
        EventSign::Any => 1.0,
        EventSign::Pattern => sign(found.pattern.is_some()),
        EventSign::Heard => sign(read.is_some()),
        EventSign::Type => logit(read.map_or(0.0, |read| read.event_type)),
        EventSign::OtherType => logit(evidence.other_type),
        EventSign::Missed => read.map_or(0.0, |read| logit(read.missed) - logit(0.0)),
        EventSign::NoActor => sign(found.actors.is_empty()),
        EventSign::NoRecipient => sign(found.recipients.is_empty() && !mutual),
        EventSign::Mutual => sign(mutual),
        EventSign::Alone => sign(mutual && found.actors.len() < 2),
        EventSign::SeveralActors => sign(found.actors.len() > 1),
        EventSign::LeastActor => likely(odds.actors.least, FEW),
        EventSign::MostActor => likely(odds.actors.most, NONE),
        EventSign::NextActor => likely(odds.actors.next, 0.0),
        EventSign::LeastRecipient => of_recipients(odds.recipients.least, FEW),
        EventSign::MostRecipient => of_recipients(odds.recipients.most, NONE),
        EventSign::NextRecipient => of_recipients(odds.recipients.next, 0.0),
        EventSign::Incomplete => sign(evidence.incomplete),
        EventSign::Nobody => sign(found.actors.iter().chain(&found.recipients).any(nobody)),
        EventSign::Mode => sign(evidence.mode),
        EventSign::Negation => sign(evidence.negated),
        EventSign::Quoted => sign(evidence.quoted),
        EventSign::EventNoun => sign(evidence.noun),
        EventSign::Dated => sign(evidence.dated),
        EventSign::Asserted => sign(evidence.asserted),
        EventSign::Described => sign(evidence.described),
        EventSign::OneSentence => sign(evidence.one_sentence),
    };
    EventSign::ALL.iter().map(much).collect()
}

/// What the least likely of nobody counts.
const FEW: f32 = 0.3;
/// What the likeliest of nobody counts.
const NONE: f32 = 0.1;

/// The probability that type and participants are right.
pub(crate) fn of(codebook: &Codebook, signs: &[f32]) -> f32 {
    let [sum] = codebook.confidence.sum(signs);
    probability(sum)
}

/// The log odds; what is nearly certain counts as 99 %.
fn logit(probability: f32) -> f32 {
    let p = probability.clamp(0.01, 0.99);
    (p / (1.0 - p)).ln()
}
