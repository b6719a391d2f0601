//! Claims: who said what about whom, and what was said to it later.

use std::cmp::Reverse;
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use polybius::ClaimRow;

use super::filter::Conditions;
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
        let found = self.claims_since(None, filter, limit)?;
        found.into_iter().map(|place| self.stored_claim(place.claim)?.whole()).collect()
    }

    /// Where claims of the filter stand in the order in which they come, of those published on a day or later if one is given. The rows
    /// are not looked at: sorting would carry them along.
    fn claims_since(&self, since: Option<&str>, filter: &Filter, limit: u64) -> Result<Vec<Place>, RecordError> {
        let sides = [("speaker", &*filter.actors), ("about", &*filter.recipients)];
        // Where most have what is asked for, going back from the latest finds enough of them soon.
        let has_days = filter.from.is_some() || filter.to.is_some();
        let is_walk = !has_days && filter.ids.is_empty() && self.is_frequent("claim", sides)?;
        let mut conditions = Conditions::default();
        if let Some(since) = since {
            conditions.published_since(since);
        }
        conditions.codes("claim", is_walk, sides);
        conditions.ledger(filter, "r.claim_id");
        let join = if is_walk { "CROSS JOIN" } else { "JOIN" };
        let sql = format!(
            "SELECT r.published, r.coding, r.claim FROM (SELECT x.*, c.outlet, c.document_id, c.published
                 FROM ({}) AS c {join} claims AS x ON x.coding = c.coding) AS r{}
             ORDER BY r.published DESC, r.coding DESC, r.claim LIMIT {limit}",
            in_force::codings(&filter.moment(), filter.run, join),
            conditions.sql
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let found = statement.query_map(&*conditions.values(), |row| {
            Ok(Place { published: Reverse(row.get(0)?), coding: Reverse(row.get(1)?), claim: row.get(2)? })
        })?;
        Ok(found.collect::<Result<_, _>>()?)
    }

    fn stored_claim(&self, number: i64) -> Result<Stored, RecordError> {
        let find =
            "SELECT c.row, c.day, k.run FROM claims AS c JOIN codings AS k ON k.coding = c.coding WHERE c.claim = ?";
        let stored = self.connection.prepare_cached(find)?.query_row([number], |row| {
            Ok(Stored { json: row.get(0)?, number, day: row.get(1)?, run: RunId(row.get(2)?) })
        })?;
        Ok(stored)
    }

    /// What other claims that were published no earlier say to this one, each with what it is to it, in order of days.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn said_to(&self, claim: &ClaimReport, filter: &Filter) -> Result<Vec<(Relation, ClaimReport)>, RecordError> {
        Ok(self.said_to_each(std::slice::from_ref(claim), filter)?.pop().unwrap_or_default())
    }

    /// The same for each of several claims. What is said by and about anybody is looked up once.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn said_to_each(
        &self,
        claims: &[ClaimReport],
        filter: &Filter,
    ) -> Result<Vec<Vec<(Relation, ClaimReport)>>, RecordError> {
        // Whoever is asked for, and since when.
        let mut since: BTreeMap<Side, Option<&str>> = BTreeMap::new();
        for claim in claims {
            let published = claim.row.published.as_deref();
            for side in sides(&claim.row).into_iter().flatten() {
                since.entry(side).and_modify(|known| *known = published.min(*known)).or_insert(published);
            }
        }
        let mut places: BTreeMap<Side, Vec<Place>> = BTreeMap::new();
        for (side, since) in since {
            let (actors, recipients) = match side.clone() {
                Side::Speaker(code) => (vec![code], Vec::new()),
                Side::About(code) => (Vec::new(), vec![code]),
            };
            let asked =
                Filter { actors, recipients, as_of: filter.as_of.clone(), run: filter.run, ..Filter::default() };
            places.insert(side, self.claims_since(since, &asked, MOST_COMPARED)?);
        }
        let mut known: BTreeMap<i64, Compared> = BTreeMap::new();
        let mut all = Vec::new();
        for claim in claims {
            let mut near = Vec::new();
            for sides in sides(&claim.row) {
                let mut latest: Vec<&Place> = sides.iter().flat_map(|side| &places[side]).collect();
                latest.sort_unstable();
                latest.dedup();
                latest.truncate(MOST_COMPARED as usize);
                // Words tell less surely when something was said than the day of publication does when it was known.
                let is_later = |place: &&Place| place.published.0 >= claim.row.published;
                near.extend(latest.into_iter().filter(is_later).map(|place| place.claim));
            }
            near.sort_unstable();
            near.dedup();
            let own = Compared::of(&serde_json::to_string(&claim.row)?)?;
            let mut related = Vec::new();
            for number in near {
                let other = match known.entry(number) {
                    Entry::Occupied(entry) => entry.into_mut(),
                    Entry::Vacant(entry) => entry.insert(Compared::of(&self.stored_claim(number)?.json)?),
                };
                if let Some(relation) = own.relation(other).filter(|_| number != claim.number) {
                    related.push((relation, self.stored_claim(number)?.whole()?));
                }
            }
            related.sort_by(|(_, one), (_, other)| (&one.day, one.number).cmp(&(&other.day, other.number)));
            all.push(related);
        }
        Ok(all)
    }
}

/// Whose claims are compared with one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Side {
    /// Those that he makes.
    Speaker(String),
    /// Those about him.
    About(String),
}

/// Who speaks, and whom it is about. Who denies speaks of himself as often as not, and the words need not name him.
fn sides(row: &ClaimRow) -> [Vec<Side>; 2] {
    let code = |one: &polybius::ParticipantRow| one.entity.clone().or_else(|| one.country.clone());
    let speaker = code(&row.speaker);
    let about = row.about.iter().filter_map(code).chain(speaker.clone()).map(Side::About).collect();
    [speaker.into_iter().map(Side::Speaker).collect(), about]
}

/// Where a claim stands in the order in which claims come.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    published: Reverse<Option<String>>,
    coding: Reverse<i64>,
    claim: i64,
}

/// A claim as it is stored.
struct Stored {
    json: String,
    number: i64,
    day: Option<String>,
    run: RunId,
}

impl Stored {
    fn whole(self) -> Result<ClaimReport, RecordError> {
        let row = serde_json::from_str(&self.json)?;
        Ok(ClaimReport { row, number: self.number, day: self.day, run: self.run })
    }
}

/// As much of a claim as is compared.
#[derive(serde::Deserialize)]
struct Compared {
    claim_id: String,
    within: Option<String>,
    speaker: Speaker,
    stance: String,
    negated: bool,
    content: Vec<Words>,
    /// The words that carry meaning, as far as their length tells.
    #[serde(skip)]
    long_words: BTreeSet<String>,
}

#[derive(serde::Deserialize)]
struct Speaker {
    entity: Option<String>,
    country: Option<String>,
}

#[derive(serde::Deserialize)]
struct Words {
    text: String,
}

impl Compared {
    fn of(json: &str) -> Result<Compared, RecordError> {
        let mut compared: Compared = serde_json::from_str(json)?;
        let content = compared.content.iter().map(|words| words.text.to_lowercase()).collect::<Vec<_>>().join(" ");
        let words = content.split(|character: char| !character.is_alphanumeric());
        compared.long_words = words.filter(|word| word.chars().count() > 3).map(str::to_owned).collect();
        Ok(compared)
    }

    fn code(&self) -> Option<&String> {
        self.speaker.entity.as_ref().or(self.speaker.country.as_ref())
    }

    /// Whether the speaker says that it is not so.
    fn denies(&self) -> bool {
        (self.stance == "denies") != self.negated
    }

    /// What another claim is to this one, if it is about the same and of another text.
    fn relation(&self, other: &Compared) -> Option<Relation> {
        let is_within = |one: &Compared, other: &Compared| one.within.as_ref() == Some(&other.claim_id);
        if other.claim_id == self.claim_id || is_within(self, other) || is_within(other, self) {
            return None;
        }
        let n_common = self.long_words.intersection(&other.long_words).count();
        let n_all = self.long_words.len() + other.long_words.len() - n_common;
        if n_common < 2 || (n_common as f64) < LIKE * n_all as f64 {
            return None;
        }
        let is_own = self.code().is_some() && self.code() == other.code();
        Some(match (is_own, self.denies() == other.denies()) {
            (true, true) => Relation::Repetition,
            (true, false) => Relation::Reversal,
            (false, true) => Relation::Support,
            (false, false) => Relation::Denial,
        })
    }
}
