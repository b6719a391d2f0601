//! Scales of conflict and cooperation: a score for each event type and mode.

use rustc_hash::FxHashMap;

use crate::{ModeId, TypeId};

/// A named, versioned scale.
#[derive(Debug, Clone)]
pub struct Scale {
    /// The name of its file without `.csv`; it holds the version.
    pub name: Box<str>,
    /// The comment lines at the head of the file, which cite where it comes from.
    pub citation: Box<str>,
    pub(crate) scores: FxHashMap<(TypeId, Option<ModeId>), f32>,
}

impl Scale {
    /// The score of a mode, or of the type where the scale does not tell the mode apart.
    pub fn score(&self, event_type: TypeId, mode: Option<ModeId>) -> f32 {
        let own = self.scores.get(&(event_type, mode)).or_else(|| self.scores.get(&(event_type, None)));
        own.copied().unwrap_or(0.0)
    }
}
