//! A set of articles against all the events that a careful reader finds in them.

use std::collections::BTreeMap;
use std::fmt;

use super::ArticleReport;

/// What many articles give together.
#[derive(Debug, Clone, Default)]
pub struct ArticlesReport {
    n_articles: usize,
    n_events: usize,
    n_right: usize,
    n_broken: usize,
    n_whole: usize,
    /// Claims asked for, and how many of them are found.
    claims: (usize, usize),
    /// For each type the facts asked for, and how many of them came out with type and sides.
    types: BTreeMap<String, (usize, usize)>,
    /// How many facts failed for each key.
    reasons: BTreeMap<&'static str, usize>,
}

impl ArticlesReport {
    /// Takes the report of one more article.
    pub fn add(&mut self, report: &ArticleReport) {
        self.n_articles += 1;
        self.n_events += report.n_events;
        self.n_right += report.n_right;
        self.n_broken += report.broken.len();
        self.n_whole += report.n_found();
        self.claims.0 += report.claims.len();
        self.claims.1 += report.n_claims_found();
        for fact in report.asked_for() {
            let (asked, found) = self.types.entry(fact.event_type.clone()).or_default();
            *asked += 1;
            *found += usize::from(!fact.faults.iter().any(super::Fault::is_of_dyad));
            let mut keys: Vec<&str> = fact.faults.iter().map(|fault| fault.key).collect();
            keys.dedup();
            keys.into_iter().for_each(|key| *self.reasons.entry(key).or_default() += 1);
        }
    }

    /// The share of events that have the type, actors and recipients of a fact in whose words they stand.
    pub fn precision(&self) -> f64 {
        share(self.n_right, self.n_events)
    }

    /// The share of facts that an event in their words has the type, actors and recipients of.
    pub fn recall(&self) -> f64 {
        let (asked, found) = self.sums();
        share(found, asked)
    }

    fn sums(&self) -> (usize, usize) {
        self.types.values().fold((0, 0), |(asked, found), (a, f)| (asked + a, found + f))
    }
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

impl fmt::Display for ArticlesReport {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (asked, found) = self.sums();
        writeln!(formatter, "type           facts  found with type and sides")?;
        for (event_type, (asked, found)) in &self.types {
            writeln!(formatter, "{event_type:<13}{asked:>7}{found:>7}")?;
        }
        let reasons: Vec<String> = self.reasons.iter().map(|(key, count)| format!("{key} {count}")).collect();
        writeln!(formatter, "\narticles         {}", self.n_articles)?;
        writeln!(formatter, "type and sides   recall {:.3} ({found} of {asked} facts)", self.recall())?;
        writeln!(
            formatter,
            "                 precision {:.3} ({} of {} events)",
            self.precision(),
            self.n_right,
            self.n_events
        )?;
        writeln!(formatter, "whole facts      {} of {asked}", self.n_whole)?;
        writeln!(formatter, "missed for       {}", reasons.join(", "))?;
        writeln!(formatter, "claims found     {} of {}", self.claims.1, self.claims.0)?;
        writeln!(formatter, "never broken     {}", self.n_broken)
    }
}
