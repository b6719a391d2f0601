//! Any bytes are read as lists of names, each giving a sound overlay.

#![no_main]

#[allow(dead_code, reason = "each target checks one thing")]
#[path = "../imports.rs"]
mod imports;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| imports::names(bytes));
