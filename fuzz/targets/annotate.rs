//! Any bytes are read to a document that keeps its promises.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| checks::annotate(bytes));
