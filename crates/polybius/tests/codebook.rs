//! Every pattern of the codebook is a test: its examples, run through the whole line. `known_wrong.txt` names the examples that
//! are not right yet; `UPDATE=1 cargo test -p polybius --test codebook` writes it anew.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::{env, fs};

use libtest_mimic::{Arguments, Failed, Trial};
use polybius::Pipeline;
use polybius::score::{ExampleFailure, example_failures, pattern_failures};

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let codebook = match polybius::codebook(Vec::new()) {
        Ok(codebook) => codebook,
        Err(problems) => {
            problems.iter().take(20).for_each(|problem| eprintln!("{}: {problem}", problem.severity));
            eprintln!("{} problems; `polybius check` shows them all", problems.len());
            return ExitCode::FAILURE;
        }
    };
    let pipeline = Arc::new(Pipeline::patterns_alone(codebook));
    if env::var_os("UPDATE").is_some() {
        update(&pipeline);
    }
    let known_wrong = Arc::new(known_wrong());
    let trials = pipeline.codebook.patterns.iter().map(|(id, pattern)| {
        let (pipeline, known_wrong) = (Arc::clone(&pipeline), Arc::clone(&known_wrong));
        let name = format!("codebook/{} {}", pattern.place, pattern.name);
        Trial::test(name, move || {
            let failures = pattern_failures(&pipeline, pipeline.codebook.patterns.get(id));
            let new: Vec<String> = failures
                .iter()
                .filter(|failure| !known_wrong.contains(&listed(failure)))
                .map(|failure| format!("codebook/{failure}"))
                .collect();
            if new.is_empty() { Ok(()) } else { Err(Failed::from(new.join("\n"))) }
        })
    });
    libtest_mimic::run(&arguments, trials.collect()).exit_code()
}

fn list() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/known_wrong.txt")
}

fn known_wrong() -> BTreeSet<String> {
    let text = fs::read_to_string(list()).expect("the list is there, if only empty");
    text.lines().filter(|line| !line.starts_with('#')).map(str::to_owned).collect()
}

fn update(pipeline: &Pipeline) {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let mut lines: Vec<String> = example_failures(pipeline, threads, || {}).iter().map(listed).collect();
    lines.sort();
    let head = "# Examples of the codebook that do not give what they should yet: pattern, text.\n";
    let text = head.to_owned() + &lines.iter().map(|line| format!("{line}\n")).collect::<String>();
    fs::write(list(), text).expect("the list can be written");
}

fn listed(failure: &ExampleFailure) -> String {
    format!("{}: {}", failure.pattern, failure.text)
}
