//! How rows are written for other programs and for people: one file a format.

mod csv;
mod explained;
mod jsonl;
pub mod pretty;
pub mod shown;

pub use self::csv::{csv_columns, csv_fields, csv_header, csv_line, csv_record};
pub use self::explained::explained;
pub use self::jsonl::{claim_line, document_line, expectation_line, is_disguise, jsonl_line, who_line};
