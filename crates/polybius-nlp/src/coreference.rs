//! Coreference within the document: which phrases mean the same.
//!
//! Noun phrases, names and pronouns are read in text order. Each is compared with the phrases shortly before it and with earlier
//! ones that share a word with it, and joins the best of them, if the linker finds that likelier than that it is new.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::ops::Range;

use polybius_document::{Chain, Layers, Mention, MentionId, MentionKind, TokenData, TokenId};

use crate::arithmetic::Level;
use crate::encoder::WIDTH;
use cards::{Card, Place};
use features::{Between, Earlier};
use linker::{Linker, Reading};
use phrases::Class;

mod cards;
mod features;
pub(crate) mod linker;
mod phrases;
mod pronouns;

pub(crate) use features::{n_pair_rows, n_phrase_rows};

/// How many of the phrases just before are compared.
const NEAR: usize = 30;
/// How many of the earlier phrases that share a word are compared, for each word.
const FAR: usize = 6;
/// How many phrases are remembered; a name further back than some six thousand words begins anew.
const WINDOW: usize = 2000;

/// A phrase compared with what came before: what the linker is trained on.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// The words.
    pub tokens: Range<usize>,
    /// The word that the others hang on.
    pub head: usize,
    /// The head's vector from the encoder.
    pub vector: Vec<f32>,
    /// The rows of its features.
    pub features: Vec<u16>,
    /// The phrases it was compared with, by index, and the rows of each pair.
    pub pairs: Vec<(usize, Vec<u16>)>,
}

/// How many rows there are for phrases and for pairs, and how many of them a pair has.
pub fn n_comparison_rows() -> [usize; 3] {
    [n_phrase_rows(), n_pair_rows(), features::of_pair(&Card::example(), &Card::example(), Between::NOTHING).0.len()]
}

/// Finds chains while a document is read, sentence by sentence.
pub(crate) struct Resolver<'m> {
    linker: Option<&'m Linker>,
    level: Level,
    window: VecDeque<Entry>,
    /// How many phrases have left the window.
    n_gone: usize,
    /// The phrases with a key, latest last: the whole text, the head, a word of a name, initials, a pronoun of speech.
    by_key: HashMap<(u8, u64), VecDeque<usize>>,
    /// Each chain so far, by the number of its first phrase.
    chains: BTreeMap<usize, State>,
    sentence: usize,
    line: usize,
    quote: Quotes,
    end: usize,
    /// What was compared, if it is wanted.
    pub(crate) comparisons: Option<Vec<Comparison>>,
}

struct Entry {
    card: Card,
    reading: Reading,
    /// The first phrase of its chain.
    chain: usize,
    /// How many names of persons, and of others, had been read with it.
    n_names: [usize; 2],
    /// What it is found again by.
    keys: Vec<(u8, u64)>,
}

/// A chain as far as it was read.
struct State {
    members: Vec<Member>,
    /// The names in it, a few of them.
    names: Vec<Vec<u64>>,
    feminine: Option<bool>,
}

struct Member {
    tokens: Range<usize>,
    kind: MentionKind,
    score: f32,
}

/// Which quotation the text is in.
#[derive(Default)]
struct Quotes {
    inside: bool,
    count: usize,
}

impl<'m> Resolver<'m> {
    pub(crate) fn new(linker: Option<&'m Linker>, level: Level) -> Resolver<'m> {
        Resolver {
            linker,
            level,
            window: VecDeque::new(),
            n_gone: 0,
            by_key: HashMap::new(),
            chains: BTreeMap::new(),
            sentence: 0,
            line: 0,
            quote: Quotes::default(),
            end: 0,
            comparisons: None,
        }
    }

    /// Reads a sentence: all tokens so far, the names in the sentence, and a row of the encoder's for each of its words.
    pub(crate) fn read(
        &mut self,
        text: &str,
        tokens: &[TokenData],
        sentence: Range<usize>,
        names: &[Mention],
        vectors: &[f32],
    ) {
        if self.linker.is_none() && self.comparisons.is_none() {
            return;
        }
        let start = tokens[sentence.start].span.start as usize;
        self.line += text[self.end..start].matches('\n').count();
        let quotes = self.quotes(text, tokens, sentence.clone());
        self.end = tokens[sentence.end - 1].span.end as usize;
        let place = Place { sentence: self.sentence, line: self.line, quotes: &quotes, start: sentence.start };
        self.sentence += 1;
        let first = self.n_gone + self.window.len();
        let mut head_vectors = Vec::new();
        let mut features = Vec::new();
        for (index, phrase) in phrases::find(text, tokens, sentence.clone(), names).into_iter().enumerate() {
            head_vectors.extend_from_slice(&vectors[(phrase.head - sentence.start) * WIDTH..][..WIDTH]);
            let card = Card::new(text, tokens, phrase, place, index == 0);
            features.push(features::of_phrase(&card, self.earlier(&card)).0);
            self.remember(card);
        }
        if let Some(linker) = self.linker.filter(|_| !features.is_empty()) {
            let readings = linker.read(self.level, &head_vectors, &features);
            for (index, reading) in readings.into_iter().enumerate() {
                self.window[first + index - self.n_gone].reading = reading;
            }
        }
        for (index, features) in features.into_iter().enumerate() {
            let vector = &head_vectors[index * WIDTH..][..WIDTH];
            self.link(first + index, features, vector);
        }
        while self.window.len() > WINDOW {
            self.window.pop_front();
            self.n_gone += 1;
        }
    }

    /// The quotation of each token; one left open ends with its paragraph.
    fn quotes(&mut self, text: &str, tokens: &[TokenData], sentence: Range<usize>) -> Vec<usize> {
        let start = tokens[sentence.start].span.start as usize;
        self.quote.inside &= !text[self.end..start].contains('\n');
        let mut out = Vec::with_capacity(sentence.len());
        for token in &tokens[sentence] {
            let before = self.quote.inside;
            match &text[token.span.range()] {
                "“" | "„" | "«" | "``" => self.quote.inside = true,
                "”" | "»" | "''" => self.quote.inside = false,
                "\"" => self.quote.inside = !before,
                _ => {}
            }
            self.quote.count += usize::from(self.quote.inside && !before);
            out.push(if self.quote.inside { self.quote.count } else { 0 });
        }
        out
    }

    fn earlier(&self, card: &Card) -> Earlier {
        let known = |key: (u8, u64)| self.by_key.contains_key(&key);
        Earlier {
            same_text: card.class.index() != 0 && known((TEXT, card.text)),
            same_lemma: card.class.index() != 0 && known((LEMMA, card.lemma)),
            same_name_word: card.name.iter().any(|&word| known((NAME, word))),
        }
    }

    fn remember(&mut self, card: Card) {
        let index = self.n_gone + self.window.len();
        let keys = keys(&card);
        for key in &keys {
            let list = self.by_key.entry(*key).or_default();
            list.push_back(index);
            if list.len() > FAR + 1 {
                list.pop_front();
            }
        }
        let mut n_names = self.window.back().map_or([0; 2], |last| last.n_names);
        n_names[sort_of(&card)] += usize::from(card.class == Class::Proper);
        self.window.push_back(Entry { card, reading: Reading::default(), chain: index, n_names, keys });
    }

    /// How often the words of a phrase, or one of its name, have been told, up to a few times.
    fn told(&self, entry: &Entry) -> usize {
        let all = entry.keys.iter().filter(|(kind, _)| matches!(*kind, TEXT | NAME));
        all.filter_map(|key| self.by_key.get(key)).map(VecDeque::len).max().unwrap_or(0)
    }

    /// Compares a phrase with earlier ones and joins it to the best.
    fn link(&mut self, index: usize, features: Vec<u16>, vector: &[f32]) {
        let later = &self.window[index - self.n_gone];
        let low = self.n_gone.max(index.saturating_sub(NEAR));
        let mut candidates: Vec<usize> = (low..index).collect();
        let shared = later.keys.iter().filter_map(|key| self.by_key.get(key));
        candidates.extend(shared.flatten().copied().filter(|&other| other < low && other >= self.n_gone));
        candidates.sort_unstable();
        candidates.dedup();
        let pair = |other: usize| {
            let earlier = &self.window[other - self.n_gone];
            let sort = sort_of(&earlier.card);
            let between = Between {
                apart: index - other,
                alike: later.n_names[sort] - earlier.n_names[sort],
                told: self.told(earlier),
            };
            features::of_pair(&earlier.card, &later.card, between).0
        };
        if self.comparisons.is_some() {
            let compared = Comparison {
                tokens: later.card.tokens.clone(),
                head: later.card.head,
                vector: vector.to_vec(),
                features,
                pairs: candidates.iter().map(|&other| (other, pair(other))).collect(),
            };
            self.comparisons.get_or_insert_default().push(compared);
            return;
        }
        let Some(linker) = self.linker else { return };
        candidates.retain(|&other| self.may_join(later, other));
        let score = |&other: &usize| {
            linker.score(self.level, &self.window[other - self.n_gone].reading, &later.reading, &pair(other))
        };
        let scores: Vec<f32> = candidates.iter().map(score).collect();
        let new = later.reading.new;
        let mut best: Option<usize> = None;
        for (at, score) in scores.iter().enumerate() {
            if *score > best.map_or(new, |best| scores[best]) {
                best = Some(at);
            }
        }
        let Some(best) = best else { return };
        let probability = probability(new, &scores, best);
        self.join(index, candidates[best], probability);
    }

    /// Whether nothing in the chain of the phrase `earlier` forbids that `later` joins it: another name, another sex.
    fn may_join(&self, later: &Entry, earlier: usize) -> bool {
        let earlier = &self.window[earlier - self.n_gone];
        let differs =
            |feminine: Option<bool>| feminine.is_some() && later.card.feminine.is_some_and(|own| Some(own) != feminine);
        // "Putin and Pezeshkian" are not Moscow.
        if later.card.class == Class::Group && earlier.card.plural == Some(false) {
            return false;
        }
        match self.chains.get(&earlier.chain) {
            Some(state) => {
                let akin = |name: &Vec<u64>| features::are_akin(name, &later.card.name);
                let named = later.card.name.is_empty() || state.names.is_empty() || later.card.acronym.is_some();
                !differs(state.feminine) && (named || state.names.iter().any(akin))
            }
            None => !differs(earlier.card.feminine),
        }
    }

    fn join(&mut self, index: usize, earlier: usize, score: f32) {
        let chain = self.window[earlier - self.n_gone].chain;
        let member =
            |entry: &Entry, score: f32| Member { tokens: entry.card.tokens.clone(), kind: kind_of(&entry.card), score };
        let (first, later) = (&self.window[earlier - self.n_gone], &self.window[index - self.n_gone]);
        let state = self.chains.entry(chain).or_insert_with(|| State::new(member(first, 1.0), &first.card));
        state.members.push(member(later, score));
        state.learn(&later.card);
        self.window[index - self.n_gone].chain = chain;
    }

    /// Writes the chains and the phrases in them into `layers`.
    pub(crate) fn finish(self, layers: &mut Layers) {
        let mut all: Vec<(Mention, Option<usize>)> =
            std::mem::take(&mut layers.mentions).into_iter().map(|name| (name, None)).collect();
        let n_names = all.len();
        for (chain, state) in self.chains.values().enumerate() {
            for member in &state.members {
                let tokens = TokenId::from(member.tokens.start)..TokenId::from(member.tokens.end);
                let same = all[..n_names].partition_point(|(name, _)| name.tokens.start < tokens.start);
                match all[..n_names].get_mut(same) {
                    Some((name, of_chain)) if name.tokens == tokens => *of_chain = Some(chain),
                    _ => all.push((Mention { tokens, kind: member.kind, score: member.score }, Some(chain))),
                }
            }
        }
        all.sort_by_key(|(mention, _)| (mention.tokens.start, std::cmp::Reverse(mention.tokens.end)));
        layers.chains = self.chains.values().map(|_| Chain { mentions: Vec::new() }).collect();
        for (index, (mention, chain)) in all.into_iter().enumerate() {
            if let Some(chain) = chain {
                layers.chains[chain].mentions.push(MentionId::from(index));
            }
            layers.mentions.push(mention);
        }
    }
}

impl State {
    fn new(member: Member, card: &Card) -> State {
        let mut state = State { members: vec![member], names: Vec::new(), feminine: None };
        state.learn(card);
        state
    }

    fn learn(&mut self, card: &Card) {
        if !card.name.is_empty() && self.names.len() < 4 && !self.names.contains(&card.name) {
            self.names.push(card.name.clone());
        }
        self.feminine = self.feminine.or(card.feminine);
    }
}

/// Whether a phrase is of no person, as a number.
fn sort_of(card: &Card) -> usize {
    usize::from(card.kind != Some(MentionKind::Person))
}

const TEXT: u8 = 0;
const LEMMA: u8 = 1;
const NAME: u8 = 2;
const INITIALS: u8 = 3;
const SPEECH: u8 = 4;

/// What a phrase is found again by.
fn keys(card: &Card) -> Vec<(u8, u64)> {
    if let Some(pronoun) = card.class.pronoun() {
        return if pronoun.set.is_speech() { vec![(SPEECH, pronoun.set as u64)] } else { Vec::new() };
    }
    let mut keys = vec![(TEXT, card.text), (LEMMA, card.lemma)];
    keys.extend(card.name.iter().map(|&word| (NAME, word)));
    if card.name.len() > 1 {
        keys.push((INITIALS, card.initials));
    }
    keys.extend(card.acronym.map(|letters| (INITIALS, letters)));
    keys
}

fn kind_of(card: &Card) -> MentionKind {
    match card.class {
        Class::Pronoun(_) => MentionKind::Pronoun,
        Class::Group => MentionKind::Group,
        Class::Proper | Class::Common => MentionKind::Phrase,
    }
}

/// The share of `scores[best]` among all scores and the score of being new.
fn probability(new: f32, scores: &[f32], best: usize) -> f32 {
    let most = scores[best];
    let mut all: Vec<f32> = scores.iter().map(|score| score - most).collect();
    all.push(new - most);
    let n = all.len();
    all.resize(n.next_multiple_of(16), 0.0);
    let stride = all.len();
    crate::arithmetic::softmax(Level::Portable, &mut all, stride, n);
    all[best]
}

#[cfg(test)]
mod tests;
