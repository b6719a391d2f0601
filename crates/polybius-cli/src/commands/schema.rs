//! `polybius schema`: what each field of the output means.

use std::io::{Write, stdout};

use anyhow::Result;

use crate::Outcome;

/// Prints the JSON Schema of a row.
pub fn run() -> Result<Outcome> {
    writeln!(stdout(), "{}", serde_json::to_string_pretty(&polybius::schema())?)?;
    Ok(Outcome::Fine)
}
