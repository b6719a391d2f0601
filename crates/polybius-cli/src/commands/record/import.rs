//! `polybius import`: what others coded, into a set beside the record.

use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use anyhow::Result;
use polybius::input::{Problem, unpacked};
use polybius_record::{Imported, Record};

use super::{clock, coded, read::maker};
use crate::arguments::{ImportSetArguments, set_path};
use crate::commands::counted;
use crate::{Outcome, codebook, terminal};

/// Reads file after file and says what became of each.
pub fn run(arguments: &ImportSetArguments) -> Result<Outcome> {
    let Some(format) = arguments.format.foreign() else { return coded::run(arguments) };
    let clock = clock()?;
    let set = arguments.set.as_deref().unwrap_or(format.name());
    let record = Record::open(&set_path(&arguments.record, set))?;
    let run = record.import_run(format, &maker(None)?, clock)?;
    let codebook = codebook::load(None)?;
    let mut n_shown = 0;
    let mut outcome = Outcome::Fine;
    let mut tell = |problem: &Problem| {
        n_shown += 1;
        if n_shown <= arguments.limit {
            anstream::eprintln!("{}", terminal::one_line(&problem.to_string()));
        }
    };
    for path in &arguments.files {
        let name = path.to_string_lossy();
        let done = match File::open(path).and_then(|file| unpacked(BufReader::new(file))) {
            Ok(file) => record.import(format, run, &name, file, &codebook, clock, &mut tell)?,
            Err(error) => {
                anstream::eprintln!("{name}:1: it cannot be opened: {error}; check the path");
                outcome = Outcome::SomeFailed;
                continue;
            }
        };
        anstream::eprintln!("{}", account(path, set, &done));
        if done.n_defects > 0 {
            outcome = Outcome::SomeFailed;
        }
    }
    Ok(outcome)
}

fn account(path: &Path, set: &str, done: &Imported) -> String {
    let rows = counted(done.n_rows, "row");
    let mut text = format!("{} into the set {set}: {rows}, {} new", path.display(), done.n_new);
    for (n, what) in [
        (done.n_changed, "changed since"),
        (done.n_known, "known already"),
        (done.n_without_type, "of kinds that PLOVER has no type for"),
        (done.n_defects, "odd or not read"),
    ] {
        if n > 0 {
            text += &format!(", {n} {what}");
        }
    }
    text
}
