//! How rows are written for other programs: one file a format.

mod csv;
mod jsonl;

pub use self::csv::{csv_columns, csv_fields, csv_header, csv_line, csv_record};
pub use self::jsonl::{claim_line, document_line, expectation_line, is_disguise, jsonl_line, who_line};
