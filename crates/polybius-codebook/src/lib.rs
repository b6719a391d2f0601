//! What Polybius looks for: event types, entities, patterns and cues, read from plain files, checked and looked up.
//!
//! [`parse`] turns the text of the files into a [`Codebook`], or into everything that is wrong with them. The format is
//! the manual's, `codebook/README.md`. Nothing here reads a file or a clock: [`embedded`] is compiled in.

// The files as text, and what is wrong with them.
#[macro_use]
mod labels;
mod ids;
mod problems;
mod source;

// The grammar of the files.
mod csv_file;
mod toml_file;

// What the files say: the values and their look-ups.
mod calendar;
mod crosswalks;
mod cues;
mod dates;
mod entities;
mod evidence;
mod factuality;
mod memberships;
mod ontology;
mod patterns;
mod points;
mod roles;
mod scales;
mod words;

// Where places lie.
mod atlas;

// How the look-ups find their keys.
mod fold;
mod gazetteer;
mod near;
mod phrases;

// Imported names by the million.
mod compile;
mod compiled;
mod digest;
mod number_table;

// Reading each kind of file, and checking it.
mod calendar_files;
mod clashes;
mod cue_file;
mod entity_files;
mod examples;
mod ontology_file;
mod pattern_files;
mod tables;
mod word_files;

// Names from elsewhere.
mod import;

// All of it.
mod codebook;

pub use atlas::{Atlas, AtlasId, AtlasPlace, PlaceKind, PlaceName, kilometres};
pub use calendar::{Calendar, DayRule};
pub use codebook::{Codebook, parse, parse_compiled, read};
pub use compile::compile;
pub use compiled::CompiledNames;
pub use crosswalks::{ActorCode, ActorCodes, Cameo, CountryCodes, EventCodes};
pub use cues::{AttitudePart, Cues, SpeechPart, StatusPart};
pub use dates::PartialDate;
pub use entities::{Entities, Entity, EntityRow};
pub use evidence::{DaySign, EventSign, ModeSign, SideSign};
pub use factuality::Factuality;
pub use ids::{ContextId, EntityId, ModeId, PatternId, RowId, SectorId, TypeId};
pub use import::{Defect, Done, Import, ImportFormat, import};
pub use labels::{Class, Effect, Form, Kind, Needs, Quad, RoleKind, Severity, Stance};
pub use memberships::{Membership, Memberships};
pub use near::Nearness;
pub use ontology::{Context, EventType, Mode, Ontology, Sector};
pub use patterns::{Condition, Example, ExpectedEvent, Pattern, Patterns, Prospect, Slot};
pub use points::Points;
pub use roles::{Role, Roles};
pub use scales::Scale;
pub use source::{Place, Problem, SourceFile, embedded, overlay};
pub use words::{WordSet, WordSets};
