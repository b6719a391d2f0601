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
        assert_eq!(page, renewed, "run `UPDATE=1 cargo test -p polybius-cli` and look at the difference");
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

/// What a command line prints on standard output, with the program of this build in front of all others.
fn printed(command: &str) -> String {
    let program = std::path::Path::new(env!("CARGO_BIN_EXE_polybius"));
    let folder = program.parent().expect("the program lies in a folder");
    let path = format!("{}:{}", folder.display(), env::var("PATH").unwrap_or_default());
    let output =
        Command::new("sh").args(["-c", command]).current_dir(root()).env("PATH", path).env("NO_COLOR", "1").output();
    String::from_utf8(output.expect("sh runs").stdout).expect("the program writes UTF-8")
}
