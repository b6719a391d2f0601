//! Any bytes are read as the rows of every data set, each row a report or a defect.

#![no_main]

#[allow(dead_code, reason = "each target checks one thing")]
#[path = "../imports.rs"]
mod imports;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| imports::import(bytes));
