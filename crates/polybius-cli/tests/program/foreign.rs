//! What others coded: read with every defect named, asked beside our own, never mixed with it.

use std::fs;
use std::path::Path;

use crate::record::{STORIES, ask, folder};
use crate::{polybius, run, stderr};

/// Imports a file of the examples; gives the exit code and what is said.
fn import(record: &Path, format: &str, file: &str) -> (Option<i32>, Vec<String>) {
    let file = if file.contains('/') { file.to_owned() } else { format!("examples/foreign/{file}") };
    let output = run(&mut polybius(&["import", format, &file, "--record", &record.to_string_lossy()]));
    (output.status.code(), stderr(&output).lines().map(str::to_owned).collect())
}

/// What `polybius events` shows of a set, without ids.
fn events(record: &Path, set: &str) -> Vec<String> {
    let text = ask(record, "2025-04-03", &["events", "--set", set, "--format", "csv"]);
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let heads = reader.headers().expect("there are heads").clone();
    let rows = reader.records().map(|row| row.expect("it is a table"));
    let shown = |row: csv::StringRecord| {
        let field = |name: &str| row[heads.iter().position(|head| head == name).expect(name)].to_owned();
        ["date_start", "event_type", "mode", "actor_countries", "recipient_countries", "place", "dead"]
            .map(field)
            .join(" ")
    };
    rows.map(shown).collect()
}

fn check(format: &str, file: &str, set: &str, said: &[&str], expected: &[&str]) {
    let folder = folder();
    let record = folder.path().join("news.db");
    let (code, lines) = import(&record, format, file);
    assert_eq!(code, Some(i32::from(said.len() > 1)), "{lines:#?}");
    let lines: Vec<String> = lines.iter().map(|line| line.replace("examples/foreign/", "")).collect();
    assert_eq!(lines, said);
    assert_eq!(events(&record, set), expected);
    let (_, again) = import(&record, format, file);
    assert!(again.last().is_some_and(|last| last.contains(", 0 new") && last.contains("known already")), "{again:#?}");
}

#[test]
fn gdelt() {
    check(
        "gdelt",
        "gdelt.rows",
        "gdelt",
        &[
            "gdelt.rows:5: the date `20250399` is no day; write it as YYYYMMDD",
            "gdelt.rows:6: the row has 5 fields, not 57 or 58 or 61; look for tabs within fields",
            "gdelt.rows into the set gdelt: 6 rows, 3 new, 1 of kinds that PLOVER has no type for, 2 odd or not read",
        ],
        &[
            "2025-03-03 ASSAULT aerial RUS UKR Kharkiv, Kharkivska Oblast, Ukraine ",
            "2025-03-04 ACCUSE allege UKR RUS Kyiv, Kyyiv, Misto, Ukraine ",
            "2025-03-11 CONSULT visit IRN TUR Turkey ",
        ],
    );
}

#[test]
fn icews() {
    check(
        "icews",
        "icews.rows",
        "icews",
        &[
            "icews.rows:5: the id `26002/2025-03-06` stands twice in the file; taken as another report, with a number after its id",
            "icews.rows:6: the row has no CAMEO code; leave it out; ICEWS has some such rows",
            "icews.rows into the set icews: 5 rows, 4 new, 2 odd or not read",
        ],
        &[
            "2025-03-03 ASSAULT aerial RUS UKR Kharkiv ",
            "2025-03-05 CONSULT visit IRN TUR Ankara ",
            "2025-03-06 ACCUSE allege KEN SDN Nairobi ",
            "2025-03-06 ACCUSE allege KEN TCD Nairobi ",
        ],
    );
}

#[test]
fn polecat() {
    check(
        "polecat",
        "polecat.rows",
        "polecat",
        &[
            "polecat.rows:3: the id `DV1` stands twice in the file; taken as another report, with a number after its id",
            "polecat.rows:4: `picnic` is no mode of CONSULT; taken without a mode",
            "polecat.rows:5: `DANCE` is no type of PLOVER; see `polybius schema`",
            "polecat.rows into the set polecat: 4 rows, 3 new, 3 odd or not read",
        ],
        &[
            "2025-03-11 CONSULT visit IRN|RUS TUR Ankara ",
            "2025-03-12 CONSULT phone IRN TUR Ankara ",
            "2025-03-12 CONSULT  IRN TUR Ankara ",
        ],
    );
}

#[test]
fn acled_and_ucdp() {
    check(
        "acled",
        "acled.rows",
        "acled",
        &["acled.rows into the set acled: 3 rows, 2 new, 1 of kinds that PLOVER has no type for"],
        &["2025-03-03 ASSAULT firearms MLI  Tessalit 14", "2025-03-05 PROTEST demo KEN  Nairobi "],
    );
    check(
        "ucdp",
        "ucdp.rows",
        "ucdp",
        &[
            "ucdp.rows:3: the type of violence is `9`, not 1, 2 or 3; check the columns",
            "ucdp.rows into the set ucdp: 3 rows, 2 new, 1 odd or not read",
        ],
        &["2025-03-01 ASSAULT  MLI  Ansongo town 3", "2025-03-03 ASSAULT  MLI MLI Tessalit town 14"],
    );
}

#[test]
fn plover() {
    check(
        "plover",
        "plover.rows",
        "plover",
        &[
            "plover.rows:3: `date` is missing or no day; write it as YYYY-MM-DD",
            "plover.rows:4: the line is not JSON: EOF while parsing an object at line 1 column 11; write one object a line",
            "plover.rows into the set plover: 4 rows, 2 new, 2 odd or not read",
        ],
        &["2025-03-11 CONSULT visit IRN TUR Ankara ", "2025-03-12 ACCUSE  KEN   "],
    );
}

#[test]
fn mentions_are_reports_of_the_incident() {
    let folder = folder();
    let record = folder.path().join("news.db");
    import(&record, "gdelt", "gdelt.rows");
    let (code, lines) = import(&record, "gdelt-mentions", "mentions.rows");
    assert_eq!(code, Some(1));
    assert!(lines[0].contains("mentions.rows:2: the set has no event `900000077`"), "{lines:#?}");
    let dyad = ask(&record, "2025-04-03", &["dyad", "RUS", "UKR", "--set", "gdelt", "--format", "csv"]);
    assert!(dyad.lines().any(|line| line.starts_with("RUS,UKR,2025-03,4,1,250,2,0,0,0,1,")), "{dyad}");
}

#[test]
fn sets_and_our_own_stay_apart() {
    let folder = folder();
    let record = folder.path().join("news.db");
    ask(&record, "2025-04-03", &["read", STORIES]);
    let before = ask(&record, "2025-04-03", &["events", "--format", "jsonl"]);
    import(&record, "gdelt", "gdelt.rows");
    assert_eq!(ask(&record, "2025-04-03", &["events", "--format", "jsonl"]), before);
    let theirs = ask(&record, "2025-04-03", &["dyad", "RUS", "UKR", "--set", "gdelt"]);
    assert!(theirs.contains("· set gdelt\n") && theirs.contains("--set gdelt --status"), "{theirs}");
    let set = folder.path().join("news.gdelt.db");
    let refused = run(polybius(&["read", STORIES, "--record"]).arg(&set));
    assert_eq!(refused.status.code(), Some(2));
    assert!(stderr(&refused).contains("the file holds a set of gdelt, not our own reports"), "{}", stderr(&refused));
    let missing = run(polybius(&["events", "--set", "icews", "--record"]).arg(&record));
    assert!(
        stderr(&missing).contains("the record has no set `icews`; `polybius import FORMAT FILES"),
        "{}",
        stderr(&missing)
    );
}

#[test]
fn a_changed_row_is_a_new_version_and_the_old_one_stays() {
    let folder = folder();
    let record = folder.path().join("news.db");
    let file = folder.path().join("acled.rows");
    let rows = fs::read_to_string(crate::root().join("examples/foreign/acled.rows")).expect("the example is there");
    fs::write(&file, &rows).expect("the folder can be written");
    let import = |day: &str| {
        let seconds = format!("{day}T12:00:00Z").parse::<jiff::Timestamp>().expect("a day").as_second();
        let mut command =
            polybius(&["import", "acled", &file.to_string_lossy(), "--record", &record.to_string_lossy()]);
        stderr(&run(command.env("SOURCE_DATE_EPOCH", seconds.to_string())))
    };
    import("2025-04-03");
    fs::write(&file, rows.replace(",14,,", ",21,,")).expect("the folder can be written");
    assert!(import("2025-05-03").contains("1 changed since"));
    assert_eq!(events(&record, "acled")[0], "2025-03-03 ASSAULT firearms MLI  Tessalit 21");
    let before = ask(&record, "2025-05-04", &["events", "--set", "acled", "--as-of", "2025-04-10", "--format", "csv"]);
    assert!(before.contains(",14,") && !before.contains(",21,"), "{before}");
}

#[test]
fn bytes_that_are_nothing_are_refused_row_by_row() {
    let folder = folder();
    let record = folder.path().join("news.db");
    let file = folder.path().join("x");
    let mut bytes: Vec<u8> = (0..=255).cycle().take(5000).collect();
    bytes.extend(vec![b'"'; 5_000_001]);
    bytes.extend(b"\n\xff\xfe\t\t\t\n");
    fs::write(&file, bytes).expect("the folder can be written");
    for format in ["plover", "polecat", "icews", "gdelt", "gdelt-mentions", "acled", "ucdp"] {
        let (code, lines) = import(&record, format, &file.to_string_lossy());
        let last = lines.last().expect("something is said");
        assert!(matches!(code, Some(0 | 1)) && last.contains(", 0 new"), "{format}: {lines:#?}");
    }
}
