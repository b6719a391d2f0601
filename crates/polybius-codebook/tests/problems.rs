//! What is said of a codebook that has something wrong: where, what, and the cure.

mod sample;

use polybius_codebook::{Severity, SourceFile, parse, read};

/// Puts `new` for `old` in a file of the sample and compares what is then said.
fn check(path: &str, old: &str, new: &str, expected: &[&str]) {
    let (codebook, problems) = read(&sample::files_with(path, old, new));
    let found: Vec<String> = problems.iter().map(ToString::to_string).collect();
    assert_eq!(found, expected, "{path}: {new}");
    drop(codebook);
}

fn check_pattern(old: &str, new: &str, expected: &[&str]) {
    check("patterns/threaten.toml", old, new, expected);
}

fn check_person(row: &str, expected: &[&str]) {
    check("entities/people.csv", "united-nations,UN,", &format!("{row}\nunited-nations,UN,"), expected);
}

#[test]
fn all_problems_at_once() {
    let mut files =
        sample::files_with("patterns/threaten.toml", "verb = [\"threaten\", \"warn\"]", "verbs = [\"threaten\"]");
    files.push(SourceFile { path: "entity/x.csv".to_string(), text: String::new() });
    let problems = parse(&files).unwrap_err();
    let found: Vec<String> = problems.iter().map(ToString::to_string).collect();
    assert_eq!(
        found,
        [
            "entity/x.csv:1: the codebook has no such file",
            "patterns/threaten.toml:5: a pattern lists at least one `verb`, `noun` or `be`",
            "patterns/threaten.toml:10: unknown key `verbs`; did you mean `verb`?",
        ]
    );
}

#[test]
fn toml_grammar() {
    check_pattern(
        "verb = \"threaten\"",
        "verb = \"threaten",
        &["patterns/threaten.toml:25: invalid basic string, expected `\"`"],
    );
    check_pattern(
        "verb = \"threaten\"",
        "verb = 3",
        &["patterns/threaten.toml:25: `verb` must be a string or a list of strings, not integer"],
    );
    check("words.toml", "strike = [", "strike = [[", &["words.toml:2: invalid boolean, expected `false`"]);
}

#[test]
fn patterns() {
    check_pattern(
        "type = \"THREATEN\"",
        "type = \"THREATN\"",
        &["patterns/threaten.toml:7: unknown event type `THREATN`; did you mean `THREATEN`?"],
    );
    check_pattern(
        "mode = \"violence\"",
        "mode = \"violent\"",
        &["patterns/threaten.toml:8: THREATEN has no mode `violent`; did you mean `violence`?"],
    );
    check_pattern(
        "prospect = \"ASSAULT\"",
        "prospect = \"ATTACK\"",
        &["patterns/threaten.toml:9: unknown event type `ATTACK`"],
    );
    check_pattern(
        "with = \"@force\"",
        "with = \"@forces\"",
        &["patterns/threaten.toml:11: there is no word set `@forces`; did you mean `@force`?"],
    );
    check_pattern(
        "with = \"@force\"",
        "with = \"#armd\"",
        &["patterns/threaten.toml:11: unknown class `#armd`; did you mean `#armed`?"],
    );
    check_pattern(
        "with = \"@force\"",
        "objekt = \"@force\"",
        &["patterns/threaten.toml:11: unknown slot `objekt`; did you mean `object`?"],
    );
    check_pattern(
        "noun = [\"threat\"]",
        "needs = \"all\"",
        &["patterns/threaten.toml:26: unknown need `all`; it is one of `both`, `actor`, `recipient`, `either`"],
    );
    check_pattern(
        "noun = [\"threat\"]",
        "needs = \"both\"\nrecipient = []",
        &[
            "patterns/threaten.toml:26: the pattern needs the recipient, and has no slot for it; name a slot under `recipient`",
        ],
    );
    check_pattern(
        "name = \"threaten\"",
        "name = \"threaten-with-force\"",
        &[
            "patterns/threaten.toml:22: pattern `threaten-with-force` already stands in patterns/threaten.toml:5; give one of them another name",
        ],
    );
    check_pattern(
        "code = [\"RUS THREATEN/violence UKR >ASSAULT future\"]",
        "code = []",
        &[
            "patterns/threaten.toml:5: `threaten-with-force` has no example that it codes; add an example with `code = [\"… THREATEN …\"]`",
        ],
    );
}

#[test]
fn examples() {
    check_pattern(
        "RUS THREATEN UKR,CVL",
        "RUS THREATEN UKRA,CVL",
        &["patterns/threaten.toml:30: `UKRA` is neither an entity nor a sector; did you mean `UKR`?"],
    );
    check_pattern(
        "RUS THREATEN UKR,CVL",
        "RUS THREATEN",
        &[
            "patterns/threaten.toml:30: `RUS THREATEN` is not the code of an event; write `ACTORS TYPE[/mode] RECIPIENTS [>PROSPECT] [auxiliary modes]`, with `-` for none",
        ],
    );
    check_pattern(
        "UKR >ASSAULT future",
        "UKR >ASSAULT futur",
        &["patterns/threaten.toml:16: `futur` cannot stand in the code of an event; did you mean `future`?"],
    );
    check_pattern(
        "code = []",
        "codes = []",
        &[
            "patterns/threaten.toml:18: `code` is missing; write `code = []` if nothing may come out",
            "patterns/threaten.toml:20: unknown key `codes`; did you mean `code`?",
        ],
    );
}

#[test]
fn word_sets() {
    check(
        "words.toml",
        "\"@strike\"",
        "\"@force\"",
        &["words.toml:2: the word set `@force` holds itself; take `@force` out of `force`"],
    );
    check(
        "words.toml",
        "\"air strike\"",
        "\"@force\"",
        &["words.toml:1: the word set `@force` holds itself; take `@force` out of `strike`"],
    );
    check(
        "words.toml",
        "\"@strike\"",
        "\"@stroke\"",
        &["words.toml:2: there is no word set `@stroke`; did you mean `@strike`?"],
    );
    check(
        "words.toml",
        "\"invasion\"",
        "\"Invasion\", \"\"",
        &[
            "words.toml:2: a word is empty",
            "words.toml:2: `Invasion` has capitals, and lemmas have none; write `invasion`",
        ],
    );
    check_pattern(
        "weather = ",
        "force = [\"storm\"]\nweather = ",
        &["patterns/threaten.toml:3: the word set `force` hides the one of words.toml; give it another name"],
    );
}

#[test]
fn clashes() {
    let rival = |when: &str, unless: &str| {
        format!(
            "[[pattern]]\nname = \"rival\"\ntype = \"ASSAULT\"\nverb = \"warn\"\n{when}\n{unless}\n\
             [[pattern.example]]\ntext = \"x\"\ncode = [\"RUS ASSAULT UKR\"]\n"
        )
    };
    let check = |when: &str, unless: &str, expected: &[&str]| {
        check("patterns/assault.toml", "", &rival(when, unless), expected);
    };
    check(
        "when = { with = \"air strike\" }",
        "",
        &[
            "patterns/threaten.toml:5: `threaten-with-force` (THREATEN/violence) and `rival` (ASSAULT) of patterns/assault.toml:1 are equally specific for the verb `warn`, with `air strike`; give one of them another `when` slot, or an `unless` with the other's words",
        ],
    );
    check("when = { object = \"air strike\" }", "", &[]);
    check("when = { with = \"flood\" }", "", &[]);
    check("when = { with = \"#actor\" }", "", &[]);
    check("when = { with = [\"strike\", \"flood\"] }", "unless = { with = \"@strike\" }", &[]);
    check("", "", &[]);
}

#[test]
fn speakers_act_and_nothing_else() {
    check_pattern("noun = [\"threat\"]", "actor = \"speaker\"\nnegated = true", &[]);
    check_pattern(
        "noun = [\"threat\"]",
        "recipient = \"speaker\"",
        &["patterns/threaten.toml:26: `speaker` can only be the actor"],
    );
}

#[test]
fn clashes_on_some_of_the_slots() {
    let pattern = |name: &str, event_type: &str, when: &str, code: &str| {
        format!(
            "[[pattern]]\nname = \"{name}\"\ntype = \"{event_type}\"\nnoun = \"raid\"\nwhen = {{ {when} }}\n\
             [[pattern.example]]\ntext = \"x\"\ncode = [{code}]\n"
        )
    };
    let check = |second: &str, expected: &[&str]| {
        let first = pattern("first", "ASSAULT", "on = \"base\", by = \"army\"", "\"RUS ASSAULT UKR\"");
        check("patterns/raid.toml", "", &format!("{first}{second}"), expected);
    };
    let when = "on = [\"air base\", \"town\"], in = \"night\"";
    check(
        &pattern("second", "CONSULT", when, "\"RUS CONSULT UKR\""),
        &[
            "patterns/raid.toml:9: `second` (CONSULT) and `first` (ASSAULT) of patterns/raid.toml:1 are equally specific for the noun `raid`, on `air base`; give one of them another `when` slot, or an `unless` with the other's words",
        ],
    );
    check(&pattern("second", "NONE", when, ""), &[]);
}

#[test]
fn entities() {
    check_person(
        "a-b,A B,name,persn,IRN,GOV,,,,,common",
        &["entities/people.csv:6: unknown kind `persn`; did you mean `person`?"],
    );
    check_person(
        "a-b,A B,name,person,IRX,GOVT,,2024-13-45,,,common",
        &[
            "entities/people.csv:6: `2024-13-45` is no date; dates are YYYY, YYYY-MM or YYYY-MM-DD, and in the calendar",
            "entities/people.csv:6: no row is of the country `IRX`; did you mean `IRN`?",
            "entities/people.csv:6: unknown sector `GOVT`; did you mean `GOV`?",
        ],
    );
    check_person(
        "a-b,A B,name,person,IRN,GOV,,2024-05,2023,,common",
        &["entities/people.csv:6: it ends in 2023, before it begins in 2024-05"],
    );
    check_person(
        "A B,!,title,person,IRN,GOV,,,,159,common",
        &[
            "entities/people.csv:6: `159` is no Wikidata item; items are `Q` and a number",
            "entities/people.csv:6: `A B` cannot be the id of an entity; ids are a country's three capitals, or lower-case words joined by hyphens",
            "entities/people.csv:6: unknown form `title`; it is one of `name`, `short`, `acronym`, `demonym`, `capital`, `seat`, `alias`",
        ],
    );
    check_person(
        "a-b,A, B,name,person,IRN,GOV,,,,,common",
        &["entities/people.csv:6: 11 columns expected, 12 found; put quotes round a field that holds a comma"],
    );
}

#[test]
fn shared_names() {
    check_person(
        "congo-party,United Nations,name,party,COD,,,,,,common",
        &["entities/people.csv:6: `United Nations` (name) is also a name of `united-nations` in entities/people.csv:5"],
    );
    check_person("other,Ebrahim Raisi,name,person,COD,,,2025,,,common", &[]);
    check_person(
        "united-nations,The UN,alias,body,,,,,,,common",
        &[
            "entities/people.csv:6: `united-nations` is of kind `body` here and `organisation` in entities/people.csv:5; give them one kind, or two ids",
        ],
    );
}

#[test]
fn tables() {
    check(
        "roles.csv",
        "minister,GOV,person,",
        "minister,GVO,man,",
        &[
            "roles.csv:3: unknown kind `man`; it is one of `person`, `people`, `body`, `bystander`",
            "roles.csv:3: unknown sector `GVO`; did you mean `GOV`?",
        ],
    );
    check(
        "roles.csv",
        "civilian,",
        "foreign-minister,",
        &["roles.csv:5: `foreign-minister` already stands in roles.csv:4; take one out"],
    );
    check(
        "memberships.csv",
        "united-nations,IRN",
        "united-nation,IRX",
        &[
            "memberships.csv:2: no entity has the id `IRX`; did you mean `IRN`?",
            "memberships.csv:2: no entity has the id `united-nation`; did you mean `united-nations`?",
        ],
    );
    check(
        "scales/plain-1.csv",
        "ASSAULT,,-9",
        "ASSULT,,many",
        &[
            "scales/plain-1.csv:1: ASSAULT has no score of its own; add a line `ASSAULT,,` with its score",
            "scales/plain-1.csv:8: unknown event type `ASSULT`; did you mean `ASSAULT`?",
        ],
    );
    check(
        "crosswalks/cameo.csv",
        "visit,042",
        "visit,4.2",
        &["crosswalks/cameo.csv:3: `4.2` is no CAMEO code; codes have two to four digits"],
    );
}

#[test]
fn cues() {
    check("cues.toml", "\"says\"", "\"say\"", &["cues.toml:3: unknown stance `say`; did you mean `says`?"]);
    check(
        "cues.toml",
        "determiner",
        "determinant",
        &["cues.toml:11: unknown key `determinant`; did you mean `determiner`?"],
    );
    check(
        "cues.toml",
        "noun = [\"claim\"]",
        "noun = [\"claim\"]\n[[speech]]\nstance = \"doubts\"\nverb = \"say\"",
        &["cues.toml:8: `say` cannot mean `doubts`, because it already means `says`; take one out"],
    );
}

#[test]
fn ontology() {
    check(
        "ontology.toml",
        "quad = \"verbal conflict\"",
        "quad = \"verbal\"",
        &[
            "ontology.toml:21: unknown quad class `verbal`; it is one of `verbal cooperation`, `material cooperation`, `verbal conflict`, `material conflict`",
        ],
    );
    check(
        "ontology.toml",
        "future = \"AGREE\"",
        "future = \"AGREEE\"",
        &["ontology.toml:12: unknown event type `AGREEE`; did you mean `AGREE`?"],
    );
    check("ontology.toml", "definition = \"Goes there.\"", "", &["ontology.toml:15: `definition` is missing"]);
}

#[test]
fn nothing_at_all() {
    let problems = parse(&[]).unwrap_err();
    assert_eq!(problems.len(), 1);
    assert_eq!((problems[0].path.as_str(), problems[0].severity), ("ontology.toml", Severity::Error));
}
