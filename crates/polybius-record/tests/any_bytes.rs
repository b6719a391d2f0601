//! Rows of other data sets and of ours, and lists of names, in which anything may be wrong: examples with parts changed, left out,
//! doubled, and bytes of no meaning.

#[path = "../../../fuzz/imports.rs"]
mod imports;

use std::path::Path;

/// So many times each example is changed.
const N_CHANGED: usize = 8;

/// A number that looks like chance, and the same ones each time.
struct Chance(u64);

impl Chance {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % n.max(1)
    }

    fn changed(&mut self, bytes: &[u8]) -> Vec<u8> {
        let mut bytes = bytes.to_vec();
        for _ in 0..=self.below(12) {
            let at = self.below(bytes.len());
            let end = (at + self.below(40)).min(bytes.len());
            let odd: &[&[u8]] = &[
                b"\t",
                b"\"",
                b"\0",
                b"\xff",
                b",,,",
                b"\n",
                b"-1",
                b"99999999999999999999",
                b"{",
                "İ".as_bytes(),
                b"\r",
            ];
            match self.below(4) {
                0 => drop(bytes.drain(at..end)),
                1 => drop(bytes.splice(at..at, bytes[at..end].to_vec())),
                2 => drop(bytes.splice(at..end, odd[self.below(odd.len())].iter().copied())),
                _ => bytes.iter_mut().skip(at).take(1).for_each(|byte| *byte = self.below(256) as u8),
            }
        }
        bytes
    }
}

#[test]
fn any_rows_are_reports_or_defects() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/foreign");
    let mut chance = Chance(7);
    let mut n_files = 0;
    for file in std::fs::read_dir(folder).expect("the examples are there") {
        let path = file.expect("the folder can be read").path();
        if path.extension().is_some_and(|extension| extension == "md") {
            continue;
        }
        let bytes = std::fs::read(path).expect("it can be read");
        n_files += 1;
        for _ in 0..N_CHANGED {
            imports::import(&chance.changed(&bytes));
        }
    }
    assert!(n_files >= 5, "{n_files} examples");
    for length in [0, 1, 7, 100, 3_000] {
        let noise: Vec<u8> = (0..length).map(|_| chance.below(256) as u8).collect();
        imports::import(&noise);
    }
}

#[test]
fn any_rows_of_ours_are_taken_or_named() {
    let Ok(codebook) = polybius::codebook(Vec::new()) else { panic!("the codebook compiled in is not sound") };
    let pipeline = polybius::Pipeline::new(codebook);
    let article = polybius::Article::from_text("a", "Russia denied that it had attacked Kharkiv.");
    let (document, records) = pipeline.read_all(article);
    let (rows, claims, expectations) = polybius::ledger(&document, &records, &pipeline.codebook);
    let mut lines: Vec<String> = rows.iter().map(polybius::formats::jsonl_line).collect();
    lines.extend(claims.iter().map(|row| serde_json::to_string(row).expect("a row is JSON") + "\n"));
    lines.extend(expectations.iter().map(|row| serde_json::to_string(row).expect("a row is JSON") + "\n"));
    assert!(!rows.is_empty() && !claims.is_empty());
    let whole = lines.concat();
    imports::coded(whole.as_bytes());
    let mut chance = Chance(11);
    for _ in 0..200 {
        imports::coded(&chance.changed(whole.as_bytes()));
    }
}

#[test]
fn any_list_of_names_is_an_overlay() {
    let lists = [
        "BOKO_HARAM_ [NGAREB]\n+BOKO_HARAM_FIGHTERS_\nANGELA_MERKEL_ [DEUGOV 051122-211208] [DEUELI >211208]\n",
        "{\"id\":\"Q1\",\"labels\":{\"en\":{\"value\":\"Ada Novak\"}},\"claims\":{\"P31\":[{\"mainsnak\":{\"datavalue\":{\"value\":{\"id\":\"Q5\"}}}}]}}\n",
        "{\"id\":\"p1\",\"schema\":\"Person\",\"properties\":{\"name\":[\"Ada Novak\"],\"country\":[\"pl\"]}}\n",
        "id,name,kind,role,country,sector\nada-novak,Ada Novak,person,,POL,GOV\n",
    ];
    let mut chance = Chance(13);
    for list in lists {
        imports::names(list.as_bytes());
        for _ in 0..50 {
            imports::names(&chance.changed(list.as_bytes()));
        }
    }
}
