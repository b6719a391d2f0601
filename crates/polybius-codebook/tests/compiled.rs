//! Compiled names answer as the same names read as text, and nothing that is not theirs.

mod sample;

use polybius_codebook::{Codebook, CompiledNames, PartialDate, SourceFile, compile, parse, parse_compiled};
use proptest::prelude::*;

const IMPORTED: &str = "\
entity,name,form,kind,country,sector,role,from,until,wikidata,source
zubeida-mokoro,Zubeida Mokoro,name,person,IRN,GOV,president,2040-01-01,2044,Q900001,invented
zubeida-mokoro,Zuzu,alias,person,IRN,GOV,,,,,invented
orunga,al-Orunga d'Or,name,group,IRN,,,2001-02,,,invented
united-orunga,United Nations,alias,ngo,,,,,,,invented
";

fn files() -> Vec<SourceFile> {
    let imported = SourceFile { path: "entities/imported/names.csv".to_owned(), text: IMPORTED.to_owned() };
    sample::files().into_iter().chain([imported]).collect()
}

fn both() -> (Codebook, Codebook) {
    let plain = parse(&files()).unwrap_or_else(|problems| panic!("{problems:#?}"));
    let bytes = compile(&files(), &plain).expect("the names can be compiled");
    let names = CompiledNames::open(bytes, &files()).expect("the names can be opened");
    let compiled = parse_compiled(&files(), Some(names)).unwrap_or_else(|problems| panic!("{problems:#?}"));
    (plain, compiled)
}

/// Everything that a codebook says of its entities, for comparing.
fn told(codebook: &Codebook) -> Vec<String> {
    let entities = codebook.entities.iter().map(|(id, entity)| format!("{id:?} {entity:?}"));
    let rows = codebook.entities.row_ids().map(|row| format!("{:?}", codebook.entities.row(row)));
    entities.chain(rows).collect()
}

#[test]
fn the_same_entities_and_rows() {
    let (plain, compiled) = both();
    assert_eq!(told(&plain), told(&compiled));
    assert_eq!(plain.entities.by_id("zubeida-mokoro"), compiled.entities.by_id("zubeida-mokoro"));
    assert_eq!(compiled.entities.by_id("zubeida"), None);
}

#[test]
fn the_same_look_ups() {
    let (plain, compiled) = both();
    let check = |text: &str, n_words: usize| {
        let words: Vec<&str> = text.split(' ').collect();
        let found = compiled.entities.longest_name(&words);
        assert_eq!(found, plain.entities.longest_name(&words), "{text}");
        assert_eq!(found.map_or(0, |(n_words, _)| n_words), n_words, "{text}");
        assert_eq!(plain.entities.find(text), compiled.entities.find(text), "{text}");
    };
    check("Zubeida Mokoro said", 2);
    check("zubeida mokoro said", 0);
    check("al - Orunga d' Or", 5);
    check("Al-Orunga d'Or", 2);
    check("United Nations", 2);
    check("Russian troops", 1);
    let holder = |codebook: &Codebook, on: &str| {
        let on = PartialDate::parse(on).map(PartialDate::first_day);
        let holder = codebook.entities.holder("IRN", "president", on);
        holder.map(|entity| codebook.entities.get(entity).id.to_string())
    };
    for (on, expected) in [("2041", Some("zubeida-mokoro")), ("2024-05-19", Some("ebrahim-raisi")), ("1900", None)] {
        assert_eq!(holder(&compiled, on).as_deref(), expected, "{on}");
        assert_eq!(holder(&plain, on).as_deref(), expected, "{on}");
    }
}

#[test]
fn names_of_an_entity_that_stands_elsewhere_are_not_compiled() {
    let mut files = files();
    files.last_mut().expect("there are files").text += "IRN,Eran,alias,country,,,,,,,invented\n";
    let plain = parse(&files).unwrap_or_else(|problems| panic!("{problems:#?}"));
    assert_eq!(
        compile(&files, &plain).err().as_deref(),
        Some("`IRN` has rows in entities/imported/ and in other files")
    );
}

#[test]
fn names_that_came_into_the_codebook_since_are_read_as_text() {
    let (plain, _) = both();
    let bytes = compile(&files(), &plain).expect("the names can be compiled");
    let names = CompiledNames::open(bytes, &files()).expect("the names can be opened");
    let mut files = files();
    let newer = "entity,name,form,kind,country,sector,role,from,until,wikidata,source\norunga,Orunga,name,group,,,,,,,invented\n";
    files.push(SourceFile { path: "entities/newer.csv".to_owned(), text: newer.to_owned() });
    let codebook = parse_compiled(&files, Some(names)).unwrap_or_else(|problems| panic!("{problems:#?}"));
    let orunga = codebook.entities.by_id("orunga").expect("it is there");
    assert_eq!(codebook.entities.get(orunga).rows.len(), 2);
}

proptest! {
    #[test]
    fn damaged_names_are_refused(at in any::<proptest::sample::Index>(), change in 1..=255_u8, cut in any::<bool>()) {
        let (plain, _) = both();
        let mut bytes = compile(&files(), &plain).expect("the names can be compiled");
        let at = at.index(bytes.len());
        if cut { bytes.truncate(at) } else { bytes[at] ^= change }
        prop_assert!(CompiledNames::open(bytes, &files()).is_err());
    }
}
