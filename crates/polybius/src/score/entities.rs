//! Whom the words of news passages name: entity, country and sector of each mention against what two independent readers found.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::AddAssign;

use jiff::civil::Date;
use polybius_codebook::Codebook;
use polybius_coder::{Naming, namings};
use polybius_document::Span;
use serde::Deserialize;

use crate::{Article, Pipeline};

/// The passages of a set.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PassageFile {
    /// The passages.
    pub passage: Vec<Passage>,
}

/// A few sentences and the mentions in them.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Passage {
    /// Its name.
    pub id: String,
    /// When it was published.
    pub published: Date,
    /// Whether it may be looked at when the program is changed.
    pub split: Split,
    /// The sentences.
    pub text: String,
    /// What is to be found in them.
    pub mentions: Vec<Words>,
}

/// The halves of a set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Split {
    /// May be looked at.
    Tuned,
    /// Only measured.
    Held,
}

/// A mention: its words, and which of their occurrences as whole words it is, from 1.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    /// The words as they stand.
    pub words: String,
    /// Which occurrence.
    pub nth: usize,
}

/// What each mention names.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LabelFile {
    /// A label a mention.
    pub label: Vec<Label>,
}

/// What a mention names, as the readers say.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Label {
    /// The passage.
    pub passage: String,
    /// The words as they stand.
    pub words: String,
    /// Which occurrence.
    pub nth: usize,
    /// How the words name it.
    pub kind: String,
    /// Ids of the codebook joined by commas; `?` where a careful reader cannot tell, empty where there is none.
    pub entity: String,
    /// ISO 3166-1 alpha-3, joined by commas.
    pub country: String,
    /// PLOVER's sectors, any of which is right.
    pub sector: Vec<String>,
    /// The mention that names it best; not scored.
    #[serde(default)]
    pub refers_to: String,
    /// Other entities that are as right.
    #[serde(default)]
    pub also: Vec<String>,
}

/// What became of a mention.
#[derive(Debug, Clone)]
pub struct Verdict {
    /// The half of its passage.
    pub split: Split,
    /// What it should be.
    pub label: Label,
    /// Its entities as labels write them.
    pub entity: String,
    /// Its countries.
    pub country: String,
    /// Its sectors.
    pub sector: Vec<String>,
    /// How the program came to them.
    pub how: Vec<&'static str>,
    /// Whether the codebook lists an entity that would be right, and a reader can tell.
    pub listed: bool,
    /// Entity, country and sector are right.
    pub right: [bool; 3],
}

/// How many mentions are right.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct EntityScores {
    /// How many there are.
    pub n: usize,
    /// How many are right in entity, country and sector.
    pub right: [usize; 3],
}

/// Reads every passage and says of each mention whether it is right. Labels and mentions that do not belong together are an error.
pub fn score_entities(
    passages: &PassageFile,
    labels: &LabelFile,
    splits: &[Split],
    pipeline: &Pipeline,
) -> Result<Vec<Verdict>, String> {
    let mut by_mention: BTreeMap<(String, String, usize), &Label> = BTreeMap::new();
    for label in &labels.label {
        if by_mention.insert((label.passage.clone(), label.words.clone(), label.nth), label).is_some() {
            return Err(format!("{}: “{}” is labelled twice", label.passage, label.words));
        }
    }
    let mut verdicts = Vec::new();
    for passage in passages.passage.iter() {
        let found = |words: &Words| {
            let label = by_mention.remove(&(passage.id.clone(), words.words.clone(), words.nth));
            let span = occurrence(&passage.text, words).filter(|_| label.is_some());
            let missing = || format!("{}: “{}” is not in the text, or has no label", passage.id, words.words);
            Ok((span.ok_or_else(missing)?, label.ok_or_else(missing)?))
        };
        let mentions: Vec<(Span, &Label)> = passage.mentions.iter().map(found).collect::<Result<_, String>>()?;
        if !splits.contains(&passage.split) {
            continue;
        }
        let article =
            Article { published: Some(passage.published), ..Article::from_text(&*passage.id, &*passage.text) };
        let document = pipeline.annotate(article);
        let spans: Vec<Span> = mentions.iter().map(|(span, _)| *span).collect();
        let named = namings(&document, &pipeline.codebook, &spans);
        let judged = mentions.iter().zip(named);
        verdicts.extend(judged.map(|((_, label), naming)| judge(passage.split, label, &naming, &pipeline.codebook)));
    }
    match by_mention.first_key_value() {
        Some(((passage, words, _), _)) => Err(format!("{passage}: “{words}” is labelled and no mention")),
        None => Ok(verdicts),
    }
}

/// Where the mention stands.
fn occurrence(text: &str, words: &Words) -> Option<Span> {
    let whole = |&(start, found): &(usize, &str)| {
        let is_letter = |c: char| c.is_alphanumeric() || c == '_';
        !text[..start].ends_with(is_letter) && !text[start + found.len()..].starts_with(is_letter)
    };
    let (start, found) = text.match_indices(&*words.words).filter(whole).nth(words.nth.checked_sub(1)?)?;
    Some(Span::new(start as u32, (start + found.len()) as u32))
}

fn judge(split: Split, label: &Label, naming: &Naming, codebook: &Codebook) -> Verdict {
    let id = |entity| codebook.entities.get(entity).id.to_string();
    let (entities, countries, sectors, how) = match naming {
        Naming::Actors(actors) => (
            actors.iter().filter_map(|actor| actor.entity.map(id)).collect(),
            actors.iter().filter_map(|actor| actor.country.clone()).collect(),
            actors
                .iter()
                .filter_map(|actor| actor.sector.map(|it| codebook.ontology.sector(it).name.to_string()))
                .collect(),
            actors.iter().map(|actor| actor.resolved_by.as_str()).collect(),
        ),
        Naming::Place(place) => (Vec::new(), place.country.iter().cloned().collect(), Vec::new(), vec!["place"]),
        Naming::Nothing => (Vec::new(), Vec::new(), Vec::new(), vec!["nothing"]),
    };
    let (entity, country, sector) = (joined(entities), joined(countries), unique(sectors));
    let wanted = || std::iter::once(&label.entity).chain(&label.also);
    let is_listed = |ids: &String| ids.split(',').all(|id| id.is_empty() || codebook.entities.by_id(id).is_some());
    let fits =
        sector.iter().all(|sector| label.sector.contains(sector)) && sector.is_empty() == label.sector.is_empty();
    Verdict {
        split,
        listed: label.entity != "?" && is_listed(&label.entity),
        right: [wanted().any(|wanted| *wanted == entity), label.country == country, fits],
        label: label.clone(),
        entity,
        country,
        sector,
        how,
    }
}

fn unique(mut words: Vec<String>) -> Vec<String> {
    words.sort();
    words.dedup();
    words
}

fn joined(words: Vec<String>) -> String {
    unique(words).join(",")
}

impl EntityScores {
    /// The counts of these verdicts.
    pub fn of<'v>(verdicts: impl Iterator<Item = &'v Verdict>) -> EntityScores {
        let mut scores = EntityScores::default();
        for verdict in verdicts {
            scores += EntityScores { n: 1, right: verdict.right.map(usize::from) };
        }
        scores
    }
}

impl AddAssign for EntityScores {
    fn add_assign(&mut self, other: EntityScores) {
        self.n += other.n;
        for (sum, right) in self.right.iter_mut().zip(other.right) {
            *sum += right;
        }
    }
}

impl fmt::Display for EntityScores {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:>9}", self.n)?;
        for right in self.right {
            write!(formatter, "{:>9.1}", 100.0 * right as f64 / (self.n as f64).max(1.0))?;
        }
        Ok(())
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Label { passage, words, nth, kind, entity, country, sector, .. } = &self.label;
        let or_none = |text: &str| if text.is_empty() { "-".to_owned() } else { text.to_owned() };
        write!(
            formatter,
            "{passage}: {words} ({nth}), {kind}: should be {} {} {}, is {} {} {} by {}",
            or_none(entity),
            or_none(country),
            or_none(&sector.join("/")),
            or_none(&self.entity),
            or_none(&self.country),
            or_none(&self.sector.join("/")),
            self.how.join(", "),
        )
    }
}
