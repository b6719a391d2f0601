//! `polybius relate`: what one party does to another, both being given.

use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write, stdin, stdout};

use anyhow::{Context, Result};
use polybius::input::Problem;
use polybius::{PairRequest, Pipeline, pair_requests, relate};

use crate::arguments::RelateArguments;
use crate::progress::Progress;
use crate::terminal::one_line;
use crate::{Outcome, codebook};

/// Reads pairs line by line and prints an answer to each, in their order.
pub fn run(arguments: &RelateArguments) -> Result<Outcome> {
    let pipeline = Pipeline::new(codebook::load(arguments.codebook.codebook.as_deref())?);
    let name = arguments.file.to_string_lossy().into_owned();
    let reader: Box<dyn BufRead + Send> = match &*name {
        "-" => Box::new(BufReader::new(stdin())),
        _ => Box::new(BufReader::new(File::open(&arguments.file).with_context(|| format!("{name} cannot be opened"))?)),
    };
    let requests = pair_requests(&name, reader);
    let work = |request: Result<PairRequest, Problem>| {
        let request = request?;
        let row = relate(&pipeline, &request, arguments.force).map_err(|reason| Problem {
            path: name.clone(),
            line: request.line,
            reason,
            cure: "count offsets in code points, from 0, the end not included".to_owned(),
            set_aside: false,
        })?;
        Ok(serde_json::to_string(&row).expect("a row is JSON"))
    };
    let mut out = BufWriter::new(stdout().lock());
    let progress = Progress::new("pairs", None);
    let mut outcome = Outcome::Fine;
    polybius::in_order(requests, arguments.threads.threads.get(), work, |result: Result<String, Problem>| {
        progress.step();
        match result {
            Ok(row) => writeln!(out, "{row}"),
            Err(problem) => {
                outcome = Outcome::SomeFailed;
                progress.say(&one_line(&problem.to_string()));
                Ok(())
            }
        }
    })?;
    out.flush()?;
    Ok(outcome)
}
