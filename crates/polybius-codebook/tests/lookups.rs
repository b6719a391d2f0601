//! What a codebook answers.

mod sample;

use polybius_codebook::{
    Codebook, Effect, Needs, PartialDate, Prospect, RoleKind, Severity, Slot, SourceFile, Stance, embedded, overlay,
    parse,
};

fn codebook() -> Codebook {
    parse(&sample::files()).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

#[test]
fn the_sample_has_no_warnings() {
    assert_eq!(codebook().warnings, []);
}

#[test]
fn ontology() {
    let Codebook { ontology, .. } = codebook();
    let consult = ontology.type_named("CONSULT").unwrap();
    let visit = ontology.mode_named(consult, "visit").unwrap();
    assert_eq!(ontology.event_type(consult).future, ontology.type_named("AGREE"));
    assert_eq!(ontology.event_type(consult).modes, [visit]);
    assert_eq!(ontology.event_type(consult).quad.number(), 1);
    assert_eq!(ontology.mode(visit).event_type, consult);
    assert_eq!(ontology.mode_named(consult, "violence"), None);
    assert!(ontology.event_type(ontology.type_named("ASSAULT").unwrap()).recipient_required);
    let military = ontology.context_named("military").unwrap();
    assert_eq!(ontology.contexts_of_lemma("air strike"), [military]);
    assert_eq!(ontology.contexts_of_lemma("air"), []);
    assert_eq!(ontology.contexts_starting(&["peace", "-", "keeping", "force", "leave"]), Some((4, &[military][..])));
}

#[test]
fn entities() {
    let Codebook { entities, .. } = codebook();
    let iran = entities.by_id("IRN").unwrap();
    assert_eq!(&*entities.get(iran).canonical, "Iran");
    assert_eq!(entities.get(iran).country.as_deref(), Some("IRN"));
    let (n_words, rows) = entities.longest_name(&["Russian", "troops"]).unwrap();
    assert_eq!((n_words, &*entities.get(entities.row(rows[0]).entity).id), (1, "RUS"));
    assert_eq!(entities.find("un"), []);
    assert_eq!(entities.find("U.N.").len(), 1);
}

#[test]
fn offices() {
    let Codebook { entities, .. } = codebook();
    let check = |country: &str, role: &str, on: Option<&str>, expected: Option<&str>| {
        let on = on.map(|date| PartialDate::parse(date).unwrap().first_day());
        let holder = entities.holder(country, role, on).map(|entity| &*entities.get(entity).id);
        assert_eq!(holder, expected, "{country} {role} {on:?}");
    };
    check("IRN", "president", Some("2024-10-11"), Some("masoud-pezeshkian"));
    check("IRN", "president", Some("2024-05-19"), Some("ebrahim-raisi"));
    check("IRN", "president", Some("2024-06-15"), None);
    check("IRN", "president", None, Some("masoud-pezeshkian"));
    check("IRN", "king", None, None);
    check("UKR", "president", None, None);
}

#[test]
fn memberships() {
    let Codebook { entities, memberships, .. } = codebook();
    let (nations, iran) = (entities.by_id("united-nations").unwrap(), entities.by_id("IRN").unwrap());
    let on = |date: &str| PartialDate::parse(date).unwrap().first_day();
    assert!(memberships.is_member(iran, nations, on("2024")));
    assert!(!memberships.is_member(iran, nations, on("1945-10-23")));
    assert_eq!(memberships.members(nations, on("2000")).collect::<Vec<_>>(), [iran]);
}

#[test]
fn roles_words_and_cues() {
    let Codebook { roles, words, cues, .. } = codebook();
    let (n_words, role) = roles.ending(&["the", "foreign", "minister"]).unwrap();
    assert_eq!((n_words, &*role.role, role.kind), (2, "foreign minister", RoleKind::Person));
    assert_eq!(&*roles.get("minister").unwrap().role, "");
    let force: Vec<&str> = words.get("force").unwrap().iter().map(|word| &**word).collect();
    assert_eq!(force, ["strike", "air strike", "invasion"]);
    assert_eq!(cues.speech_verb("tell"), Some(Stance::Says));
    assert_eq!(cues.speech_preposition("according to"), Some(Stance::Says));
    assert_eq!(cues.status_determiner("no"), Some(Effect::Negation));
    assert_eq!(cues.status_conjunction("rather than"), Some(Effect::Negation));
    assert_eq!(cues.status_verb("say"), None);
}

#[test]
fn patterns() {
    let Codebook { patterns, ontology, .. } = codebook();
    let assault = ontology.type_named("ASSAULT").unwrap();
    let names: Vec<&str> = patterns.for_verb("threaten").iter().map(|&id| &*patterns.get(id).name).collect();
    assert_eq!(names, ["threaten-with-force", "threaten"]);
    let pattern = patterns.get(patterns.for_verb("warn")[0]);
    assert_eq!(pattern.prospect, Some(Prospect::Type(assault)));
    assert_eq!((pattern.needs, pattern.reciprocal), (Needs::Both, false));
    assert_eq!((pattern.actor.as_slice(), pattern.recipient.as_slice()), (&[Slot::Subject][..], &[Slot::Object][..]));
    let (slot, condition) = &pattern.when[0];
    assert_eq!(*slot, Slot::Preposition("with".into()));
    assert!(condition.has_suffix_of(&["massive", "air", "strike"]));
    assert!(!condition.has_suffix_of(&["strike", "leader"]));
    assert_eq!(pattern.place.to_string(), "patterns/threaten.toml:5");
    assert_eq!(pattern.examples[0].place.to_string(), "patterns/threaten.toml:14");
    let event = &pattern.examples[0].code[0];
    assert_eq!((event.actors.as_slice(), event.recipients.as_slice()), (&["RUS".into()][..], &["UKR".into()][..]));
    assert_eq!((event.mode, event.prospect), (pattern.mode, Some(assault)));
    assert_eq!(event.auxiliary, [Effect::Future]);
    assert!(patterns.is_event_noun("threat") && !patterns.is_event_noun("threaten"));
    let second = &patterns.get(patterns.for_noun("threat")[0]).examples[0].code;
    assert_eq!((second[0].recipients.len(), second[1].actors.len(), second[1].recipients.len()), (2, 1, 0));
}

#[test]
fn scales_and_crosswalks() {
    let Codebook { ontology, scales, cameo, countries, .. } = codebook();
    let consult = ontology.type_named("CONSULT").unwrap();
    let visit = ontology.mode_named(consult, "visit");
    assert_eq!((&*scales[0].name, &*scales[0].citation), ("plain-1", "Made for the test.\nVersion 1."));
    assert_eq!((scales[0].score(consult, visit), scales[0].score(consult, None)), (2.0, 1.0));
    let threaten = ontology.type_named("THREATEN").unwrap();
    assert_eq!(scales[0].score(threaten, ontology.mode_named(threaten, "violence")), -4.0);
    assert_eq!((cameo.code(consult, visit), cameo.code(threaten, None)), (Some("042"), None));
    assert_eq!(&*countries[0].cow_number, "365");
}

#[test]
fn files_of_the_user_lie_over_ours() {
    let file = |path: &str, text: &str| SourceFile { path: path.to_string(), text: text.to_string() };
    let over = overlay(vec![file("b", "ours"), file("a", "ours")], vec![file("b", "theirs"), file("c", "theirs")]);
    assert_eq!(over, [file("a", "ours"), file("b", "theirs"), file("c", "theirs")]);
}

#[test]
fn the_embedded_codebook_is_sound() {
    if let Err(problems) = parse(&embedded()) {
        let errors = problems.iter().filter(|problem| problem.severity == Severity::Error);
        panic!("{}", errors.map(|problem| format!("\n{problem}")).collect::<String>());
    }
}
