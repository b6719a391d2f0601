//! A user's own codebook laid over ours, sound and unsound.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use crate::{polybius, run, stderr, stdout};

/// A pattern of a user's own, with one example that is right.
const PATTERN: &str = r#"
[[pattern]]
name = "my-outfox"
type = "ASSAULT"
verb = ["outfox"]

[[pattern.example]]
text = "Russia outfoxed Ukraine."
code = ["RUS ASSAULT UKR"]
"#;

fn folder(pattern: &str) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder can be made");
    fs::create_dir(folder.path().join("patterns")).expect("a folder can be made");
    fs::write(folder.path().join("patterns/mine.toml"), pattern).expect("the file can be written");
    folder
}

fn code(sentence: &str, codebook: &Path) -> (Option<i32>, String, String) {
    let arguments = ["code", "-", "--format", "csv", "--codebook", &codebook.to_string_lossy()];
    let output = run(polybius(&arguments).write_stdin(sentence));
    (output.status.code(), stdout(&output), stderr(&output))
}

#[test]
fn a_pattern_of_ones_own() {
    let folder = folder(PATTERN);
    let (status, table, errors) = code("Iran outfoxed Iraq.", folder.path());
    assert_eq!(status, Some(0), "{errors}");
    assert!(table.contains("my-outfox"), "{table}");
}

#[test]
fn a_typo_is_named_with_its_cure() {
    let folder = folder(&PATTERN.replace("verb =", "verbs ="));
    let mine = folder.path().join("patterns/mine.toml");
    let (status, table, errors) = code("Iran outfoxed Iraq.", folder.path());
    assert_eq!((status, table.as_str()), (Some(2), ""));
    for said in [&format!("{}:5", mine.display()), "unknown key `verbs`", "`verb`"] {
        assert!(errors.contains(said), "{said:?} is not in {errors:?}");
    }
    let output = run(&mut polybius(&["check", &folder.path().to_string_lossy()]));
    assert_eq!(output.status.code(), Some(1));
    let problem = format!("error: {}:5", mine.display());
    assert!(stdout(&output).contains(&problem), "{problem:?} is not in {:?}", stdout(&output));
}

#[test]
fn an_example_that_is_not_so() {
    let folder = folder(&PATTERN.replace("RUS ASSAULT UKR", "UKR ASSAULT RUS"));
    let output = run(&mut polybius(&["check", &folder.path().to_string_lossy()]));
    let report = stdout(&output);
    assert_eq!(output.status.code(), Some(1), "{report}");
    for said in [
        "patterns/mine.toml:7: my-outfox “Russia outfoxed Ukraine.”",
        "should give  UKR ASSAULT RUS",
        "gives        RUS ASSAULT UKR",
    ] {
        assert!(report.contains(said), "{said:?} is not in {report:?}");
    }
}

#[test]
fn a_folder_without_a_codebook() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let (status, _, errors) = code("Iran outfoxed Iraq.", folder.path());
    assert_eq!(status, Some(2));
    assert!(errors.contains("holds no codebook"), "{errors}");
}
