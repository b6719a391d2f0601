//! What can go wrong with a record, each with what to do about it.

use std::path::PathBuf;

use rusqlite::ErrorCode;
use thiserror::Error;

/// Why a record could not be read or written.
#[derive(Debug, Error)]
pub enum RecordError {
    /// There is no file.
    #[error("there is no record {}; `polybius read SOURCES --record {}` makes one", .0.display(), .0.display())]
    Missing(PathBuf),
    /// The file is something else.
    #[error("{} is not a record of polybius; give another path", .0.display())]
    NotARecord(PathBuf),
    /// The file was made by a later program.
    #[error("the record has form {found}, this program knows up to {known}; use a newer polybius")]
    TooNew {
        /// The form of the file.
        found: i64,
        /// The newest form this program knows.
        known: i64,
    },
    /// The file was made by an earlier program, and only a writer can bring it forward.
    #[error("the record {} was made by an earlier polybius; `polybius read SOURCES --record {}` brings it forward", .0.display(), .0.display())]
    TooOld(PathBuf),
    /// Somebody else is writing.
    #[error("another program is writing to the record; wait until it is done, then run this again")]
    Busy,
    /// The question took longer than whoever asked it would wait.
    #[error("the question takes too long; narrow it down, by days or by who takes part")]
    Interrupted,
    /// There is no room.
    #[error("the disk is full; the record holds all that was written before, and the same command goes on from there")]
    Full,
    /// The file or its folder cannot be written.
    #[error("the record cannot be written: {0}; check who may write to the file and its folder")]
    ReadOnly(String),
    /// What was asked for is not there.
    #[error("{what}; {cure}")]
    Unknown {
        /// What is not there.
        what: String,
        /// What to do about it.
        cure: String,
    },
    /// Anything else that SQLite says.
    #[error("the record cannot be used: {0}")]
    Other(rusqlite::Error),
    /// A row of the record is not what a row should be.
    #[error("a row of the record cannot be read: {0}; `polybius doctor` says more")]
    Row(#[from] serde_json::Error),
    /// What is compared of a report is not what it should be.
    #[error("a report of the record cannot be compared: {0}; `polybius doctor` says more")]
    Compared(#[from] postcard::Error),
}

impl RecordError {
    /// What is not there, and what to do about it.
    pub(crate) fn unknown(what: impl Into<String>, cure: impl Into<String>) -> RecordError {
        RecordError::Unknown { what: what.into(), cure: cure.into() }
    }
}

impl From<rusqlite::Error> for RecordError {
    fn from(error: rusqlite::Error) -> RecordError {
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => RecordError::Busy,
            Some(ErrorCode::OperationInterrupted) => RecordError::Interrupted,
            Some(ErrorCode::DiskFull) => RecordError::Full,
            Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen) => RecordError::ReadOnly(error.to_string()),
            _ => RecordError::Other(error),
        }
    }
}
