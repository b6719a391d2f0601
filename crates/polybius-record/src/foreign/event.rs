//! An event of others, on its way to be one of ours.

use jiff::civil::Date;
use polybius::{
    Article, CameoRow, Codebook, CountRow, DateRow, EventRow, ParticipantRow, PatternRow, PlaceRow, SCALE, SizeRow,
    WhyRow, WordsRow,
};

use super::{Not, Reader};
use crate::add::Placing;
use crate::{Reading, Signature};

/// An event as a row of another data set tells it.
#[derive(Default)]
pub(super) struct Event {
    pub(super) id: String,
    pub(super) event_type: String,
    pub(super) mode: Option<String>,
    pub(super) contexts: Vec<String>,
    /// What the data set itself calls it, for whoever looks at the row.
    pub(super) own: String,
    pub(super) cameo: Option<String>,
    pub(super) start: Option<Date>,
    pub(super) end: Option<Date>,
    pub(super) precision: &'static str,
    pub(super) published: Option<Date>,
    pub(super) actors: Vec<Party>,
    pub(super) recipients: Vec<Party>,
    pub(super) place: Option<PlaceRow>,
    pub(super) dead: Option<u32>,
    pub(super) sentence: usize,
    pub(super) text: String,
    pub(super) title: Option<String>,
    pub(super) outlet: Option<String>,
    pub(super) url: Option<String>,
    pub(super) confidence: Option<f64>,
    /// What is odd about it, and what was done.
    pub(super) doubts: Vec<(String, &'static str)>,
}

/// Who took part.
#[derive(Default)]
pub(super) struct Party {
    pub(super) name: String,
    pub(super) country: Option<String>,
    pub(super) sector: Option<String>,
    pub(super) wikidata: Option<String>,
}

impl Reader<'_> {
    /// PLOVER's names for what a code of a scheme stands for.
    pub(super) fn meaning(&self, scheme: &str, code: &str) -> Option<(String, Option<String>)> {
        let ontology = &self.codebook.ontology;
        let (event_type, mode) = self.codebook.event_codes.nearest(scheme, code)?;
        let mode = mode.map(|mode| ontology.mode(mode).name.to_string());
        Some((ontology.event_type(event_type).name.to_string(), mode))
    }

    /// PLOVER's own type and mode, if there are such.
    pub(super) fn typed(&self, event_type: &str, mode: Option<&str>) -> Result<(String, Option<String>), Not> {
        let ontology = &self.codebook.ontology;
        let event_type = event_type.trim().to_uppercase();
        let Some(id) = ontology.type_named(&event_type) else {
            return Err(Not::Sound(format!("`{event_type}` is no type of PLOVER"), "see `polybius schema`"));
        };
        let mode = mode.map(|mode| mode.trim().to_lowercase().replace([' ', '_'], "-"));
        Ok((event_type, mode.filter(|mode| ontology.mode_named(id, mode).is_some())))
    }

    /// The sector that a role of CAMEO answers to.
    pub(super) fn sector_of_role(&self, role: &str) -> Option<String> {
        let sector = self.codebook.actor_codes.get("cameo-role", role)?.sector?;
        Some(self.codebook.ontology.sector(sector).name.to_string())
    }

    /// A country by an actor's code in CAMEO, which may be a region or a state that is no more.
    pub(super) fn cameo_country(&self, code: &str) -> Option<String> {
        self.country(code).or_else(|| {
            let known = self.codebook.actor_codes.get("cameo-head", code)?;
            known.country.as_deref().map(str::to_owned)
        })
    }

    /// Countries, or the lack of one, that several cells joined by `;` tell.
    pub(super) fn parties(&self, names: &str, countries: Option<&str>, sectors: Option<&str>) -> Vec<Party> {
        let split = |cell: Option<&str>| -> Vec<String> {
            let parts = cell.unwrap_or_default().split(';').map(|part| part.trim().to_owned());
            parts.filter(|part| !part.is_empty() && part != "None").collect()
        };
        let (names, countries, sectors) = (split(Some(names)), split(countries), split(sectors));
        let n = names.len().max(countries.len());
        let party = |index: usize| {
            // Where a list is shorter, one entry stands for all, and several for nobody in particular.
            let of = |list: &[String]| {
                if list.len() == n || list.len() == 1 { list.get(index).or(list.first()).cloned() } else { None }
            };
            let country = of(&countries)
                .and_then(|country| self.country(&country).or(Some(country).filter(|one| one.len() == 3)));
            Party {
                name: of(&names).or_else(|| country.clone()).unwrap_or_default(),
                country,
                sector: of(&sectors),
                wikidata: None,
            }
        };
        (0..n).map(party).filter(|party| !party.name.is_empty()).collect()
    }
}

impl Event {
    /// The event as one of ours, in an article that is the row.
    pub(super) fn reading(self, set: &str, source: &str, line: &str, codebook: &Codebook, placing: Placing) -> Reading {
        let article = Article {
            id: self.id.clone(),
            text: line.to_owned(),
            published: self.published.or(self.end).or(self.start),
            title: self.title.clone(),
            author: None,
            outlet: self.outlet.clone(),
            url: self.url.clone(),
        };
        let row = self.row(set, source, &article, codebook);
        let (claims, expectations) = (Vec::new(), Vec::new());
        Reading {
            article,
            n_sentences: 1,
            rows: vec![row],
            claims,
            expectations,
            signature: Signature::of(""),
            placing,
        }
    }

    fn row(self, set: &str, source: &str, article: &Article, codebook: &Codebook) -> EventRow {
        let ontology = &codebook.ontology;
        let event_type = ontology.type_named(&self.event_type);
        let mode =
            event_type.zip(self.mode.as_deref()).and_then(|(event_type, mode)| ontology.mode_named(event_type, mode));
        let scale = codebook.scales.iter().find(|scale| &*scale.name == SCALE);
        let score = scale
            .zip(event_type)
            .map(|(scale, event_type)| f64::from((scale.score(event_type, mode) * 10.0).round()) / 10.0);
        let participants = |parties: Vec<Party>| parties.into_iter().map(|party| party.row(codebook)).collect();
        let days = self.start.map(|start| (start, self.end.unwrap_or(start)));
        let day = |day: Date| day.to_string();
        let (file, number) = source.rsplit_once(':').unwrap_or((source, "0"));
        EventRow {
            event_id: crate::runs::digest(&format!("{set} {}", article.id))[..16].to_owned(),
            document_id: article.id.clone(),
            url: article.url.clone(),
            outlet: article.outlet.clone(),
            published: article.published.map(day),
            title: article.title.clone(),
            sentence: self.sentence.max(1),
            start: 0,
            end: self.text.chars().count(),
            text: self.text,
            quad: event_type.map_or(0, |event_type| ontology.event_type(event_type).quad.number()),
            event_type: self.event_type,
            mode: self.mode,
            contexts: self.contexts,
            score,
            scale: SCALE.to_owned(),
            cameo: self.cameo.map(|code| CameoRow { code, derived: false }),
            actors: participants(self.actors),
            recipients: participants(self.recipients),
            auxiliary: Vec::new(),
            // These sets take whatever they code for a fact.
            factuality: 3.0,
            prospect: None,
            attribution: Vec::new(),
            date: days.map(|(start, end)| DateRow {
                start: day(start),
                end: day(end),
                precision: self.precision.to_owned(),
                words: Some(nothing()),
                anchor: None,
            }),
            place: self.place,
            size: SizeRow {
                dead: self.dead.map(|value| CountRow { value, text: String::new(), start: 0, end: 0 }),
                injured: None,
                arrested: None,
            },
            confidence: self.confidence.unwrap_or(1.0),
            why: WhyRow {
                trigger: nothing(),
                pattern: Some(PatternRow {
                    name: format!("{set} {}", self.own),
                    file: file.to_owned(),
                    line: number.parse().unwrap_or(0),
                }),
                reader: None,
                notes: Vec::new(),
            },
        }
    }
}

impl Party {
    fn row(self, codebook: &Codebook) -> ParticipantRow {
        let entities = &codebook.entities;
        let mut found: Vec<&str> =
            entities.find(&self.name).into_iter().map(|row| &*entities.get(entities.row(row).entity).id).collect();
        found.dedup();
        // A name that several bear is not decided by the name alone.
        let entity = match found[..] {
            [one] => entities.by_id(one).map(|id| entities.get(id)),
            _ => None,
        };
        let entity = entity.filter(|entity| {
            self.country.is_none() || entity.country.is_none() || entity.country.as_deref() == self.country.as_deref()
        });
        ParticipantRow {
            entity: entity.map(|entity| entity.id.to_string()),
            country: self.country.or_else(|| entity.and_then(|entity| entity.country.as_deref()).map(str::to_owned)),
            text: self.name.clone(),
            name: self.name,
            start: 0,
            end: 0,
            sector: self.sector,
            wikidata: self.wikidata,
            role: None,
            resolved_by: "other".to_owned(),
        }
    }
}

/// No words.
pub(super) fn nothing() -> WordsRow {
    WordsRow { text: String::new(), start: 0, end: 0 }
}

/// A place with a name.
pub(super) fn place(
    name: Option<&str>,
    country: Option<String>,
    at: Option<(f64, f64)>,
    precision: &str,
) -> Option<PlaceRow> {
    let at =
        at.filter(|(latitude, longitude)| latitude.abs() <= 90.0 && longitude.abs() <= 180.0 && precision != "country");
    Some(PlaceRow {
        name: name?.to_owned(),
        latitude: at.map(|(latitude, _)| latitude),
        longitude: at.map(|(_, longitude)| longitude),
        country,
        region: None,
        geonames: None,
        precision: precision.to_owned(),
        words: nothing(),
    })
}

/// A day as data sets write it: 2017-01-31, 20170131, 1/31/2017 (the odd file of ICEWS), 31 January 2017 (ACLED), with or without a time.
pub(super) fn day(text: &str) -> Option<Date> {
    let text = text.trim();
    let start = text.split([' ', 'T']).next()?;
    if let Some(day) = start.parse::<Date>().ok().filter(|_| start.len() == 10) {
        return Some(day);
    }
    if text.len() >= 8 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Date::new(text[..4].parse().ok()?, text[4..6].parse().ok()?, text[6..8].parse().ok()?).ok();
    }
    if let [month, day, year] = start.split('/').collect::<Vec<_>>()[..] {
        let year: i16 = year.parse().ok()?;
        return Date::new(if year < 100 { year + 2000 } else { year }, month.parse().ok()?, day.parse().ok()?).ok();
    }
    let [day, month, year] = text.split([' ', '-']).collect::<Vec<_>>()[..] else { return None };
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let month = MONTHS.iter().position(|name| month.to_lowercase().starts_with(name))?;
    Date::new(year.parse().ok()?, month as i8 + 1, day.parse().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::day;

    #[test]
    fn days_of_many_data_sets() {
        let check =
            |text: &str, expected: &str| assert_eq!(day(text).map(|day| day.to_string()).unwrap_or_default(), expected);
        check("2017-01-31", "2017-01-31");
        check("2017-01-31 00:00:00.000", "2017-01-31");
        check("20170131", "2017-01-31");
        check("20170131121500", "2017-01-31");
        check("1/31/2017", "2017-01-31");
        check("31 January 2017", "2017-01-31");
        check("31-Jan-2017", "2017-01-31");
        check("31/1/2017", "");
        check("2017", "");
        check("é/é/é", "");
    }
}
