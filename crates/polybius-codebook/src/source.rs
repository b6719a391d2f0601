//! The codebook's files as text, the places in them, and what is wrong with them.

use std::fmt;
use std::sync::Arc;

use crate::Severity;

/// One file of a codebook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// Its path inside the codebook, with `/` between the parts: `patterns/aid.toml`.
    pub path: String,
    /// What it says.
    pub text: String,
}

/// The files of the codebook that is compiled into the program, in order of their paths.
pub fn embedded() -> Vec<SourceFile> {
    const FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/embedded.rs"));
    FILES.iter().map(|(path, text)| SourceFile { path: path.to_string(), text: text.to_string() }).collect()
}

/// Lays `over` on `base`: a file of the same path takes the place of ours, any other is added.
/// The result is in order of the paths.
pub fn overlay(base: Vec<SourceFile>, over: Vec<SourceFile>) -> Vec<SourceFile> {
    let mut files: std::collections::BTreeMap<String, String> = std::collections::BTreeMap::new();
    for file in base.into_iter().chain(over) {
        files.insert(file.path, file.text);
    }
    files.into_iter().map(|(path, text)| SourceFile { path, text }).collect()
}

/// Where something stands in the codebook.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place {
    /// The file's path inside the codebook.
    pub path: Arc<str>,
    /// The line, counted from 1.
    pub line: u32,
}

impl fmt::Display for Place {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}", self.path, self.line)
    }
}

/// Something wrong in the codebook: where, what, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// The file's path inside the codebook.
    pub path: String,
    /// The line, counted from 1.
    pub line: usize,
    /// Whether the codebook can still be used.
    pub severity: Severity,
    /// What is wrong.
    pub message: String,
    /// What would put it right, if that can be guessed.
    pub cure: Option<String>,
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}: {}", self.path, self.line, self.message)?;
        match &self.cure {
            Some(cure) => write!(formatter, "; {cure}"),
            None => Ok(()),
        }
    }
}
