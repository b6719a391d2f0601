//! A record written for other programs: the columns that they expect, and nothing that would become a fact by being written.

use std::collections::BTreeSet;

use crate::record::{STORIES, ask, folder};

/// The record's stories in a format, line by line.
fn exported(format: &str, more: &[&str]) -> Vec<String> {
    let folder = folder();
    let record = folder.path().join("news.db");
    ask(&record, "2025-04-03", &["read", STORIES]);
    let text = ask(&record, "2025-04-03", &[&["export", "--format", format], more].concat());
    text.lines().map(str::to_owned).collect()
}

#[test]
fn each_has_its_columns() {
    for (format, n_columns, n_heads) in [("polecat", 40, 1), ("icews", 20, 1), ("gdelt", 61, 0)] {
        let lines = exported(format, &[]);
        assert!(lines.len() > n_heads + 4, "{format}: {lines:#?}");
        for line in &lines {
            assert_eq!(line.split('\t').count(), n_columns, "{format}: {line}");
        }
    }
}

#[test]
fn denials_stay_out_unless_asked_for() {
    let n_reports = exported("jsonl", &[]).len();
    let n_denied = exported("jsonl", &["--status", "denied"]).len();
    assert!(n_denied > 0);
    assert_eq!(exported("polecat", &[]).len() - 1, n_reports - n_denied);
    assert_eq!(exported("polecat", &["--status", "any"]).len() - 1, n_reports);
    assert_eq!(exported("csv", &[]).len() - 1, n_reports, "a table can say so");
}

#[test]
fn an_incident_is_one_row_with_its_counts() {
    let lines = exported("gdelt", &["--actor", "RUS", "--recipient", "UKR"]);
    let rows: Vec<Vec<&str>> = lines.iter().map(|line| line.split('\t').collect()).collect();
    let told: Vec<String> =
        rows.iter().map(|row| [1, 5, 15, 26, 29, 31, 32, 33].map(|column| row[column]).join(" ")).collect();
    assert_eq!(told, ["20250303 RUSGOV UKR 195 4 5 3 3", "20250305 RUSGOV UKR 194 4 1 1 1"]);
    assert_eq!(exported("polecat", &["--actor", "RUS", "--first-only"]).len(), 1 + 2);
}

#[test]
fn the_network_is_the_same_in_each_form() {
    let edges = exported("edges", &[]);
    let pairs: BTreeSet<(String, String)> = edges[1..]
        .iter()
        .map(|line| {
            let mut fields = line.split(',').map(str::to_owned);
            (fields.next().expect("a source"), fields.next().expect("a target"))
        })
        .collect();
    assert!(pairs.contains(&("RUS".to_owned(), "UKR".to_owned())));
    for format in ["graphml", "gexf"] {
        let text = exported(format, &[]).join("\n");
        for (source, target) in &pairs {
            assert!(text.contains(&format!("source=\"{source}\" target=\"{target}\"")), "{format}: {text}");
        }
        assert_eq!(text.matches("<edge ").count(), pairs.len());
    }
}

#[test]
fn countries_are_no_points() {
    let text = exported("geojson", &[]).join("\n");
    let collection: serde_json::Value = serde_json::from_str(&text).expect("it is JSON");
    let features = collection["features"].as_array().expect("there are features");
    let is_country = |feature: &&serde_json::Value| feature["properties"]["precision"] == "country";
    assert!(features.iter().any(|feature| feature["geometry"]["type"] == "Point"));
    assert!(features.iter().filter(is_country).all(|feature| feature["geometry"].is_null()));
    assert!(exported("geojson", &["--actor", "nobody-at-all"]).join("").ends_with("\"features\":[]}"));
}

#[test]
fn mentions_have_the_ids_of_the_events() {
    let ids = |format: &str| -> BTreeSet<String> {
        exported(format, &[]).iter().map(|line| line.split('\t').next().unwrap_or_default().to_owned()).collect()
    };
    assert_eq!(ids("gdelt-mentions"), ids("gdelt"));
    let lines = exported("gdelt-mentions", &["--actor", "RUS", "--recipient", "UKR"]);
    assert!(lines.len() == 6 && lines.iter().all(|line| line.split('\t').count() == 16), "{lines:#?}");
}

#[test]
fn quads_are_four() {
    let lines = exported("quads", &["--actor", "IRN"]);
    assert!(lines.iter().any(|line| line == "IRN\tCONSULT\tTUR\t2025-03-11"), "{lines:#?}");
    assert!(lines.iter().all(|line| line.split('\t').count() == 4), "{lines:#?}");
}

#[test]
fn entities_of_ftm_point_at_entities_that_are_there() {
    let entities: Vec<serde_json::Value> =
        exported("ftm", &[]).iter().map(|line| serde_json::from_str(line).expect("a line is JSON")).collect();
    let ids: BTreeSet<&str> = entities.iter().filter_map(|entity| entity["id"].as_str()).collect();
    assert_eq!(ids.len(), entities.len(), "each is written once");
    let mut n_pointers = 0;
    for entity in &entities {
        for name in ["organizer", "involved", "proof", "subject", "object"] {
            for pointed in entity["properties"][name].as_array().into_iter().flatten() {
                n_pointers += 1;
                assert!(ids.contains(pointed.as_str().unwrap_or_default()), "{entity}");
            }
        }
    }
    assert!(n_pointers > 20);
}

#[test]
fn documents_of_json_say_who_says_so_and_whether_it_happened() {
    let n_reports = exported("jsonl", &[]).len();
    let document = |format: &str| -> serde_json::Value {
        serde_json::from_str(&exported(format, &[]).join("\n")).expect("it is JSON")
    };
    let claims = document("jsonld")["@graph"].as_array().expect("a list").clone();
    assert_eq!(claims.len(), n_reports);
    assert!(
        claims.iter().any(|claim| claim["creativeWorkStatus"] == "denied")
            && claims.iter().all(|claim| claim["@type"] == "Claim")
    );
    let items = document("annotations")["items"].as_array().expect("a list").clone();
    assert!(items.len() == n_reports && items.iter().all(|item| item["target"]["selector"][0]["exact"].is_string()));
    for task in document("label-studio").as_array().expect("a list") {
        let text: Vec<char> = task["data"]["text"].as_str().expect("a text").chars().collect();
        for mark in
            task["predictions"][0]["result"].as_array().expect("a list").iter().filter(|mark| mark["type"] == "labels")
        {
            let value = &mark["value"];
            let (start, end) = (
                value["start"].as_u64().expect("a number") as usize,
                value["end"].as_u64().expect("a number") as usize,
            );
            assert_eq!(text[start..end].iter().collect::<String>(), value["text"].as_str().expect("a text"));
        }
    }
}

#[test]
fn what_is_written_as_plover_is_read_as_plover() {
    let folder = folder();
    let (record, events) = (folder.path().join("news.db"), folder.path().join("events.json"));
    ask(&record, "2025-04-03", &["read", STORIES]);
    ask(&record, "2025-04-03", &["export", "--format", "plover", "--out", &events.to_string_lossy()]);
    ask(&record, "2025-04-03", &["import", "plover", &events.to_string_lossy()]);
    let told = |more: &[&str]| -> Vec<[String; 5]> {
        let lines =
            ask(&record, "2025-04-03", &[&["events", "--format", "jsonl", "--status", "happened"], more].concat());
        let row = |line: &str| {
            let row: serde_json::Value = serde_json::from_str(line).expect("a line is JSON");
            let countries = |side: &str| {
                row[side].as_array().expect("a list").iter().map(|one| one["country"].to_string()).collect()
            };
            [
                row["event_type"].to_string(),
                row["mode"].to_string(),
                row["text"].to_string(),
                countries("actors"),
                countries("recipients"),
            ]
        };
        let mut rows: Vec<_> = lines.lines().map(row).collect();
        rows.sort();
        rows
    };
    let own = told(&[]);
    assert!(own.len() > 5);
    assert_eq!(told(&["--set", "plover"]), own);
}
