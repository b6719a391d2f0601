//! Compiles the codebook's files into the program.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let package = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets CARGO_MANIFEST_DIR"));
    // In the repository the codebook stands beside `crates`; a package on its own may carry a copy inside.
    let beside = package.join("../../codebook");
    let root = if beside.is_dir() { beside } else { package.join("codebook") };
    assert!(root.is_dir(), "the codebook's files must stand in `codebook`, beside `crates` or inside this package");
    let mut files = Vec::new();
    walk(&root, "", &mut files)?;
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed={}", root.display());
    files.sort();
    let mut list = String::from("&[\n");
    for (path, file) in &files {
        let file = file.canonicalize()?;
        list.push_str(&format!("    ({path:?}, include_str!({:?})),\n", file.display().to_string()));
    }
    list.push_str("]\n");
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    let atlas = root.join("atlas.bin").canonicalize()?;
    fs::write(out.join("atlas.rs"), format!("include_bytes!({:?})", atlas.display().to_string()))?;
    fs::write(out.join("embedded.rs"), list)
}

/// Finds the codebook's files below `folder`, whose path inside the codebook is `prefix`.
fn walk(folder: &Path, prefix: &str, files: &mut Vec<(String, PathBuf)>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let Ok(name) = entry.file_name().into_string() else { continue };
        let path = if prefix.is_empty() { name.clone() } else { format!("{prefix}/{name}") };
        if name.starts_with('.') {
            continue;
        }
        if entry.file_type()?.is_dir() {
            walk(&entry.path(), &path, files)?;
        } else if name.ends_with(".toml") || name.ends_with(".csv") {
            files.push((path, entry.path()));
        }
    }
    Ok(())
}
