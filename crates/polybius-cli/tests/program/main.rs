//! The program from outside: what it prints, what it complains about, and how it ends.

mod bad_input;
mod codebook;
mod coded;
mod fetch;
mod foreign;
mod formats;
mod import;
mod manual;
mod readme;
mod record;
mod record_formats;
mod scores;
mod serve;
mod sides;
mod who;

use std::path::{Path, PathBuf};
use std::process::Output;

use assert_cmd::Command;

/// The repository's folder.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().expect("the repository is there")
}

/// The program, to be run in the repository's folder.
fn polybius(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_polybius"));
    command.args(arguments).current_dir(root()).env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE");
    command
}

fn run(command: &mut Command) -> Output {
    command.output().expect("the program runs")
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("the program writes UTF-8")
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("the program writes UTF-8")
}
