//! Input that is wrong in every way we know: a clear message, no panic, and the rest is still coded.

use std::fs;
use std::time::{Duration, Instant};

use crate::{polybius, run, stderr, stdout};

const GOOD: &str = r#"{"id":"good","text":"Russia attacked Ukraine.","published":"2024-10-11"}"#;

/// Codes `input` from standard input and checks the exit code, what is said, and how many events come out.
fn check(input: impl Into<Vec<u8>>, code: i32, said: &[&str], n_events: usize) {
    let output = run(polybius(&["code", "-", "--format", "jsonl"]).write_stdin(input.into()));
    let errors = stderr(&output);
    assert_eq!(output.status.code(), Some(code), "{errors}");
    for said in said {
        assert!(errors.contains(said), "{said:?} is not in {errors:?}");
    }
    assert!(!errors.contains("panicked"), "{errors}");
    assert_eq!(stdout(&output).lines().count(), n_events, "{}", stdout(&output));
}

#[test]
fn an_empty_file() {
    check("", 1, &["-:1: there is no text in it"], 0);
}

#[test]
fn invalid_utf8() {
    check(b"Russia attacked Ukraine in the caf\xe9.", 0, &["1 event in 1 article"], 1);
    check(b"\x7fELF\x02\x01\x01\x00\x00\xff", 1, &["-:1: it is no text in any character set"], 0);
    check([b"{\"id\":\"\xc3\"}\n", GOOD.as_bytes()].concat(), 1, &["-:1: byte 8 of the line"], 1);
}

#[test]
fn a_missing_field() {
    let input = format!("{GOOD}\n{{\"id\":\"b\",\"published\":\"2024-10-11\"}}\n{}", GOOD.replace("good", "c"));
    check(input, 1, &["-:2: `text` is missing; add \"text\"", "1 record failed"], 2);
}

#[test]
fn a_date_that_is_none() {
    let input = format!("{}\n{GOOD}", GOOD.replace("2024-10-11", "2024-13-45"));
    check(input, 1, &["-:1: `published` is `2024-13-45`, which is no date; write it as YYYY-MM-DD"], 1);
}

#[test]
fn a_line_that_is_no_object() {
    check(format!("{GOOD}\n17\nnonsense\n"), 1, &["-:2: the line holds a number", "-:3: the line is not JSON"], 1);
}

#[test]
fn a_line_of_fifty_megabytes() {
    let began = Instant::now();
    let long = format!(r#"{{"id":"long","text":"{}","published":"2024-10-11"}}"#, "word ".repeat(10 << 20));
    check(format!("{long}\n{GOOD}"), 1, &["-:1: the line is 50.0 MB long", "split it into articles"], 1);
    check("word ".repeat(10 << 20), 1, &["-:1: the text is 50.0 MB long"], 0);
    assert!(began.elapsed() < Duration::from_secs(60), "{:?}", began.elapsed());
}

#[test]
fn a_sentence_without_end() {
    check("and Russia ".repeat(10_000), 0, &["in 1 article"], 0);
    check("(".repeat(20_000), 0, &[], 0);
}

#[test]
fn files_that_are_not_there() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let good = folder.path().join("good.jsonl");
    fs::write(&good, GOOD).expect("the file can be written");
    let output = run(&mut polybius(&["code", "nowhere.txt", &good.to_string_lossy(), "--format", "jsonl"]));
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("nowhere.txt:1: there is no such file; check the path"));
    assert_eq!(stdout(&output).lines().count(), 1);
}

#[test]
fn folders_are_read_in_order() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    fs::create_dir(folder.path().join("b")).expect("a folder can be made");
    for (name, text) in [("c.txt", "Iran attacked Iraq."), ("b/a.txt", "Russia attacked Ukraine."), ("x.md", "No.")] {
        fs::write(folder.path().join(name), text).expect("the file can be written");
    }
    fs::write(folder.path().join("a.jsonl"), GOOD).expect("the file can be written");
    let output = run(&mut polybius(&["code", &folder.path().to_string_lossy(), "--format", "csv"]));
    let ids: Vec<String> =
        stdout(&output).lines().skip(1).map(|line| line.split(',').nth(1).unwrap_or("").to_owned()).collect();
    assert_eq!((output.status.code(), ids), (Some(0), vec!["good".to_owned(), "b/a".to_owned(), "c".to_owned()]));
}

#[test]
fn usage_mistakes() {
    for arguments in [
        &["code", "--published", "2024-13-45", "-"][..],
        &["code", "--threads", "0", "-"],
        &["code", "--min-confidence", "2", "-"],
        &["code", "--format", "xml", "-"],
        &["explain"],
        &["explain", "nowhere.txt"],
        &["nonsense"],
        &["code", "-", "--codebook", "nowhere"],
    ] {
        let output = run(polybius(arguments).write_stdin("Russia attacked Ukraine."));
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {}", stderr(&output));
        assert_eq!(stdout(&output), "", "{arguments:?}");
    }
}

#[test]
fn text_does_not_act_on_the_terminal() {
    let output = run(polybius(&["code", "-"]).write_stdin("Russia attacked \u{1b}[31mUkraine\u{202e}."));
    let text = stdout(&output);
    assert!(!text.contains(['\u{1b}', '\u{202e}']), "{text:?}");
}
