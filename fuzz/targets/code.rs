//! Any bytes are coded to rows that point at the words they show.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| checks::code(bytes));
