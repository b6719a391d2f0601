//! What our coder wrote elsewhere comes back into a record as if `read` had coded it; what does not fit its article is named.

use std::fs;
use std::path::Path;

use crate::record::{STORIES, ask, folder};
use crate::{polybius, run, stderr, stdout};

const DAY: &str = "2025-04-03";

fn coded(folder: &Path) -> String {
    let output = run(&mut polybius(&["code", STORIES, "--format", "jsonl", "--records", "events,claims,expectations"]));
    let rows = stdout(&output);
    fs::write(folder.join("rows.jsonl"), &rows).expect("the rows can be written");
    rows
}

fn import(folder: &Path, articles: &str) -> (Option<i32>, String) {
    let (rows, record) = (folder.join("rows.jsonl"), folder.join("again.db"));
    let mut command = polybius(&["import", "coded", &rows.to_string_lossy(), "--record", &record.to_string_lossy()]);
    let output = run(command.args(["--articles", articles]).env("SOURCE_DATE_EPOCH", "1743681600"));
    (output.status.code(), stderr(&output))
}

#[test]
fn the_record_is_the_one_that_reading_makes() {
    let folder = folder();
    coded(folder.path());
    assert_eq!(
        import(folder.path(), STORIES),
        (Some(0), "run 1: 13 events in 6 articles, 1 copy of another\n".to_owned())
    );
    let (read, again) = (folder.path().join("news.db"), folder.path().join("again.db"));
    ask(&read, DAY, &["read", STORIES]);
    for question in [
        &["events", "--format", "jsonl"][..],
        &["panel", "--complete"],
        &["sql", "SELECT row FROM claims ORDER BY 1"],
        &["sql", "SELECT row FROM expectations ORDER BY 1"],
        &["sql", "SELECT event, incident, score, reason FROM memberships ORDER BY 1"],
        &["sql", "SELECT version, copy_of, copy_kind, copy_score FROM versions ORDER BY 1"],
    ] {
        let answer = |record| ask(record, DAY, question).replace("2025-04-03T12:00:00Z", "then");
        assert_eq!(answer(&again), answer(&read), "{question:?}");
    }
    // What came once is known when it comes again.
    let (code, said) = import(folder.path(), STORIES);
    assert_eq!((code, &*said), (Some(0), "run 1: 0 events in 0 articles, 6 known already\n"));
}

#[test]
fn rows_of_other_texts_are_named_and_left_out() {
    let folder = folder();
    coded(folder.path());
    let changed =
        fs::read_to_string(crate::root().join(STORIES)).expect("there are stories").replacen("drones", "planes", 1);
    let articles = folder.path().join("changed.jsonl");
    fs::write(&articles, changed).expect("the articles can be written");
    let (code, said) = import(folder.path(), &articles.to_string_lossy());
    assert_eq!(code, Some(1));
    assert!(said.contains("was coded from another text") && said.contains("1 record failed"), "{said}");
}

#[test]
fn odd_rows_and_rows_without_articles_are_named() {
    let folder = folder();
    let rows = coded(folder.path());
    let odd = "{\"event_id\": \"1\"}\n{\"id\": 1}\nnot JSON\n{\"document_id\": \"kuvar-1\", \"event_id\": null, \"error\": \"it is too long\"}\n";
    fs::write(folder.path().join("rows.jsonl"), rows + odd).expect("the rows can be written");
    let stories = fs::read_to_string(crate::root().join(STORIES)).expect("there are stories");
    let articles = folder.path().join("some.jsonl");
    let some: String = stories.lines().take(3).map(|line| format!("{line}\n")).collect();
    fs::write(&articles, some).expect("the articles can be written");
    let (code, said) = import(folder.path(), &articles.to_string_lossy());
    assert_eq!(code, Some(1));
    for words in [
        "it is no row of this version: missing field",
        "it is no event, claim or expectation; give what `code` wrote",
        "the line is not JSON",
        "kuvar-1:1: it was not coded: it is too long; mend the article and code it",
        "that --articles does not give",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
}

#[test]
fn articles_must_be_given() {
    let output = run(&mut polybius(&["import", "coded", "rows.jsonl", "--record", "news.db"]));
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("--articles"), "{}", stderr(&output));
}
