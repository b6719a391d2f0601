//! Any bytes are read as rows that were coded elsewhere.

#![no_main]

#[allow(dead_code, reason = "each target checks one thing")]
#[path = "../imports.rs"]
mod imports;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| imports::coded(bytes));
