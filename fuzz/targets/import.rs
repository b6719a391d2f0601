//! Any bytes are read as the rows of every data set, each row a report or a defect.

#![no_main]

use std::path::Path;
use std::sync::LazyLock;

use polybius::Codebook;
use polybius_record::{Clock, ForeignFormat, Maker, Record};

static CODEBOOK: LazyLock<Codebook> = LazyLock::new(|| {
    let Ok(codebook) = polybius::codebook(Vec::new()) else { panic!("the codebook is not sound") };
    codebook
});

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Some(clock) = Clock::fixed(0) else { return };
    let maker = || "fuzz".to_owned();
    let maker = Maker { version: maker(), program: maker(), codebook: maker(), models: maker(), settings: maker() };
    for format in [
        ForeignFormat::Plover,
        ForeignFormat::Polecat,
        ForeignFormat::Icews,
        ForeignFormat::Gdelt,
        ForeignFormat::GdeltMentions,
        ForeignFormat::Acled,
        ForeignFormat::Ucdp,
    ] {
        let record = Record::open(Path::new(":memory:")).expect("memory takes it");
        let run = record.import_run(format, &maker, clock).expect("memory takes it");
        let mut n_told = 0;
        let done = record.import(format, run, "in", bytes, &CODEBOOK, clock, |_| n_told += 1).expect("memory takes it");
        assert_eq!(n_told, done.n_defects, "defects that are counted and not told");
    }
});
