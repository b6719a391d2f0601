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
    assert_eq!(told, ["20250303 RUSGOV UKR 195 4 3 3 3", "20250305 RUSGOV UKR 194 4 1 1 1"]);
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
