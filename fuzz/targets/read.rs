//! Any bytes are read as articles or as problems with a place.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| checks::read(bytes));
