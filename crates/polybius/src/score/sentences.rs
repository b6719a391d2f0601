//! Single sentences and minimal pairs against every event they should give.

use polybius_codebook::Codebook;
use serde::Deserialize;

use super::expected::is_participant;
use super::{Expected, Fault, brief};
use crate::{Article, EventRow, ParticipantRow, Pipeline, rows};

/// A file of sentences.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SentenceFile {
    /// The day from which relative dates count.
    pub published: Option<jiff::civil::Date>,
    /// Types that speak of what is to come, so that the mark `future` may stand or not.
    #[serde(default)]
    pub future_free: Vec<String>,
    /// The sentences.
    pub sentence: Vec<Sentence>,
}

/// A sentence and all that it should give.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sentence {
    /// The set it belongs to.
    pub pair: Option<String>,
    /// The sentence.
    pub text: String,
    /// Its events; any other event is wrong.
    pub expected: Vec<Expected>,
}

/// What became of a sentence.
#[derive(Debug, Clone)]
pub struct SentenceResult {
    /// The set it belongs to.
    pub pair: Option<String>,
    /// The sentence.
    pub text: String,
    /// What came out, as examples in the codebook are written.
    pub got: Vec<String>,
    /// What is wrong; empty if it is right.
    pub faults: Vec<String>,
}

/// Reads every sentence by itself and compares.
pub fn score_sentences(file: &SentenceFile, pipeline: &Pipeline) -> Vec<SentenceResult> {
    let read = |sentence: &Sentence| {
        let article = Article { published: file.published, ..Article::from_text("sentence", &sentence.text) };
        let (document, events) = pipeline.read(article);
        let rows = rows(&document, &events, &pipeline.codebook);
        SentenceResult {
            pair: sentence.pair.clone(),
            text: sentence.text.clone(),
            got: rows.iter().map(|row| brief(row, &pipeline.codebook)).collect(),
            faults: faults(&sentence.expected, &rows, file, &pipeline.codebook),
        }
    };
    file.sentence.iter().map(read).collect()
}

/// What is wrong with the rows as a whole: each expected event is given the row that fits it best.
fn faults(expected: &[Expected], rows: &[EventRow], file: &SentenceFile, codebook: &Codebook) -> Vec<String> {
    let mut faults = Vec::new();
    let mut left: Vec<&EventRow> = rows.iter().collect();
    for event in expected {
        let judged = left.iter().map(|row| judged(event, row, file, codebook)).enumerate();
        match judged.min_by_key(|(_, faults)| faults.len()) {
            Some((index, found)) => {
                left.remove(index);
                faults.extend(found.into_iter().map(|fault| fault.reason));
            }
            None => faults.push(format!("there is no {} of {}", event.event_type.join("/"), event.who.join(","))),
        }
    }
    faults.extend(left.iter().map(|row| format!("{} should not come out", brief(row, codebook))));
    faults
}

fn judged(expected: &Expected, row: &EventRow, file: &SentenceFile, codebook: &Codebook) -> Vec<Fault> {
    let mut faults = expected.plain_faults(row, codebook);
    for (key, wanted, got) in [("who", &expected.who, &row.actors), ("whom", &expected.whom, &row.recipients)] {
        if !is_same(wanted, got, codebook) {
            let names: Vec<&str> = got.iter().map(|participant| participant.name.as_str()).collect();
            let reason = format!("{key} is {}, not {}", names.join(", "), wanted.join(", "));
            faults.push(Fault { key, reason });
        }
    }
    if let Some(wanted) = &expected.aux {
        let is_hypothetical = wanted.iter().any(|mode| mode == "hypothetical");
        for mode in ["negation", "future", "hypothetical", "historical"] {
            let is_wanted = wanted.iter().any(|wanted| wanted == mode);
            let holds = row.auxiliary.iter().any(|auxiliary| auxiliary == mode);
            let is_free = match mode {
                "historical" => true,
                "future" => is_hypothetical || file.future_free.contains(&row.event_type),
                _ => false,
            };
            if is_wanted && !holds {
                faults.push(Fault { key: "aux", reason: format!("it is not marked {mode}") });
            } else if holds && !is_wanted && !is_free {
                faults.push(Fault { key: "aux", reason: format!("it is marked {mode}") });
            }
        }
    }
    faults
}

/// Whether every party is there and nobody else.
fn is_same(wanted: &[String], got: &[ParticipantRow], codebook: &Codebook) -> bool {
    let is = |participant: &ParticipantRow, wanted: &String| is_participant(participant, wanted, codebook);
    wanted.iter().all(|wanted| got.iter().any(|participant| is(participant, wanted)))
        && got.iter().all(|participant| wanted.iter().any(|wanted| is(participant, wanted)))
}
