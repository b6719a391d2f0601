//! `polybius score dates`: expressions of time against cases, and the dates of acts against a reader's.

use std::collections::HashMap;
use std::io::{Write, stdout};
use std::path::Path;

use anyhow::{Result, anyhow, bail};
use polybius::Pipeline;
use polybius::score::{DateCase, DateScores, Found, LabelledTime, TimeScores, judge_days, score_article_dates};

use super::{article_of, listed, print_of_each, read, toml_file, write_found};
use crate::arguments::DatesArguments;
use crate::{Outcome, codebook};

/// The file of a folder that gives the expressions of time of its articles.
const TIMES: &str = "times.tab";

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
    let mut times = TimeScores::default();
    let labels = labels(&folder.join(TIMES))?;
    for (file, defaults, expected) in listed(folder, arguments.split.as_deref())? {
        let article = article_of(&file, &defaults)?;
        let name = file.file_stem().unwrap_or_default().to_string_lossy();
        if let Some(labels) = labels.as_ref().and_then(|labels| labels.get(&*name)) {
            let scored = times.add(article.clone(), labels, &pipeline);
            scored.map_err(|error| anyhow!("{}: {name}: {error}", folder.join(TIMES).display()))?;
        }
        let (found, wrong) = score_article_dates(article, &toml_file(&expected)?, &pipeline);
        total += found;
        // What was held back is not looked at.
        if arguments.errors && arguments.split.as_deref() == Some("tuned") {
            wrong.iter().chain(&times.wrong).try_for_each(|line| writeln!(out, "{line}"))?;
            times.wrong.clear();
        }
    }
    writeln!(out, "{:<14}precision recall     F1", "")?;
    write_found(&mut out, "dates of acts", &total)?;
    if labels.is_some() {
        let (found, value) = times.sums();
        write_found(&mut out, "expressions", found)?;
        write_found(&mut out, "their values", value)?;
        write!(out, "{times}")?;
    }
    Ok(Outcome::Fine)
}

/// The labels of expressions of time, article by article: none if the folder has no file of them.
fn labels(file: &Path) -> Result<Option<HashMap<String, Vec<LabelledTime>>>> {
    if !file.exists() {
        return Ok(None);
    }
    let mut labels: HashMap<String, Vec<LabelledTime>> = HashMap::new();
    for (n, line) in read(file)?.lines().enumerate().filter(|(_, line)| !line.is_empty() && !line.starts_with('#')) {
        let defect = || anyhow!("{}:{}: not article, words, a number from 1, type and value", file.display(), n + 1);
        let [article, words, nth, kind, value] = line.split('\t').collect::<Vec<_>>()[..] else { bail!(defect()) };
        let nth = nth.parse().ok().filter(|nth| *nth > 0).ok_or_else(defect)?;
        let [words, kind, value] = [words, kind, value].map(str::to_owned);
        labels.entry(article.to_owned()).or_default().push(LabelledTime { words, nth, kind, value });
    }
    Ok(Some(labels))
}
