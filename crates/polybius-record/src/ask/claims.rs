//! Claims: who said what about whom, and what was said to it later.

use std::collections::BTreeSet;

use polybius::ClaimRow;
use rusqlite::Row;

use super::filter::{Conditions, RECENT};
use super::{Filter, in_force};
use crate::{Record, RecordError, RunId};

/// A claim as the record has it.
#[derive(Debug, Clone, PartialEq)]
pub struct ClaimReport {
    /// The claim with its words.
    pub row: ClaimRow,
    /// Its number in the record.
    pub number: i64,
    /// When it was said, else published.
    pub day: Option<String>,
    /// Which run found it.
    pub run: RunId,
}

/// What a claim is to an earlier one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Relation {
    /// The same speaker says it again.
    Repetition,
    /// The same speaker says the opposite.
    Reversal,
    /// Another says the same.
    Support,
    /// Another denies it.
    Denial,
}

impl Relation {
    /// In a word.
    pub fn as_str(self) -> &'static str {
        match self {
            Relation::Repetition => "repeated",
            Relation::Reversal => "reversed",
            Relation::Support => "said by another",
            Relation::Denial => "denied by another",
        }
    }
}

/// Two claims are about one thing if they have so large a part of their longer words in common.
const LIKE: f64 = 0.4;

/// So many claims of the same parties are compared with one.
const MOST_COMPARED: u64 = 200;

impl Record {
    /// The claims of the filter, the latest published first, those of an article by its text. Its actors speak, its recipients are spoken about; types, statuses, quad classes,
    /// places and confidence do not matter.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn claims(&self, filter: &Filter, limit: u64) -> Result<Vec<ClaimReport>, RecordError> {
        // Most questions are answered by the versions that were published last.
        let recent = self.claims_within(true, None, filter, limit)?;
        if recent.len() as u64 >= limit { Ok(recent) } else { self.claims_within(false, None, filter, limit) }
    }

    fn claims_within(
        &self,
        recent: bool,
        since: Option<&str>,
        filter: &Filter,
        limit: u64,
    ) -> Result<Vec<ClaimReport>, RecordError> {
        let mut conditions = Conditions::default();
        if recent {
            conditions.recent(None, RECENT);
        }
        if let Some(since) = since {
            conditions.published_since(since);
        }
        conditions.codes("r.claim", "claim", "speaker", &filter.actors);
        conditions.codes("r.claim", "claim", "about", &filter.recipients);
        conditions.ledger(filter, "r.claim_id");
        let sql = format!(
            "SELECT r.row, r.claim, r.day, r.run FROM (SELECT x.*, c.run, c.version, c.outlet, c.document_id, c.published
                 FROM claims AS x JOIN ({}) AS c ON c.coding = x.coding) AS r{} ORDER BY r.published DESC, r.coding DESC, r.claim LIMIT {limit}",
            in_force::codings(&filter.moment(), filter.run),
            conditions.sql
        );
        let mut statement = self.connection.prepare(&sql)?;
        let rows = statement.query_map(&*conditions.values(), claim)?;
        let rows = rows.collect::<Result<Vec<_>, _>>()?;
        let read = |(json, number, day, run): Stored| {
            Ok(ClaimReport { row: serde_json::from_str(&json)?, number, day, run: RunId(run) })
        };
        rows.into_iter().map(read).collect()
    }

    /// Claims to compare one with that was published on a day. Where only the versions published last can hold later ones, no others are
    /// looked at.
    fn compared(&self, filter: &Filter, since: Option<&str>) -> Result<Vec<ClaimReport>, RecordError> {
        let find = "SELECT min(published) FROM
                        (SELECT published FROM versions WHERE published <= '9999' ORDER BY published DESC LIMIT ?)";
        let oldest: Option<String> =
            self.connection.prepare_cached(find)?.query_row([RECENT as i64], |row| row.get(0))?;
        match (since, oldest) {
            (Some(since), Some(oldest)) if since > oldest.as_str() => {
                self.claims_within(true, Some(since), filter, MOST_COMPARED)
            }
            _ => self.claims(filter, MOST_COMPARED),
        }
    }

    /// What other claims that were published no earlier say to this one, each with what it is to it, in order of days.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn said_to(&self, claim: &ClaimReport, filter: &Filter) -> Result<Vec<(Relation, ClaimReport)>, RecordError> {
        let code = |one: &polybius::ParticipantRow| one.entity.clone().or_else(|| one.country.clone());
        let speaker = code(&claim.row.speaker);
        // Who denies speaks of himself as often as not, and the words need not name him.
        let about: Vec<String> = claim.row.about.iter().filter_map(code).chain(speaker.clone()).collect();
        let (as_of, run) = (filter.as_of.clone(), filter.run);
        let asked = Filter { as_of, run, ..Filter::default() };
        let since = claim.row.published.as_deref();
        let mut near = Vec::new();
        if let Some(speaker) = &speaker {
            near.extend(self.compared(&Filter { actors: vec![speaker.clone()], ..asked.clone() }, since)?);
        }
        if !about.is_empty() {
            near.extend(self.compared(&Filter { recipients: about, ..asked }, since)?);
        }
        near.sort_by(|one, other| (&one.day, one.number).cmp(&(&other.day, other.number)));
        near.dedup_by_key(|one| one.number);
        let own = long_words(&claim.row);
        let mut related = Vec::new();
        for other in near {
            let is_same_text =
                other.row.claim_id == claim.row.claim_id || other.row.within.as_ref() == Some(&claim.row.claim_id);
            // Words tell less surely when something was said than the day of publication does when it was known.
            let is_earlier = other.row.published < claim.row.published;
            if is_same_text
                || is_earlier
                || claim.row.within.as_ref() == Some(&other.row.claim_id)
                || other.number == claim.number
            {
                continue;
            }
            let others = long_words(&other.row);
            let n_common = own.intersection(&others).count();
            let n_all = own.union(&others).count();
            if n_common < 2 || (n_common as f64) < LIKE * n_all as f64 {
                continue;
            }
            let is_own = speaker.is_some() && code(&other.row.speaker) == speaker;
            let relation = match (is_own, denies(&other.row) == denies(&claim.row)) {
                (true, true) => Relation::Repetition,
                (true, false) => Relation::Reversal,
                (false, true) => Relation::Support,
                (false, false) => Relation::Denial,
            };
            related.push((relation, other));
        }
        Ok(related)
    }
}

type Stored = (String, i64, Option<String>, i64);

fn claim(row: &Row) -> rusqlite::Result<Stored> {
    Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
}

/// Whether the speaker says that it is not so.
fn denies(row: &ClaimRow) -> bool {
    (row.stance == "denies") != row.negated
}

/// The words of a claim that carry meaning, as far as their length tells.
fn long_words(row: &ClaimRow) -> BTreeSet<String> {
    let content = row.content.iter().map(|words| words.text.to_lowercase()).collect::<Vec<_>>().join(" ");
    let words = content.split(|character: char| !character.is_alphanumeric());
    words.filter(|word| word.chars().count() > 3).map(str::to_owned).collect()
}
