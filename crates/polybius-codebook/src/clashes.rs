//! Finding patterns between which nothing decides.

use std::collections::BTreeMap;

use rustc_hash::FxHashSet;

use crate::phrases::Phrases;
use crate::problems::Problems;
use crate::{Condition, Ontology, Pattern, PatternId, Patterns, Slot, WordSet};

/// Reports patterns that say different things of one predicate, are equally specific and can both hold.
///
/// With conditions on the same slots that is an error: nothing was decided. Where only some slots are the same a clause
/// seldom meets both, so that each pattern gets one warning, or none if one of the two is no event and so goes first.
/// Where no slot is the same ("come under fire", "come to terms") the two hardly ever meet.
pub(crate) fn check_clashes(patterns: &Patterns, ontology: &Ontology, problems: &mut Problems) {
    let mut clashes: BTreeMap<(PatternId, PatternId), Clash> = BTreeMap::new();
    for (key, index) in [("verb", &patterns.verbs), ("noun", &patterns.nouns), ("be", &patterns.bes)] {
        find_clashes(key, index, patterns, &mut clashes);
    }
    let cure = || Some("give one of them another `when` slot, or an `unless` with the other's words".to_string());
    let mut elsewhere: BTreeMap<PatternId, (String, usize)> = BTreeMap::new();
    for ((earlier, later), clash) in clashes {
        let (first, second) = (patterns.get(earlier), patterns.get(later));
        let message = format!(
            "`{}` ({}) and `{}` ({}) of {} are equally specific for {}",
            second.name,
            code(second, ontology),
            first.name,
            code(first, ontology),
            first.place,
            clash.example,
        );
        match clash.same_slots {
            true => problems.error(&second.place, message, cure()),
            false => elsewhere.entry(later).or_insert((message, 0)).1 += 1,
        }
    }
    for (later, (message, n_rivals)) in elsewhere {
        let others = if n_rivals > 1 { format!(" (and {} more)", n_rivals - 1) } else { String::new() };
        problems.warning(&patterns.get(later).place, message + &others, cure());
    }
}

/// Two patterns between which nothing decides.
struct Clash {
    same_slots: bool,
    /// A predicate and the words of the slots with which both hold.
    example: String,
}

fn find_clashes(
    key: &str,
    index: &Phrases<Vec<PatternId>>,
    patterns: &Patterns,
    clashes: &mut BTreeMap<(PatternId, PatternId), Clash>,
) {
    let mut seen = FxHashSet::default();
    for (word, ids) in index.iter() {
        for (position, &one) in ids.iter().enumerate() {
            for &other in &ids[..position] {
                let pair = (one.min(other), one.max(other));
                let (first, second) = (patterns.get(pair.0), patterns.get(pair.1));
                if !rival(first, second) || clashes.contains_key(&pair) || !seen.insert(pair) {
                    continue;
                }
                let same_slots = slots(first) == slots(second);
                let Some(shared) = meeting(first, second) else { continue };
                let is_exception = first.event_type.is_none() || second.event_type.is_none();
                if !same_slots && (is_exception || shared.is_empty()) {
                    continue;
                }
                let shared: String =
                    shared.iter().map(|(slot, word)| format!(", {} `{word}`", slot.as_str())).collect();
                let example = format!("the {key} `{word}`{shared}");
                clashes.insert(pair, Clash { same_slots, example });
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

/// Whether two patterns of one predicate say different things with nothing to decide between them. One that demands
/// a speaker or a negation goes before one that does not, and within a type one with a mode before one without.
fn rival(first: &Pattern, second: &Pattern) -> bool {
    let different = match (first.mode, second.mode) {
        (Some(one), Some(other)) => one != other,
        _ => first.event_type != second.event_type,
    };
    let demands = |pattern: &Pattern| (pattern.asserts(), pattern.negated);
    first.specificity == second.specificity && different && demands(first) == demands(second)
}

/// For each slot that both patterns demand words of, a word with which both hold; `None` if they cannot both hold.
fn meeting<'p>(first: &'p Pattern, second: &'p Pattern) -> Option<Vec<(&'p Slot, &'p str)>> {
    if forbids(first, second) || forbids(second, first) {
        return None;
    }
    let mut shared = Vec::new();
    for (slot, condition) in &first.when {
        for other in conditions(&second.when, slot) {
            let words_only = |condition: &Condition| condition.classes.is_empty() && !condition.filled;
            if !words_only(condition) || !words_only(other) {
                continue;
            }
            let both = ends_in(&condition.words, &other.words).chain(ends_in(&other.words, &condition.words));
            let forbidden = |word: &str| {
                let mut unless = conditions(&first.unless, slot).chain(conditions(&second.unless, slot));
                unless.any(|unless| unless.filled || unless.words.ends(word))
            };
            let word = { both }.find(|word| !forbidden(word))?;
            shared.push((slot, word));
        }
    }
    Some(shared)
}

/// Whether whatever one pattern demands of a slot is what the other forbids there.
fn forbids(pattern: &Pattern, other: &Pattern) -> bool {
    other.when.iter().any(|(slot, condition)| conditions(&pattern.unless, slot).any(|unless| covers(unless, condition)))
}

/// The words of one set that end in a word of another.
fn ends_in<'w>(one: &'w WordSet, other: &'w WordSet) -> impl Iterator<Item = &'w str> {
    one.iter().map(|word| &**word).filter(|word| other.ends(word))
}

fn conditions<'p>(list: &'p [(Slot, Condition)], slot: &Slot) -> impl Iterator<Item = &'p Condition> {
    list.iter().filter(move |(other, _)| other == slot).map(|(_, condition)| condition)
}

/// Whether every phrase that meets `narrow` meets `wide`.
fn covers(wide: &Condition, narrow: &Condition) -> bool {
    let classes = narrow.classes.iter().all(|class| wide.classes.contains(class));
    let words = narrow.words.iter().all(|word| wide.words.ends(word));
    wide.filled || (!narrow.filled && classes && words)
}
