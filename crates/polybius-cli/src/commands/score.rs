//! `polybius score`: how well the program does.

mod coref;
mod cues;
mod dates;
mod entities;
mod factuality;
mod modes;
mod ner;
mod pairs;
mod places;
mod spans;

use std::collections::HashMap;
use std::fs;
use std::io::{self, Write, stdout};
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, Result, anyhow, bail};
use polybius::input::{Defaults, Kind};
use polybius::score::{
    ArticleReport, ArticlesReport, ExpectedFile, Found, SentenceFile, example_failures, judge_evidence, judge_meant,
    n_examples, score_article, score_conllu, score_sentences,
};
use polybius::{Article, Models, Pipeline, ledger};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::arguments::{Measure, ScoreArguments};
use crate::{Outcome, codebook};

/// Measures and prints.
pub fn run(arguments: &ScoreArguments) -> Result<Outcome> {
    match &arguments.measure {
        Measure::Article { file, expected, published, codebook } => {
            let pipeline = Pipeline::new(codebook::load(codebook.codebook.as_deref())?);
            article(file, expected, &Defaults { published: *published, ..Defaults::default() }, &pipeline)
        }
        Measure::Articles { folder, split, evidence, meant, codebook } => {
            let pipeline = Pipeline::new(codebook::load(codebook.codebook.as_deref())?);
            let split = split.as_deref();
            match (evidence, meant) {
                (true, _) => print_of_each(folder, split, &pipeline, judge_evidence),
                (_, true) => print_of_each(folder, split, &pipeline, judge_meant),
                _ => articles(folder, split, &pipeline),
            }
        }
        Measure::Conllu { file, calibration } => conllu(file, *calibration),
        Measure::Coref(arguments) => coref::run(arguments),
        Measure::Cues(arguments) => cues::run(arguments),
        Measure::Dates(arguments) => dates::run(arguments),
        Measure::Entities(arguments) => entities::run(arguments),
        Measure::Factuality(arguments) => factuality::run(arguments),
        Measure::Spans(arguments) => spans::run(arguments),
        Measure::Pairs(arguments) => pairs::pairs(arguments),
        Measure::Quads(arguments) => pairs::quads(arguments),
        Measure::Modes(arguments) => modes::run(arguments),
        Measure::Ner(arguments) => ner::run(arguments),
        Measure::Places(arguments) => places::run(arguments),
        Measure::Sentences { files, codebook } => {
            let pipeline = Pipeline::new(codebook::load(codebook.codebook.as_deref())?);
            sentences(files, &pipeline)
        }
        Measure::Examples { codebook, threads } => {
            let pipeline = Pipeline::patterns_alone(codebook::load(codebook.codebook.as_deref())?);
            let n_examples = n_examples(&pipeline.codebook);
            let n_wrong = example_failures(&pipeline, threads.threads.get(), || {}).len();
            writeln!(stdout(), "examples right   {} of {n_examples}", n_examples - n_wrong)?;
            Ok(Outcome::Fine)
        }
    }
}

fn article(file: &Path, expected: &Path, defaults: &Defaults, pipeline: &Pipeline) -> Result<Outcome> {
    write!(stdout(), "{}", report(file, expected, defaults, pipeline)?)?;
    Ok(Outcome::Fine)
}

fn articles(folder: &Path, split: Option<&str>, pipeline: &Pipeline) -> Result<Outcome> {
    let mut total = ArticlesReport::default();
    for (file, defaults, expected) in listed(folder, split)? {
        total.add(&report(&file, &expected, &defaults, pipeline)?);
    }
    write!(stdout(), "{total}")?;
    Ok(Outcome::Fine)
}

/// Prints what `judge` says of each article, one JSON object a line.
fn print_of_each<T: Serialize>(
    folder: &Path,
    split: Option<&str>,
    pipeline: &Pipeline,
    judge: fn(Article, &ExpectedFile, &Pipeline) -> Vec<T>,
) -> Result<Outcome> {
    let mut out = stdout().lock();
    for (file, defaults, expected) in listed(folder, split)? {
        let name = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        for one in judge(article_of(&file, &defaults)?, &toml_file(&expected)?, pipeline) {
            let mut line = serde_json::to_value(one)?;
            line["article"] = name.clone().into();
            writeln!(out, "{line}")?;
        }
    }
    Ok(Outcome::Fine)
}

/// The articles of a folder, or of one list of its split, each with its day and the file of what a reader finds in it.
fn listed(folder: &Path, split: Option<&str>) -> Result<Vec<(PathBuf, Defaults, PathBuf)>> {
    let list: Option<Vec<String>> = split
        .map(|split| {
            let file = folder.join("split.toml");
            let mut lists: HashMap<String, Vec<String>> = toml_file(&file)?;
            lists.remove(split).ok_or_else(|| anyhow!("{} has no list `{split}`", file.display()))
        })
        .transpose()?;
    let mut found = Vec::new();
    for file in files(&[folder.to_owned()], "txt")? {
        let name = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        if list.as_ref().is_some_and(|list| !list.contains(&name)) {
            continue;
        }
        let day = name.rsplit_once('_').and_then(|(_, day)| day.parse().ok());
        let day = day.ok_or_else(|| anyhow!("{} does not end in _YYYY-MM-DD", file.display()))?;
        let expected = folder.join("expected").join(format!("{name}.toml"));
        found.push((file, Defaults { published: Some(day), ..Defaults::default() }, expected));
    }
    Ok(found)
}

fn article_of(file: &Path, defaults: &Defaults) -> Result<Article> {
    let bytes = fs::read(file).with_context(|| format!("{} cannot be read", file.display()))?;
    let name = file.display().to_string();
    let article = polybius::input::read(&name, &name, bytes.as_slice(), Some(Kind::Plain), defaults).next();
    Ok(article.ok_or_else(|| anyhow!("{name} is empty"))??)
}

fn report(file: &Path, expected: &Path, defaults: &Defaults, pipeline: &Pipeline) -> Result<ArticleReport> {
    let expected: ExpectedFile = toml_file(expected)?;
    let (document, records) = pipeline.read_all(article_of(file, defaults)?);
    let (rows, claims, _) = ledger(&document, &records, &pipeline.codebook);
    Ok(score_article(&document.article().text, &rows, &claims, &expected, &pipeline.codebook))
}

fn sentences(files: &[PathBuf], pipeline: &Pipeline) -> Result<Outcome> {
    let mut out = stdout().lock();
    for file in files {
        let results = score_sentences(&toml_file::<SentenceFile>(file)?, pipeline);
        for result in &results {
            let verdict = if result.faults.is_empty() { "right" } else { "WRONG" };
            let pair = result.pair.as_ref().map(|pair| format!("({pair}) ")).unwrap_or_default();
            writeln!(out, "{verdict}  {pair}{}", result.text)?;
            if !result.faults.is_empty() {
                let got = if result.got.is_empty() { "nothing".to_owned() } else { result.got.join("; ") };
                writeln!(out, "       gives {got}")?;
                writeln!(out, "       but {}", result.faults.join("; "))?;
            }
        }
        let n_right = results.iter().filter(|result| result.faults.is_empty()).count();
        writeln!(out, "{}: sentences right {n_right} of {}", file.display(), results.len())?;
    }
    Ok(Outcome::Fine)
}

/// Takes the treebank's raw text, annotates it document by document, and compares.
fn conllu(file: &Path, calibration: bool) -> Result<Outcome> {
    let gold = read(file)?;
    let began = Instant::now();
    let report = score_conllu(&gold, &Models::embedded())?;
    let seconds = began.elapsed().as_secs_f64();
    let mut out = stdout().lock();
    for (column, score) in report.columns {
        writeln!(out, "{column:<14}{:>6.2}", 100.0 * score)?;
    }
    if calibration {
        write!(out, "\nthe probability of arcs\n{}", report.arcs)?;
    }
    anstream::eprintln!("{} tokens in {seconds:.1} s on one thread", report.n_tokens);
    Ok(Outcome::Fine)
}

/// A line of a table with the columns precision, recall and F1.
fn write_found(out: &mut impl Write, name: &str, found: &Found) -> Result<()> {
    let [precision, recall, f1] = [found.precision(), found.recall(), found.f1()].map(|share| 100.0 * share);
    writeln!(out, "{name:<14}{precision:>9.2}{recall:>7.2}{f1:>7.2}")?;
    Ok(())
}

/// A table of precision, recall and F1: a line for each name, and one for all of them together.
fn write_table<const N: usize>(out: &mut impl Write, title: &str, names: [&str; N], found: &[Found; N]) -> Result<()> {
    writeln!(out, "{title:<14}precision recall     F1")?;
    let mut sum = Found::default();
    for (name, found) in names.into_iter().zip(found) {
        write_found(out, name, found)?;
        sum += *found;
    }
    write_found(out, "together", &sum)
}

/// The files that `paths` stand for: a file for itself, a folder for those in it with this ending, in order of their names.
fn files(paths: &[PathBuf], ending: &str) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for path in paths {
        if !path.is_dir() {
            found.push(path.clone());
            continue;
        }
        let entries = fs::read_dir(path).and_then(Iterator::collect::<io::Result<Vec<_>>>);
        let entries = entries.with_context(|| format!("{} cannot be read", path.display()))?;
        let inside = entries.iter().map(fs::DirEntry::path);
        let mut inside: Vec<PathBuf> = inside.filter(|file| file.extension().is_some_and(|it| it == ending)).collect();
        if inside.is_empty() {
            bail!("there is no .{ending} file in {}", path.display());
        }
        inside.sort();
        found.append(&mut inside);
    }
    Ok(found)
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))
}

fn toml_file<T: DeserializeOwned>(path: &Path) -> Result<T> {
    let text = read(path)?;
    toml::from_str(&text).map_err(|error| anyhow!("{}: {error}", path.display()))
}
