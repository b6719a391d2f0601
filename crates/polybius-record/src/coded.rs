//! Rows that our own coder wrote elsewhere, in Python or on Spark, brought back to the articles they were coded from.

use std::collections::HashMap;

use polybius::input::{Object, Problem};
use polybius::{Article, ClaimRow, EventRow, ExpectationRow, WordsRow};
use serde_json::Value;

use crate::{Placing, Reading, Signature};

/// Rows by their articles.
#[derive(Debug, Default)]
pub struct Coded {
    /// The id and the outlet of an article, and its rows.
    articles: HashMap<(String, String), Rows>,
}

#[derive(Debug, Default)]
struct Rows {
    events: Vec<EventRow>,
    claims: Vec<ClaimRow>,
    expectations: Vec<ExpectationRow>,
    /// What was wrong with the article where it was coded.
    error: Option<String>,
}

impl Coded {
    /// How many articles have rows.
    pub fn n_articles(&self) -> usize {
        self.articles.len()
    }

    /// Takes a row of a file, of whatever kind. A row that comes twice counts once: a job that was started again may have written
    /// it twice.
    ///
    /// # Errors
    /// If it is no row of ours.
    pub fn add(&mut self, path: &str, (line, mut fields): Object) -> Result<(), Problem> {
        let problem = |reason: String, cure: &str| Problem {
            path: path.to_owned(),
            line,
            reason,
            cure: cure.to_owned(),
            set_aside: false,
        };
        let name = |name: &str| fields.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        let key = (name("document_id"), name("outlet"));
        if let Some(Value::String(error)) = fields.remove("error") {
            // Such a row does not know the outlet, and one without an id belongs to no article.
            if !key.0.is_empty() {
                self.articles.entry(key).or_default().error = Some(error);
            }
            return Ok(());
        }
        // Expectations point at claims and events, and claims have events.
        let kind = ["expectation_id", "claim_id", "event_id"].into_iter().find(|name| fields.contains_key(*name));
        let fields = Value::Object(fields);
        let read = match kind {
            Some("expectation_id") => serde_json::from_value(fields).map(Row::Expectation),
            Some("claim_id") => serde_json::from_value(fields).map(Row::Claim),
            Some(_) => serde_json::from_value(fields).map(Row::Event),
            None => return Err(problem("it is no event, claim or expectation".to_owned(), "give what `code` wrote")),
        };
        let row = read.map_err(|error| {
            problem(format!("it is no row of this version: {error}"), "code the articles anew with this version")
        })?;
        let rows = self.articles.entry(key).or_default();
        match row {
            Row::Event(row) => keep(&mut rows.events, *row),
            Row::Claim(row) => keep(&mut rows.claims, *row),
            Row::Expectation(row) => keep(&mut rows.expectations, *row),
        }
        Ok(())
    }

    /// The rows of an article, as if it had been coded here.
    ///
    /// # Errors
    /// If the rows are not of this text, or the article could not be read where it was coded: the reason and the cure.
    pub fn take(&mut self, article: Article) -> Result<Reading, (String, &'static str)> {
        let outlet = article.outlet.clone().unwrap_or_default();
        let mut rows = self.articles.remove(&(article.id.clone(), outlet.clone())).unwrap_or_default();
        if !outlet.is_empty() {
            // Where it could not be read, its outlet was not known.
            let unknown = (article.id.clone(), String::new());
            if self.articles.get(&unknown).is_some_and(|rows| rows.error.is_some()) {
                rows.error = self.articles.remove(&unknown).and_then(|rows| rows.error);
            }
        }
        if let Some(error) = rows.error {
            return Err((format!("it was not coded: {error}"), "mend the article and code it"));
        }
        let offsets = Offsets::of(&article.text);
        let published = article.published.map(|day| day.to_string());
        for row in &rows.events {
            if offsets.words(row.start, row.end) != Some(&*row.text) || row.published != published {
                let reason = format!("event {} was coded from another text or day", row.event_id);
                return Err((reason, "give the articles that were coded, or code these"));
            }
        }
        let of_other_text = rows.claims.iter().map(|row| (&row.claim_id, quoted(&offsets, &row.content)));
        let of_other_text = of_other_text
            .chain(rows.expectations.iter().map(|row| (&row.expectation_id, quoted(&offsets, &row.words))))
            .find(|(_, is_quoted)| !is_quoted);
        if let Some((id, _)) = of_other_text {
            return Err((
                format!("{id} was coded from another text"),
                "give the articles that were coded, or code these",
            ));
        }
        let sentences = rows.events.iter().map(|row| row.sentence);
        let sentences = sentences.chain(rows.claims.iter().map(|row| row.sentence));
        Ok(Reading {
            // Nobody counted them here; there are at least so many.
            n_sentences: sentences.chain(rows.expectations.iter().map(|row| row.sentence)).max().unwrap_or(0),
            signature: Signature::of(&article.text),
            rows: rows.events,
            claims: rows.claims,
            expectations: rows.expectations,
            placing: Placing::ByLikeness,
            article,
        })
    }
}

/// A row of any kind.
enum Row {
    Event(Box<EventRow>),
    Claim(Box<ClaimRow>),
    Expectation(Box<ExpectationRow>),
}

fn keep<T: PartialEq>(rows: &mut Vec<T>, row: T) {
    if !rows.contains(&row) {
        rows.push(row);
    }
}

fn quoted(offsets: &Offsets<'_>, words: &[WordsRow]) -> bool {
    words.iter().all(|words| offsets.words(words.start, words.end) == Some(&*words.text))
}

/// A text by code points.
struct Offsets<'t> {
    text: &'t str,
    /// Where each code point starts, and where the text ends; empty if every code point is a byte.
    starts: Vec<usize>,
}

impl<'t> Offsets<'t> {
    fn of(text: &'t str) -> Offsets<'t> {
        let starts = text.char_indices().map(|(start, _)| start).chain([text.len()]);
        Offsets { text, starts: if text.is_ascii() { Vec::new() } else { starts.collect() } }
    }

    /// The words from one code point to another, if the text is so long.
    fn words(&self, start: usize, end: usize) -> Option<&'t str> {
        let byte = |at: usize| if self.starts.is_empty() { Some(at) } else { self.starts.get(at).copied() };
        self.text.get(byte(start)?..byte(end)?)
    }
}
