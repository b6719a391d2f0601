//! Lists the project's example articles, so that the demonstration needs no other file.

use std::path::Path;
use std::{env, fs};

fn main() {
    let root =
        Path::new(&env::var("CARGO_MANIFEST_DIR").expect("cargo names the crate's folder")).join("../../examples");
    let mut list = String::from("&[\n");
    let mut paths: Vec<_> =
        fs::read_dir(root.join("set")).expect("the examples are there").flatten().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths.iter().filter(|path| path.extension().is_some_and(|ending| ending == "txt")) {
        let name = path.file_stem().expect("a file has a name").to_string_lossy();
        list += &format!("    ({name:?}, include_str!({:?})),\n", path.canonicalize().expect("the file is there"));
    }
    list += "]\n";
    let out = Path::new(&env::var("OUT_DIR").expect("cargo gives a folder")).join("set.rs");
    fs::write(out, list).expect("the folder can be written");
    println!("cargo::rerun-if-changed={}", root.join("set").display());
}
