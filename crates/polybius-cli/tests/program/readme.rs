//! The session in the README is what the program really prints. `UPDATE=1 cargo test` writes it anew.

use std::process::Command;
use std::{env, fs};

use crate::root;

#[test]
fn the_session_is_real() {
    let path = root().join("README.md");
    let page = fs::read_to_string(&path).expect("there is a README");
    let renewed = renewed(&page);
    if env::var_os("UPDATE").is_some() {
        fs::write(&path, renewed).expect("the README can be written");
    } else {
        assert!(page.contains("```console\n$ "), "the README shows no session");
        let (page, renewed) = (without_lines(&page), without_lines(&renewed));
        let difference = page.lines().zip(renewed.lines()).find(|(shown, printed)| shown != printed);
        assert_eq!(
            difference, None,
            "the README shows the first; run `UPDATE=1 cargo test -p polybius-cli` and read it"
        );
        assert_eq!(page.lines().count(), renewed.lines().count());
    }
}

/// The page with the output under each `$ ` line of its ```console blocks replaced by what the command prints now.
fn renewed(page: &str) -> String {
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
                lines.extend(printed(command).trim_end().lines().map(|line| line.trim_end().to_owned()));
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
fn printed(command: &str) -> String {
    let program = std::path::Path::new(env!("CARGO_BIN_EXE_polybius"));
    let folder = program.parent().expect("the program lies in a folder");
    let path = format!("{}:{}", folder.display(), env::var("PATH").unwrap_or_default());
    let output =
        Command::new("sh").args(["-c", command]).current_dir(root()).env("PATH", path).env("NO_COLOR", "1").output();
    let output = output.expect("sh runs");
    assert!(!output.stdout.is_empty(), "{command} prints nothing: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("the program writes UTF-8")
}
