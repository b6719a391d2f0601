//! `polybius completions` and `polybius man`: the help, for shells and as manual pages.

use std::fs;
use std::io::{Write, stdout};

use anyhow::{Context, Result};
use clap::CommandFactory;

use crate::Outcome;
use crate::arguments::{Arguments, CompletionsArguments, ManArguments};

/// Prints a shell's script.
pub fn completions(arguments: &CompletionsArguments) -> Result<Outcome> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut Arguments::command(), "polybius", &mut script);
    stdout().lock().write_all(&script)?;
    Ok(Outcome::Fine)
}

/// Writes a page for the program and one for each command.
pub fn man(arguments: &ManArguments) -> Result<Outcome> {
    let out = &arguments.out;
    let written = fs::create_dir_all(out).and_then(|()| clap_mangen::generate_to(Arguments::command(), out));
    written.with_context(|| format!("the pages cannot be written into {}", out.display()))?;
    Ok(Outcome::Fine)
}
