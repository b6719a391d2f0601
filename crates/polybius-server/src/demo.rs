//! A small record made at the start from the project's own example articles, to try the pages on.

use std::path::PathBuf;

use polybius::input::{Defaults, Kind, read};
use polybius::{Article, Pipeline, in_order, ledger};
use polybius_record::{Clock, Keep, Maker, Placing, Reading, Record, RecordError, Signature};
use tempfile::TempDir;

/// A record that goes away with this.
pub struct Demo {
    folder: TempDir,
}

impl Demo {
    /// Its file.
    pub fn path(&self) -> PathBuf {
        self.folder.path().join("demo.db")
    }
}

/// Articles that are files, one article each.
const SET: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/set.rs"));

/// Articles that are lines.
const LINES: [&str; 2] =
    [include_str!("../../../examples/record/articles.jsonl"), include_str!("../../../examples/demo/articles.jsonl")];

/// Makes the record.
///
/// # Errors
/// If it cannot be written.
pub fn demo(pipeline: &Pipeline, maker: &Maker, clock: Clock, threads: usize) -> Result<Demo, RecordError> {
    let folder = tempfile::tempdir().map_err(|error| RecordError::ReadOnly(error.to_string()))?;
    let demo = Demo { folder };
    let record = Record::open(&demo.path())?;
    let run = record.run(maker, &clock.now())?;
    let work = |article: Article| {
        let signature = Signature::of(&article.text);
        let (document, records) = pipeline.read_all(article);
        let (rows, claims, expectations) = ledger(&document, &records, &pipeline.codebook);
        let n_sentences = document.sentences().len();
        Reading {
            article: document.article().clone(),
            n_sentences,
            rows,
            claims,
            expectations,
            signature,
            placing: Placing::ByLikeness,
        }
    };
    in_order(articles().into_iter(), threads, work, |reading: Reading| {
        record.add(run, &reading, Keep::Text, &clock.now()).map(|_| ())
    })?;
    record.commit()?;
    Ok(demo)
}

/// The articles in order of publication, as they would have come in.
fn articles() -> Vec<Article> {
    let of_lines = LINES
        .into_iter()
        .flat_map(|lines| read("examples", "examples", lines.as_bytes(), Some(Kind::Jsonl), &Defaults::default()));
    let mut articles: Vec<Article> =
        of_lines.filter_map(Result::ok).chain(SET.iter().map(|&(name, text)| of_file(name, text))).collect();
    articles.sort_by(|one, other| (one.published, &one.id).cmp(&(other.published, &other.id)));
    articles
}

/// A file is named for place and day; its headline stands on the first line.
fn of_file(name: &str, text: &str) -> Article {
    let day = name.split_once('_').map_or("", |(_, day)| day);
    let title = text.lines().next().map(str::to_owned);
    Article {
        published: day.parse().ok(),
        title,
        outlet: Some("The article set".to_owned()),
        ..Article::from_text(name, text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_example_is_an_article_with_a_day() {
        let articles = articles();
        let n_lines: usize = LINES.iter().map(|lines| lines.lines().count()).sum();
        assert_eq!(articles.len(), SET.len() + n_lines);
        assert!(articles.iter().all(|article| article.published.is_some() && article.outlet.is_some()));
    }
}
