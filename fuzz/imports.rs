//! What must hold for any bytes that are read as rows of other data sets, as rows of ours or as lists of names, for the fuzzer and for a
//! test. Whatever does not hold panics.

use std::io::{Seek, Write};
use std::path::Path;
use std::sync::LazyLock;

use polybius::input::objects;
use polybius::names::{ImportFormat, import as import_names};
use polybius::{Article, Codebook, SourceFile};
use polybius_record::{Clock, Coded, ForeignFormat, Maker, Record};

static CODEBOOK: LazyLock<Codebook> = LazyLock::new(|| {
    let Ok(codebook) = polybius::codebook(Vec::new()) else { panic!("the codebook is not sound") };
    codebook
});

/// Every row of every data set is a report or a defect, and every defect is told.
pub fn import(bytes: &[u8]) {
    let clock = Clock::fixed(0).expect("1970 is a time");
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
}

/// Every row that was coded elsewhere is taken or named, and an article takes only what quotes it.
pub fn coded(bytes: &[u8]) {
    let mut file = tempfile::tempfile().expect("there is room");
    file.write_all(bytes).and_then(|()| file.rewind()).expect("there is room");
    let mut coded = Coded::default();
    // What is packed wrongly cannot be read at all.
    for row in objects("in", file).into_iter().flatten() {
        if let Err(problem) = row.and_then(|row| coded.add("in", row)) {
            assert!(problem.line > 0 && !problem.cure.is_empty(), "a problem without place or cure");
        }
    }
    let text = "Russia denied that it had attacked Kharkiv.";
    if let Ok(reading) = coded.take(Article::from_text("a", text)) {
        assert!(reading.rows.iter().all(|row| text.contains(&row.text)), "words of another text");
    }
}

/// Any list of names is an overlay that can be laid over the codebook.
pub fn names(bytes: &[u8]) {
    let list = || SourceFile { path: "list".to_owned(), text: String::from_utf8_lossy(bytes).into_owned() };
    for format in [ImportFormat::Petrarch, ImportFormat::Wikidata, ImportFormat::Ftm, ImportFormat::Csv] {
        let import = import_names(format, &[list()], "list", &CODEBOOK);
        assert!(import.n_rows >= import.n_entities, "entities without a row");
        assert!(
            import.defects.iter().all(|defect| defect.line > 0 && !defect.reason.is_empty()),
            "a defect without place"
        );
    }
}
