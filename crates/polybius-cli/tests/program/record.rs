//! A record: read into, killed and resumed, asked and corrected.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use rusqlite::Connection;
use tempfile::TempDir;

use crate::{polybius, run, stderr, stdout};

/// The project's own stories for a record.
pub const STORIES: &str = "examples/record/articles.jsonl";

/// A folder that is gone afterwards.
pub fn folder() -> TempDir {
    tempfile::tempdir().expect("a folder can be made")
}

/// Runs a command on a record at a fixed time and gives what it prints.
pub fn ask(record: &Path, day: &str, arguments: &[&str]) -> String {
    let output = output(record, day, arguments);
    assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", stderr(&output));
    stdout(&output)
}

fn output(record: &Path, day: &str, arguments: &[&str]) -> std::process::Output {
    let seconds = format!("{day}T12:00:00Z").parse::<jiff::Timestamp>().expect("a day").as_second();
    let mut command = polybius(arguments);
    run(command.args(["--record", &record.to_string_lossy()]).env("SOURCE_DATE_EPOCH", seconds.to_string()))
}

/// Everything a record holds, table by table, row by row.
fn dump(record: &Path) -> Vec<String> {
    let connection = Connection::open(record).expect("the record opens");
    let mut tables = connection
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name")
        .expect("there are tables");
    let tables = tables.query_map([], |row| row.get(0)).expect("they are listed");
    let tables: Vec<String> = tables.collect::<Result<_, _>>().expect("they are texts");
    let mut lines = Vec::new();
    // The pages of the index depend on when they were written; what it finds is compared below.
    for table in tables.iter().filter(|table| !table.starts_with("texts")) {
        let mut rows = connection.prepare(&format!("SELECT * FROM {table}")).expect("it is a table");
        let n_columns = rows.column_count();
        let rows = rows.query_map([], |row| {
            let fields: Result<Vec<String>, _> =
                (0..n_columns).map(|column| row.get_ref(column).map(|value| format!("{value:?}"))).collect();
            Ok(format!("{table}: {}", fields?.join(" ")))
        });
        lines.extend(rows.expect("it can be read").map(|row| row.expect("it can be read")));
    }
    let mut found = connection.prepare("SELECT rowid FROM texts WHERE texts MATCH 'attacked'").expect("it is an index");
    let found = found.query_map([], |row| row.get::<_, i64>(0)).expect("it can be asked");
    lines.extend(found.map(|row| format!("found {}", row.expect("a number"))));
    lines
}

#[test]
fn reading_twice_is_reading_once() {
    let folder = folder();
    let record = folder.path().join("news.db");
    ask(&record, "2025-04-03", &["read", STORIES, "--threads", "1"]);
    let once = dump(&record);
    assert!(once.iter().filter(|line| line.starts_with("events: ")).count() >= 10, "{once:#?}");
    let again = output(&record, "2026-01-01", &["read", STORIES, "--threads", "3"]);
    assert!(stderr(&again).contains("0 events in 0 articles, 6 known already"), "{}", stderr(&again));
    assert_eq!(dump(&record), once);
    let other = folder.path().join("other.db");
    ask(&other, "2025-04-03", &["read", STORIES, "--threads", "4"]);
    assert_eq!(dump(&other), once, "threads change nothing");
}

/// Some hundred short articles, copies and changed ones among them, and a line that cannot be read.
fn many(folder: &Path) -> PathBuf {
    many_of(folder, 160)
}

fn many_of(folder: &Path, n_articles: usize) -> PathBuf {
    let cities = ["Kharkiv", "Odesa", "Aleppo", "Goma", "Kabul", "Mosul", "Sumy", "Homs"];
    let mut lines = String::new();
    for n in 0..n_articles {
        let (city, dead) = (cities[n % cities.len()], n % 7 + 2);
        let id = if n % 11 == 5 { n - 1 } else { n };
        let text = format!(
            "Russia attacked {city} on Monday, killing {dead} people, officials said. Iran condemned the attack on {city}. \
             Turkey and Egypt met in Ankara to talk about the {dead} dead, and Turkey sent aid to Syria."
        );
        let line = serde_json::json!({
            "id": format!("a{id}"), "text": text, "published": format!("2024-10-{:02}", n % 28 + 1), "outlet": "Wire",
        });
        lines += &format!("{line}\n");
        if n == 80 {
            lines += "{\"id\": \"no text\"}\n";
        }
    }
    let path = folder.join("many.jsonl");
    fs::write(&path, lines).expect("the file can be written");
    path
}

#[test]
fn killed_at_any_moment_it_goes_on_where_it_was() {
    let folder = folder();
    let sources = many(folder.path());
    let read = |record: &Path| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_polybius"));
        command.arg("read").arg(&sources).arg("--record").arg(record).args(["--threads", "2"]);
        command.env("SOURCE_DATE_EPOCH", "1730000000").stderr(Stdio::null());
        command.spawn().expect("the program runs")
    };
    let whole = folder.path().join("whole.db");
    let began = Instant::now();
    read(&whole).wait().expect("it ends");
    let took = began.elapsed();
    let whole = dump(&whole);
    // More moments on demand: KILLS=200 cargo test killed.
    let n_kills: u32 = std::env::var("KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(6);
    let (mut n_early, mut n_done) = (0, 0);
    let mut record = folder.path().join("0.db");
    for kill in 0..n_kills {
        let mut child = read(&record);
        // Moments spread over the whole run without a pattern.
        let share = f64::from((kill + 1).wrapping_mul(2_654_435_769) >> 8) / f64::from(1 << 24);
        thread::sleep(took.mul_f64(share));
        child.kill().expect("it can be killed");
        n_early += u32::from(!child.wait().expect("it ends").success());
        // Every third is not killed again but read to its end, and another begun.
        if kill % 3 == 2 || kill + 1 == n_kills {
            read(&record).wait().expect("it ends");
            assert_eq!(dump(&record), whole, "after kill {kill}");
            n_done += 1;
            record = folder.path().join(format!("{}.db", kill + 1));
        }
    }
    assert!(n_early > n_kills / 3 && n_done > 0, "{n_early} of {n_kills} killed");
}

#[test]
fn copies_are_linked_and_changed_articles_are_new_versions() {
    let folder = folder();
    let record = folder.path().join("news.db");
    ask(&record, "2025-04-03", &["read", STORIES]);
    let copies = "SELECT b.id || ' copies ' || a.id || ' ' || w.copy_kind FROM versions w JOIN articles b USING (article) \
                  JOIN versions v ON v.version = w.copy_of JOIN articles a ON a.article = v.article";
    assert_eq!(ask(&record, "2025-04-03", &["sql", copies]).lines().nth(1), Some("morning-1 copies kuvar-1 near"));
    let changed = folder.path().join("changed.jsonl");
    let story = r#"{"id":"delta-9","outlet":"Delta Post","published":"2025-03-06","text":"Russia shelled Odesa on Wednesday, wounding five people, the governor said."}"#;
    fs::write(&changed, story).expect("the file can be written");
    let read = output(&record, "2025-04-05", &["read", &changed.to_string_lossy()]);
    assert!(stderr(&read).contains("1 event in 1 article, 1 new version"), "{}", stderr(&read));
    let injured = |as_of: &str| {
        let rows = ask(&record, "2025-04-06", &["events", "delta-9", "--format", "csv", "--as-of", as_of]);
        let field = |row: &str, name: &str| {
            let column = rows.lines().next().expect("a head").split(',').position(|head| head == name);
            csv::Reader::from_reader(format!("{}\n{row}", rows.lines().next().expect("a head")).as_bytes())
                .records()
                .next()
                .expect("a row")
                .expect("it is whole")[column.expect("the column is there")]
            .to_owned()
        };
        rows.lines().skip(1).map(|row| field(row, "injured")).collect::<Vec<_>>()
    };
    assert_eq!(injured("2025-04-04"), ["3"], "as the record stood before");
    assert_eq!(injured("2025-04-06"), ["5"]);
    assert_eq!(injured("2025-04-02"), [""; 0], "before anything was read");
}

#[test]
fn a_new_codebook_makes_a_run_beside_the_old() {
    let folder = folder();
    let record = folder.path().join("news.db");
    ask(&record, "2025-04-03", &["read", STORIES]);
    let own = folder.path().join("codebook/patterns");
    fs::create_dir_all(&own).expect("a folder can be made");
    fs::write(own.join("request.toml"), "").expect("the file can be written");
    let codebook = folder.path().join("codebook");
    ask(&record, "2025-04-05", &["read", STORIES, "--codebook", &codebook.to_string_lossy()]);
    let n_reports = |arguments: &[&str]| {
        let rows =
            ask(&record, "2025-04-06", &[&["events", "--type", "REQUEST", "--format", "jsonl"], arguments].concat());
        rows.lines().count()
    };
    let before = n_reports(&["--as-of", "2025-04-04"]);
    assert!(before > 0);
    // The trained reader sees some of them without a pattern: what is in force is what the last run says.
    assert_eq!((n_reports(&["--run", "1"]), n_reports(&[])), (before, n_reports(&["--run", "2"])));
    let differences = ask(&record, "2025-04-06", &["diff", "1", "2"]);
    assert!(differences.contains("differ in: codebook\n6 articles coded by both"), "{differences}");
}

#[test]
fn what_is_retracted_stays_so_and_can_be_undone() {
    let folder = folder();
    let record = folder.path().join("news.db");
    ask(&record, "2025-04-03", &["read", STORIES]);
    let n_reports = |as_of: &str| {
        ask(&record, "2025-04-09", &["events", "kuvar-1", "--format", "jsonl", "--as-of", as_of]).lines().count()
    };
    let before = n_reports("2025-04-03");
    ask(&record, "2025-04-05", &["retract", "kuvar-1", "--reason", "the agency withdrew it"]);
    let newer = folder.path().join("newer.jsonl");
    let story = r#"{"id":"kuvar-1","outlet":"Kuvar Wire","published":"2025-03-04","text":"Russia attacked Kharkiv on Monday."}"#;
    fs::write(&newer, story).expect("the file can be written");
    let read = output(&record, "2025-04-06", &["read", &newer.to_string_lossy()]);
    assert!(stderr(&read).contains("1 retracted and not shown"), "{}", stderr(&read));
    assert_eq!((n_reports("2025-04-04"), n_reports("2025-04-07")), (before, 0));
    let again = output(&record, "2025-04-07", &["retract", "kuvar-1", "--reason", "once more"]);
    assert_eq!(again.status.code(), Some(2));
    ask(&record, "2025-04-08", &["restore", "kuvar-1", "--reason", "it was right after all"]);
    assert_eq!((n_reports("2025-04-07"), n_reports("2025-04-09")), (0, 1));
    assert!(ask(&record, "2025-04-09", &["doctor"]).contains("the agency withdrew it; restored"));
}

#[test]
fn incidents_are_split_merged_and_put_back() {
    let folder = folder();
    let record = folder.path().join("news.db");
    ask(&record, "2025-04-03", &["read", STORIES]);
    let incidents = |as_of: &str| {
        let rows =
            ask(&record, "2025-04-09", &["events", "--type", "ASSAULT", "--status", "happened", "--as-of", as_of]);
        let column = |line: &str| line.split_whitespace().rev().nth(1).expect("an incident").to_owned();
        rows.lines().skip(1).map(column).collect::<Vec<_>>().join(" ")
    };
    let first = incidents("2025-04-03");
    assert_eq!(first, "1 1 1 1 1 4");
    let shown = ask(&record, "2025-04-04", &["incident", "show", "1"]);
    assert!(shown.contains("sources differ on the dead: 7 (Kuvar Wire, Morning Ledger); 9 (Delta Post)"), "{shown}");
    let rows = ask(&record, "2025-04-04", &["events", "delta-7", "--format", "jsonl"]);
    let row: serde_json::Value = serde_json::from_str(rows.lines().next().expect("a row")).expect("it is JSON");
    let id = row["event_id"].as_str().expect("an id").to_owned();
    ask(&record, "2025-04-05", &["incident", "split", &id, "--reason", "another strike"]);
    assert_eq!(incidents("2025-04-05"), "1 1 1 1 8 4");
    ask(&record, "2025-04-06", &["incident", "merge", "4", "8", "--reason", "one series"]);
    assert_eq!(incidents("2025-04-06"), "1 1 1 1 4 4");
    let undone = output(&record, "2025-04-07", &["incident", "undo", "1"]);
    assert!(stderr(&undone).contains("undo 2 first"), "{}", stderr(&undone));
    ask(&record, "2025-04-07", &["incident", "undo", "2"]);
    ask(&record, "2025-04-08", &["incident", "undo", "1"]);
    assert_eq!((incidents("2025-04-07"), incidents("2025-04-08")), ("1 1 1 1 8 4".to_owned(), first));
    assert_eq!(incidents("2025-04-05"), "1 1 1 1 8 4", "the past stays what it was");
    assert!(ask(&record, "2025-04-09", &["doctor"]).ends_with("the record is sound\n"));
}

#[test]
fn figures_lead_to_their_rows() {
    let folder = folder();
    let record = folder.path().join("news.db");
    ask(&record, "2025-04-03", &["read", STORIES]);
    let table = ask(&record, "2025-04-03", &["dyad", "RUS", "UKR", "--by", "month"]);
    let rows = table.lines().find_map(|line| line.strip_prefix("rows: polybius ")).expect("the rows are named");
    let words: Vec<&str> =
        rows.split_whitespace().filter(|word| !word.contains("news.db") && *word != "--record").collect();
    assert_eq!(ask(&record, "2025-04-03", &words).lines().count(), 1 + 6);
    let lines = ask(&record, "2025-04-03", &["dyad", "IRN", "TUR", "--by", "month", "--format", "jsonl"]);
    let lines: Vec<serde_json::Value> =
        lines.lines().map(|line| serde_json::from_str(line).expect("a line is JSON")).collect();
    // They met in March, which counts for both; Turkey promised in March, Iran rejected in April.
    let told: Vec<String> = lines
        .iter()
        .map(|line| {
            format!(
                "{} {} {} {}",
                line["actor"],
                line["period"],
                line["incidents"],
                line["events"].as_array().expect("ids").len()
            )
        })
        .collect();
    assert_eq!(told, [r#""IRN" "2025-03" 1 1"#, r#""IRN" "2025-04" 1 1"#, r#""TUR" "2025-03" 2 2"#]);
    let panel = ask(&record, "2025-04-03", &["panel", "--unit", "dyad-month", "--complete"]);
    let cells = |start: &str| panel.lines().find(|line| line.starts_with(start)).map(str::to_owned);
    assert!(cells("TUR,792,640,640,IRN,364,630,630,2025-04,1,0,0,0").is_some(), "{panel}");
    assert!(
        cells("RUS,643,365,365,UKR,804,369,369,2025-03,5,2,400,6,0,0,0,2,-9.5,-19,plover-2024").is_some(),
        "{panel}"
    );
}

#[test]
fn words_are_found_and_nothing_is_changed_by_asking() {
    let folder = folder();
    let record = folder.path().join("news.db");
    ask(&record, "2025-04-03", &["read", STORIES]);
    let found = ask(&record, "2025-04-03", &["search", "\"apartment block\" rubble"]);
    assert!(found.contains("kuvar-1") && found.contains("[apartment block]"), "{found}");
    for (query, said) in [
        ("DELETE FROM events", "would change"),
        ("SELECT nonsense", "no such column"),
        ("ATTACH 'x.db' AS x; SELECT 1", "cannot be run"),
        ("PRAGMA user_version = 7", "would change"),
    ] {
        let output = output(&record, "2025-04-03", &["sql", query]);
        assert_eq!(output.status.code(), Some(2), "{query}: {}", stdout(&output));
        assert!(stderr(&output).contains(said), "{query}: {}", stderr(&output));
    }
    let strange = output(&record, "2025-04-03", &["search", "\"open"]);
    assert!(stderr(&strange).contains("cannot be understood"), "{}", stderr(&strange));
}

#[test]
fn mistakes_are_named() {
    let folder = folder();
    let missing = output(&folder.path().join("no.db"), "2025-04-03", &["events"]);
    assert!(stderr(&missing).contains("there is no record"), "{}", stderr(&missing));
    let other = folder.path().join("other.db");
    fs::write(&other, "something else that is long enough to be looked at").expect("the file can be written");
    for arguments in [&["events"][..], &["read", STORIES]] {
        let output = output(&other, "2025-04-03", arguments);
        assert_eq!(output.status.code(), Some(2));
        assert!(stderr(&output).contains("is not a record of polybius"), "{}", stderr(&output));
    }
    let record = folder.path().join("news.db");
    ask(&record, "2025-04-03", &["read", STORIES]);
    let unknown = output(&record, "2025-04-03", &["events", "--actor", "Turkey"]);
    assert!(stderr(&unknown).contains("did you mean TUR (Turkey)?"), "{}", stderr(&unknown));
    let nowhere = output(Path::new("/nowhere/at/all/news.db"), "2025-04-03", &["read", STORIES]);
    assert_eq!(nowhere.status.code(), Some(2));
    assert!(stderr(&nowhere).contains("cannot be written"), "{}", stderr(&nowhere));
}

#[test]
fn a_second_writer_waits_and_then_says_why() {
    let folder = folder();
    let record = folder.path().join("news.db");
    ask(&record, "2025-04-03", &["read", "examples/chisinau_2023-10-05.txt"]);
    let before = dump(&record);
    let connection = Connection::open(&record).expect("the record opens");
    connection.execute_batch("BEGIN IMMEDIATE").expect("nobody else writes");
    let waits = thread::scope(|scope| {
        let reading = scope.spawn(|| output(&record, "2025-04-03", &["read", STORIES]));
        thread::sleep(Duration::from_secs(2));
        assert!(!reading.is_finished(), "it waits");
        connection.execute_batch("ROLLBACK").expect("it can be given up");
        reading.join().expect("it ends")
    });
    assert_eq!(waits.status.code(), Some(0), "{}", stderr(&waits));
    assert!(dump(&record).len() > before.len());
}

#[test]
fn quotes_alone_can_be_kept() {
    let folder = folder();
    let record = folder.path().join("news.db");
    ask(&record, "2025-04-03", &["read", STORIES, "--keep", "quotes"]);
    assert!(!ask(&record, "2025-04-03", &["search", "strike"]).is_empty(), "headlines are found");
    assert!(ask(&record, "2025-04-03", &["search", "Firefighters"]).is_empty(), "texts are not kept");
    assert!(ask(&record, "2025-04-03", &["events", "delta-7", "--format", "pretty"]).contains("nine people"));
}

/// Where nobody may write, not even whoever may do everything, it is said so; and what cannot be written whole is an error.
#[test]
fn a_place_that_takes_nothing_is_named() {
    let refused = output(Path::new("/proc/news.db"), "2025-04-03", &["read", STORIES]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(
        stderr(&refused).contains("the record cannot be written") && stderr(&refused).contains("check who may write")
    );
    let folder = folder();
    let record = folder.path().join("news.db");
    ask(&record, "2025-04-03", &["read", STORIES]);
    let full = fs::File::options().write(true).open("/dev/full").expect("there is a device that is always full");
    let mut command = Command::new(env!("CARGO_BIN_EXE_polybius"));
    let status = command.args(["export", "--format", "csv", "--record"]).arg(&record).stdout(full).status();
    assert_eq!(status.expect("the program runs").code(), Some(2));
}

/// A disk that becomes full, and then a folder that nobody may write to: what was read stays whole, and with room again the same command
/// goes on. The disk is made in a namespace of the test's own, where the system lets it.
#[test]
fn a_full_disk_leaves_what_was_read() {
    let folder = folder();
    // More than is kept at once.
    let sources = many_of(folder.path(), 1_200);
    let (whole, kept) = (folder.path().join("whole.db"), folder.path().join("kept/news.db"));
    for name in ["disk", "kept"] {
        fs::create_dir(folder.path().join(name)).expect("a folder can be made");
    }
    let script = r#"mount -t tmpfs -o size=6m none "$1/disk" || exit 77
        "$2" read "$1/many.jsonl" --record "$1/disk/news.db"; echo "first $?"
        cp "$1"/disk/* "$1/kept"
        mount --bind "$1/kept" "$1/kept" && mount -o remount,bind,ro "$1/kept" || exit 77
        "$2" read "$1/many.jsonl" --record "$1/kept/news.db"; echo "second $?""#;
    let mut command = Command::new("unshare");
    command.args(["--user", "--map-root-user", "--mount", "sh", "-c", script, "sh"]).arg(folder.path());
    let made = command.arg(env!("CARGO_BIN_EXE_polybius")).env("SOURCE_DATE_EPOCH", "1730000000").output();
    let Some(output) = made.ok().filter(|output| output.status.success()) else {
        eprintln!("no disk of its own can be made here");
        return;
    };
    assert_eq!(stdout(&output), "first 2\nsecond 2\n", "{}", stderr(&output));
    let told = stderr(&output);
    assert!(told.contains("the disk is full; the record holds all that was written before"), "{told}");
    assert!(told.contains("the record cannot be written"), "{told}");
    let read = |record: &Path| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_polybius"));
        command.arg("read").arg(&sources).arg("--record").arg(record).env("SOURCE_DATE_EPOCH", "1730000000");
        command.stderr(Stdio::null()).status().expect("the program runs")
    };
    let n_events = |record: &Path| dump(record).iter().filter(|line| line.starts_with("events: ")).count();
    assert!(n_events(&kept) > 0, "something was written before");
    read(&whole);
    assert!(n_events(&kept) < n_events(&whole));
    read(&kept);
    assert_eq!(dump(&kept), dump(&whole));
}
