//! The line from article to rows, shared by all threads of the process.

use std::sync::OnceLock;

use polybius::formats::{claim_line, expectation_line, jsonl_line};
use polybius::{Article, ENOUGH, Pipeline, ledger};
use pyo3::prelude::*;

use crate::errors;

/// What rows are about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Who did what to whom.
    Events,
    /// Who says, thinks, wants or opposes what.
    Claims,
    /// What is announced.
    Expectations,
}

impl<'py> FromPyObject<'_, 'py> for Kind {
    type Error = PyErr;

    fn extract(object: Borrowed<'_, 'py, PyAny>) -> PyResult<Kind> {
        match object.extract::<String>()?.as_str() {
            "events" => Ok(Kind::Events),
            "claims" => Ok(Kind::Claims),
            "expectations" => Ok(Kind::Expectations),
            other => Err(errors::argument("records", other, "give `events`, `claims` or `expectations`")),
        }
    }
}

/// The line with the codebook and the weights that are compiled in. They are made on first use and only read after.
pub fn shared() -> &'static Pipeline {
    static PIPELINE: OnceLock<Pipeline> = OnceLock::new();
    PIPELINE.get_or_init(|| {
        let Ok(codebook) = polybius::codebook(Vec::new()) else { panic!("the codebook compiled in is not sound") };
        Pipeline::new(codebook)
    })
}

/// The least confidence that is asked for: the program's own if none is.
pub fn least(min_confidence: Option<f32>) -> PyResult<f32> {
    match min_confidence {
        None => Ok(ENOUGH),
        Some(least) if (0.0..=1.0).contains(&least) => Ok(least),
        Some(other) => Err(errors::argument("min_confidence", &other.to_string(), "give a probability, 0 to 1")),
    }
}

/// The rows of an article as `polybius code --format jsonl` writes them: events, claims, expectations.
pub fn code(article: Article, kinds: &[Kind], min_confidence: f32) -> Vec<String> {
    let pipeline = shared();
    let document = pipeline.annotate(article);
    if kinds == [Kind::Events] {
        let events = polybius_coder::code(&document, &pipeline.codebook, min_confidence);
        return polybius::rows(&document, &events, &pipeline.codebook).iter().map(jsonl_line).collect();
    }
    let records = polybius_coder::records(&document, &pipeline.codebook, min_confidence);
    let (events, claims, expectations) = ledger(&document, &records, &pipeline.codebook);
    let mut lines = Vec::new();
    if kinds.contains(&Kind::Events) {
        lines.extend(events.iter().map(jsonl_line));
    }
    if kinds.contains(&Kind::Claims) {
        lines.extend(claims.iter().map(claim_line));
    }
    if kinds.contains(&Kind::Expectations) {
        lines.extend(expectations.iter().map(expectation_line));
    }
    lines
}
