//! The event: who did what to whom, when and where, according to whom, whether it happened, and why we say so.

use jiff::civil::Date;
use polybius_codebook::{AtlasId, ContextId, EntityId, ModeId, PatternId, SectorId, Stance, TypeId};
use polybius_document::{SentenceId, Span, TokenId};

/// One act that a sentence reports. It cannot be made without the words that tell it.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// The sentence that reports it.
    pub sentence: SentenceId,
    /// PLOVER's type.
    pub event_type: TypeId,
    /// The mode of the type, if one is known.
    pub mode: Option<ModeId>,
    /// For promises, threats, requests and refusals: the type of the act in question.
    pub prospect: Option<TypeId>,
    /// PLOVER's contexts, in the ontology's order.
    pub contexts: Vec<ContextId>,
    /// Who did it.
    pub actors: Vec<Participant>,
    /// To whom.
    pub recipients: Vec<Participant>,
    /// PLOVER's auxiliary modes.
    pub auxiliary: Auxiliary,
    /// How surely the act told happened, or happens: from −3, certainly not, to 3, certainly.
    pub factuality: f32,
    /// According to whom, outermost speaker first; empty if the outlet says so itself.
    pub attribution: Vec<Attribution>,
    /// When, if the text tells.
    pub date: Option<When>,
    /// Where, if the text tells.
    pub place: Option<Where>,
    /// How many people it hit.
    pub size: Size,
    /// The probability, 0 to 1, that type and participants are right.
    pub confidence: f32,
    /// What made us code it.
    pub why: Why,
}

/// An actor or recipient.
#[derive(Debug, Clone, PartialEq)]
pub struct Participant {
    /// The codebook's entity, if the words name one.
    pub entity: Option<EntityId>,
    /// The entity's usual name, or the words where there is no entity.
    pub name: String,
    /// Where the words stand.
    pub span: Span,
    /// The head word, by which two mentions of one phrase are told from two phrases.
    pub head: TokenId,
    /// ISO 3166-1 alpha-3, if it belongs to a country.
    pub country: Option<String>,
    /// PLOVER's sector.
    pub sector: Option<SectorId>,
    /// The office held on the day, if any, with its dates as the codebook writes them.
    pub role: Option<Role>,
    /// How the words were understood.
    pub resolved_by: ResolvedBy,
    /// Where whom a pronoun means is named, with the head word.
    pub(crate) meant: Option<(Span, TokenId)>,
}

impl Participant {
    /// Whether it is people of whom the words tell no country: "protesters", "Kurdish fighters", "the lawmaker Kila Aoro".
    pub(crate) fn is_of_no_country(&self) -> bool {
        let people = matches!(self.resolved_by, ResolvedBy::RoleNoun | ResolvedBy::Pronoun | ResolvedBy::UnknownName);
        people && self.country.is_none() && self.sector.is_some()
    }
}

/// An office and when it was held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Role {
    /// The office, such as `president`.
    pub name: String,
    /// Since when, as the codebook writes it; empty if unknown.
    pub from: String,
    /// Until when; empty if it still is.
    pub until: String,
}

/// How words were resolved to a participant, most trusted first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ResolvedBy {
    /// A name of the codebook.
    Name,
    /// A nationality: "Iranian".
    Demonym,
    /// A capital or a seat that stands for its government.
    Capital,
    /// A common noun with a country or a known sector: "the Iranian president", "rebels".
    RoleNoun,
    /// A name that the codebook does not know.
    UnknownName,
    /// A pronoun whose chain holds a name.
    Pronoun,
    /// Another phrase of the same chain.
    Coreference,
    /// By no words: the country that the text around is about, which an act done by somebody else with no recipient faces.
    Scene,
    /// "I", "we", "our" inside a quotation: its speaker.
    Speaker,
    /// Not at all: the words describe somebody nobody can name.
    Described,
}

impl ResolvedBy {
    /// The word in output files.
    pub fn as_str(self) -> &'static str {
        match self {
            ResolvedBy::Name => "name",
            ResolvedBy::Demonym => "demonym",
            ResolvedBy::Capital => "capital",
            ResolvedBy::RoleNoun => "role noun",
            ResolvedBy::UnknownName => "unknown name",
            ResolvedBy::Pronoun => "pronoun",
            ResolvedBy::Coreference => "coreference",
            ResolvedBy::Scene => "scene",
            ResolvedBy::Speaker => "speaker",
            ResolvedBy::Described => "described",
        }
    }
}

/// PLOVER's auxiliary modes: what keeps an event from being a plain report of something that happened now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub struct Auxiliary {
    /// Long before publication.
    pub historical: bool,
    /// Not yet: planned, promised, announced.
    pub future: bool,
    /// Only possible, conditional, wished, feared.
    pub hypothetical: bool,
    /// It did not happen, or its doing is denied.
    pub negation: bool,
}

impl Auxiliary {
    /// The modes that hold, as PLOVER names them, in alphabetical order.
    pub fn names(self) -> Vec<&'static str> {
        [
            (self.future, "future"),
            (self.historical, "historical"),
            (self.hypothetical, "hypothetical"),
            (self.negation, "negation"),
        ]
        .into_iter()
        .filter_map(|(holds, name)| holds.then_some(name))
        .collect()
    }
}

/// One link of an attribution chain.
#[derive(Debug, Clone, PartialEq)]
pub struct Attribution {
    /// Who speaks, resolved as far as it can be.
    pub speaker: Participant,
    /// The word that gives the floor: "said", "according to".
    pub cue: Span,
    /// How the words are reported.
    pub kind: AttributionKind,
    /// What the speaker does with the content.
    pub stance: Stance,
}

/// How a speaker's words are reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AttributionKind {
    /// In quotation marks.
    Direct,
    /// In the outlet's words.
    Indirect,
    /// Partly in quotation marks.
    Mixed,
    /// "According to …".
    AccordingTo,
}

impl AttributionKind {
    /// The word in output files.
    pub fn as_str(self) -> &'static str {
        match self {
            AttributionKind::Direct => "direct",
            AttributionKind::Indirect => "indirect",
            AttributionKind::Mixed => "mixed",
            AttributionKind::AccordingTo => "according-to",
        }
    }
}

/// A day or a span of days.
#[derive(Debug, Clone, PartialEq)]
pub struct When {
    /// The first day.
    pub start: Date,
    /// The last day.
    pub end: Date,
    /// How exactly it is known.
    pub precision: Precision,
    /// The words it was read from; `None` for an event dated by publication alone.
    pub span: Option<Span>,
    /// The date it was resolved against.
    pub anchor: Option<Date>,
}

/// How exactly a date is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Precision {
    /// One day.
    Day,
    /// A week.
    Week,
    /// A month.
    Month,
    /// A season or quarter.
    Quarter,
    /// A year.
    Year,
    /// Longer or vaguer than a year.
    Vague,
}

impl Precision {
    /// The word in output files.
    pub fn as_str(self) -> &'static str {
        match self {
            Precision::Day => "day",
            Precision::Week => "week",
            Precision::Month => "month",
            Precision::Quarter => "quarter",
            Precision::Year => "year",
            Precision::Vague => "vague",
        }
    }
}

/// A place the text gives for the event.
#[derive(Debug, Clone, PartialEq)]
pub struct Where {
    /// The name as it stands.
    pub name: String,
    /// Where the words stand.
    pub span: Span,
    /// The codebook's entity, if the name is one.
    pub entity: Option<EntityId>,
    /// ISO 3166-1 alpha-3, if known.
    pub country: Option<String>,
    /// `country`, `region`, `district`, `city` or `site`.
    pub precision: &'static str,
    /// Where it lies, if the atlas has it.
    pub place: Option<AtlasId>,
}

/// How many people an event hit, each with the words.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Size {
    /// The dead.
    pub dead: Option<Count>,
    /// The injured.
    pub injured: Option<Count>,
    /// The arrested.
    pub arrested: Option<Count>,
}

/// A number of people and the words that give it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Count {
    /// The number; the lower bound where the text gives a range.
    pub value: u32,
    /// The words.
    pub span: Span,
}

/// What the trained reader says of an event: probabilities, 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Read {
    /// That the words tell an act of this type.
    pub event_type: f32,
    /// That each of the actors does it: the least likely one's; `None` without actors.
    pub actor: Option<f32>,
    /// That it is done to each of the recipients; `None` without recipients.
    pub recipient: Option<f32>,
    /// The likeliest recipient that the event does not have.
    pub missed: f32,
}

/// What made an event.
#[derive(Debug, Clone, PartialEq)]
pub struct Why {
    /// The pattern that matched; `None` where only the trained reader sees the event.
    pub pattern: Option<PatternId>,
    /// What the trained reader says of it, if it takes any word of the predicate for an act.
    pub read: Option<Read>,
    /// The predicate it matched.
    pub trigger: Span,
    /// What was done to the clause before or after matching, in words for a person.
    pub notes: Vec<String>,
}
