//! Any file is read, a zip archive or Parquet too.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| checks::open(bytes));
