//! Takes the digest of the trained models, so that a record can say with which ones it was made.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use sha2::{Digest, Sha256};

fn main() {
    let folder = Path::new("../../models");
    println!("cargo::rerun-if-changed={}", folder.display());
    let files = fs::read_dir(folder).expect("there are models").map(|file| file.expect("the file is listed").path());
    let mut files: Vec<_> = files.filter(|path| path.extension().is_none_or(|extension| extension != "md")).collect();
    files.sort();
    let mut hash = Sha256::new();
    for path in files {
        hash.update(path.file_name().expect("a file has a name").as_encoded_bytes());
        hash.update(fs::read(&path).expect("the file can be read"));
    }
    let mut digest = String::new();
    for byte in hash.finalize() {
        write!(digest, "{byte:02x}").expect("writing to a string cannot fail");
    }
    println!("cargo::rustc-env=POLYBIUS_MODELS_DIGEST={digest}");
}
