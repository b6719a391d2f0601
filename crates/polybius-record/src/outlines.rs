//! Outlines of reports, kept in memory: enough to tell most reports apart without reading what the record keeps of them.

use std::hash::{Hash, Hasher};

use rustc_hash::FxHasher;

use crate::compared::{Compared, Days, Party};
use crate::sameness::{can_be_one_day, codes, is_fact, is_together, name};
use crate::time::day_number;

/// Who takes part in a report, as bits that names and codes set: what has no bits in common has no names in common. And when, where and
/// of what: texts as numbers, which differ only where the texts do; 0 where there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Outline {
    actors: u64,
    recipients: u64,
    /// The codes of those who act together.
    fellows: u64,
    is_fact: bool,
    has_told_days: bool,
    prospect: u16,
    place: u16,
    country: u16,
    /// All days where none is known.
    first_day: i32,
    last_day: i32,
}

impl Outline {
    pub(crate) fn of(row: &Compared<'_>) -> Outline {
        let side = |participants: &[Party<'_>]| bits(participants.iter().map(name).chain(codes(participants)));
        let place = row.place.as_ref();
        let (first_day, last_day) = row.date.as_ref().and_then(days).unwrap_or((i32::MIN, i32::MAX));
        Outline {
            actors: side(&row.actors),
            recipients: side(&row.recipients),
            fellows: if is_together(row) { bits(codes(&row.actors)) } else { 0 },
            is_fact: is_fact(row),
            has_told_days: row.date.as_ref().is_some_and(|date| date.words.is_some()),
            prospect: row.prospect.as_deref().map_or(0, number),
            place: place.map_or(0, |place| number(&place.name.to_ascii_lowercase())),
            country: place.and_then(|place| place.country.as_deref()).map_or(0, number),
            first_day,
            last_day,
        }
    }

    /// Whether the two reports may tell of the same act. Where they may not, `sameness` would find that they cannot.
    pub(crate) fn can_be(self, other: Outline) -> bool {
        let meet = |own: u64, others: u64| own == 0 || others == 0 || own & others != 0;
        let shared = self.fellows & other.fellows;
        let fit = self.fellows == 0 || other.fellows == 0 || shared == self.fellows || shared == other.fellows;
        let differ = |own: u16, others: u16| own != 0 && others != 0 && own != others;
        let elsewhere = differ(self.place, other.place) && differ(self.country, other.country);
        let after = |one: Outline, other: Outline| other.first_day.saturating_sub(one.last_day);
        let n_days = i64::from(after(self, other).max(after(other, self)).max(0));
        self.is_fact == other.is_fact
            && !differ(self.prospect, other.prospect)
            && !elsewhere
            && can_be_one_day(self.has_told_days && other.has_told_days, n_days)
            && fit
            && meet(self.actors, other.actors)
            && meet(self.recipients, other.recipients)
    }
}

fn days(date: &Days<'_>) -> Option<(i32, i32)> {
    Some((day_number(&date.start)?, day_number(&date.end)?))
}

/// From 1 on.
fn number(text: &str) -> u16 {
    (hash(text) % 0xffff) as u16 + 1
}

fn hash(text: &str) -> u64 {
    let mut hasher = FxHasher::default();
    text.hash(&mut hasher);
    hasher.finish()
}

fn bits(texts: impl IntoIterator<Item = String>) -> u64 {
    texts.into_iter().fold(0, |bits, text| bits | 1 << (hash(&text) % 64))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::Record;
    use crate::sameness::sameness;
    use crate::told::Told;

    fn party((entity, country, sector, name): (&str, &str, &str, &str)) -> Value {
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let (entity, country, sector) = (some(entity), some(country), some(sector));
        json!({"entity": entity, "country": country, "sector": sector, "name": name, "text": name, "resolved_by": "name"})
    }

    /// Reports by whatever groups of one and two act on each other, or together, in fact or in future.
    fn reports() -> Vec<String> {
        let parties = [
            ("Q1", "USA", "government", "Washington"),
            ("Q2", "USA", "police", "the police"),
            ("Q3", "RUS", "", "Moscow"),
            ("Q4", "", "rebels", "the Front"),
            ("", "", "", "the farmers"),
            ("", "USA", "civilians", "The Farmers"),
        ];
        let parties = parties.map(party);
        let mut sides = vec![vec![]];
        for (first, one) in parties.iter().enumerate() {
            sides.push(vec![one]);
            sides.extend(parties[first + 1..].iter().map(|other| vec![one, other]));
        }
        let mut reports = Vec::new();
        for actors in &sides {
            for recipients in &sides {
                for auxiliary in [vec![], vec!["future"]] {
                    let sides = json!({"actors": actors, "recipients": recipients, "auxiliary": auxiliary});
                    reports.push(report(sides));
                }
            }
        }
        reports
    }

    /// Reports of a meeting on several days, at several places, with one thing or another in view.
    fn circumstances() -> Vec<String> {
        let day = |first: &str, last: &str, words: bool| {
            let words = words.then(|| json!({"text": "then"}));
            json!({"start": first, "end": last, "precision": "day", "words": words, "anchor": first})
        };
        let days = [
            ("2024-10-10", "2024-10-10"),
            ("2024-10-11", "2024-10-13"),
            ("2024-10-18", "2024-10-18"),
            ("?", "2024-10-11"),
        ];
        let mut dates = vec![Value::Null];
        dates.extend(days.iter().flat_map(|(first, last)| [day(first, last, true), day(first, last, false)]));
        let place = |name: &str, country: Option<&str>| json!({"name": name, "country": country, "precision": "city"});
        let places = [
            ("Kyiv", Some("UKR")),
            ("KYIV", Some("RUS")),
            ("Lviv", Some("UKR")),
            ("Minsk", Some("BLR")),
            ("Minsk", None),
        ];
        let mut places: Vec<Value> = places.map(|(name, country)| place(name, country)).to_vec();
        places.push(Value::Null);
        let mut reports = Vec::new();
        for date in &dates {
            for place in &places {
                for prospect in [None, Some("AID"), Some("RETREAT")] {
                    let parts = json!({"actors": [party(("Q1", "USA", "", "Washington"))], "date": date, "place": place, "prospect": prospect});
                    reports.push(report(parts));
                }
            }
        }
        reports
    }

    fn report(parts: Value) -> String {
        let mut report = json!({"text": "They met.", "event_type": "CONSULT", "mode": null, "actors": [], "recipients": [],
            "auxiliary": [], "prospect": null, "attribution": [], "date": null, "place": null,
            "size": {"dead": null, "injured": null, "arrested": null}, "why": {"trigger": {"text": "met"}}});
        report
            .as_object_mut()
            .zip(parts.as_object())
            .map(|(report, parts)| report.extend(parts.clone()))
            .expect("both are objects");
        report.to_string()
    }

    #[test]
    fn outlines_tell_apart_only_what_cannot_be_the_same() {
        for reports in [reports(), circumstances()] {
            let compared =
                reports.iter().map(|report| serde_json::from_str::<Compared<'_>>(report).expect("it is a report"));
            let told: Vec<(Outline, Told<'_>)> = compared.map(|row| (Outline::of(&row), Told::by(row))).collect();
            let (mut n_cannot, mut n_told_apart) = (0, 0);
            for (own, one) in &told {
                for (others, other) in told.iter().step_by(7) {
                    let cannot = sameness(one, other).is_none();
                    assert!(cannot || own.can_be(*others), "{own:?} {others:?}");
                    n_cannot += usize::from(cannot);
                    n_told_apart += usize::from(!own.can_be(*others));
                }
            }
            assert!(n_told_apart * 10 > n_cannot * 8, "{n_told_apart} of {n_cannot}");
        }
    }

    #[test]
    fn what_is_taken_back_is_forgotten() {
        let record = Record::open(std::path::Path::new(":memory:")).expect("it is made");
        let report = &reports()[0];
        let outline = Outline::of(&serde_json::from_str(report).expect("it is a report"));
        record.begin().expect("it begins");
        record.outlines.note(1, outline);
        record.commit().expect("it is committed");
        record.begin().expect("it begins");
        assert_eq!(record.outlines.of(1), Some(outline));
        record.outlines.note(2, outline);
        let _ = record.or_none::<()>(Err(crate::RecordError::Missing("".into())));
        record.begin().expect("it begins");
        assert_eq!(record.outlines.of(2), None);
    }
}
