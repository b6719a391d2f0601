//! The native half of the Python package: coding, tables that speak Arrow, and the record. Names, defaults and views are
//! Python's, in `python/polybius`.

mod articles;
mod coding;
mod errors;
mod lines;
mod record;
mod schemas;

use polybius::formats::{document_line, explained};
use polybius::{document_row, to_conllu};
use pyo3::prelude::*;

use coding::{Kind, shared};

/// The rows of one article, which is written as a line of JSON, as lines of JSON.
#[pyfunction]
fn code(py: Python, article: &[u8], records: Vec<Kind>, min_confidence: Option<f32>) -> PyResult<String> {
    let article = articles::one(article)?;
    let min_confidence = coding::least(min_confidence)?;
    Ok(py.detach(|| {
        let lines = coding::code(article, &records, min_confidence);
        lines.into_iter().collect()
    }))
}

/// The layers of one article as a line of JSON, or as CoNLL-U.
#[pyfunction]
fn annotate(py: Python, article: &[u8], conllu: bool) -> PyResult<String> {
    let article = articles::one(article)?;
    Ok(py.detach(|| {
        let document = shared().annotate(article);
        if conllu { to_conllu(&document) } else { document_line(&document_row(&document)) }
    }))
}

/// How one article was read, as a person reads it.
#[pyfunction]
fn explain(py: Python, article: &[u8]) -> PyResult<String> {
    let article = articles::one(article)?;
    Ok(py.detach(|| {
        let (document, explanation) = shared().explain(article);
        explained(&document, &explanation, &shared().codebook, false)
    }))
}

/// The native half of `polybius`.
#[pymodule]
fn _polybius(module: &Bound<PyModule>) -> PyResult<()> {
    module.add("__version__", env!("CARGO_PKG_VERSION"))?;
    module.add("SCALE", polybius::SCALE)?;
    module.add_class::<lines::Lines>()?;
    module.add_class::<record::Record>()?;
    module.add_function(wrap_pyfunction!(code, module)?)?;
    module.add_function(wrap_pyfunction!(annotate, module)?)?;
    module.add_function(wrap_pyfunction!(explain, module)?)?;
    module.add_function(wrap_pyfunction!(articles::code_lines, module)?)?;
    module.add_function(wrap_pyfunction!(articles::code_arrow, module)?)
}
