//! Finding patterns between which nothing decides.

use rustc_hash::FxHashSet;

use crate::phrases::Phrases;
use crate::problems::Problems;
use crate::{Condition, Ontology, Pattern, PatternId, Patterns, Slot, WordSet};

/// Reports patterns that say different things of one predicate, are equally specific and can both hold.
pub(crate) fn check_clashes(patterns: &Patterns, ontology: &Ontology, problems: &mut Problems) {
    let mut seen = FxHashSet::default();
    for (key, index) in [("verb", &patterns.verbs), ("noun", &patterns.nouns), ("be", &patterns.bes)] {
        check_index(key, index, patterns, ontology, &mut seen, problems);
    }
}

fn check_index(
    key: &str,
    index: &Phrases<Vec<PatternId>>,
    patterns: &Patterns,
    ontology: &Ontology,
    seen: &mut FxHashSet<(PatternId, PatternId)>,
    problems: &mut Problems,
) {
    for (word, ids) in index.iter() {
        for (position, &id) in ids.iter().enumerate() {
            for &earlier in &ids[..position] {
                let (first, second) = (patterns.get(earlier), patterns.get(id));
                if !seen.insert((earlier, id)) || !clash(first, second) {
                    continue;
                }
                // Conditions on the same slots are what the authors chose between; on different slots they seldom meet.
                let same_slots = slots(first) == slots(second);
                let message = format!(
                    "`{}` ({}) and `{}` ({}) of {} are equally specific for the {key} `{word}`",
                    second.name,
                    code(second, ontology),
                    first.name,
                    code(first, ontology),
                    first.place,
                );
                let cure = "give one of them another `when` slot, or an `unless` with the other's words".to_string();
                match same_slots {
                    true => problems.error(&second.place, message, Some(cure)),
                    false => problems.warning(&second.place, message, Some(cure)),
                }
            }
        }
    }
}

fn slots(pattern: &Pattern) -> FxHashSet<&Slot> {
    pattern.when.iter().map(|(slot, _)| slot).collect()
}

fn code(pattern: &Pattern, ontology: &Ontology) -> String {
    let name = pattern.event_type.map_or("NONE", |id| &ontology.event_type(id).name);
    match pattern.mode {
        Some(mode) => format!("{name}/{}", ontology.mode(mode).name),
        None => name.to_string(),
    }
}

fn clash(first: &Pattern, second: &Pattern) -> bool {
    first.specificity == second.specificity
        && (first.event_type, first.mode) != (second.event_type, second.mode)
        && !exclude(first, second)
        && !exclude(second, first)
}

/// Whether what one pattern demands of a slot keeps the other from holding.
fn exclude(pattern: &Pattern, other: &Pattern) -> bool {
    let fill = |slot: &Slot, condition: &Condition| {
        let when = conditions(&other.when, slot);
        let unless = conditions(&other.unless, slot);
        when.into_iter().any(|theirs| disjoint(condition, theirs))
            || unless.into_iter().any(|theirs| covers(theirs, condition))
    };
    pattern.when.iter().any(|(slot, condition)| fill(slot, condition))
}

fn conditions<'p>(list: &'p [(Slot, Condition)], slot: &Slot) -> Vec<&'p Condition> {
    list.iter().filter(|(other, _)| other == slot).map(|(_, condition)| condition).collect()
}

/// Whether no phrase can meet both conditions: words only, and no word of one ends in a word of the other.
fn disjoint(first: &Condition, second: &Condition) -> bool {
    let words_only = |condition: &Condition| condition.classes.is_empty() && !condition.filled;
    let ends_in = |one: &WordSet, other: &WordSet| one.iter().any(|word| other.ends(word));
    words_only(first)
        && words_only(second)
        && !ends_in(&first.words, &second.words)
        && !ends_in(&second.words, &first.words)
}

/// Whether every phrase that meets `narrow` meets `wide`.
fn covers(wide: &Condition, narrow: &Condition) -> bool {
    let classes = narrow.classes.iter().all(|class| wide.classes.contains(class));
    let words = narrow.words.iter().all(|word| wide.words.ends(word));
    wide.filled || (!narrow.filled && classes && words)
}
