//! Crosswalks: how other data sets write a country or an event type.

use rustc_hash::FxHashMap;

use crate::{Kind, ModeId, Place, SectorId, TypeId};

/// How other data sets write one country. A code that the country does not have is empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountryCodes {
    /// ISO 3166-1 alpha-3; also the entity's id.
    pub iso3: Box<str>,
    /// ISO 3166-1 alpha-2.
    pub iso2: Box<str>,
    /// ISO 3166-1 numeric, three digits.
    pub numeric: Box<str>,
    /// Correlates of War abbreviation.
    pub cow: Box<str>,
    /// Correlates of War number.
    pub cow_number: Box<str>,
    /// Gleditsch and Ward number.
    pub gw: Box<str>,
    /// FIPS 10-4.
    pub fips: Box<str>,
    /// CAMEO.
    pub cameo: Box<str>,
    /// Its English name.
    pub name: Box<str>,
    /// Where it is listed.
    pub place: Place,
}

/// The nearest CAMEO code of each event type and mode.
#[derive(Debug, Clone, Default)]
pub struct Cameo {
    pub(crate) codes: FxHashMap<(TypeId, Option<ModeId>), Box<str>>,
}

impl Cameo {
    /// The code of a mode, or of the type where the crosswalk does not tell the mode apart.
    pub fn code(&self, event_type: TypeId, mode: Option<ModeId>) -> Option<&str> {
        self.codes.get(&(event_type, mode)).or_else(|| self.codes.get(&(event_type, None))).map(|code| &**code)
    }
}

/// What other data sets say an event is, by the data set's scheme and its code.
#[derive(Debug, Clone, Default)]
pub struct EventCodes {
    pub(crate) codes: FxHashMap<(Box<str>, Box<str>), Act>,
}

/// A type and, where the code tells it, a mode.
type Act = (TypeId, Option<ModeId>);

impl EventCodes {
    /// The type and mode that a code stands for.
    pub fn get(&self, scheme: &str, code: &str) -> Option<(TypeId, Option<ModeId>)> {
        self.codes.get(&(scheme.into(), code.into())).copied()
    }

    /// The same of the longest code that this one begins with.
    pub fn nearest(&self, scheme: &str, code: &str) -> Option<(TypeId, Option<ModeId>)> {
        let starts = code.char_indices().map(|(start, _)| start).skip(1).chain([code.len()]);
        starts.collect::<Vec<_>>().into_iter().rev().find_map(|end| self.get(scheme, &code[..end]))
    }
}

/// What other lists say an actor is, by the list and its code.
#[derive(Debug, Clone, Default)]
pub struct ActorCodes {
    pub(crate) codes: FxHashMap<(Box<str>, Box<str>), ActorCode>,
}

/// What one code says of an actor.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ActorCode {
    /// ISO 3166-1 alpha-3.
    pub country: Option<Box<str>>,
    /// PLOVER's sector.
    pub sector: Option<SectorId>,
    /// What it is assumed to be.
    pub kind: Option<Kind>,
}

impl ActorCodes {
    /// What the code of a list says, if the crosswalk has it.
    pub fn get(&self, scheme: &str, code: &str) -> Option<&ActorCode> {
        self.codes.get(&(scheme.into(), code.into()))
    }

    /// The code that a list has for a sector: the one that is written like `name`, else the first in the alphabet.
    pub fn code_of(&self, scheme: &str, sector: SectorId, name: &str) -> Option<&str> {
        let of_sector = |((list, _), meaning): &(&(Box<str>, Box<str>), &ActorCode)| {
            &**list == scheme && meaning.sector == Some(sector) && meaning.country.is_none()
        };
        let codes = self.codes.iter().filter(of_sector).map(|((_, code), _)| &**code);
        codes.min_by_key(|&code| (code != name, code))
    }
}
