//! Fetching pages, the only thing here that uses the network, and what keeps it from going where it must not.

mod addresses;
mod client;
mod robots;
mod warc;

pub use client::{Client, Limits};
pub use warc::Archive;
