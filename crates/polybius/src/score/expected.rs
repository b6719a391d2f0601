//! What a reader says is right about one event, and how far a row is from it.

use jiff::civil::Date;
use polybius_codebook::{Codebook, EntityId, PartialDate};
use serde::Deserialize;

use crate::{EventRow, ParticipantRow};

/// An event as a reader writes it down. A key that is left out is not asked for.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expected {
    /// The types that count as right.
    #[serde(rename = "type")]
    pub event_type: Vec<String>,
    /// The mode.
    pub mode: Option<String>,
    /// The actors: ISO 3166-1 alpha-3 of a country, or a usual name.
    #[serde(default)]
    pub who: Vec<String>,
    /// The recipients.
    #[serde(default)]
    pub whom: Vec<String>,
    /// The auxiliary modes.
    pub aux: Option<Vec<String>>,
    /// The types that count as right for the act promised, threatened, asked for or refused.
    pub prospect: Option<Vec<String>>,
    /// The innermost speaker; empty for the outlet itself.
    pub said_by: Option<String>,
    /// `YYYY`, `YYYY-MM`, `YYYY-MM-DD` or `START/END`: the event's date must lie within.
    pub date: Option<String>,
    /// The place's name; empty where there must be none.
    pub place: Option<String>,
    /// How many died.
    pub dead: Option<u32>,
    /// How many were injured.
    pub injured: Option<u32>,
    /// How many were arrested.
    pub arrested: Option<u32>,
    /// How many died, were injured or arrested, where the text has no number: "dozens". Not scored.
    pub dead_words: Option<String>,
    /// As `dead_words`.
    pub injured_words: Option<String>,
    /// As `dead_words`.
    pub arrested_words: Option<String>,
}

/// One way in which a row is not what was expected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The key of [`Expected`] that is not met.
    pub key: &'static str,
    /// What is wrong, for a person.
    pub reason: String,
}

impl Expected {
    /// What is wrong with mode, prospect, speaker, date, place and numbers: the keys that every score reads alike.
    pub(super) fn plain_faults(&self, row: &EventRow, codebook: &Codebook) -> Vec<Fault> {
        let mut faults = Vec::new();
        let mut expect = |key, right: bool, wanted: &str, got: &str| {
            if !right {
                let shown = |text: &str| if text.is_empty() { "none".to_owned() } else { text.to_owned() };
                faults.push(Fault { key, reason: format!("{key} is {}, not {}", shown(got), shown(wanted)) });
            }
        };
        expect("type", self.event_type.contains(&row.event_type), &self.event_type.join("/"), &row.event_type);
        if let Some(mode) = &self.mode {
            let got = row.mode.as_deref().unwrap_or_default();
            expect("mode", mode == got, mode, got);
        }
        if let Some(prospect) = &self.prospect {
            let got = row.prospect.as_deref().unwrap_or_default();
            expect("prospect", prospect.iter().any(|wanted| wanted == got), &prospect.join("/"), got);
        }
        if let Some(speaker) = &self.said_by {
            let innermost = row.attribution.last().map(|link| &link.speaker);
            let right = match innermost {
                None => speaker.is_empty(),
                Some(got) => !speaker.is_empty() && is_speaker(got, speaker, codebook),
            };
            expect("said_by", right, speaker, innermost.map_or("", |got| &got.name));
        }
        if let Some(date) = &self.date {
            let got = row.date.as_ref().map(|got| format!("{}/{}", got.start, got.end)).unwrap_or_default();
            expect("date", lies_within(&got, date), date, &got);
        }
        if let Some(place) = &self.place {
            let got = row.place.as_ref().map_or("", |got| &got.name);
            expect("place", folded(got) == folded(place), place, got);
        }
        let sizes = [
            ("dead", self.dead, &row.size.dead),
            ("injured", self.injured, &row.size.injured),
            ("arrested", self.arrested, &row.size.arrested),
        ];
        for (key, wanted, got) in sizes {
            if let Some(wanted) = wanted {
                let got = got.as_ref().map(|count| count.value);
                let shown = got.map(|value| value.to_string()).unwrap_or_default();
                expect(key, got == Some(wanted), &wanted.to_string(), &shown);
            }
        }
        faults
    }
}

/// Whether `participant` is what a reader calls `wanted`: its country, its entity, or one of its names.
pub(super) fn is_participant(participant: &ParticipantRow, wanted: &str, codebook: &Codebook) -> bool {
    let entity = participant.entity.as_deref();
    participant.country.as_deref() == Some(wanted)
        || entity.is_some_and(|entity| entity.eq_ignore_ascii_case(wanted))
        || folded(&participant.name) == folded(wanted)
        || folded(&participant.text) == folded(wanted)
        || codebook.entities.find(wanted).into_iter().any(|row| {
            let named = codebook.entities.row(row).entity;
            entity == Some(&*codebook.entities.get(named).id) || leads(participant, named, codebook)
        })
}

/// Whether the office held on the day is of that body: a "leader of the tamil tigers" acts for them. Offices are listed in small letters.
fn leads(participant: &ParticipantRow, body: EntityId, codebook: &Codebook) -> bool {
    let role = participant.role.as_ref().and_then(|role| role.name.split_once(" of "));
    let Some(led) = role.map(|(_, led)| folded(led.strip_prefix("the ").unwrap_or(led))) else { return false };
    codebook.entities.get(body).rows.iter().any(|&row| folded(&codebook.entities.row(row).name) == led)
}

/// Whether the speaker is what a reader calls `wanted`. Speakers are often described, not named: the description is right
/// if it holds every word.
pub(super) fn is_speaker(speaker: &ParticipantRow, wanted: &str, codebook: &Codebook) -> bool {
    let described = folded(&format!("{} {}", speaker.text, speaker.name));
    let words: Vec<&str> = described.split(' ').collect();
    is_participant(speaker, wanted, codebook) || folded(wanted).split(' ').all(|word| words.contains(&word))
}

/// Whether the days of `got` (`START/END`) lie within `wanted`.
pub(super) fn lies_within(got: &str, wanted: &str) -> bool {
    match (days(got), days(wanted)) {
        (Some((start, end)), Some((first, last))) => first <= start && end <= last,
        _ => false,
    }
}

/// The first and last day of `YYYY`, `YYYY-MM`, `YYYY-MM-DD` or `START/END`.
fn days(text: &str) -> Option<(Date, Date)> {
    let (start, end) = text.split_once('/').unwrap_or((text, text));
    Some((PartialDate::parse(start)?.first_day(), PartialDate::parse(end)?.last_day()))
}

/// Lower case, and words without the marks around and between them.
fn folded(text: &str) -> String {
    let words = text.split(|character: char| !character.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_lie_within() {
        assert!(lies_within("2024-10-09/2024-10-09", "2024-10-09"));
        assert!(lies_within("2024-10-12/2024-10-31", "2024-10"));
        assert!(lies_within("2021-10-11/2021-10-11", "2021"));
        assert!(lies_within("2024-10-15/2024-10-15", "2024-10-14/2024-10-20"));
        assert!(!lies_within("2024-10-09/2024-11-01", "2024-10"));
        assert!(!lies_within("", "2024-10"));
    }

    #[test]
    fn folding_leaves_words() {
        assert_eq!(folded("a European Union (EU) official"), "a european union eu official");
    }
}
