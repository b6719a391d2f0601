//! The screens, one file each.

pub mod actor;
pub mod articles;
pub mod claims;
pub mod codebook;
pub mod contradictions;
pub mod correct;
pub mod dyad;
pub mod event;
pub mod expectations;
pub mod health;
pub mod keys;
pub mod map;
pub mod network;
pub mod read;
pub mod reports;
pub mod search;
pub mod sign_in;
pub mod timeline;
pub mod today;

use crate::asked::Asked;

/// Ways to take away the reports that a page is about.
pub fn exports(asked: &Asked) -> Vec<(&'static str, String)> {
    let of = |format: &str| asked.with("format", format).at("/v1/events");
    vec![("CSV", of("csv")), ("NDJSON", of("ndjson")), ("Parquet", of("parquet"))]
}
