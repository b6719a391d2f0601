//! Who acts and who is acted on in texts where a careless reader would take the wrong one.

use serde_json::Value;

use crate::{polybius, run, stdout};

/// Each event of the text: its type, its actors and its recipients by country, or by name where they have none.
fn sides(text: &str) -> Vec<String> {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let file = folder.path().join("a.txt");
    std::fs::write(&file, text).expect("the file can be written");
    let arguments = ["code", &file.to_string_lossy(), "--published", "2026-03-12", "--format", "jsonl"];
    let output = stdout(&run(&mut polybius(&arguments)));
    let side = |side: &Value| {
        let who = |one: &Value| one["country"].as_str().or(one["name"].as_str()).unwrap_or_default().to_owned();
        side.as_array().expect("a list").iter().map(who).collect::<Vec<_>>().join(",")
    };
    let event = |line: &str| {
        let row: Value = serde_json::from_str(line).expect("a row is JSON");
        format!(
            "{} {}>{}",
            row["event_type"].as_str().unwrap_or_default(),
            side(&row["actors"]),
            side(&row["recipients"])
        )
    };
    output.lines().map(event).collect()
}

#[test]
fn whoever_only_tells_of_a_deed_has_not_done_it() {
    let text = "Two Kyrgyz herders were killed in Tuesday's shooting, according to the regional governor, Absamat Kadyrov, \
                who said four more had been taken to hospital.";
    assert_eq!(sides(text), ["ASSAULT >KGZ"]);
}

#[test]
fn an_unknown_namesake_brings_no_country_into_a_pair() {
    let text = "Tajikistan's foreign ministry accused Bishkek of spreading false reports. Absamat Kadyrov, a governor, called for calm. \
                The presidents of the two countries met in Tashkent.";
    assert!(sides(text).contains(&"CONSULT TJK,KGZ>".to_owned()), "{:?}", sides(text));
}
