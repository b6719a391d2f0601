//! `polybius score dates`: expressions of time against cases, and the dates of acts against a reader's.

use std::io::{Write, stdout};

use anyhow::{Result, anyhow, bail};
use polybius::Pipeline;
use polybius::score::{DateCase, DateScores, Found, judge_days, score_article_dates};

use super::{article_of, listed, print_of_each, read, toml_file, write_found};
use crate::arguments::DatesArguments;
use crate::{Outcome, codebook};

/// Prints what is scored and what is not, then the dates of articles.
pub fn run(arguments: &DatesArguments) -> Result<Outcome> {
    if arguments.files.is_empty() && arguments.articles.is_none() {
        bail!("give files of cases, or a folder with --articles");
    }
    let pipeline = Pipeline::new(codebook::load(arguments.codebook.codebook.as_deref())?);
    if let (Some(folder), true) = (&arguments.articles, arguments.evidence) {
        return print_of_each(folder, arguments.split.as_deref(), &pipeline, judge_days);
    }
    let mut out = stdout().lock();
    let mut scores = DateScores::default();
    for file in &arguments.files {
        let text = read(file)?;
        let cases: Vec<DateCase> = serde_json::from_str(text.trim_start_matches('\u{feff}'))
            .map_err(|error| anyhow!("{}: {error}", file.display()))?;
        scores.add(&cases, &pipeline);
    }
    if !arguments.files.is_empty() {
        if arguments.errors {
            scores.wrong.iter().try_for_each(|line| writeln!(out, "{line}"))?;
        }
        write!(out, "{scores}")?;
    }
    let Some(folder) = &arguments.articles else { return Ok(Outcome::Fine) };
    let mut total = Found::default();
    for (file, defaults, expected) in listed(folder, arguments.split.as_deref())? {
        let (found, wrong) = score_article_dates(article_of(&file, &defaults)?, &toml_file(&expected)?, &pipeline);
        total += found;
        // What was held back is not looked at.
        if arguments.errors && arguments.split.as_deref() == Some("tuned") {
            wrong.iter().try_for_each(|line| writeln!(out, "{line}"))?;
        }
    }
    writeln!(out, "{:<14}precision recall     F1", "")?;
    write_found(&mut out, "dates of acts", &total)?;
    Ok(Outcome::Fine)
}
