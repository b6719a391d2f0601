//! How sure an event is: what pattern, trained reader and participants say, weighed into one probability.
//!
//! The weights are those of a logistic regression that `training/confidence.py` fits on held-out marked sentences and the tuned articles; every number it takes
//! stands in the event's row, so that anybody can reckon it again.

use crate::matching::Match;
use crate::{Auxiliary, Participant, Read, ResolvedBy};

/// An event less likely right than this is not coded unless asked for; `explain` tells of it.
pub const ENOUGH: f32 = 0.2;

mod weights {
    pub(super) const BIAS: f32 = -0.076;
    /// Where the trained reader takes no word of the predicate for an act.
    pub(super) const UNHEARD: f32 = -0.700;
    pub(super) const PATTERN: f32 = 0.581;
    pub(super) const TYPE: f32 = 0.312;
    pub(super) const TYPE_OF_PATTERN: f32 = -0.136;
    pub(super) const ACTOR: f32 = 0.046;
    pub(super) const NO_ACTOR: f32 = -1.933;
    pub(super) const RECIPIENT: f32 = 0.159;
    pub(super) const NO_RECIPIENT: f32 = -0.408;
    pub(super) const MISSED: f32 = -0.106;
    pub(super) const TAKEN_UP: f32 = -0.007;
    pub(super) const UNKNOWN: f32 = 0.310;
    /// Where a side is of no country and nobody that the codebook lists.
    pub(super) const NOBODY: f32 = -0.622;
    pub(super) const NO_FACT: f32 = -0.018;
}

/// The probability that type and participants of `found` are right.
pub(crate) fn of(found: &Match, read: Option<&Read>, auxiliary: Auxiliary) -> f32 {
    use weights::*;
    let given = |holds: bool, weight: f32| if holds { weight } else { 0.0 };
    let any = |how: &[ResolvedBy]| {
        let is = |one: &Participant| how.contains(&one.resolved_by);
        found.actors.iter().chain(&found.recipients).any(is)
    };
    let by_type = logit(read.map_or(0.0, |read| read.event_type));
    let side = |probability: Option<f32>| probability.map_or(0.0, logit);
    let mut sum = BIAS + TYPE * by_type;
    if found.pattern.is_some() {
        sum += PATTERN + TYPE_OF_PATTERN * by_type;
    }
    if let Some(read) = read {
        sum += ACTOR * side(read.actor) + RECIPIENT * side(read.recipient);
        sum += MISSED * (logit(read.missed) - logit(0.0));
    }
    sum += given(read.is_none(), UNHEARD);
    sum += given(found.actors.is_empty(), NO_ACTOR) + given(found.recipients.is_empty(), NO_RECIPIENT);
    sum += given(any(&[ResolvedBy::Pronoun, ResolvedBy::Coreference, ResolvedBy::Scene]), TAKEN_UP);
    sum += given(any(&[ResolvedBy::UnknownName, ResolvedBy::Described]), UNKNOWN);
    let nobody = |one: &Participant| one.country.is_none() && one.entity.is_none();
    sum += given(found.actors.iter().chain(&found.recipients).any(nobody), NOBODY);
    sum += given(auxiliary != Auxiliary::default(), NO_FACT);
    // In f64, so that machines whose `exp` differs in the last place give the same three decimals.
    let probability = 1.0 / (1.0 + (-f64::from(sum)).exp());
    ((probability * 1000.0).round() / 1000.0) as f32
}

/// The log odds; what is nearly certain counts as 99 %.
fn logit(probability: f32) -> f32 {
    let p = probability.clamp(0.01, 0.99);
    (p / (1.0 - p)).ln()
}
