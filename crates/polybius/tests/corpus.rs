//! Replays what the fuzzer starts from and what it found: the examples and every file below `fuzz/corpus`.

#[path = "../../../fuzz/checks.rs"]
mod checks;

use std::fs;
use std::path::Path;

fn replay(target: &str, check: fn(&[u8])) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut n_files = 0;
    for folder in ["examples".to_owned(), format!("fuzz/corpus/{target}")] {
        for entry in fs::read_dir(root.join(folder)).into_iter().flatten() {
            let path = entry.expect("the folder can be read").path();
            if path.is_file() {
                check(&fs::read(&path).expect("the file can be read"));
                n_files += 1;
            }
        }
    }
    assert!(n_files > 8, "only {n_files} files were replayed");
}

#[test]
fn annotate() {
    replay("annotate", checks::annotate);
}

#[test]
fn code() {
    replay("code", checks::code);
}

#[test]
fn read() {
    replay("read", checks::read);
}

/// Every form, whole, cut short and with a byte changed, read as itself and as every other.
#[test]
fn read_as() {
    use polybius::input::Kind;
    let kinds = [Kind::Page, Kind::Feed, Kind::Json, Kind::Warc, Kind::Columns];
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages");
    for entry in fs::read_dir(folder).expect("there are pages") {
        let whole = fs::read(entry.expect("the folder can be read").path()).expect("the file can be read");
        checks::unpack(&whole);
        for step in 0..8 {
            let mut bytes = whole[..whole.len() * (8 - step) / 8].to_vec();
            if let Some(byte) = bytes.get_mut(whole.len() * step / 9) {
                *byte = byte.wrapping_add(97);
            }
            kinds.iter().for_each(|&kind| checks::read_as(kind, &bytes));
            checks::open(&bytes);
        }
    }
}
