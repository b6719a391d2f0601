//! The claims of an article against those that a careful reader finds in it.

use polybius_codebook::Codebook;
use serde::Deserialize;

use super::article::places_of;
use super::expected::is_speaker;
use crate::ClaimRow;

/// Words that somebody says, and who.
#[derive(Debug, Clone, Deserialize)]
pub struct ClaimFact {
    /// The words; `…` stands for words left out.
    pub quote: String,
    /// Who says them.
    pub said_by: String,
}

/// What became of a claim.
#[derive(Debug, Clone)]
pub struct ClaimResult {
    /// Its words.
    pub quote: String,
    /// Who says them.
    pub said_by: String,
    /// Whether a claim of that speaker holds all of the words.
    pub found: bool,
    /// Who says the words instead, innermost first.
    pub others: Vec<String>,
}

/// Compares claims with what a reader finds.
pub(super) fn score_claims(
    text: &str,
    rows: &[ClaimRow],
    facts: &[ClaimFact],
    codebook: &Codebook,
) -> Vec<ClaimResult> {
    let result = |fact: &ClaimFact| {
        let parts = places_of(text, &fact.quote).unwrap_or_default();
        let holds = |row: &&ClaimRow| {
            let inside = |&(start, end): &(usize, usize)| {
                row.content.iter().any(|run| run.start <= start + SLACK && end <= run.end + SLACK)
            };
            !parts.is_empty() && parts.iter().all(inside)
        };
        let mut holding: Vec<&ClaimRow> = rows.iter().filter(holds).collect();
        holding.sort_by_key(|row| row.content.iter().map(|run| run.end - run.start).sum::<usize>());
        ClaimResult {
            quote: fact.quote.clone(),
            said_by: fact.said_by.clone(),
            found: holding.iter().any(|row| is_speaker(&row.speaker, &fact.said_by, codebook)),
            others: holding.iter().map(|row| row.speaker.name.clone()).collect(),
        }
    };
    facts.iter().map(result).collect()
}

/// A reader may take a closing mark or a stop along, so many characters on either side.
const SLACK: usize = 2;
