//! Any bytes are read as a feed.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| checks::read_as(polybius::input::Kind::Feed, bytes));
