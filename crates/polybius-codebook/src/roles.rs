//! Role nouns: common nouns that act, such as an office or a kind of fighter.

use crate::phrases::Phrases;
use crate::{Place, RoleKind, SectorId};

/// A common noun that acts.
#[derive(Debug, Clone)]
pub struct Role {
    /// The lemma or phrase of lemmas.
    pub noun: Box<str>,
    /// The sector of whoever is called so.
    pub sector: SectorId,
    /// Whether it names a person, people or a body.
    pub kind: RoleKind,
    /// The office a dated entity row may hold; empty if none.
    pub role: Box<str>,
    /// Where it is listed.
    pub place: Place,
}

/// The role nouns.
#[derive(Debug, Clone, Default)]
pub struct Roles {
    pub(crate) nouns: Phrases<Role>,
    /// Nouns for people who do no politics, so that "the baker" is somebody where a text is asked whom it names.
    pub(crate) bystanders: Phrases<Role>,
}

impl Roles {
    /// The role noun that is exactly this lemma or phrase.
    pub fn get(&self, lemma: &str) -> Option<&Role> {
        self.nouns.get(lemma)
    }

    /// The longest role noun in which `lemmas` end, the head noun last: how many of them it takes, and the noun.
    pub fn ending(&self, lemmas: &[&str]) -> Option<(usize, &Role)> {
        self.nouns.ending(lemmas)
    }

    /// The longest noun for a bystander in which `lemmas` end.
    pub fn bystander(&self, lemmas: &[&str]) -> Option<&Role> {
        self.bystanders.ending(lemmas).map(|(_, role)| role)
    }

    /// Every role noun, in the order of the file.
    pub fn iter(&self) -> impl Iterator<Item = &Role> {
        self.nouns.iter().map(|(_, role)| role)
    }
}
