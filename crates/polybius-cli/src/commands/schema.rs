//! `polybius schema`: what each field of the output means.

use std::io::{Write, stdout};

use anyhow::Result;

use crate::Outcome;
use crate::arguments::{Described, SchemaArguments};

/// Prints the JSON Schema of a row.
pub fn run(arguments: &SchemaArguments) -> Result<Outcome> {
    let schema = match arguments.of {
        Described::Event => polybius::schema(),
        Described::Claim => polybius::claim_schema(),
        Described::Expectation => polybius::expectation_schema(),
        Described::Document => polybius::document_schema(),
        Described::Who => polybius::who_schema(),
    };
    writeln!(stdout(), "{}", serde_json::to_string_pretty(&schema)?)?;
    Ok(Outcome::Fine)
}
