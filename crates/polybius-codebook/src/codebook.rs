//! The codebook as a whole: its files to one checked value.

use crate::calendar_files::read_calendar;
use crate::compiled::CompiledNames;
use crate::cue_file::read_cues;
use crate::entity_files::read_entities;
use crate::evidence::{DaySign, EventSign};
use crate::factuality::read_factuality;
use crate::ontology_file::read_ontology;
use crate::pattern_files::{Known, read_patterns};
use crate::points::{read_modes, read_points, read_sides};
use crate::problems::{Problems, did_you_mean};
use crate::tables::{
    read_actor_codes, read_cameo, read_countries, read_event_codes, read_memberships, read_roles, read_scale,
};
use crate::word_files::read_words;
use crate::{
    ActorCodes, Atlas, Calendar, Cameo, CountryCodes, Cues, Entities, EventCodes, Factuality, Memberships, Ontology,
    Patterns, Place, Points, Problem, Roles, Scale, Severity, SourceFile, WordSets,
};

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
    /// How surely what stands in a construction happened.
    pub factuality: Factuality,
    /// What speaks for somebody as actor and as recipient.
    pub sides: Points<2>,
    /// What speaks for an event.
    pub confidence: Points<1>,
    /// How much each sign speaks for a day as that of an act.
    pub dates: Points<1>,
    /// What speaks for each mode of an act: negation, future, hypothetical, historical.
    pub modes: Points<4>,
    /// Conflict–cooperation scores.
    pub scales: Vec<Scale>,
    /// Where places lie.
    pub atlas: Atlas,
    /// How other data sets write each country.
    pub countries: Vec<CountryCodes>,
    /// How CAMEO writes each event type.
    pub cameo: Cameo,
    /// What other lists say an actor is.
    pub actor_codes: ActorCodes,
    /// What other data sets say an event is.
    pub event_codes: EventCodes,
    /// Which country was in which organisation, when.
    pub memberships: Memberships,
    /// Days that have names.
    pub calendar: Calendar,
    /// What someone should look at, though the codebook can be used.
    pub warnings: Vec<Problem>,
}

/// Reads a codebook and checks all of it.
///
/// # Errors
/// Everything that is wrong, warnings included, in order of path and line, if anything in it is an error.
pub fn parse(files: &[SourceFile]) -> Result<Codebook, Vec<Problem>> {
    parse_compiled(files, None)
}

/// Reads a codebook like [`parse`], its imported names from their compiled form as long as that fits the rest.
///
/// # Errors
/// As [`parse`]. What is compiled was checked then, and is not checked again.
pub fn parse_compiled(files: &[SourceFile], compiled: Option<CompiledNames>) -> Result<Codebook, Vec<Problem>> {
    let (codebook, problems) = read_compiled(files, compiled);
    match problems.iter().any(|problem| problem.severity == Severity::Error) {
        true => Err(problems),
        false => Ok(Codebook { warnings: problems, ..codebook }),
    }
}

/// Reads as much of a codebook as can be used, and tells what cannot: for tools that help to write one.
pub fn read(files: &[SourceFile]) -> (Codebook, Vec<Problem>) {
    read_compiled(files, None)
}

fn read_compiled(files: &[SourceFile], compiled: Option<CompiledNames>) -> (Codebook, Vec<Problem>) {
    let mut problems = Problems::default();
    let mut files: Vec<&SourceFile> = files.iter().collect();
    files.sort_by(|file, other| file.path.cmp(&other.path));
    let sorted = sort_out(&files, &mut problems);
    let problems_so_far = &mut problems;

    let words = sorted.words.map_or_else(WordSets::default, |file| read_words(file, problems_so_far));
    let ontology = sorted.ontology.map_or_else(Ontology::default, |file| read_ontology(file, &words, problems_so_far));
    let roles = read_roles(&sorted.roles, &ontology, problems_so_far);
    let entities = read_entities(&sorted.entities, &ontology, compiled, problems_so_far);
    let memberships =
        sorted.memberships.map_or_else(Memberships::default, |file| read_memberships(file, &entities, problems_so_far));
    let scales = sorted.scales.iter().map(|file| read_scale(file, &ontology, problems_so_far)).collect();
    let cameo = sorted.cameo.map_or_else(Cameo::default, |file| read_cameo(file, &ontology, problems_so_far));
    let read_actors = |file: &SourceFile| read_actor_codes(file, &ontology, problems_so_far);
    let actor_codes = sorted.actors.map_or_else(ActorCodes::default, read_actors);
    let read_events = |file: &SourceFile| read_event_codes(file, &ontology, problems_so_far);
    let event_codes = sorted.events.map_or_else(EventCodes::default, read_events);
    let countries = sorted.countries.map_or_else(Vec::new, |file| read_countries(file, &entities, problems_so_far));
    let cues = sorted.cues.map_or_else(Cues::default, |file| read_cues(file, &words, problems_so_far));
    let factuality = sorted.factuality.map_or_else(Factuality::default, |file| read_factuality(file, problems_so_far));
    let sides = sorted.sides.map_or_else(Points::default, |file| read_sides(file, problems_so_far));
    let points = |names, file: Option<&SourceFile>, problems: &mut Problems| {
        file.map_or_else(Points::default, |file| read_points(names, file, problems))
    };
    let confidence = points(EventSign::NAMES, sorted.confidence, problems_so_far);
    let dates = points(DaySign::NAMES, sorted.dates, problems_so_far);
    let modes = sorted.modes.map(|file| read_modes(file, problems_so_far)).unwrap_or_default();
    let known = Known { ontology: &ontology, entities: &entities, words: &words };
    let patterns = read_patterns(&sorted.patterns, &known, problems_so_far);
    let calendar = read_calendar(sorted.days, sorted.moving, problems_so_far);

    let warnings = Vec::new();
    let codebook = Codebook {
        ontology,
        entities,
        roles,
        words,
        patterns,
        cues,
        factuality,
        sides,
        confidence,
        dates,
        modes,
        scales,
        atlas: Atlas::embedded(),
        countries,
        cameo,
        actor_codes,
        event_codes,
        memberships,
        calendar,
        warnings,
    };
    (codebook, problems.into_sorted())
}

/// The files by what they hold.
#[derive(Default)]
struct Sorted<'f> {
    ontology: Option<&'f SourceFile>,
    words: Option<&'f SourceFile>,
    roles: Vec<&'f SourceFile>,
    memberships: Option<&'f SourceFile>,
    cues: Option<&'f SourceFile>,
    factuality: Option<&'f SourceFile>,
    sides: Option<&'f SourceFile>,
    confidence: Option<&'f SourceFile>,
    dates: Option<&'f SourceFile>,
    modes: Option<&'f SourceFile>,
    cameo: Option<&'f SourceFile>,
    countries: Option<&'f SourceFile>,
    actors: Option<&'f SourceFile>,
    events: Option<&'f SourceFile>,
    days: Option<&'f SourceFile>,
    moving: Option<&'f SourceFile>,
    scales: Vec<&'f SourceFile>,
    entities: Vec<&'f SourceFile>,
    patterns: Vec<&'f SourceFile>,
}

/// Tells the files apart by their paths; reports those that belong nowhere, stand twice, or are missing.
fn sort_out<'f>(files: &[&'f SourceFile], problems: &mut Problems) -> Sorted<'f> {
    const SINGLE: [&str; 16] = [
        "ontology.toml",
        "words.toml",
        "roles.csv",
        "memberships.csv",
        "cues.toml",
        "factuality.csv",
        "sides.csv",
        "confidence.csv",
        "dates.csv",
        "modes.csv",
        "crosswalks/cameo.csv",
        "crosswalks/countries.csv",
        "crosswalks/actors.csv",
        "crosswalks/events.csv",
        "calendar/days.csv",
        "calendar/moving.csv",
    ];
    let mut sorted = Sorted::default();
    for (position, file) in files.iter().enumerate() {
        let top = Place { path: file.path.as_str().into(), line: 1 };
        if position > 0 && files[position - 1].path == file.path {
            problems.error(&top, "the file is given twice", None);
            continue;
        }
        let folder_and_name = file.path.split_once('/').unwrap_or(("", &file.path));
        match folder_and_name {
            ("", "ontology.toml") => sorted.ontology = Some(file),
            ("", "words.toml") => sorted.words = Some(file),
            ("", "roles.csv") => sorted.roles.push(file),
            ("", "memberships.csv") => sorted.memberships = Some(file),
            ("", "cues.toml") => sorted.cues = Some(file),
            ("", "factuality.csv") => sorted.factuality = Some(file),
            ("", "sides.csv") => sorted.sides = Some(file),
            ("", "confidence.csv") => sorted.confidence = Some(file),
            ("", "dates.csv") => sorted.dates = Some(file),
            ("", "modes.csv") => sorted.modes = Some(file),
            ("crosswalks", "cameo.csv") => sorted.cameo = Some(file),
            ("crosswalks", "countries.csv") => sorted.countries = Some(file),
            ("crosswalks", "actors.csv") => sorted.actors = Some(file),
            ("crosswalks", "events.csv") => sorted.events = Some(file),
            ("calendar", "days.csv") => sorted.days = Some(file),
            ("calendar", "moving.csv") => sorted.moving = Some(file),
            ("roles", name) if name.ends_with(".csv") => sorted.roles.push(file),
            ("scales", name) if name.ends_with(".csv") => sorted.scales.push(file),
            ("entities", name) if name.ends_with(".csv") => sorted.entities.push(file),
            ("patterns", name) if name.ends_with(".toml") => sorted.patterns.push(file),
            (_, name) if name.ends_with(".csv") || name.ends_with(".toml") => {
                problems.error(&top, "the codebook has no such file", did_you_mean(&file.path, SINGLE));
            }
            _ => {}
        }
    }
    if sorted.ontology.is_none() {
        let place = Place { path: "ontology.toml".into(), line: 1 };
        problems.error(&place, "the file is missing", Some("without it there are no event types".to_string()));
    }
    sorted
}
