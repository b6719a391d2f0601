//! Reading `patterns/*.toml`.

use std::cmp::Reverse;

use crate::clashes::check_clashes;
use crate::cue_file::label;
use crate::examples::read_example;
use crate::ontology_file::{report_twice, type_and_mode, unknown_type};
use crate::phrases::Phrases;
use crate::problems::{Problems, did_you_mean, one_of};
use crate::toml_file::{Fields, Lines, Text, parse_toml};
use crate::word_files::Scope;
use crate::{
    Class, Condition, Entities, Example, ModeId, Needs, Ontology, Pattern, PatternId, Patterns, Prospect, Slot,
    SourceFile, TypeId, WordSets,
};

/// What patterns refer to.
pub(crate) struct Known<'k> {
    pub ontology: &'k Ontology,
    pub entities: &'k Entities,
    pub words: &'k WordSets,
}

/// Reads the pattern files, in order of their paths.
pub(crate) fn read_patterns(files: &[&SourceFile], known: &Known<'_>, problems: &mut Problems) -> Patterns {
    let mut list = Vec::new();
    for file in files {
        let lines = Lines::new(file);
        let Some(root) = parse_toml(file, &lines, problems) else { continue };
        let mut root = Fields::new(root.get_ref(), 0, &lines);
        let scope = match root.table("words", problems) {
            Some(table) => Scope::read(table, Some(known.words), problems),
            None => Scope::of(known.words),
        };
        for table in root.tables("pattern", problems) {
            list.extend(read_pattern(table, &scope, known, problems));
        }
        root.finish(problems);
    }
    report_twice("pattern", list.iter().map(|pattern| (&pattern.name, &pattern.place)), problems);
    let mut patterns = Patterns { list, ..Patterns::default() };
    patterns.verbs = index(&patterns.list, |pattern| &pattern.verbs);
    patterns.nouns = index(&patterns.list, |pattern| &pattern.nouns);
    patterns.bes = index(&patterns.list, |pattern| &pattern.bes);
    check_clashes(&patterns, known.ontology, problems);
    patterns
}

/// The patterns of each predicate: the most specific first; of equals, what is no event before what is one,
/// then what demands a speaker or a negation, then what has a mode.
fn index(list: &[Pattern], words: impl Fn(&Pattern) -> &[Box<str>]) -> Phrases<Vec<PatternId>> {
    let mut by_specificity: Vec<(PatternId, &Pattern)> =
        list.iter().enumerate().map(|(index, pattern)| (PatternId::from_index(index), pattern)).collect();
    by_specificity.sort_by_key(|(id, pattern)| {
        let demands = (pattern.event_type.is_none(), pattern.asserts(), pattern.negated, pattern.mode.is_some());
        (Reverse(pattern.specificity), Reverse(demands), *id)
    });
    let mut phrases = Phrases::default();
    for (id, pattern) in by_specificity {
        for word in words(pattern) {
            match phrases.entry(word, Vec::new) {
                Some(ids) if ids.last() != Some(&id) => ids.push(id),
                _ => {}
            }
        }
    }
    phrases
}

fn read_pattern(
    mut table: Fields<'_>,
    scope: &Scope<'_>,
    known: &Known<'_>,
    problems: &mut Problems,
) -> Option<Pattern> {
    let name = table.required("name", problems);
    let (event_type, mode) = read_type(&mut table, known.ontology, problems);
    let prospect = table.text("prospect", problems).and_then(|text| read_prospect(&text, known.ontology, problems));
    let mut predicates = |key| match table.texts(key, problems) {
        Some(list) => scope.list(&list, problems),
        None => Vec::new(),
    };
    let [verbs, nouns, bes] = ["verb", "noun", "be"].map(&mut predicates);
    if verbs.is_empty() && nouns.is_empty() && bes.is_empty() {
        problems.error(&table.place, "a pattern lists at least one `verb`, `noun` or `be`", None);
    }
    let actor = read_actor(&mut table, problems);
    let recipient = match table.texts("recipient", problems) {
        Some(list) => list.iter().map(|text| read_slot(text, problems)).collect(),
        None => vec![Slot::Object],
    };
    let when = table.table("when", problems).map_or_else(Vec::new, |table| read_conditions(table, scope, problems));
    let unless = table.table("unless", problems).map_or_else(Vec::new, |table| read_conditions(table, scope, problems));
    let needs = read_needs(&mut table, event_type, &actor, &recipient, known.ontology, problems);
    let reciprocal = table.flag("reciprocal", problems).unwrap_or(false);
    let negated = table.flag("negated", problems).unwrap_or(false);
    let tables = table.tables("example", problems);
    let examples = tables.into_iter().filter_map(|table| read_example(table, known, problems)).collect();
    let place = table.place.clone();
    table.finish(problems);

    let specificity = specificity(&when, u32::from(negated) + u32::from(actor.contains(&Slot::Speaker)));
    let pattern = Pattern {
        name: name?.text.into(),
        place,
        event_type: event_type?,
        mode,
        prospect,
        verbs,
        nouns,
        bes,
        actor,
        recipient,
        specificity,
        when,
        unless,
        needs,
        reciprocal,
        negated,
        examples,
    };
    check_examples(&pattern, known.ontology, problems);
    Some(pattern)
}

/// The type and mode of a pattern: `None` if it names none that is known, `Some(None)` if it names no event.
fn read_type(
    table: &mut Fields<'_>,
    ontology: &Ontology,
    problems: &mut Problems,
) -> (Option<Option<TypeId>>, Option<ModeId>) {
    let event_type = table.required("type", problems);
    let mode = table.text("mode", problems);
    let Some(event_type) = event_type else { return (None, None) };
    if event_type.text == "NONE" {
        if let Some(mode) = mode {
            problems.error(&mode.place, "what is no event has no mode", None);
        }
        return (Some(None), None);
    }
    let place = event_type.place.clone();
    let mode = mode.unwrap_or(Text { text: "", place });
    match type_and_mode(&event_type, &mode, ontology, problems) {
        Some((event_type, mode)) => (Some(Some(event_type)), mode),
        None => (None, None),
    }
}

fn read_prospect(text: &Text<'_>, ontology: &Ontology, problems: &mut Problems) -> Option<Prospect> {
    if text.text == "complement" {
        return Some(Prospect::Complement);
    }
    let event_type = ontology.type_named(text.text);
    if event_type.is_none() {
        unknown_type(text, ontology, problems);
    }
    event_type.map(Prospect::Type)
}

fn read_needs(
    table: &mut Fields<'_>,
    event_type: Option<Option<TypeId>>,
    actor: &[Slot],
    recipient: &[Slot],
    ontology: &Ontology,
    problems: &mut Problems,
) -> Needs {
    let required = event_type.flatten().is_some_and(|id| ontology.event_type(id).recipient_required);
    let default = if required && !recipient.is_empty() { Needs::Both } else { Needs::Actor };
    let Some(text) = table.text("needs", problems) else { return default };
    let needs = label(&text, "need", Needs::from_name, Needs::NAMES, problems).unwrap_or(default);
    let missing = match needs {
        Needs::Both | Needs::Actor if actor.is_empty() => Some("actor"),
        Needs::Both | Needs::Recipient if recipient.is_empty() => Some("recipient"),
        _ => None,
    };
    if let Some(missing) = missing {
        let message = format!("the pattern needs the {missing}, and has no slot for it");
        problems.error(&text.place, message, Some(format!("name a slot under `{missing}`")));
    }
    needs
}

fn read_conditions(mut table: Fields<'_>, scope: &Scope<'_>, problems: &mut Problems) -> Vec<(Slot, Condition)> {
    let mut conditions = Vec::new();
    for (name, values) in table.rest(problems) {
        let slot = read_slot(&name, problems);
        if values.is_empty() {
            problems.error(&name.place, format!("`{}` lists nothing", name.text), Some("`\"*\"` means filled".into()));
        }
        let mut condition = Condition::default();
        let mut words = Vec::new();
        for value in values {
            if value.text == "*" {
                condition.filled = true;
            } else if value.text.starts_with('#') {
                condition.classes.extend(label(&value, "class", Class::from_name, Class::NAMES, problems));
            } else {
                words.push(value);
            }
        }
        if !words.is_empty() {
            condition.words = scope.words(&words, problems);
        }
        conditions.push((slot, condition));
    }
    conditions
}

/// The slots of the actor, which alone may be whoever says the clause.
fn read_actor(table: &mut Fields<'_>, problems: &mut Problems) -> Vec<Slot> {
    let Some(list) = table.texts("actor", problems) else { return vec![Slot::Subject] };
    let slot = |text: &Text<'_>| match text.text {
        "speaker" => Slot::Speaker,
        _ => read_slot(text, problems),
    };
    list.iter().map(slot).collect()
}

/// Prepositions of English that may stand as slots.
const PREPOSITIONS: &[&str] = &[
    "about",
    "above",
    "across",
    "after",
    "against",
    "ahead of",
    "along",
    "alongside",
    "amid",
    "among",
    "around",
    "as",
    "at",
    "because of",
    "before",
    "behind",
    "below",
    "beside",
    "between",
    "beyond",
    "by",
    "despite",
    "down",
    "due to",
    "during",
    "for",
    "from",
    "in",
    "inside",
    "into",
    "like",
    "near",
    "of",
    "off",
    "on",
    "onto",
    "out",
    "out of",
    "outside",
    "over",
    "past",
    "since",
    "through",
    "throughout",
    "to",
    "toward",
    "towards",
    "under",
    "until",
    "up",
    "upon",
    "via",
    "with",
    "within",
    "without",
];

fn read_slot(text: &Text<'_>, problems: &mut Problems) -> Slot {
    let slot = Slot::from_name(text.text);
    if slot == Slot::Speaker {
        problems.error(&text.place, "`speaker` can only be the actor", None);
    }
    if let Slot::Preposition(preposition) = &slot {
        let last = preposition.rsplit(' ').next().unwrap_or_default();
        if !PREPOSITIONS.contains(&&**preposition) && !PREPOSITIONS.contains(&last) {
            let names = ["subject", "object", "complement", "modifier"].iter().chain(PREPOSITIONS);
            let cure = did_you_mean(text.text, names.copied())
                .or_else(|| one_of(text.text, &["subject", "object", "complement", "modifier", "a preposition"]));
            problems.error(&text.place, format!("unknown slot `{}`", text.text), cure);
        }
    }
    slot
}

/// More conditions first, of which a negated clause and a speaker are one each, then words over classes over filled slots.
fn specificity(when: &[(Slot, Condition)], n_more: u32) -> u32 {
    let rank = |condition: &Condition| match condition {
        Condition { filled: true, .. } => 0,
        Condition { classes, .. } if !classes.is_empty() => 1,
        _ => 2,
    };
    let ranks: u32 = when.iter().map(|(_, condition)| rank(condition)).sum();
    ((when.len() as u32 + n_more) << 8) + ranks
}

/// Reports a pattern that no example shows.
fn check_examples(pattern: &Pattern, ontology: &Ontology, problems: &mut Problems) {
    let Some(event_type) = pattern.event_type else {
        if pattern.examples.is_empty() {
            let cure = "add an example with `code = []`".to_string();
            problems.error(&pattern.place, format!("`{}` has no example", pattern.name), Some(cure));
        }
        return;
    };
    let name = &ontology.event_type(event_type).name;
    if pattern.examples.iter().all(|example| example.code.is_empty()) {
        let cure = format!("add an example with `code = [\"… {name} …\"]`");
        problems.error(&pattern.place, format!("`{}` has no example that it codes", pattern.name), Some(cure));
        return;
    }
    let shows = |example: &Example| {
        example.code.iter().any(|event| event.event_type == event_type || event.prospect == Some(event_type))
    };
    if !pattern.examples.iter().any(shows) {
        let message = format!("no example of `{}` expects {name}", pattern.name);
        problems.warning(&pattern.place, message, None);
    }
}
