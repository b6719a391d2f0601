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
