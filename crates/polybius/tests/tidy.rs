//! The shape of the repository: which crate may use which, and how source files look.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The longest a source file may be, in lines.
const MOST_LINES: usize = 500;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// What the crate table of ARCHITECTURE.md allows: for each crate, those of ours that it may use.
fn allowed() -> BTreeMap<String, Vec<String>> {
    let page = fs::read_to_string(root().join("ARCHITECTURE.md")).expect("ARCHITECTURE.md holds the crate table");
    let rows = page.lines().filter_map(|line| {
        let cells: Vec<&str> = line.trim().trim_matches('|').split('|').map(str::trim).collect();
        let &[name, _, uses] = cells.as_slice() else { return None };
        let name = name.strip_prefix('`')?.strip_suffix('`')?;
        let uses = uses.split(',').map(|used| used.trim().trim_matches('`').to_owned());
        name.starts_with("polybius").then(|| (name.to_owned(), uses.collect()))
    });
    rows.collect()
}

#[test]
fn a_crate_uses_only_crates_above_it() {
    let allowed = allowed();
    let mut faults = Vec::new();
    for folder in fs::read_dir(root().join("crates")).expect("there are crates") {
        let manifest = folder.expect("the folder can be read").path().join("Cargo.toml");
        let Ok(text) = fs::read_to_string(&manifest) else { continue };
        let manifest: toml::Table = text.parse().expect("a manifest is TOML");
        let name = manifest["package"]["name"].as_str().expect("a package has a name");
        let Some(may_use) = allowed.get(name) else {
            faults.push(format!("`{name}` is not in the crate table of ARCHITECTURE.md"));
            continue;
        };
        // Tests may look further than the crate itself.
        for table in ["dependencies", "build-dependencies"] {
            let used = manifest.get(table).and_then(toml::Value::as_table).into_iter().flat_map(toml::Table::keys);
            for used in used.filter(|used| used.starts_with("polybius")) {
                if !may_use.contains(used) {
                    faults.push(format!(
                        "`{name}` uses `{used}`, which the crate table of ARCHITECTURE.md does not allow"
                    ));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn a_source_file_says_what_it_is_for_and_fits() {
    let mut faults = Vec::new();
    for file in source_files(&root().join("crates")) {
        let text = fs::read_to_string(&file).expect("source files are text");
        let n_lines = text.lines().count();
        if !text.starts_with("//! ") {
            faults.push(format!("{}: line one does not begin with `//! `", file.display()));
        }
        if n_lines > MOST_LINES {
            faults.push(format!("{}: {n_lines} lines, more than {MOST_LINES}", file.display()));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

fn source_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).expect("the folder can be read") {
        let path = entry.expect("the entry can be read").path();
        if path.is_dir() {
            files.extend(source_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files
}
