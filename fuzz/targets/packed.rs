//! Any bytes are unpacked, or refused.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| checks::unpack(bytes));
