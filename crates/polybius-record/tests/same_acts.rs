//! How well incidents keep reports of one act together and those of like acts apart, on labelled tellings.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use polybius::{Article, Pipeline, rows};
use polybius_record::{Clock, Filter, Keep, Maker, Placing, Reading, Record, RecordError, Signature};
use serde::Deserialize;

#[derive(Deserialize)]
struct File {
    theme: Vec<Theme>,
}

#[derive(Deserialize)]
struct Theme {
    name: String,
    /// Whether incidents were never changed on account of it.
    #[serde(default)]
    held: bool,
    /// Acts, each with its tellings: outlet, day, text.
    acts: Vec<Vec<[String; 3]>>,
}

/// The least F1 over the pairs of the themes that were looked at.
const LEAST: f64 = 0.9;

#[test]
fn tellings_of_one_act_come_together() -> Result<(), RecordError> {
    let file: File = toml::from_str(include_str!("../../../examples/record/same_acts.toml")).expect("the file is TOML");
    let Ok(codebook) = polybius::codebook(Vec::new()) else { panic!("the codebook compiled in is not sound") };
    let pipeline = Pipeline::new(codebook);
    let folder = tempfile::tempdir().expect("a folder can be made");
    let record = Record::open(&folder.path().join("news.db"))?;
    let now = Clock::System.now();
    let [version, program, models] = ["0", "a test", "ours"].map(str::to_owned);
    let maker = Maker { version, program, codebook: "ours".into(), models, settings: String::new() };
    let run = record.run(&maker, &now)?;

    let mut labels: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    let mut tellings = Vec::new();
    for (theme, acts) in file.theme.iter().enumerate() {
        for (act, told) in acts.acts.iter().enumerate() {
            for (index, [outlet, day, text]) in told.iter().enumerate() {
                let id = format!("{theme}.{act}.{index}");
                labels.insert(id.clone(), (theme, act));
                let published = Some(day.parse().expect("a day"));
                tellings.push(Article { outlet: Some(outlet.clone()), published, ..Article::from_text(id, text) });
            }
        }
    }
    // News comes by day, not by act.
    tellings.sort_by_key(|article| article.published);
    for article in tellings {
        let signature = Signature::of(&article.text);
        let (document, events) = pipeline.read(article.clone());
        let rows = rows(&document, &events, &pipeline.codebook);
        record.add(
            run,
            &Reading {
                article,
                n_sentences: 1,
                rows,
                claims: Vec::new(),
                expectations: Vec::new(),
                signature,
                placing: Placing::ByLikeness,
            },
            Keep::Text,
            &now,
        )?;
    }
    record.commit()?;

    let mut incidents: BTreeMap<String, BTreeSet<i64>> = BTreeMap::new();
    for report in record.reports(&Filter::default(), None)? {
        incidents.entry(report.row.document_id).or_default().insert(report.entry.incident);
    }
    let empty = BTreeSet::new();
    let of = |id: &String| incidents.get(id).unwrap_or(&empty);
    let mut scores = [Score::default(), Score::default()];
    let all: Vec<(&String, &(usize, usize))> = labels.iter().collect();
    for (index, &(one, &(theme, act))) in all.iter().enumerate() {
        let Theme { name, held, .. } = &file.theme[theme];
        if of(one).is_empty() {
            println!("no event: {one} of {name}");
        }
        for &(other, &(_, other_act)) in all[index + 1..].iter().filter(|(_, (other_theme, _))| *other_theme == theme) {
            let (same, found) = (act == other_act, !of(one).is_disjoint(of(other)));
            scores[usize::from(*held)].add(same, found);
            if same != found {
                println!("{}: {one} and {other} of {name}", if same { "apart" } else { "together" });
            }
        }
    }
    let [tuned, held] = &scores;
    println!("looked at: {tuned}\nheld back: {held}");
    assert!(tuned.f1() >= LEAST && tuned.n_same + held.n_same > 100);
    Ok(())
}

/// Pairs of tellings that are of one act, that were found to be, and both.
#[derive(Default)]
struct Score {
    n_pairs: u32,
    n_same: u32,
    n_found: u32,
    n_right: u32,
}

impl Score {
    fn add(&mut self, same: bool, found: bool) {
        self.n_pairs += 1;
        self.n_same += u32::from(same);
        self.n_found += u32::from(found);
        self.n_right += u32::from(same && found);
    }

    fn f1(&self) -> f64 {
        2.0 * f64::from(self.n_right) / f64::from(self.n_found + self.n_same)
    }
}

impl fmt::Display for Score {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Score { n_pairs, n_same, n_found, n_right } = self;
        let f1 = self.f1();
        write!(formatter, "{n_pairs} pairs, {n_same} of one act, {n_found} found, {n_right} of them right, F1 {f1:.3}")
    }
}
