//! Who acts and who is acted on in texts where a careless reader would take the wrong one.

use serde_json::Value;

use crate::{polybius, run, stdout};

/// Each event of the text: its type, its actors and its recipients by country, or by name where they have none.
fn sides(text: &str) -> Vec<String> {
    sides_by(&[], text)
}

/// Those that the program finds with more arguments.
fn sides_by(more: &[&str], text: &str) -> Vec<String> {
    let side = |side: &Value| {
        let who = |one: &Value| one["country"].as_str().or(one["name"].as_str()).unwrap_or_default().to_owned();
        side.as_array().expect("a list").iter().map(who).collect::<Vec<_>>().join(",")
    };
    let event = |row: Value| {
        let kind = row["event_type"].as_str().unwrap_or_default();
        format!("{kind} {}>{}", side(&row["actors"]), side(&row["recipients"]))
    };
    rows(more, text).into_iter().map(event).collect()
}

/// The events themselves.
fn rows(more: &[&str], text: &str) -> Vec<Value> {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let file = folder.path().join("a.txt");
    std::fs::write(&file, text).expect("the file can be written");
    let path = file.to_string_lossy();
    let arguments = [&["code", &path, "--published", "2026-03-12", "--format", "jsonl"], more].concat();
    let output = stdout(&run(&mut polybius(&arguments)));
    output.lines().map(|line| serde_json::from_str(line).expect("a row is JSON")).collect()
}

#[test]
fn whoever_only_tells_of_a_deed_has_not_done_it() {
    let text = "Two Kyrgyz herders were killed in Tuesday's shooting, according to the regional governor, Absamat Kadyrov, \
                who said four more had been taken to hospital.";
    let rows = rows(&["--min-confidence", "0.05"], text);
    assert!(!rows.is_empty());
    for row in rows {
        assert!(!row["actors"].to_string().contains("Kadyrov"), "{row}");
    }
}

#[test]
fn an_unknown_namesake_brings_no_country_into_a_pair() {
    let text = "Tajikistan's foreign ministry accused Bishkek of spreading false reports. Absamat Kadyrov, a governor, called for calm. \
                The presidents of the two countries met in Tashkent.";
    assert!(sides(text).contains(&"CONSULT TJK,KGZ>".to_owned()), "{:?}", sides(text));
}

#[test]
fn people_of_no_stated_country_are_of_the_scene() {
    let text = "Kenya's parliament debated the tax bill in Nairobi on Tuesday. Protesters threw stones at the police.";
    assert_eq!(sides(text), ["PROTEST KEN>KEN"]);
}

#[test]
fn the_two_are_whoever_was_named_together() {
    let text = "Sri Lanka and the Liberation Tigers of Tamil Eelam signed a ceasefire on Friday. Norway mediated between the two for \
                three years.";
    assert!(sides(text).contains(&"CONSULT NOR,LKA,LKA>".to_owned()), "{:?}", sides(text));
}

#[test]
fn an_accord_is_of_those_who_signed_it() {
    let signed = "Ethiopia and Eritrea signed a peace accord on Monday.";
    assert_eq!(sides(&format!("{signed} France welcomed the accord.")), ["SUPPORT ETH,ERI>", "SUPPORT FRA>ETH,ERI"]);
    // Another accord is not theirs.
    assert_eq!(sides(&format!("{signed} Investors hailed a trade accord in Asia.")), ["SUPPORT ETH,ERI>"]);
}

#[test]
fn members_of_a_body_are_taken_up_as_they() {
    let text = "The members of the Security Council condemned the attacks in Juba. They urged South Sudan to open the airport.";
    assert!(sides(text).contains(&"REQUEST United Nations Security Council>SSD".to_owned()), "{:?}", sides(text));
}

#[test]
fn rebels_are_the_armed_group_that_the_article_is_about() {
    let text = "M23 took Goma on Tuesday. The army fled. The rebels shot two policemen.";
    assert!(sides(text).contains(&"ASSAULT COD>COD".to_owned()), "{:?}", sides(text));
}

#[test]
fn sides_are_weighed_by_the_points_of_the_codebook() {
    let text = "Russia shelled Ukraine on Monday. A Ukrainian village was shelled on Tuesday.";
    let by = |points: &str| {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let table = format!("signs,actor,recipient\nany,-9,-9\nacts,18,0\nstruck,0,18\n{points}");
        std::fs::write(folder.path().join("sides.csv"), table).expect("the table can be written");
        std::fs::write(folder.path().join("confidence.csv"), "signs,points\nany,9\n").expect("it can be written");
        sides_by(&["--codebook", &folder.path().to_string_lossy()], text)
    };
    assert_eq!(by(""), ["ASSAULT RUS>UKR", "ASSAULT >UKR"]);
    assert_eq!(by("acted last,18,0\n"), ["ASSAULT RUS>UKR", "ASSAULT RUS>UKR"]);
    // Whom the rules choose may leave, but no side is left empty.
    assert_eq!(by("passive & struck,0,-18\n"), ["ASSAULT RUS>UKR", "ASSAULT >UKR"]);
}

#[test]
fn dates_are_weighed_by_the_points_of_the_codebook() {
    let text = "Russia shelled Ukraine in May 2025. Russia shelled Ukraine on Tuesday.";
    let by = |points: &str| -> Vec<(String, bool)> {
        let folder = tempfile::tempdir().expect("a folder can be made");
        std::fs::write(folder.path().join("dates.csv"), format!("signs,points\n{points}")).expect("it can be written");
        let rows = rows(&["--codebook", &folder.path().to_string_lossy()], text);
        let day = |row: &Value| row["date"]["start"].as_str().unwrap_or("none").to_owned();
        let noted = |row: &Value| row["why"]["notes"].to_string().contains("date by what the article tells");
        rows.iter().map(|row| (day(row), noted(row))).collect()
    };
    let dates = |rows: [(&str, bool); 2]| rows.map(|(day, noted)| (day.to_owned(), noted)).to_vec();
    // Without points the rules decide alone.
    assert_eq!(by(""), dates([("2025-05-01", false), ("2026-03-10", false)]));
    assert_eq!(by("any,9\n"), dates([("2025-05-01", false), ("2026-03-10", false)]));
    // What is unlikely is no date, and what is likely takes its place; both are told.
    assert_eq!(by("any,-9\n"), dates([("none", true), ("none", true)]));
    assert_eq!(by("any,-9\ntold before,18\n"), dates([("none", true), ("2025-05-01", true)]));
}
