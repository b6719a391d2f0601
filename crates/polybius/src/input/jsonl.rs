//! JSON lines: every line is one article.

use std::io::BufRead;

use polybius_document::Article;
use serde_json::{Map, Value};

use super::lines::{Line, Lines};
use super::{Defaults, Flaw, MAX_LINE_BYTES, json, without_mark};

/// The next line that is not blank: its article, or what is wrong with it.
pub(super) fn next(lines: &mut Lines<impl BufRead>, defaults: &Defaults) -> Option<Result<Article, Flaw>> {
    loop {
        let line = lines.next()?;
        let number = lines.number;
        let bytes = match line {
            Err(error) => return Some(Err(Flaw::unreadable(number, &error))),
            Ok(Line::TooLong(n_bytes)) => return Some(Err(Flaw::too_long(number, "line", n_bytes, MAX_LINE_BYTES))),
            Ok(Line::Whole(bytes)) => bytes,
        };
        let bytes = if number == 1 { without_mark(&bytes) } else { &bytes };
        if !bytes.trim_ascii().is_empty() {
            return Some(article(bytes, number, defaults));
        }
    }
}

fn article(bytes: &[u8], line: usize, defaults: &Defaults) -> Result<Article, Flaw> {
    json::of_fields(json::known_fields(object(bytes, line)?), line, defaults)
}

/// The object that a line is.
pub(super) fn object(bytes: &[u8], line: usize) -> Result<Map<String, Value>, Flaw> {
    let json = str::from_utf8(bytes).map_err(|error| Flaw::not_utf8(line, error.valid_up_to()))?;
    let value: Value = serde_json::from_str(json).map_err(|error| {
        let reason = format!("the line is not JSON: {} at column {}", without_place(&error), error.column());
        Flaw::new(line, reason, "write one JSON object a line")
    })?;
    match value {
        Value::Object(fields) => Ok(fields),
        other => Err(json::not_an_object(&other, line)),
    }
}

/// The message of a JSON error without its place: its line is always the first, because it is read by itself.
fn without_place(error: &serde_json::Error) -> String {
    let message = error.to_string();
    message.rsplit_once(" at line ").map_or(message.clone(), |(reason, _)| reason.to_owned())
}
