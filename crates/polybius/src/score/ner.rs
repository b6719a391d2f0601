//! Names against sets annotated with persons, places and organisations, from raw text.

use std::collections::BTreeSet;
use std::ops::{AddAssign, Range};

use polybius_document::{Article, MentionKind};
use polybius_nlp::coref_score::{Found, Place, Places};
use polybius_nlp::{Models, annotate};

use super::Calibration;
use super::iob::IobDocument;

/// The kinds that are scored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum NameKind {
    /// Persons.
    Person,
    /// Countries, regions, cities and what else lies on a map.
    Place,
    /// Organisations.
    Organisation,
}

impl NameKind {
    /// Every kind.
    pub const ALL: [NameKind; 3] = [NameKind::Person, NameKind::Place, NameKind::Organisation];

    /// What a set of names calls so.
    fn of_label(label: &str) -> Option<NameKind> {
        match label {
            "PER" | "PERSON" | "Person" => Some(NameKind::Person),
            "LOC" | "GPE" | "Location" => Some(NameKind::Place),
            "ORG" | "Organization" => Some(NameKind::Organisation),
            _ => None,
        }
    }

    /// What the engine calls so. Buildings and other facilities are places unless the set has a kind of its own for them; groups,
    /// events, dates and other names are none of the three.
    fn of_mention(kind: MentionKind, marks_facilities: bool) -> Option<NameKind> {
        match kind {
            MentionKind::Person => Some(NameKind::Person),
            MentionKind::Gpe | MentionKind::Loc => Some(NameKind::Place),
            MentionKind::Fac => (!marks_facilities).then_some(NameKind::Place),
            MentionKind::Org => Some(NameKind::Organisation),
            _ => None,
        }
    }
}

/// Whether the set has a kind of its own for buildings and other facilities.
pub fn marks_facilities(documents: &[IobDocument]) -> bool {
    documents.iter().flat_map(|document| &document.names).any(|(_, label)| matches!(label.as_str(), "FAC" | "Facility"))
}

/// The scores of one document, or the sums of several.
#[derive(Debug, Clone, Default)]
pub struct NerScores {
    /// For each kind of [`NameKind::ALL`]; articles and possessives at the edges of names do not count, on either side.
    pub lenient: [Found; 3],
    /// The same where they do.
    pub strict: [Found; 3],
    /// The probability of each name found, and whether it is right, leniently.
    pub calibration: Calibration,
}

impl AddAssign for NerScores {
    fn add_assign(&mut self, other: NerScores) {
        for (sum, found) in self.lenient.iter_mut().zip(other.lenient).chain(self.strict.iter_mut().zip(other.strict)) {
            *sum += found;
        }
        self.calibration.judged.extend(other.calibration.judged);
    }
}

/// The names that the engine finds in the text of `gold` against those that stand there. A name is right if its characters and its
/// kind are.
pub fn score_ner(gold: &IobDocument, marks_facilities: bool, models: &Models) -> NerScores {
    let document = annotate(Article::from_text(gold.id.as_str(), gold.text.as_str()), models);
    let mentions = document.mentions().iter().filter_map(|mention| {
        let kind = NameKind::of_mention(mention.kind, marks_facilities)?;
        Some((document.span_of(&mention.tokens).range(), kind, mention.score))
    });
    let mentions: Vec<(Range<usize>, NameKind, f32)> = mentions.collect();
    let places = Places::of(&gold.text);
    let names = || gold.names.iter().filter_map(|(bytes, label)| Some((bytes.clone(), NameKind::of_label(label)?)));
    let found = || mentions.iter().map(|(bytes, kind, _)| (bytes.clone(), *kind));
    let bare = |bytes: Range<usize>| places.at(bare(&gold.text, bytes));
    let lenient: BTreeSet<Name> = names().map(|(bytes, kind)| (bare(bytes), kind)).collect();
    let strict: BTreeSet<Name> = names().map(|(bytes, kind)| (places.at(bytes), kind)).collect();
    let judge = |(bytes, kind, score): &(Range<usize>, NameKind, f32)| {
        (*score, lenient.contains(&(bare(bytes.clone()), *kind)))
    };
    NerScores {
        calibration: Calibration { judged: mentions.iter().map(judge).collect() },
        lenient: compare(&lenient, &found().map(|(bytes, kind)| (bare(bytes), kind)).collect()),
        strict: compare(&strict, &found().map(|(bytes, kind)| (places.at(bytes), kind)).collect()),
    }
}

type Name = (Place, NameKind);

fn compare(gold: &BTreeSet<Name>, system: &BTreeSet<Name>) -> [Found; 3] {
    NameKind::ALL.map(|kind| {
        let count = |names: &BTreeSet<Name>| names.iter().filter(|name| name.1 == kind).count() as f64;
        let right = gold.intersection(system).filter(|name| name.1 == kind).count() as f64;
        Found::new(right, count(gold), count(system))
    })
}

/// The bytes of a name without an article before and a possessive after it.
pub(super) fn bare(text: &str, bytes: Range<usize>) -> Range<usize> {
    let mut name = &text[bytes.clone()];
    let mut start = bytes.start;
    for article in ["the", "a", "an"] {
        let word = name.get(..article.len()).filter(|word| word.eq_ignore_ascii_case(article));
        let rest = word.map(|_| &name[article.len()..]).filter(|rest| rest.starts_with(char::is_whitespace));
        if let Some(rest) = rest {
            start += name.len() - rest.trim_start().len();
            name = rest.trim_start();
            break;
        }
    }
    for possessive in ["'s", "’s", "'", "’"] {
        if let Some(rest) = name.strip_suffix(possessive).filter(|rest| !rest.is_empty()) {
            name = rest.trim_end();
            break;
        }
    }
    start..start + name.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edges_do_not_count() {
        let check = |name: &str, expected: &str| assert_eq!(&name[bare(name, 0..name.len())], expected);
        check("The Hague", "Hague");
        check("Thessaly", "Thessaly");
        check("the Alps ’s", "Alps");
        check("Jones'", "Jones");
        check("a", "a");
        check("’s", "’s");
    }

    #[test]
    fn facilities_are_places_unless_the_set_has_them() {
        assert_eq!(NameKind::of_mention(MentionKind::Fac, false), Some(NameKind::Place));
        assert_eq!(NameKind::of_mention(MentionKind::Fac, true), None);
        let named = |label: &str| IobDocument { names: vec![(0..1, label.to_owned())], ..IobDocument::default() };
        assert!(marks_facilities(&[named("LOC"), named("Facility")]) && !marks_facilities(&[named("LOC")]));
    }

    #[test]
    fn counts_by_kind() {
        let gold = [((0, 4), NameKind::Person), ((5, 9), NameKind::Place)].into();
        let system = [((0, 4), NameKind::Person), ((5, 9), NameKind::Organisation)].into();
        let [person, place, organisation] = compare(&gold, &system);
        assert_eq!(person, Found::new(1.0, 1.0, 1.0));
        assert_eq!((place, organisation), (Found::new(0.0, 1.0, 0.0), Found::new(0.0, 0.0, 1.0)));
    }
}
