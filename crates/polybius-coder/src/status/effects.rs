//! What the words that were met make of it together.

use polybius_codebook::{Codebook, Effect, ModeSign};
use polybius_document::Token;

use super::Status;
use crate::Auxiliary;
use crate::clauses::{Clause, Kind};

/// Greater odds than these say no more, in logarithms.
const SURE: f32 = 6.0;

impl Status {
    /// PLOVER's auxiliary modes: what words tell, weighed with what the trained reader says.
    pub(crate) fn auxiliary(&self) -> Auxiliary {
        self.weighed.unwrap_or_else(|| self.told())
    }

    /// Weighs what words tell with what the trained reader says of `token`, by the points of `modes.csv`, and notes what that changes.
    pub(super) fn weigh(&mut self, codebook: &Codebook, clause: &Clause, token: Token<'_>) {
        let Some(signs) = self.signs(clause, token).filter(|_| !codebook.modes.is_empty()) else { return };
        let told = self.told();
        let [negation, future, hypothetical, historical] = codebook.modes.sum(&signs).map(|sum| sum > 0.0);
        let weighed = Auxiliary { historical, future, hypothetical, negation };
        self.weighed = Some(weighed);
        let (told, weighed) = (told.names(), weighed.names());
        let added =
            weighed.iter().filter(|mode| !told.contains(mode)).map(|mode| format!("{mode}: the trained reader"));
        let dropped =
            told.iter().filter(|mode| !weighed.contains(mode)).map(|mode| format!("not {mode}: the trained reader"));
        self.notes.extend(added.chain(dropped));
    }

    /// How much there is of each sign of a mode, by the numbers of [`ModeSign`]; `None` without a trained reader.
    pub(crate) fn signs(&self, clause: &Clause, token: Token<'_>) -> Option<Vec<f32>> {
        let read = token.modes()?;
        let told = self.told();
        let odds = |p: f32| (p.max(1e-6) / (1.0 - p).max(1e-6)).ln().clamp(-SURE, SURE) / SURE * 2.0;
        let holds = |holds: bool| if holds { 1.0 } else { 0.0 };
        let mut signs = vec![0.0; ModeSign::ALL.len()];
        let all = [
            (ModeSign::Any, 1.0),
            (ModeSign::Negated, holds(told.negation)),
            (ModeSign::Ahead, holds(told.future)),
            (ModeSign::Open, holds(told.hypothetical)),
            (ModeSign::Bygone, holds(told.historical)),
            (ModeSign::ReadNegated, odds(read.negation)),
            (ModeSign::ReadAhead, odds(read.future)),
            (ModeSign::ReadOpen, odds(read.hypothetical)),
            (ModeSign::ReadBygone, odds(read.historical)),
            (ModeSign::Conditional, holds(self.conditional)),
            (ModeSign::Noun, holds(clause.kind == Kind::Noun && clause.light.is_none())),
        ];
        all.into_iter().for_each(|(sign, much)| signs[sign as usize] = much);
        Some(signs)
    }

    /// The modes that words tell. Two negations cancel, and leave it open whether it happened.
    ///
    /// "would" beside a condition or a denial, as in "would attack if" and "would not sign", tells no future, nor "could" in "could not
    /// agree" a possibility.
    pub(crate) fn told(&self) -> Auxiliary {
        let negation = self.n_negations % 2 == 1;
        let hypothetical = self.hypothetical && (self.surely_hypothetical || !negation);
        // "did not rule out that it would invade": no more than possible.
        let open = self.n_negations > 0 && !negation;
        // "said it would attack if": a threat, with its condition.
        let announced = self.surely_future || self.own && self.conditional;
        Auxiliary {
            historical: self.historical,
            future: self.future
                && !open
                && !self.supposed
                && (announced || !hypothetical && (self.reported || !negation)),
            hypothetical: hypothetical || open,
            negation,
        }
    }

    /// Whether any word at all says that it is to come.
    pub(crate) fn is_to_come(&self) -> bool {
        self.future
    }

    /// Leaves out a negation that belongs to the pattern.
    pub(crate) fn forget_negation(&mut self) {
        self.n_negations = self.n_negations.saturating_sub(1);
        let negation = self.told().negation;
        self.weighed = self.weighed.map(|weighed| Auxiliary { negation, ..weighed });
    }

    /// "the planned attack": it is no longer to come.
    pub(super) fn forget_plans(&mut self) {
        (self.future, self.surely_future, self.hypothetical, self.surely_hypothetical) = (false, false, false, false);
    }

    /// "the feared attack": it yields to a plain no, as in "the feared attack did not come".
    pub(super) fn add_of_thing(&mut self, effect: Effect, word: &str) {
        let (future, hypothetical) = (self.surely_future, self.surely_hypothetical);
        self.add(effect, word);
        (self.surely_future, self.surely_hypothetical) = (future, hypothetical);
    }

    pub(super) fn add(&mut self, effect: Effect, word: &str) {
        match effect {
            Effect::Negation => self.n_negations += 1,
            Effect::Future => {
                self.future = true;
                self.surely_future |= !matches!(word.to_lowercase().as_str(), "to" | "would" | "'d" | "’d");
            }
            Effect::Hypothetical => {
                self.hypothetical = true;
                self.surely_hypothetical |= !matches!(word.to_lowercase().as_str(), "could" | "can" | "ca");
            }
            Effect::Historical => self.historical = true,
        }
        self.notes.push(format!("{}: {word}", effect.as_str()));
    }

    /// Where the no is the act: "will not sign" is a refusal that was made.
    pub(crate) fn forget_refusal(&mut self) {
        if self.auxiliary().negation {
            self.forget_negation();
            (self.future, self.surely_future) = (false, false);
            self.weighed = self.weighed.map(|weighed| Auxiliary { future: false, ..weighed });
        }
    }
}
