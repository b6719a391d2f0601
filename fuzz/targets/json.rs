//! Any bytes are read as a JSON document.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| checks::read_as(polybius::input::Kind::Json, bytes));
