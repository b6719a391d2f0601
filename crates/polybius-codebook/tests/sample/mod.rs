//! A small codebook that has a little of everything and nothing wrong.

use polybius_codebook::SourceFile;

const FILES: &[(&str, &str)] = &[
    (
        "ontology.toml",
        r#"
[[type]]
name = "AGREE"
quad = "verbal cooperation"
recipient = "optional"
definition = "Says that it will."

[[type]]
name = "CONSULT"
quad = "verbal cooperation"
recipient = "optional"
future = "AGREE"
definition = "Talks."

[[type.mode]]
name = "visit"
definition = "Goes there."

[[type]]
name = "THREATEN"
quad = "verbal conflict"
recipient = "required"
definition = "Says that it will do harm."

[[type.mode]]
name = "violence"
definition = "With force."

[[type]]
name = "ASSAULT"
quad = "material conflict"
recipient = "required"
definition = "Does harm by force."

[[context]]
name = "military"
definition = "Soldiers and arms."
words = ["army", "@strike", "peace-keeping force"]

[[sector]]
name = "GOV"
definition = "Government."

[[sector]]
name = "CVL"
definition = "Civilians."
"#,
    ),
    ("words.toml", "strike = [\"strike\", \"air strike\"]\nforce = [\"@strike\", \"invasion\"]\n"),
    (
        "entities/countries.csv",
        "entity,name,form,kind,country,sector,role,from,until,wikidata,source
RUS,Russia,name,country,,,,,,Q159,common
RUS,Russian,demonym,country,RUS,,,,,,common
UKR,Ukraine,name,country,,,,,,,common
IRN,Iran,name,country,,,,,,,common
COD,Democratic Republic of the Congo,name,country,,,,,,,common
",
    ),
    (
        "entities/people.csv",
        "# Heads of state.
entity,name,form,kind,country,sector,role,from,until,wikidata,source
ebrahim-raisi,Ebrahim Raisi,name,person,IRN,GOV,president,2021-08-03,2024-05-19,,common
masoud-pezeshkian,Masoud Pezeshkian,name,person,IRN,GOV,president,2024-07-28,,,common
united-nations,United Nations,name,organisation,,,,,,,common
united-nations,UN,acronym,organisation,,,,,,,common
",
    ),
    ("memberships.csv", "organisation,member,from,until,source\nunited-nations,IRN,1945-10-24,,common\n"),
    (
        "roles.csv",
        "noun,sector,kind,role\npresident,GOV,person,president\nminister,GOV,person,\nforeign minister,GOV,person,foreign minister\ncivilian,CVL,people,\n",
    ),
    (
        "cues.toml",
        r#"
[[speech]]
stance = "says"
verb = ["say", "tell"]
noun = ["claim"]
preposition = ["according to"]

[[status]]
effect = "negation"
verb = ["fail"]
determiner = ["no"]
conjunction = ["rather than"]
"#,
    ),
    (
        "scales/plain-1.csv",
        "# Made for the test.\n# Version 1.\ntype,mode,score\nAGREE,,3\nCONSULT,,1\nCONSULT,visit,2\nTHREATEN,,-4\nASSAULT,,-9\n",
    ),
    ("crosswalks/cameo.csv", "type,mode,cameo\nCONSULT,,040\nCONSULT,visit,042\n"),
    (
        "crosswalks/actors.csv",
        "scheme,code,country,sector,kind,meaning\ncameo-role,GOV,,GOV,,government\ncameo-head,IGO,,,organisation,organisation\n\
         wikidata,Q5,,,person,human\nftm,Person,,,person,person\n",
    ),
    (
        "crosswalks/countries.csv",
        "iso3,iso2,numeric,cow,cow_number,gw,fips,cameo,name\nRUS,RU,643,RUS,365,365,RS,RUS,Russia\n",
    ),
    (
        "patterns/threaten.toml",
        r#"
[words]
weather = ["rain", "storm"]

[[pattern]]
name = "threaten-with-force"
type = "THREATEN"
mode = "violence"
prospect = "ASSAULT"
verb = ["threaten", "warn"]
when = { with = "@force" }
unless = { subject = "@weather" }

[[pattern.example]]
text = "Russia threatened Ukraine with air strikes."
code = ["RUS THREATEN/violence UKR >ASSAULT future"]

[[pattern.example]]
text = "Heavy rain threatened Ukraine with floods."
code = []

[[pattern]]
name = "threaten"
type = "THREATEN"
verb = "threaten"
noun = ["threat"]

[[pattern.example]]
text = "Russia threatened Ukraine and civilians, someone said."
code = ["RUS THREATEN UKR,CVL", "? THREATEN -"]
"#,
    ),
];

/// The files of the small codebook.
pub fn files() -> Vec<SourceFile> {
    FILES.iter().map(|(path, text)| SourceFile { path: path.to_string(), text: text.to_string() }).collect()
}

/// The files with the first `old` of one of them put as `new`. A file that is not there yet is added.
#[allow(dead_code)]
pub fn files_with(path: &str, old: &str, new: &str) -> Vec<SourceFile> {
    let mut files = files();
    match files.iter_mut().find(|file| file.path == path) {
        Some(file) => {
            assert!(file.text.contains(old), "{path} does not hold {old:?}");
            file.text = file.text.replacen(old, new, 1);
        }
        None => files.push(SourceFile { path: path.to_string(), text: new.to_string() }),
    }
    files
}
