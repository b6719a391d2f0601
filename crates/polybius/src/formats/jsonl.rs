//! JSON lines: one row a line.

use std::fmt::Write;

use serde::Serialize;

use crate::{ClaimRow, DocumentRow, EventRow, ExpectationRow, WhoRow};

/// The row as one line of JSON with its line end.
pub fn jsonl_line(row: &EventRow) -> String {
    json_line(row)
}

/// The claim as one line of JSON with its line end.
pub fn claim_line(row: &ClaimRow) -> String {
    json_line(row)
}

/// The expectation as one line of JSON with its line end.
pub fn expectation_line(row: &ExpectationRow) -> String {
    json_line(row)
}

/// The document as one line of JSON with its line end.
pub fn document_line(row: &DocumentRow) -> String {
    json_line(row)
}

/// The answer as one line of JSON with its line end.
pub fn who_line(row: &WhoRow) -> String {
    json_line(row)
}

/// One line of JSON. Characters that could take over a terminal or turn the direction of
/// writing stand as escapes, which JSON readers turn back.
fn json_line(row: &impl Serialize) -> String {
    let json = serde_json::to_string(row).expect("a row has text keys and finite numbers");
    let mut line = String::with_capacity(json.len() + 1);
    for character in json.chars() {
        if is_disguise(character) {
            write!(line, "\\u{:04x}", u32::from(character)).expect("writing to a string cannot fail");
        } else {
            line.push(character);
        }
    }
    line.push('\n');
    line
}

/// Whether the character acts on a terminal or on the direction of writing instead of being seen. All of them lie in
/// the first plane, so that four digits name them.
pub fn is_disguise(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{061c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::row::sample::full_row;

    #[test]
    fn reads_back_as_it_was() {
        let row = full_row();
        let line = jsonl_line(&row);
        assert!(line.ends_with("}\n") && !line.contains('\u{202e}') && line.matches('\n').count() == 1);
        let read: serde_json::Value = serde_json::from_str(&line).expect("the line is JSON");
        assert_eq!(read["text"], row.text);
        assert_eq!(read, serde_json::to_value(&row).expect("a row is JSON"));
    }
}
