//! The manual: every page stands in its table of contents, and every link between the repository's pages leads somewhere.

use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

#[test]
fn every_page_stands_in_the_table_of_contents() {
    let docs = root().join("docs");
    let contents = fs::read_to_string(docs.join("SUMMARY.md")).expect("docs/SUMMARY.md is the table of contents");
    let listed = links(&contents);
    let pages = fs::read_dir(&docs).expect("there is a manual").map(|entry| entry.expect("it can be read").file_name());
    let pages = pages.filter_map(|name| name.into_string().ok()).filter(|name| name.ends_with(".md"));
    let missing: Vec<String> = pages.filter(|name| name != "SUMMARY.md" && !listed.contains(name)).collect();
    assert!(missing.is_empty(), "docs/SUMMARY.md does not list {missing:?}");
}

#[test]
fn every_link_leads_somewhere() {
    let mut faults = Vec::new();
    let mut n_links = 0;
    for page in pages(&root()) {
        let text = fs::read_to_string(&page).expect("pages are text");
        for link in links(&text) {
            let (path, heading) = link.split_once('#').unwrap_or((&link, ""));
            if path.contains("://") || path.starts_with("mailto:") {
                continue;
            }
            n_links += 1;
            let folder = page.parent().expect("a page lies in a folder");
            let target = if path.is_empty() { page.clone() } else { folder.join(path) };
            let is_there = target.exists()
                && (heading.is_empty() || fs::read_to_string(&target).is_ok_and(|text| has_heading(&text, heading)));
            if !is_there {
                faults.push(format!("{}: {link}", page.display()));
            }
        }
    }
    assert!(faults.is_empty(), "links to nowhere:\n{}", faults.join("\n"));
    assert!(n_links > 20, "only {n_links} links were found");
}

/// The pages people read: those of the root, of the manual, and the README of each folder.
fn pages(root: &Path) -> Vec<PathBuf> {
    let mut pages = Vec::new();
    for folder in
        ["", "docs", "bench", "codebook", "crates/polybius-python", "examples", "models", "training", "notebooks"]
    {
        let Ok(entries) = fs::read_dir(root.join(folder)) else { continue };
        let files = entries.map(|entry| entry.expect("the entry can be read").path());
        pages.extend(files.filter(|path| path.extension().is_some_and(|ending| ending == "md")));
    }
    pages
}

/// What the links of a page point at, outside of its code.
fn links(page: &str) -> Vec<String> {
    let mut links = Vec::new();
    let mut in_code = false;
    for line in page.lines() {
        in_code ^= line.trim_start().starts_with("```");
        if in_code || line.starts_with("    ") {
            continue;
        }
        // Between backquotes nothing is a link.
        let text: String = line.split('`').step_by(2).collect();
        for part in text.split("](").skip(1) {
            links.extend(part.split_once(')').map(|(link, _)| link.to_owned()));
        }
    }
    links
}

/// Whether a page has a heading under this anchor, as GitHub and mdBook make them.
fn has_heading(page: &str, anchor: &str) -> bool {
    let heading = |line: &str| -> String {
        let words = line.trim_start_matches('#').trim().to_lowercase();
        let kept =
            words.chars().filter(|character| character.is_alphanumeric() || matches!(character, ' ' | '-' | '_'));
        kept.map(|character| if character == ' ' { '-' } else { character }).collect()
    };
    page.lines().filter(|line| line.starts_with('#')).any(|line| heading(line) == anchor)
}
