//! One article against the facts that a careful reader finds in it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use polybius_codebook::Codebook;
use serde::Deserialize;

use super::claims::{ClaimFact, ClaimResult, score_claims};
use super::expected::is_participant;
use super::{Expected, Fault, brief};
use crate::{ClaimRow, EventRow};

/// What a reader finds in an article.
#[derive(Debug, Clone, Deserialize)]
pub struct ExpectedFile {
    /// The events.
    #[serde(default)]
    pub fact: Vec<Fact>,
    /// What is said, event or not.
    #[serde(default)]
    pub claim: Vec<ClaimFact>,
    /// Words that must not become an event of the outlet's own.
    #[serde(default)]
    pub never: Vec<Never>,
}

/// One event and the words that report it.
#[derive(Debug, Clone, Deserialize)]
pub struct Fact {
    /// Its number.
    pub n: u32,
    /// The words; `…` stands for words left out.
    pub quote: String,
    /// The words in them that name the act.
    pub trigger: Option<String>,
    /// Whether careful readers may differ on it: then it is not asked for, and right if it is found.
    #[serde(default)]
    pub optional: bool,
    /// The fact of which this is another telling.
    pub same_act_as: Option<u32>,
    /// The speakers, outermost first. Not scored yet.
    pub chain: Option<Vec<String>>,
    /// The event.
    #[serde(flatten)]
    pub expected: Expected,
}

/// Words that must not become an event that the outlet itself vouches for.
#[derive(Debug, Clone, Deserialize)]
pub struct Never {
    /// The words.
    pub quote: String,
    /// Why not.
    pub why: String,
}

/// How the events of an article compare with a reader's.
#[derive(Debug, Clone)]
pub struct ArticleReport {
    /// Each fact, in the file's order.
    pub facts: Vec<FactResult>,
    /// Each claim, in the file's order.
    pub claims: Vec<ClaimResult>,
    /// Each row that breaks a `never`, with the reason why it must not be.
    pub broken: Vec<(String, String)>,
    /// The events that no fact asked for, as a person reads them.
    pub others: Vec<String>,
    /// How many events have the type, actors and recipients of a fact whose words they stand in.
    pub n_right: usize,
    /// How many events there are.
    pub n_events: usize,
}

/// What became of a fact.
#[derive(Debug, Clone)]
pub struct FactResult {
    /// The fact's number.
    pub n: u32,
    /// Its first type.
    pub event_type: String,
    /// Whether it is not asked for.
    pub optional: bool,
    /// Its words.
    pub quote: String,
    /// The event nearest to it, as a person reads it.
    pub nearest: Option<String>,
    /// Why it is not found; empty if it is.
    pub faults: Vec<Fault>,
    /// What is not as expected, though the fact counts as found.
    pub notes: Vec<Fault>,
}

/// Compares the rows of the article `text` with what a reader finds.
///
/// A fact is found if an event whose trigger lies in its words has a right type, holds the actors and recipients (others may stand
/// beside them), and has the auxiliary modes, date and speaker where they are given. Mode, place and numbers are noted.
/// A claim is found if one of its speaker holds all of its words.
pub fn score_article(
    text: &str,
    rows: &[EventRow],
    claims: &[ClaimRow],
    expected: &ExpectedFile,
    codebook: &Codebook,
) -> ArticleReport {
    let claims = score_claims(text, claims, &expected.claim, codebook);
    let mut fits = vec![Fit::default(); rows.len()];
    let facts = expected.fact.iter().map(|fact| score_fact(text, rows, fact, codebook, &mut fits)).collect();
    let mut broken = Vec::new();
    for never in &expected.never {
        let parts = places_of(text, &never.quote).unwrap_or_default();
        for row in rows.iter().filter(|row| is_inside(row, &parts)) {
            if row.attribution.is_empty() && !row.auxiliary.iter().any(|mode| mode == "hypothetical") {
                broken.push((described(row, codebook), never.why.clone()));
            }
        }
    }
    let others = rows.iter().zip(&fits).filter(|(_, fit)| !fit.whole);
    let others = others.map(|(row, _)| described(row, codebook)).collect();
    let n_right = fits.iter().filter(|fit| fit.dyad).count();
    ArticleReport { facts, claims, broken, others, n_right, n_events: rows.len() }
}

/// How much of some fact an event is.
#[derive(Debug, Clone, Copy, Default)]
struct Fit {
    /// Its type and sides.
    dyad: bool,
    /// All that is asked.
    whole: bool,
}

fn score_fact(text: &str, rows: &[EventRow], fact: &Fact, codebook: &Codebook, fits: &mut [Fit]) -> FactResult {
    let result = |nearest, faults, notes| FactResult {
        n: fact.n,
        event_type: fact.expected.event_type.first().cloned().unwrap_or_default(),
        optional: fact.optional,
        quote: fact.quote.clone(),
        nearest,
        faults,
        notes,
    };
    let failed = |key, reason: &str| result(None, vec![Fault { key, reason: reason.to_owned() }], Vec::new());
    let Some(parts) = places_of(text, &fact.quote) else { return failed("quote", "the quote is not in the article") };
    let mut best: Option<(usize, Vec<Fault>, Vec<Fault>)> = None;
    for (index, row) in rows.iter().enumerate().filter(|(_, row)| is_inside(row, &parts)) {
        let (faults, notes) = judged(&fact.expected, row, codebook);
        fits[index].whole |= faults.is_empty();
        fits[index].dyad |= !faults.iter().any(Fault::is_of_dyad);
        let rank = |faults: &[Fault], notes: &[Fault]| {
            (faults.iter().filter(|fault| fault.is_of_dyad()).count(), faults.len(), notes.len())
        };
        if best.as_ref().is_none_or(|(_, most, noted)| rank(&faults, &notes) < rank(most, noted)) {
            best = Some((index, faults, notes));
        }
    }
    match best {
        None => failed("no event", "no event has its trigger in these words"),
        Some((index, faults, notes)) => result(Some(described(&rows[index], codebook)), faults, notes),
    }
}

/// Whether the row's trigger stands in the words of the fact.
pub(super) fn stands_in(text: &str, row: &EventRow, fact: &Fact) -> bool {
    places_of(text, &fact.quote).is_some_and(|parts| is_inside(row, &parts))
}

/// What speaks against the row having type and sides of the fact.
pub(super) fn dyad_faults(expected: &Expected, row: &EventRow, codebook: &Codebook) -> Vec<Fault> {
    judged(expected, row, codebook).0.into_iter().filter(Fault::is_of_dyad).collect()
}

/// What speaks against the row being this fact, and what is merely not as expected.
fn judged(expected: &Expected, row: &EventRow, codebook: &Codebook) -> (Vec<Fault>, Vec<Fault>) {
    let is_note = |fault: &Fault| matches!(fault.key, "mode" | "place" | "dead" | "injured" | "arrested");
    let (notes, mut faults): (Vec<_>, Vec<_>) = expected.plain_faults(row, codebook).into_iter().partition(is_note);
    faults.extend(participant_faults(expected, row, codebook));
    let has = |mode: &str| row.auxiliary.iter().any(|auxiliary| auxiliary == mode);
    let wanted = expected.aux.as_deref().unwrap_or_default();
    for mode in wanted.iter().filter(|mode| !has(mode)) {
        faults.push(Fault { key: "aux", reason: format!("it is not marked {mode}") });
    }
    if has("negation") && !wanted.iter().any(|mode| mode == "negation") {
        faults.push(Fault { key: "aux", reason: "it is marked negation".to_owned() });
    }
    (faults, notes)
}

fn participant_faults(expected: &Expected, row: &EventRow, codebook: &Codebook) -> Vec<Fault> {
    let is_any = |participants: &[crate::ParticipantRow], wanted: &str| {
        participants.iter().any(|participant| is_participant(participant, wanted, codebook))
    };
    let mut faults = Vec::new();
    // Where one party stands on both sides, the reader leaves two readings open ("A accuses B", "B attacks C"), because nobody
    // does a thing to himself: then one of each side is enough.
    let is_open = expected.who.iter().any(|party| expected.whom.contains(party));
    // A reciprocal act lists everybody as actor: then whom it was done with stands there.
    let whom = if row.recipients.is_empty() { &row.actors } else { &row.recipients };
    for (key, wanted, got) in [("who", &expected.who, &row.actors), ("whom", &expected.whom, whom)] {
        let missing: Vec<&str> = wanted.iter().map(String::as_str).filter(|wanted| !is_any(got, wanted)).collect();
        let is_enough = missing.is_empty() || (is_open && missing.len() < wanted.len());
        if !is_enough {
            faults.push(Fault { key, reason: format!("{key} lacks {}", missing.join(", ")) });
        }
    }
    faults
}

/// Where the parts of a quote stand, in code points, as near to each other as may be; `None` if one of them is not there.
pub(super) fn places_of(text: &str, quote: &str) -> Option<Vec<(usize, usize)>> {
    let parts: Vec<&str> = quote.split('…').map(str::trim).filter(|part| !part.is_empty()).collect();
    let mut at = 0;
    for part in &parts {
        at += text[at..].find(part)? + part.len();
    }
    let mut places = Vec::new();
    for part in parts.iter().rev() {
        let start = text[..at].rfind(part)?;
        at = start;
        let before = text[..start].chars().count();
        places.push((before, before + part.chars().count()));
    }
    places.reverse();
    (!places.is_empty()).then_some(places)
}

fn is_inside(row: &EventRow, parts: &[(usize, usize)]) -> bool {
    let trigger = &row.why.trigger;
    parts.iter().any(|&(start, end)| trigger.start < end && start < trigger.end)
}

/// The row on one line: event, speaker, date, place, trigger, pattern.
fn described(row: &EventRow, codebook: &Codebook) -> String {
    let mut line = format!("[{}] {}", row.sentence, brief(row, codebook));
    let speakers: Vec<&str> = row.attribution.iter().map(|link| link.speaker.name.as_str()).collect();
    if !speakers.is_empty() {
        line += &format!(" · says {}", speakers.join(" › "));
    }
    if let Some(date) = &row.date {
        line += &format!(
            " · {}",
            if date.start == date.end { date.start.clone() } else { format!("{}/{}", date.start, date.end) }
        );
    }
    if let Some(place) = &row.place {
        line += &format!(" · {}", place.name);
    }
    line + &format!(" · “{}” · {}", row.why.trigger.text, row.why.by())
}

impl Fault {
    /// Whether the type, an actor or a recipient is wrong, or there is no event at all.
    pub(super) fn is_of_dyad(&self) -> bool {
        matches!(self.key, "type" | "who" | "whom" | "no event" | "quote")
    }
}

impl ArticleReport {
    /// The facts that are asked for.
    pub fn asked_for(&self) -> impl Iterator<Item = &FactResult> {
        self.facts.iter().filter(|fact| !fact.optional)
    }

    /// How many of those are found.
    pub fn n_found(&self) -> usize {
        self.asked_for().filter(|fact| fact.faults.is_empty()).count()
    }

    /// How many claims are found.
    pub fn n_claims_found(&self) -> usize {
        self.claims.iter().filter(|claim| claim.found).count()
    }

    /// How many facts are missed for each key; one can be missed for several.
    fn reasons(&self) -> String {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for fact in self.asked_for() {
            let keys: BTreeSet<&str> = fact.faults.iter().map(|fault| fault.key).collect();
            keys.into_iter().for_each(|key| *counts.entry(key).or_default() += 1);
        }
        let counts = counts.iter().map(|(key, count)| format!("{key} {count}"));
        counts.collect::<Vec<_>>().join(", ")
    }
}

impl fmt::Display for ArticleReport {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for fact in &self.facts {
            let verdict = match (fact.faults.is_empty(), fact.optional) {
                (true, _) => "found ",
                (false, true) => "left  ",
                (false, false) => "MISSED",
            };
            writeln!(formatter, "{verdict} {:>3}  “{}”", fact.n, fact.quote)?;
            if let Some(nearest) = &fact.nearest {
                writeln!(formatter, "            {nearest}")?;
            }
            for fault in &fact.faults {
                writeln!(formatter, "            because {}", fault.reason)?;
            }
            for note in &fact.notes {
                writeln!(formatter, "            note: {}", note.reason)?;
            }
        }
        for claim in &self.claims {
            let verdict = if claim.found { "found " } else { "MISSED" };
            writeln!(formatter, "{verdict} claim of {}: “{}”", claim.said_by, claim.quote)?;
            if !claim.found && !claim.others.is_empty() {
                writeln!(formatter, "            said by {}", claim.others.join(" › "))?;
            }
        }
        writeln!(formatter, "\nWhat must never come out as a fact of the outlet: {} broken", self.broken.len())?;
        for (row, why) in &self.broken {
            writeln!(formatter, "  {row}\n      but: {why}")?;
        }
        writeln!(formatter, "\nEvents that no fact asked for, to be judged by hand: {}", self.others.len())?;
        for row in &self.others {
            writeln!(formatter, "  {row}")?;
        }
        let n_facts = self.asked_for().count();
        let n_asked_for = self.n_events - self.others.len();
        writeln!(formatter, "\nfacts found      {} of {n_facts}", self.n_found())?;
        writeln!(formatter, "missed for       {}", self.reasons())?;
        writeln!(formatter, "claims found     {} of {}", self.n_claims_found(), self.claims.len())?;
        writeln!(formatter, "never broken     {}", self.broken.len())?;
        writeln!(formatter, "events           {}, of which {n_asked_for} are such facts", self.n_events)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_with_words_left_out_have_parts() {
        let text = "“Moscow and Tehran actively cooperate and often agree,” he said.";
        assert_eq!(places_of(text, "Moscow and Tehran … often agree"), Some(vec![(1, 18), (42, 53)]));
        assert_eq!(places_of(text, "often agree … Moscow"), None);
        assert_eq!(places_of("he left; he said he came", "he … came"), Some(vec![(17, 19), (20, 24)]));
        assert_eq!(places_of(text, ""), None);
    }
}
