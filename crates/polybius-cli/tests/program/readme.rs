//! The sessions in the README and the manual are what the program really prints. `UPDATE=1 cargo test` writes them anew.

use std::path::Path;
use std::process::Command;
use std::{env, fs};

use crate::root;

#[test]
fn the_session_is_real() {
    check(&root().join("README.md"), &root());
}

/// Every page of the manual that shows a session has a folder of its own, which has the project's examples.
#[test]
fn the_sessions_of_the_manual_are_real() {
    let pages = fs::read_dir(root().join("docs")).expect("the manual can be listed");
    let mut n_checked = 0;
    for page in pages {
        let page = page.expect("the manual can be listed").path();
        let shows_session = |page: &Path| fs::read_to_string(page).is_ok_and(|text| text.contains("```console\n$ "));
        if page.extension().is_some_and(|extension| extension == "md") && shows_session(&page) {
            let folder = tempfile::tempdir().expect("a folder can be made");
            let examples = folder.path().join("examples");
            std::os::unix::fs::symlink(root().join("examples"), examples).expect("a link can be made");
            check(&page, folder.path());
            n_checked += 1;
        }
    }
    assert!(n_checked >= 3, "only {n_checked} pages show a session");
}

/// Checks the sessions of a page, whose commands run in the folder.
fn check(path: &Path, folder: &Path) {
    let page = fs::read_to_string(path).expect("there is such a page");
    let renewed = renewed(&page, folder);
    if env::var_os("UPDATE").is_some() {
        fs::write(path, renewed).expect("the page can be written");
    } else {
        assert!(page.contains("```console\n$ "), "the page shows no session");
        let (page, renewed) = (without_lines(&page), without_lines(&renewed));
        let difference = page.lines().zip(renewed.lines()).find(|(shown, printed)| shown != printed);
        let name = path.display();
        assert_eq!(difference, None, "{name} shows the first; run `UPDATE=1 cargo test -p polybius-cli` and read it");
        assert_eq!(page.lines().count(), renewed.lines().count());
    }
}

/// The page with the output under each `$ ` line of its ```console blocks replaced by what the command prints now.
fn renewed(page: &str, folder: &Path) -> String {
    let mut lines = Vec::new();
    let mut in_session = false;
    for line in page.lines() {
        if line == "```console" {
            in_session = true;
        } else if in_session && line == "```" {
            in_session = false;
        } else if in_session {
            if let Some(command) = line.strip_prefix("$ ") {
                lines.push(line.to_owned());
                lines.extend(printed(command, folder).trim_end().lines().map(|line| line.trim_end().to_owned()));
            }
            continue;
        }
        lines.push(line.to_owned());
    }
    lines.join("\n") + "\n"
}

/// The page without the line numbers of codebook files, which change with every pattern that is added.
fn without_lines(page: &str) -> String {
    let mut kept = String::new();
    let mut after_file = false;
    for part in page.split_inclusive(':') {
        kept += if after_file { part.trim_start_matches(|character: char| character.is_ascii_digit()) } else { part };
        after_file = part.ends_with(".toml:") || part.ends_with("\"line\":");
    }
    kept
}

/// What a command line prints on standard output, with the program of this build in front of all others.
fn printed(command: &str, folder: &Path) -> String {
    let programs = Path::new(env!("CARGO_BIN_EXE_polybius")).parent().expect("the program lies in a folder");
    let path = format!("{}:{}", programs.display(), env::var("PATH").unwrap_or_default());
    let mut shell = Command::new("sh");
    shell.args(["-c", command]).current_dir(folder).env("PATH", path).env("NO_COLOR", "1");
    // The time that is written into records: 3 April 2025.
    let output = shell.env("SOURCE_DATE_EPOCH", "1743681600").output().expect("sh runs");
    assert!(!output.stdout.is_empty(), "{command} prints nothing: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("the program writes UTF-8")
}
