//! Outlines of reports, kept in memory: enough to tell most reports apart without reading what the record keeps of them.

use std::cell::RefCell;
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::compared::{Compared, Party};
use crate::sameness::{codes, is_fact, is_together, name};

/// So many outlines are kept: some 25 MB.
const MOST_KEPT: usize = 900_000;

/// The outlines of the reports that were added or compared, by their numbers.
#[derive(Default)]
pub(crate) struct Outlines(RefCell<HashMap<i64, Outline>>);

impl Outlines {
    pub(crate) fn of(&self, event: i64) -> Option<Outline> {
        self.0.borrow().get(&event).copied()
    }

    pub(crate) fn note(&self, event: i64, outline: Outline) {
        let mut outlines = self.0.borrow_mut();
        if outlines.len() == MOST_KEPT {
            outlines.clear();
        }
        outlines.insert(event, outline);
    }

    pub(crate) fn forget(&self) {
        self.0.borrow_mut().clear();
    }
}

/// Who takes part in a report, as bits that names and codes set: what has no bits in common has no names in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Outline {
    actors: u32,
    recipients: u32,
    /// The codes of those who act together.
    fellows: u32,
    is_fact: bool,
}

impl Outline {
    pub(crate) fn of(row: &Compared<'_>) -> Outline {
        let side = |participants: &[Party<'_>]| bits(participants.iter().map(name).chain(codes(participants)));
        Outline {
            actors: side(&row.actors),
            recipients: side(&row.recipients),
            fellows: if is_together(row) { bits(codes(&row.actors)) } else { 0 },
            is_fact: is_fact(row),
        }
    }

    /// Whether the two reports may tell of the same act. Where they may not, `sameness` would find that they cannot.
    pub(crate) fn can_be(self, other: Outline) -> bool {
        let meet = |own: u32, others: u32| own == 0 || others == 0 || own & others != 0;
        let shared = self.fellows & other.fellows;
        let fit = self.fellows == 0 || other.fellows == 0 || shared == self.fellows || shared == other.fellows;
        self.is_fact == other.is_fact
            && fit
            && meet(self.actors, other.actors)
            && meet(self.recipients, other.recipients)
    }
}

fn bits(texts: impl IntoIterator<Item = String>) -> u32 {
    texts.into_iter().fold(0, |bits, text| {
        let mut hasher = DefaultHasher::new();
        text.hash(&mut hasher);
        bits | 1 << (hasher.finish() % 32)
    })
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
                    let report = json!({"text": "They met.", "event_type": "CONSULT", "mode": null, "actors": actors,
                        "recipients": recipients, "auxiliary": auxiliary, "prospect": null, "attribution": [], "date": null,
                        "place": null, "size": {"dead": null, "injured": null, "arrested": null},
                        "why": {"trigger": {"text": "met"}}});
                    reports.push(report.to_string());
                }
            }
        }
        reports
    }

    #[test]
    fn outlines_tell_apart_only_what_cannot_be_the_same() {
        let reports = reports();
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

    #[test]
    fn what_is_taken_back_is_forgotten() {
        let record = Record::open(std::path::Path::new(":memory:")).expect("it is made");
        let outline = Outline { actors: 1, recipients: 2, fellows: 0, is_fact: true };
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
