//! How other data sets write countries, sectors and scores.

use std::collections::HashMap;

use polybius::{Codebook, CountryCodes, EventRow, ParticipantRow};

/// The scale that ICEWS and GDELT count in.
const GOLDSTEIN: &str = "goldstein-icews";

/// CAMEO's list of the parts that actors play.
const ROLES: &str = "cameo-role";

/// The codebook's crosswalks, by our codes.
pub(super) struct Codes<'c> {
    codebook: &'c Codebook,
    countries: HashMap<&'c str, &'c CountryCodes>,
}

impl<'c> Codes<'c> {
    pub(super) fn new(codebook: &'c Codebook) -> Codes<'c> {
        let countries = codebook.countries.iter().map(|country| (&*country.iso3, country)).collect();
        Codes { codebook, countries }
    }

    /// What other data sets call a country.
    pub(super) fn country(&self, iso3: Option<&str>) -> Option<&'c CountryCodes> {
        self.countries.get(iso3?).copied()
    }

    /// The English name of a country, or its code where there is no name.
    pub(super) fn name<'n>(&'n self, iso3: &'n str) -> &'n str {
        self.country(Some(iso3)).map_or(iso3, |country| &country.name)
    }

    /// CAMEO's code for the part that a participant plays, such as GOV.
    pub(super) fn role(&self, participant: &ParticipantRow) -> &'c str {
        let name = participant.sector.as_deref().unwrap_or_default();
        let sector = self.codebook.ontology.sector_named(name);
        sector.and_then(|sector| self.codebook.actor_codes.code_of(ROLES, sector, name)).unwrap_or_default()
    }

    /// The score on Goldstein's scale, as ICEWS has it.
    pub(super) fn goldstein(&self, row: &EventRow) -> Option<f64> {
        let ontology = &self.codebook.ontology;
        let event_type = ontology.type_named(&row.event_type)?;
        let mode = row.mode.as_deref().and_then(|mode| ontology.mode_named(event_type, mode));
        let scale = self.codebook.scales.iter().find(|scale| &*scale.name == GOLDSTEIN)?;
        Some((f64::from(scale.score(event_type, mode)) * 10.0).round() / 10.0)
    }
}
