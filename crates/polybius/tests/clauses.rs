//! The clause form on some 300 sentences of every construction, through the shipped model, and on gold trees of the treebanks.
//!
//! `clauses/known_wrong.txt` lists what is not right yet; `UPDATE=1 cargo test -p polybius --test clauses` writes it anew.

#[path = "clauses/lines.rs"]
mod lines;

use std::collections::{BTreeSet, HashMap};
use std::path::Path;
use std::{env, fs};

use lines::{Entry, missed, parse};
use polybius::explanation::ClauseExplanation;
use polybius::{Article, Document, Pipeline};
use polybius_coder::explain;
use polybius_document::from_conllu;

const SENTENCES: &str = include_str!("clauses/sentences.txt");
const TREEBANK: &str = include_str!("clauses/treebank.txt");
const LIST: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/clauses/known_wrong.txt");
/// Of the clauses in gold trees, this share must be right.
const TREEBANK_FLOOR: f64 = 0.75;

#[test]
fn sentences_give_their_clauses() {
    let pipeline = pipeline();
    let read = |entry: &Entry| Some(pipeline.annotate(Article::from_text("sentence", entry.sentence.as_str())));
    let outcome = compare(&pipeline, &parse(SENTENCES), read);
    println!("{} of {} clauses right", outcome.n_right, outcome.n_all);
    if env::var_os("UPDATE").is_some() {
        let head = "# Clauses that the shipped model does not give yet: sentence, clause.\n".to_owned();
        let text = outcome.wrong.keys().fold(head, |text, line| text + line + "\n");
        fs::write(LIST, text).expect("the list can be written");
    }
    let known = fs::read_to_string(LIST).expect("the list is there, if only empty");
    let known: BTreeSet<&str> = known.lines().collect();
    let new: Vec<String> = outcome
        .wrong
        .iter()
        .filter(|(line, _)| !known.contains(line.as_str()))
        .map(|(line, reason)| format!("{line}\n    {reason}"))
        .collect();
    assert!(new.is_empty(), "{} clauses are wrong that were right:\n{}", new.len(), new.join("\n"));
}

#[test]
fn gold_trees_give_their_clauses() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/ud");
    if !folder.exists() {
        println!("skipped: the treebanks are not at {}", folder.display());
        return;
    }
    let mut trees: HashMap<String, HashMap<String, String>> = HashMap::new();
    let pipeline = pipeline();
    let read = |entry: &Entry| {
        let (file, id) = entry.sentence.strip_prefix("@ ")?.split_once(' ')?;
        let blocks = trees
            .entry(file.to_owned())
            .or_insert_with(|| by_id(&fs::read_to_string(folder.join(file)).expect("the treebank can be read")));
        from_conllu(id, blocks.get(id)?).ok()
    };
    let outcome = compare(&pipeline, &parse(TREEBANK), read);
    for (line, reason) in &outcome.wrong {
        println!("{line}\n    {reason}");
    }
    println!("{} of {} clauses right", outcome.n_right, outcome.n_all);
    assert!(outcome.n_all > 0, "no tree was found");
    assert!(outcome.n_right as f64 >= TREEBANK_FLOOR * outcome.n_all as f64);
}

struct Outcome {
    n_right: usize,
    n_all: usize,
    /// Each wrong line, after its sentence, with the reason.
    wrong: std::collections::BTreeMap<String, String>,
}

fn compare(pipeline: &Pipeline, entries: &[Entry], mut read: impl FnMut(&Entry) -> Option<Document>) -> Outcome {
    let mut outcome = Outcome { n_right: 0, n_all: 0, wrong: Default::default() };
    for entry in entries {
        let Some(document) = read(entry) else { continue };
        let explanation = explain(&document, &pipeline.codebook, 0.0);
        let clauses: Vec<&ClauseExplanation> =
            explanation.sentences.iter().flat_map(|sentence| &sentence.clauses).collect();
        for line in entry.lines.iter().filter(|line| !line.beyond) {
            outcome.n_all += 1;
            match missed(line, &clauses) {
                None => outcome.n_right += 1,
                Some(reason) => {
                    outcome.wrong.insert(format!("{} :: {}", entry.sentence, line.text), reason);
                }
            }
        }
    }
    outcome
}

fn pipeline() -> Pipeline {
    Pipeline::patterns_alone(polybius::codebook(Vec::new()).expect("the codebook is sound"))
}

/// The sentences of a treebank by their `sent_id`.
fn by_id(conllu: &str) -> HashMap<String, String> {
    let blocks = conllu.split("\n\n").filter_map(|block| {
        let id = block.lines().find_map(|line| line.strip_prefix("# sent_id = "))?;
        Some((id.to_owned(), format!("{block}\n\n")))
    });
    blocks.collect()
}
