//! What speaks for every act of an article and for whoever may be a side of it, beside what a reader finds: what
//! `training/sides.py` learns from.

use std::collections::BTreeMap;

use polybius_codebook::{Codebook, DaySign, EventSign, Kind, SideSign};
use polybius_coder::{Candidate, Day, Participant, days, meant, weighed};
use polybius_document::Document;
use serde::Serialize;

use super::ExpectedFile;
use super::article::{Fact, dyad_faults, stands_in};
use super::dates::spans_of_acts;
use super::expected::{is_participant, lies_within};
use crate::row::{CodePoints, participant_row};
use crate::{Article, ParticipantRow, Pipeline, rows};

/// An act that the program may code.
#[derive(Debug, Clone, Serialize)]
pub struct JudgedAct {
    /// Its type.
    pub event_type: String,
    /// Where its trigger stands in the article, in code points.
    pub trigger: [usize; 2],
    /// Whether the reader finds an act of that type in the same words.
    pub is_fact: bool,
    /// How many actors the reader names.
    pub who: usize,
    /// How many recipients.
    pub whom: usize,
    /// Whether all act, and nobody is acted on.
    pub mutual: bool,
    /// Whether the actor and the recipient are somebody whom the words only describe.
    pub described: [bool; 2],
    /// Whom it needs: `both`, `actor`, `recipient` or `either`.
    pub needs: &'static str,
    /// Its signs, but for those of which there is nothing.
    pub signs: BTreeMap<&'static str, f32>,
    /// Who may be a side.
    pub candidates: Vec<JudgedCandidate>,
}

/// Somebody who may be a side.
#[derive(Debug, Clone, Serialize)]
pub struct JudgedCandidate {
    /// Their name.
    pub name: String,
    /// Where they are named in the article, in code points.
    pub words: [usize; 2],
    /// Whether the reader has them as an actor.
    pub actor: bool,
    /// Whether the reader has them as a recipient.
    pub recipient: bool,
    /// The signs, but for those of which there is nothing.
    pub signs: BTreeMap<&'static str, f32>,
}

/// Every act of the article, with its signs and what the reader says of it.
pub fn judge_evidence(article: Article, expected: &ExpectedFile, pipeline: &Pipeline) -> Vec<JudgedAct> {
    let codebook = &pipeline.codebook;
    let document = pipeline.annotate(article);
    let text = &document.article().text;
    let mut judged = Vec::new();
    for act in weighed(&document, codebook) {
        let Some(row) = rows(&document, std::slice::from_ref(&act.event), codebook).pop() else { continue };
        let told = expected.fact.iter().filter(|fact| stands_in(text, &row, fact));
        let compared = told.map(|fact| (fact, dyad_faults(&fact.expected, &row, codebook)));
        let of_type = compared.filter(|(_, faults)| faults.iter().all(|fault| fault.key != "type"));
        let fact = of_type.min_by_key(|(_, faults)| faults.len()).map(|(fact, _)| fact);
        let names = |side: fn(&Fact) -> &[String]| fact.map_or(&[][..], |fact| side(fact));
        let (who, whom) = (names(|fact| &fact.expected.who), names(|fact| &fact.expected.whom));
        let candidate = |one: &Candidate| {
            let row = row_of_its_own(&document, codebook, &one.participant);
            let is_any = |names: &[String]| names.iter().any(|name| is_participant(&row, name, codebook));
            JudgedCandidate {
                words: [row.start, row.end],
                name: row.name.clone(),
                actor: is_any(who),
                recipient: is_any(whom),
                signs: present(SideSign::NAMES, &one.signs),
            }
        };
        let declared = codebook.ontology.event_type(act.event.event_type);
        judged.push(JudgedAct {
            event_type: declared.name.to_string(),
            trigger: [row.why.trigger.start, row.why.trigger.end],
            is_fact: fact.is_some(),
            who: who.len(),
            whom: whom.len(),
            mutual: act.mutual,
            described: act.described,
            needs: act.needs.as_str(),
            signs: present(EventSign::NAMES, &act.signs),
            candidates: act.candidates.iter().map(candidate).collect(),
        });
    }
    judged
}

/// The days that may be that of an act which a reader found.
#[derive(Debug, Clone, Serialize)]
pub struct JudgedDays {
    /// The fact's number.
    pub n: u32,
    /// Whether the reader gives a day.
    pub is_dated: bool,
    /// The days.
    pub days: Vec<JudgedDay>,
}

/// A day that may be that of an act.
#[derive(Debug, Clone, Serialize)]
pub struct JudgedDay {
    /// First and last day.
    pub days: String,
    /// Whether it is the reader's.
    pub is_right: bool,
    /// Whether words of the sentence tell it.
    pub told: bool,
    /// The signs, but for those of which there is nothing.
    pub signs: BTreeMap<&'static str, f32>,
}

/// For every fact the days that may be its own: what `training/dates.py` learns from.
pub fn judge_days(article: Article, expected: &ExpectedFile, pipeline: &Pipeline) -> Vec<JudgedDays> {
    let document = pipeline.annotate(article);
    let spans = spans_of_acts(&document.article().text, expected);
    let found = days(&document, &pipeline.codebook, &spans);
    let judged = expected.fact.iter().zip(found).map(|(fact, days)| {
        let wanted = fact.expected.date.as_deref();
        let day = |day: &Day| {
            let days = format!("{}/{}", day.when.start, day.when.end);
            let is_right = wanted.is_some_and(|wanted| lies_within(&days, wanted));
            JudgedDay { days, is_right, told: day.when.span.is_some(), signs: present(DaySign::NAMES, &day.signs) }
        };
        JudgedDays { n: fact.n, is_dated: wanted.is_some(), days: days.iter().map(day).collect() }
    });
    judged.collect()
}

/// The words of an article that mean whom a reader names in a fact.
#[derive(Debug, Clone, Serialize)]
pub struct MeantSides {
    /// The fact's number.
    pub n: u32,
    /// The words that mean those who act, in code points.
    pub who: Vec<[usize; 2]>,
    /// The words that mean those who are acted on.
    pub whom: Vec<[usize; 2]>,
}

/// For every fact the words that mean its sides, wherever the article has them.
pub fn judge_meant(article: Article, expected: &ExpectedFile, pipeline: &Pipeline) -> Vec<MeantSides> {
    let codebook = &pipeline.codebook;
    let document = pipeline.annotate(article);
    let code_points = CodePoints::new(&document.article().text);
    let rows = meant(&document, codebook).into_iter().map(|(word, one)| {
        let row = row_of_its_own(&document, codebook, &one);
        (code_points.of(document.token(word).span()).into(), row)
    });
    let rows: Vec<([usize; 2], ParticipantRow)> = rows.collect();
    let words = |names: &[String]| {
        let is_any = |row: &ParticipantRow| names.iter().any(|name| is_participant(row, name, codebook));
        rows.iter().filter(|(_, row)| is_any(row)).map(|(word, _)| *word).collect()
    };
    let sides =
        |fact: &Fact| MeantSides { n: fact.n, who: words(&fact.expected.who), whom: words(&fact.expected.whom) };
    expected.fact.iter().map(sides).collect()
}

/// A participant as a row; a group without its country, for which it does not stand.
fn row_of_its_own(document: &Document, codebook: &Codebook, one: &Participant) -> ParticipantRow {
    let mut row = participant_row(document, codebook, one);
    if one.entity.is_some_and(|entity| codebook.entities.get(entity).kind == Kind::Group) {
        row.country = None;
    }
    row
}

/// The signs of which there is anything.
pub(super) fn present(names: &[&'static str], signs: &[f32]) -> BTreeMap<&'static str, f32> {
    names.iter().copied().zip(signs.iter().copied()).filter(|(_, much)| *much != 0.0).collect()
}
