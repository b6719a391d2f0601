//! What the words that were met make of it together.

use polybius_codebook::Effect;

use super::Status;
use crate::Auxiliary;

impl Status {
    /// PLOVER's auxiliary modes. Two negations cancel, and leave it open whether it happened.
    ///
    /// "would" beside a condition or a denial, as in "would attack if" and "would not sign", tells no future, nor "could" in "could not
    /// agree" a possibility.
    pub(crate) fn auxiliary(&self) -> Auxiliary {
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
        }
    }
}
