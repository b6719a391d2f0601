//! The reader of acts: a few more layers over the encoder that see word by word what is done and by whom, or, where two parties are
//! marked, what the one does to the other.

use std::sync::Arc;

use polybius_document::{Argument, Guess, GuessFlags, TokenId};

use crate::arithmetic::{Level, Linear, add, normalise, relu, room, sigmoid, softmax};
use crate::encoder::{Input, Layer, Norm, Scratch, WIDTH};

/// The width of the vectors that score who does an act and to whom.
pub(crate) const ROLE: usize = 96;
/// What the reader says of an act besides its label, in the order of its outputs.
pub(crate) const FLAGS: [&str; 4] = ["negation", "future", "hypothetical", "historical"];
/// A word is kept as a guess if it is at least this likely to tell an act.
const LEAST_ACT: f32 = 0.05;
/// Labels and arguments less likely than this are not kept.
const LEAST: f32 = 0.02;

/// The weights.
pub(crate) struct ActReader {
    /// What is added to the pieces of nobody, of the actor, of the recipient.
    pub(crate) sides: Vec<f32>,
    pub(crate) low: Linear,
    pub(crate) norm: Norm,
    pub(crate) layers: Vec<Layer>,
    pub(crate) word_hidden: Linear,
    pub(crate) words: Linear,
    pub(crate) roles: Linear,
    pub(crate) bias: [f32; 2],
    pub(crate) pair_hidden: Linear,
    pub(crate) pair: Linear,
    /// What the outputs are called: first "O", no act, then a type or `type/mode` each.
    pub(crate) labels: Vec<Arc<str>>,
}

/// What the reader says of one party's act on another: every label, "O" first, with its probability, and the flags.
#[derive(Debug, Clone, PartialEq)]
pub struct PairReading {
    /// The labels with their probabilities; the first is "O", no act.
    pub labels: Vec<(Arc<str>, f32)>,
    /// How likely the act, if there is one, is negated, future, hypothetical, historical.
    pub flags: GuessFlags,
}

impl ActReader {
    /// Reads sentences whose vectors the encoder has left in `scratch`; `offset` tells the first token of each. Guesses come in
    /// text order.
    pub(crate) fn read(
        &self,
        level: Level,
        sentences: &[Input],
        scratch: &mut Scratch,
        offset: impl Fn(usize) -> usize,
    ) -> Vec<Guess> {
        let high = self.encode(level, sentences, None, scratch);
        let hidden = self.word_vectors(level, sentences, &high, scratch);
        scratch.rows.fill(level, &hidden, WIDTH);
        let (mut scores, mut roles) = (Vec::new(), Vec::new());
        self.words.apply(level, &scratch.rows, &mut scores);
        self.roles.apply(level, &scratch.rows, &mut roles);
        let (stride, role_stride) = (self.words.stride(), self.roles.stride());
        let mut guesses = Vec::new();
        let mut row = 0;
        for (index, sentence) in sentences.iter().enumerate() {
            let n = sentence.words.len();
            let first = offset(index);
            let roles = &roles[row * role_stride..][..n * role_stride];
            for word in 0..n {
                let scores = &scores[(row + word) * stride..][..self.labels.len() + FLAGS.len()];
                let (probabilities, flags) = self.probabilities(level, scores);
                if 1.0 - probabilities[0] < LEAST_ACT {
                    continue;
                }
                let [actors, recipients] = [0, 1].map(|side| self.arguments(level, roles, word, side, first));
                let labels = probabilities.iter().zip(&self.labels).skip(1);
                let mut labels: Vec<(Arc<str>, f32)> =
                    labels.filter(|(p, _)| **p >= LEAST).map(|(p, label)| (label.clone(), *p)).collect();
                labels.sort_by(|one, other| other.1.total_cmp(&one.1));
                guesses.push(Guess {
                    token: TokenId::from(first + word),
                    act: 1.0 - probabilities[0],
                    labels,
                    flags,
                    actors,
                    recipients,
                });
            }
            row += n;
        }
        guesses
    }

    /// Reads what the words marked 1 do to the words marked 2; `sides` marks the pieces of `sentence`.
    pub(crate) fn pair(&self, level: Level, sentence: &Input, sides: &[u8], scratch: &mut Scratch) -> PairReading {
        let sentences = std::slice::from_ref(sentence);
        let high = self.encode(level, sentences, Some(sides), scratch);
        let words = self.word_vectors(level, sentences, &high, scratch);
        let mut input = vec![0.0; 8 * WIDTH];
        input[..WIDTH].copy_from_slice(&scratch.x[..WIDTH]);
        let sources = [&scratch.x, &high, &scratch.low];
        for (part, mean) in input[WIDTH..7 * WIDTH].chunks_exact_mut(WIDTH).enumerate() {
            let side = 1 + (part / 3) as u8;
            let rows = || sources[part % 3].chunks_exact(WIDTH).zip(sides).filter(|(_, own)| **own == side);
            rows().for_each(|(row, _)| add(level, mean, row));
            let n = rows().count().max(1) as f32;
            mean.iter_mut().for_each(|value| *value /= n);
        }
        let top = &mut input[7 * WIDTH..];
        top.fill(-1e4);
        for row in words.chunks_exact(WIDTH) {
            top.iter_mut().zip(row).for_each(|(top, value)| *top = top.max(*value));
        }
        let (mut hidden, mut out) = (Vec::new(), Vec::new());
        scratch.rows.fill(level, &input, 8 * WIDTH);
        self.pair_hidden.apply(level, &scratch.rows, &mut hidden);
        relu(level, &mut hidden[..WIDTH]);
        scratch.rows.fill(level, &hidden[..WIDTH], WIDTH);
        self.pair.apply(level, &scratch.rows, &mut out);
        let (probabilities, flags) = self.probabilities(level, &out[..self.labels.len() + FLAGS.len()]);
        PairReading { labels: self.labels.iter().cloned().zip(probabilities).collect(), flags }
    }

    /// The vectors of all pieces, into `scratch.x`; gives back those that the encoder had left there.
    fn encode(&self, level: Level, sentences: &[Input], sides: Option<&[u8]>, scratch: &mut Scratch) -> Vec<f32> {
        let high = scratch.x.clone();
        scratch.rows.fill(level, &scratch.low, WIDTH);
        self.low.apply(level, &scratch.rows, &mut scratch.y);
        add(level, &mut scratch.x, &scratch.y);
        for (index, row) in scratch.x.chunks_exact_mut(WIDTH).enumerate() {
            let side = sides.map_or(0, |sides| usize::from(sides[index]));
            add(level, row, &self.sides[side * WIDTH..][..WIDTH]);
        }
        normalise(level, &mut scratch.x, WIDTH, &self.norm.weight, &self.norm.bias);
        for layer in &self.layers {
            layer.apply(level, sentences, scratch);
        }
        high
    }

    /// A row for each word, from the means of its first and last piece's vectors: these layers', the encoder's last and first.
    fn word_vectors(&self, level: Level, sentences: &[Input], high: &[f32], scratch: &mut Scratch) -> Vec<f32> {
        let mut wide = Vec::new();
        let mut start = 0;
        for sentence in sentences {
            for &(first, last) in &sentence.words {
                for source in [&scratch.x[..], high, &scratch.low[..]] {
                    let first = &source[(start + first) * WIDTH..][..WIDTH];
                    let last = &source[(start + last) * WIDTH..][..WIDTH];
                    wide.extend(first.iter().zip(last).map(|(first, last)| (first + last) * 0.5));
                }
            }
            start += sentence.pieces.len();
        }
        let n_rows = wide.len() / (3 * WIDTH);
        let mut hidden = Vec::new();
        scratch.rows.fill(level, &wide, 3 * WIDTH);
        self.word_hidden.apply(level, &scratch.rows, &mut hidden);
        hidden.truncate(n_rows * WIDTH);
        relu(level, &mut hidden);
        hidden
    }

    fn probabilities(&self, level: Level, scores: &[f32]) -> (Vec<f32>, GuessFlags) {
        let n = self.labels.len();
        let mut probabilities = scores[..n].to_vec();
        probabilities.resize(n.next_multiple_of(16), 0.0);
        softmax(level, &mut probabilities, n.next_multiple_of(16), n);
        probabilities.truncate(n);
        let mut flags: [f32; 4] = scores[n..n + 4].try_into().expect("there are four flags");
        sigmoid(level, &mut flags);
        let [negation, future, hypothetical, historical] = flags;
        (probabilities, GuessFlags { negation, future, hypothetical, historical })
    }

    /// The words that are likely actor (`side` 0) or recipient (1) of the act that `word` tells.
    fn arguments(&self, level: Level, roles: &[f32], word: usize, side: usize, first: usize) -> Vec<Argument> {
        let stride = self.roles.stride();
        let own = &roles[word * stride + side * ROLE..][..ROLE];
        let mut scores: Vec<f32> = Vec::new();
        let n = roles.len() / stride;
        for other in room(&mut scores, n).iter_mut().zip(roles.chunks_exact(stride)) {
            let theirs = &other.1[(2 + side) * ROLE..][..ROLE];
            let product: f32 = own.iter().zip(theirs).map(|(one, other)| one * other).sum();
            *other.0 = product / (ROLE as f32).sqrt() + self.bias[side];
        }
        sigmoid(level, &mut scores);
        let likely = scores.iter().enumerate().filter(|(_, score)| **score >= LEAST);
        likely.map(|(word, score)| Argument { token: TokenId::from(first + word), score: *score }).collect()
    }
}
