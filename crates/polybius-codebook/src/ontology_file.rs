//! Reading `ontology.toml`.

use rustc_hash::FxHashMap;

use crate::problems::{Problems, did_you_mean, one_of};
use crate::toml_file::{Fields, Lines, Text, parse_toml};
use crate::word_files::Scope;
use crate::{
    Class, Context, ContextId, EventType, Mode, ModeId, Ontology, Place, Quad, Sector, SectorId, SourceFile, TypeId,
    WordSets,
};

/// The numbers of types, contexts and sectors are bytes.
const MAX_ENTRIES: usize = 255;
/// The numbers of modes are two.
const MAX_MODES: usize = 65_535;

/// Reads the ontology.
pub(crate) fn read_ontology(file: &SourceFile, words: &WordSets, problems: &mut Problems) -> Ontology {
    let mut ontology = Ontology::default();
    let lines = Lines::new(file);
    let Some(root) = parse_toml(file, &lines, problems) else { return ontology };
    let mut root = Fields::new(root.get_ref(), 0, &lines);

    let mut rules = Vec::new();
    for table in at_most(MAX_ENTRIES, "event types", root.tables("type", problems), problems) {
        rules.extend(read_type(table, &mut ontology, problems));
    }
    for (id, [future, conditional, refused]) in rules {
        ontology.types[id.index()].future = future.and_then(|name| known_type(&name, &ontology, problems));
        ontology.types[id.index()].conditional = conditional.and_then(|name| known_type(&name, &ontology, problems));
        ontology.types[id.index()].refused = refused.and_then(|name| known_type(&name, &ontology, problems));
    }
    for table in at_most(MAX_ENTRIES, "contexts", root.tables("context", problems), problems) {
        read_context(table, &Scope::of(words), &mut ontology, problems);
    }
    for mut table in at_most(MAX_ENTRIES, "sectors", root.tables("sector", problems), problems) {
        let name = table.required("name", problems);
        let definition = definition(&mut table, problems);
        let class = sector_class(&mut table, problems);
        let state = table.flag("state", problems).unwrap_or(false);
        let private = table.flag("private", problems).unwrap_or(false);
        let place = table.place.clone();
        table.finish(problems);
        if let Some(name) = name {
            ontology.sectors.push(Sector { name: name.text.into(), definition, class, state, private, place });
        }
    }
    root.finish(problems);

    report_twice("event type", ontology.types.iter().map(|event_type| (&event_type.name, &event_type.place)), problems);
    report_twice("context", ontology.contexts.iter().map(|context| (&context.name, &context.place)), problems);
    report_twice("sector", ontology.sectors.iter().map(|sector| (&sector.name, &sector.place)), problems);
    for event_type in &ontology.types {
        let modes = event_type.modes.iter().map(|&mode| ontology.mode(mode));
        report_twice("mode", modes.map(|mode| (&mode.name, &mode.place)), problems);
    }
    ontology
}

/// The type that a tense rule names.
fn known_type(name: &Text<'_>, ontology: &Ontology, problems: &mut Problems) -> Option<TypeId> {
    let known = ontology.type_named(name.text);
    if known.is_none() {
        unknown_type(name, ontology, problems);
    }
    known
}

fn sector_class(table: &mut Fields<'_>, problems: &mut Problems) -> Option<Class> {
    const CLASSES: [&str; 2] = ["#armed", "#civilian"];
    let text = table.text("class", problems)?;
    let class = Class::from_name(text.text).filter(|class| CLASSES.contains(&class.as_str()));
    if class.is_none() {
        problems.error(&text.place, format!("a sector cannot be `{}`", text.text), one_of(text.text, &CLASSES));
    }
    class
}

/// Reads a type with its modes. Returns its number and what a future act, a conditional one and a refused one count as.
fn read_type<'t>(
    mut table: Fields<'t>,
    ontology: &mut Ontology,
    problems: &mut Problems,
) -> Option<(TypeId, [Option<Text<'t>>; 3])> {
    let name = table.required("name", problems);
    let quad = table.required("quad", problems).map(|quad| {
        Quad::from_name(quad.text).unwrap_or_else(|| {
            problems.error(&quad.place, format!("unknown quad class `{}`", quad.text), one_of(quad.text, Quad::NAMES));
            Quad::VerbalCooperation
        })
    });
    let recipient_required = table.required("recipient", problems).is_none_or(|word| {
        if !matches!(word.text, "required" | "optional") {
            let cure = one_of(word.text, &["required", "optional"]);
            problems.error(&word.place, format!("a recipient cannot be `{}`", word.text), cure);
        }
        word.text != "optional"
    });
    let mutual = table.flag("mutual", problems).unwrap_or(false);
    let between_sides = table.flag("sides", problems).unwrap_or(false);
    let has_prospect = table.flag("prospect", problems).unwrap_or(false);
    let rules = ["future", "conditional", "refused"].map(|key| table.text(key, problems));
    let definition = definition(&mut table, problems);
    let modes = table.tables("mode", problems);
    let place = table.place.clone();
    table.finish(problems);

    let name = name?;
    let id = TypeId::from_index(ontology.types.len());
    let room = MAX_MODES - ontology.modes.len();
    let mut ids = Vec::new();
    for table in at_most(room, "modes", modes, problems) {
        if let Some(mode) = read_mode(table, id, problems) {
            ids.push(ModeId::from_index(ontology.modes.len()));
            ontology.modes.push(mode);
        }
    }
    ontology.types.push(EventType {
        name: name.text.into(),
        quad: quad.unwrap_or(Quad::VerbalCooperation),
        recipient_required,
        mutual,
        between_sides,
        has_prospect,
        future: None,
        conditional: None,
        refused: None,
        definition,
        modes: ids,
        place,
    });
    Some((id, rules))
}

fn read_mode(mut table: Fields<'_>, event_type: TypeId, problems: &mut Problems) -> Option<Mode> {
    let name = table.required("name", problems);
    let at_home = table.flag("home", problems).unwrap_or(false);
    let definition = definition(&mut table, problems);
    let place = table.place.clone();
    table.finish(problems);
    Some(Mode { name: name?.text.into(), event_type, at_home, definition, place })
}

fn read_context(mut table: Fields<'_>, scope: &Scope<'_>, ontology: &mut Ontology, problems: &mut Problems) {
    let name = table.required("name", problems);
    let definition = definition(&mut table, problems);
    let words = scope.words(&table.texts("words", problems).unwrap_or_default(), problems);
    let place = table.place.clone();
    table.finish(problems);
    let Some(name) = name else { return };
    let id = ContextId::from_index(ontology.contexts.len());
    for word in words.iter() {
        if let Some(contexts) = ontology.context_words.entry(word, Vec::new) {
            contexts.push(id);
        }
    }
    ontology.contexts.push(Context { name: name.text.into(), definition, words: words.to_vec(), place });
}

fn definition(table: &mut Fields<'_>, problems: &mut Problems) -> Box<str> {
    table.required("definition", problems).map_or_else(Box::default, |text| text.text.into())
}

fn at_most<'t>(most: usize, what: &str, mut tables: Vec<Fields<'t>>, problems: &mut Problems) -> Vec<Fields<'t>> {
    if let Some(table) = tables.get(most) {
        problems.error(&table.place, format!("there are more than {most} {what}"), None);
        tables.truncate(most);
    }
    tables
}

/// Reports every name that stands twice.
pub(crate) fn report_twice<'n>(
    what: &str,
    names: impl Iterator<Item = (&'n Box<str>, &'n Place)>,
    problems: &mut Problems,
) {
    let mut seen: FxHashMap<&str, &Place> = FxHashMap::default();
    for (name, place) in names {
        match seen.get(&**name) {
            Some(first) => {
                let cure = "give one of them another name".to_string();
                problems.error(place, format!("{what} `{name}` already stands in {first}"), Some(cure));
            }
            None => drop(seen.insert(name, place)),
        }
    }
}

/// Reports a type that the ontology does not have; one that could not be read is not to be judged by.
pub(crate) fn unknown_type(text: &Text<'_>, ontology: &Ontology, problems: &mut Problems) {
    if !ontology.types.is_empty() {
        let cure = did_you_mean(text.text, ontology.types.iter().map(|event_type| &*event_type.name));
        problems.error(&text.place, format!("unknown event type `{}`", text.text), cure);
    }
}

/// The sector that a text names; reports it if there is none.
pub(crate) fn sector_of(text: &Text<'_>, ontology: &Ontology, problems: &mut Problems) -> Option<SectorId> {
    let sector = ontology.sector_named(text.text);
    if sector.is_none() && !ontology.sectors.is_empty() {
        let cure = did_you_mean(text.text, ontology.sectors.iter().map(|sector| &*sector.name));
        problems.error(&text.place, format!("unknown sector `{}`", text.text), cure);
    }
    sector
}

/// The type and mode that two fields of a table name; reports them if there are none.
pub(crate) fn type_and_mode(
    event_type: &Text<'_>,
    mode: &Text<'_>,
    ontology: &Ontology,
    problems: &mut Problems,
) -> Option<(TypeId, Option<ModeId>)> {
    let Some(id) = ontology.type_named(event_type.text) else {
        unknown_type(event_type, ontology, problems);
        return None;
    };
    if mode.text.is_empty() {
        return Some((id, None));
    }
    let found = ontology.mode_named(id, mode.text);
    if found.is_none() {
        let known = ontology.event_type(id);
        let names: Vec<&str> = known.modes.iter().map(|&mode| &*ontology.mode(mode).name).collect();
        let cure = if names.is_empty() { None } else { one_of(mode.text, &names) };
        problems.error(&mode.place, format!("{} has no mode `{}`", known.name, mode.text), cure);
    }
    found.map(|mode| (id, Some(mode)))
}
