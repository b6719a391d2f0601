//! What went wrong, as Python's exceptions.

use polybius_record::RecordError as Refused;
use pyo3::PyErr;
use pyo3::exceptions::PyValueError;

mod python {
    pyo3::import_exception!(polybius._errors, ArticleError);
    pyo3::import_exception!(polybius._errors, RecordError);
}

/// What is wrong with an article: its place, the reason and the cure.
pub type Problem = (String, String, String);

/// Articles that cannot be read.
pub fn unreadable(problems: Vec<Problem>) -> PyErr {
    python::ArticleError::new_err((problems,))
}

/// A problem of the readers, under the place that Python's user knows and with the cure that he can take.
pub fn problem(place: String, problem: polybius::input::Problem) -> Problem {
    let cure = problem.cure.replace("--published", "published=").replace("--any-language", "any_language=True");
    (place, problem.reason, cure)
}

/// A record that cannot be asked.
pub fn refused(error: Refused) -> PyErr {
    python::RecordError::new_err(error.to_string())
}

/// An argument that means nothing.
pub fn argument(name: &str, value: &str, cure: &str) -> PyErr {
    PyValueError::new_err(format!("`{name}` is `{value}`; {cure}"))
}
