//! What goes wrong while a page is made, and what the visitor is told.

use axum::http::StatusCode;
use polybius_record::{ExportError, RecordError};
use thiserror::Error;

use crate::asked::Misread;

/// Why a request has no other answer.
#[derive(Debug, Error)]
pub enum Failure {
    /// Parameters that cannot be understood.
    #[error("{}", .0.iter().map(|one| format!("`{}`: {}", one.name, one.reason)).collect::<Vec<_>>().join("; "))]
    Misread(Vec<Misread>),
    /// What was sent cannot be used.
    #[error("{0}")]
    Unusable(String),
    /// There is no such thing.
    #[error("{0}")]
    Missing(String),
    /// The visitor may not do that.
    #[error("{0}")]
    Forbidden(&'static str),
    /// The visitor must say who he is.
    #[error("{0}")]
    Unauthorized(&'static str),
    /// Too many requests.
    #[error("too many requests; wait a moment, then try again")]
    TooMany,
    /// The record cannot be read or written.
    #[error(transparent)]
    Record(#[from] RecordError),
    /// An export could not be written.
    #[error(transparent)]
    Export(#[from] ExportError),
    /// Our own mistake.
    #[error("the server failed; the record is unharmed")]
    Ours,
}

impl From<Vec<Misread>> for Failure {
    fn from(misread: Vec<Misread>) -> Failure {
        Failure::Misread(misread)
    }
}

impl Failure {
    /// The status of the answer.
    pub fn status(&self) -> StatusCode {
        match self {
            Failure::Misread(_) | Failure::Unusable(_) => StatusCode::BAD_REQUEST,
            Failure::Record(RecordError::Unknown { .. }) => StatusCode::BAD_REQUEST,
            Failure::Missing(_) => StatusCode::NOT_FOUND,
            Failure::Forbidden(_) => StatusCode::FORBIDDEN,
            Failure::Unauthorized(_) => StatusCode::UNAUTHORIZED,
            Failure::TooMany => StatusCode::TOO_MANY_REQUESTS,
            Failure::Record(RecordError::Busy | RecordError::Interrupted) => StatusCode::SERVICE_UNAVAILABLE,
            Failure::Record(_) | Failure::Export(_) | Failure::Ours => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}
