//! Any bytes are read as Parquet.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| checks::read_as(polybius::input::Kind::Columns, bytes));
