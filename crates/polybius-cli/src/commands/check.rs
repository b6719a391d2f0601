//! `polybius check`: is a codebook sound, and does every example give what it should?

use std::io::{Write, stdout};

use anyhow::Result;
use polybius::Pipeline;
use polybius::score::{ExampleFailure, example_failures, n_examples};

use super::counted;
use crate::arguments::CheckArguments;
use crate::progress::Progress;
use crate::{Outcome, codebook, terminal};

/// Prints every problem, then every example that fails, then a summary.
pub fn run(arguments: &CheckArguments) -> Result<Outcome> {
    let folder = arguments.folder.as_deref();
    let files = folder.map(codebook::files).transpose()?.unwrap_or_default();
    let paths = codebook::paths(&files);
    let mut out = stdout().lock();
    let parsed = match polybius::codebook(files) {
        Ok(parsed) => parsed,
        Err(problems) => {
            for problem in &problems {
                let severity = problem.severity;
                writeln!(out, "{severity}: {}", terminal::one_line(&codebook::shown(problem, folder, &paths)))?;
            }
            writeln!(out, "{} found; the examples were not run", counted(problems.len(), "problem"))?;
            return Ok(Outcome::SomeFailed);
        }
    };
    for warning in &parsed.warnings {
        writeln!(out, "warning: {}", terminal::one_line(&codebook::shown(warning, folder, &paths)))?;
    }
    let n_examples = n_examples(&parsed);
    let progress = Progress::new("examples", Some(n_examples as u64));
    let pipeline = Pipeline::patterns_alone(parsed);
    let failures = example_failures(&pipeline, arguments.threads.threads.get(), || progress.step());
    drop(progress);
    for failure in &failures {
        let path = codebook::shown_path(&failure.path, folder, &paths);
        writeln!(out, "{}", terminal::visible(&ExampleFailure { path, ..failure.clone() }.to_string()))?;
    }
    let parsed = &pipeline.codebook;
    writeln!(
        out,
        "{}, {}, {}: {} of {n_examples} examples are right",
        counted(parsed.patterns.iter().count(), "pattern"),
        format_args!("{} entities", parsed.entities.iter().count()),
        counted(parsed.warnings.len(), "warning"),
        n_examples - failures.len(),
    )?;
    Ok(if failures.is_empty() { Outcome::Fine } else { Outcome::SomeFailed })
}
