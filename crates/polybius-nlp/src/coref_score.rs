//! Scores coreference chains against gold as the CoNLL 2012 shared task did: MUC, B³, CEAF-e, and the mean of their F1.
//!
//! The measures are those of the reference scorer, version 8.01 (Pradhan et al. 2014): a mention is right if its span is exactly
//! right, chains of one mention count on neither side, and a text of many documents is scored over their sums.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::AddAssign;

use polybius_document::Document;

use crate::assignment::best_assignment;
use crate::conll_score::ScoreError;

/// Where a mention stands: from, to, counted in characters of the text without its spaces.
pub type Place = (usize, usize);

/// Mentions of one thing.
pub type PlacedChain = Vec<Place>;

/// How much of the gold was found, and how much of what was found is gold.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Found {
    /// What is right, out of `gold`.
    pub gold_right: f64,
    /// What there was to find.
    pub gold: f64,
    /// What is right, out of `system`.
    pub system_right: f64,
    /// What was found.
    pub system: f64,
}

impl Found {
    /// With one number of right things for both sides.
    pub fn new(right: f64, gold: f64, system: f64) -> Found {
        Found { gold_right: right, gold, system_right: right, system }
    }

    /// The share of what was found that is right, 0 to 1.
    pub fn precision(&self) -> f64 {
        share(self.system_right, self.system)
    }

    /// The share of the gold that was found, 0 to 1.
    pub fn recall(&self) -> f64 {
        share(self.gold_right, self.gold)
    }

    /// The harmonic mean of both, 0 to 1.
    pub fn f1(&self) -> f64 {
        let (precision, recall) = (self.precision(), self.recall());
        share(2.0 * precision * recall, precision + recall)
    }
}

fn share(part: f64, whole: f64) -> f64 {
    if whole > 0.0 { part / whole } else { 0.0 }
}

impl AddAssign for Found {
    fn add_assign(&mut self, other: Found) {
        self.gold_right += other.gold_right;
        self.gold += other.gold;
        self.system_right += other.system_right;
        self.system += other.system;
    }
}

/// The measures of one document, or the sums of several.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct CorefScores {
    /// Spans that are in a chain.
    pub mentions: Found,
    /// Links between mentions (Vilain et al. 1995).
    pub muc: Found,
    /// The chain of each mention (Bagga and Baldwin 1998).
    pub b_cubed: Found,
    /// Whole chains, matched one to one so that the sum of φ₄ is largest (Luo 2005).
    pub ceaf_e: Found,
}

impl CorefScores {
    /// The mean of the three F1, 0 to 1.
    pub fn conll(&self) -> f64 {
        (self.muc.f1() + self.b_cubed.f1() + self.ceaf_e.f1()) / 3.0
    }
}

impl AddAssign for CorefScores {
    fn add_assign(&mut self, other: CorefScores) {
        self.mentions += other.mentions;
        self.muc += other.muc;
        self.b_cubed += other.b_cubed;
        self.ceaf_e += other.ceaf_e;
    }
}

/// The chains of one document against gold. As in the reference scorer, a span that stands in two gold chains counts for the size
/// of both and is looked up in the later; one that stands in two of the system's counts in the first alone.
pub fn score_chains(gold: &[PlacedChain], system: &[PlacedChain]) -> CorefScores {
    let mut taken = BTreeSet::new();
    let gold = several(gold, |_| true);
    let system = several(system, |place| taken.insert(place));
    let gold_of = chain_of(&gold);
    let system_of = chain_of(&system);
    // For each pair of chains that share a mention, how many they share, and of how many the gold chain is the one looked up.
    let mut pairs: BTreeMap<(usize, usize), (f64, f64)> = BTreeMap::new();
    for (index, chain) in gold.iter().enumerate() {
        for place in chain {
            if let Some(&other) = system_of.get(place) {
                let (n_shared, n_found) = pairs.entry((index, other)).or_default();
                *n_shared += 1.0;
                *n_found += f64::from(u8::from(gold_of[place] == index));
            }
        }
    }
    let size = |chains: &[BTreeSet<Place>], index: usize| chains[index].len() as f64;
    let squares = |length: &dyn Fn((usize, usize)) -> f64| -> f64 {
        pairs.iter().map(|(&pair, (n_shared, n_found))| n_found * n_shared / length(pair)).sum()
    };
    let phi =
        pairs.iter().map(|(&(a, b), (n_shared, _))| ((a, b), 2.0 * n_shared / (size(&gold, a) + size(&system, b))));
    let n_found: f64 = pairs.values().map(|(_, n_found)| n_found).sum();
    let n_links: f64 = pairs.values().map(|(_, n_found)| (n_found - 1.0).max(0.0)).sum();
    let n_mentions = |chains: &[BTreeSet<Place>]| chains.iter().map(BTreeSet::len).sum::<usize>() as f64;
    let (n_gold, n_system) = (n_mentions(&gold), n_mentions(&system));
    let (gold_chains, system_chains) = (gold.len() as f64, system.len() as f64);
    CorefScores {
        mentions: Found::new(n_found, n_gold, n_system),
        muc: Found::new(n_links, n_gold - gold_chains, n_system - system_chains),
        b_cubed: Found {
            gold_right: squares(&|(a, _)| size(&gold, a)),
            gold: n_gold,
            system_right: squares(&|(_, b)| size(&system, b)),
            system: n_system,
        },
        ceaf_e: Found::new(best_assignment(gold.len(), system.len(), &phi.collect()), gold_chains, system_chains),
    }
}

/// The chains as sets of the mentions that are taken; those that have not several of them are left out.
fn several(chains: &[PlacedChain], mut takes: impl FnMut(Place) -> bool) -> Vec<BTreeSet<Place>> {
    let sets = chains.iter().map(|chain| chain.iter().copied().collect::<BTreeSet<Place>>());
    let taken = sets.map(|set| set.into_iter().filter(|place| takes(*place)).collect());
    taken.filter(|set: &BTreeSet<Place>| set.len() > 1).collect()
}

/// The last chain that each mention stands in.
fn chain_of(chains: &[BTreeSet<Place>]) -> BTreeMap<Place, usize> {
    chains.iter().enumerate().flat_map(|(index, chain)| chain.iter().map(move |&place| (place, index))).collect()
}

/// The chains of a document that was read.
pub fn system_chains(document: &Document) -> Vec<PlacedChain> {
    let places = Places::of(&document.article().text);
    let place = |&mention| {
        let span = document.span_of(&document.mention(mention).tokens);
        places.at(span.range())
    };
    document.chains().iter().map(|chain| chain.mentions.iter().map(place).collect()).collect()
}

/// From bytes of a text to its characters without spaces.
pub struct Places {
    /// For each byte, how many characters that are no space begin before it.
    before: Vec<u32>,
}

impl Places {
    /// Those of `text`, which must be shorter than 4 GiB.
    pub fn of(text: &str) -> Places {
        let mut before = Vec::with_capacity(text.len() + 1);
        let mut n = 0;
        for character in text.chars() {
            before.push(n);
            n += u32::from(!character.is_whitespace());
            before.resize(before.len() + character.len_utf8() - 1, n);
        }
        before.push(n);
        Places { before }
    }

    /// The place of a range of bytes.
    pub fn at(&self, bytes: std::ops::Range<usize>) -> Place {
        (self.before[bytes.start] as usize, self.before[bytes.end] as usize)
    }
}

/// The chains of one gold document, from brackets such as `Entity=(3`, `Entity=3)` and `Entity=(1(2)` in MISC. What follows a
/// `-` in a bracket, as in GUM's own files, is passed over.
pub fn gold_chains(conllu: &str) -> Result<Vec<PlacedChain>, ScoreError> {
    let mut chains: BTreeMap<&str, PlacedChain> = BTreeMap::new();
    let mut order: Vec<&str> = Vec::new();
    let mut open: HashMap<&str, Vec<usize>> = HashMap::new();
    for (line, place, misc) in gold_words(conllu)? {
        let Some(mut brackets) = misc.split('|').find_map(|pair| pair.strip_prefix("Entity=")) else { continue };
        while !brackets.is_empty() {
            let opens = brackets.starts_with('(');
            brackets = brackets.trim_start_matches('(');
            let end = brackets.find(['(', ')']).unwrap_or(brackets.len());
            let (name, rest) = brackets.split_at(end);
            let name = name.split('-').next().unwrap_or(name);
            brackets = rest;
            if opens {
                open.entry(name).or_default().push(place.0);
            }
            if let Some(rest) = brackets.strip_prefix(')') {
                brackets = rest;
                let start = open.get_mut(name).and_then(Vec::pop).ok_or(ScoreError::Bracket { line })?;
                let chain = chains.entry(name).or_default();
                if chain.is_empty() {
                    order.push(name);
                }
                chain.push((start, place.1));
            } else if !opens {
                return Err(ScoreError::Bracket { line });
            }
        }
    }
    Ok(order.into_iter().filter_map(|name| chains.remove(name)).collect())
}

/// The syntactic words of a treebank's document: line, place, MISC. The words of a multiword token share its characters out if
/// their forms make up the token's; else each has them all.
fn gold_words(conllu: &str) -> Result<Vec<(usize, Place, &str)>, ScoreError> {
    let length = |form: &str| form.chars().filter(|character| !character.is_whitespace()).count();
    let mut words = Vec::new();
    let mut at = 0;
    // Of the multiword token that a word is in: its first word, its last word's id, its form, its place.
    let mut inside: Option<(usize, usize, &str, Place)> = None;
    let mut forms = String::new();
    for (index, line) in conllu.lines().enumerate() {
        let fail = || ScoreError::Line { side: "gold", line: index + 1 };
        if line.trim().is_empty() {
            inside = None;
            continue;
        }
        if line.starts_with('#') {
            continue;
        }
        let columns: Vec<&str> = line.split('\t').collect();
        let &[id, form, .., misc] = columns.as_slice() else { return Err(fail()) };
        if id.contains('.') {
            continue;
        }
        if let Some((_, last)) = id.split_once('-') {
            inside = Some((words.len(), last.parse().map_err(|_| fail())?, form, (at, at + length(form))));
            forms.clear();
            continue;
        }
        let id: usize = id.parse().map_err(|_| fail())?;
        words.push((index + 1, (at, at + length(form)), misc));
        at += length(form);
        if let Some((first, last, token, place)) = inside {
            forms.push_str(form);
            if id >= last {
                if forms != token {
                    words[first..].iter_mut().for_each(|word| word.1 = place);
                }
                at = place.1;
                inside = None;
            }
        }
    }
    Ok(words)
}

#[cfg(test)]
mod tests;
