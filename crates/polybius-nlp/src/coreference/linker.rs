//! The linker: how likely a phrase takes up an earlier one, or begins something new.
//!
//! A phrase is read twice, as one that takes up and as one that is taken up: its head's vector through one linear layer, plus the
//! rows of its features. A pair's hidden layer is the sum of both readings and of the pair's rows; its score is a weighted sum of
//! that layer plus the product of two short vectors. What is new has a hidden layer and a score of its own.

use crate::arithmetic::{Level, Linear, Rows, for_each_level};
use crate::encoder::WIDTH;

/// The width of the hidden layers.
pub(crate) const HIDDEN: usize = 64;
/// The width of the short vectors.
pub(crate) const SHORT: usize = 32;
/// What the linear layer gives for a phrase: hidden layers for new, later, earlier, then the two short vectors.
pub(crate) const OUTPUTS: usize = 3 * HIDDEN + 2 * SHORT;

/// The weights.
pub(crate) struct Linker {
    pub(crate) project: Linear,
    /// For each row of a phrase's features: new, later, earlier.
    pub(crate) phrase_rows: Vec<f32>,
    pub(crate) pair_rows: Vec<f32>,
    /// The weights of the hidden layers, new and pair.
    pub(crate) new_out: Vec<f32>,
    pub(crate) pair_out: Vec<f32>,
    /// What is added to the scores of new and pair.
    pub(crate) bias: [f32; 2],
}

/// A phrase as the linker reads it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Reading {
    /// The score of beginning something new.
    pub(crate) new: f32,
    later: Vec<f32>,
    earlier: Vec<f32>,
    short_later: Vec<f32>,
    short_earlier: Vec<f32>,
}

impl Linker {
    /// Reads phrases: `vectors` holds a row of the encoder's width for each, `features` its rows.
    pub(crate) fn read(&self, level: Level, vectors: &[f32], features: &[Vec<u16>]) -> Vec<Reading> {
        let mut rows = Rows::default();
        let mut projected = Vec::new();
        rows.fill(level, vectors, WIDTH);
        self.project.apply(level, &rows, &mut projected);
        let stride = self.project.stride();
        let read = |(index, rows): (usize, &Vec<u16>)| {
            let (hidden, short) = projected[index * stride..][..OUTPUTS].split_at(3 * HIDDEN);
            let mut hidden = hidden.to_vec();
            sum_rows(level, &mut hidden, &self.phrase_rows, rows);
            let (new, rest) = hidden.split_at(HIDDEN);
            let (later, earlier) = rest.split_at(HIDDEN);
            let mut score = self.bias[0];
            weigh(level, new, &self.new_out, &mut score);
            Reading {
                new: score,
                later: later.to_vec(),
                earlier: earlier.to_vec(),
                short_later: short[..SHORT].to_vec(),
                short_earlier: short[SHORT..].to_vec(),
            }
        };
        features.iter().enumerate().map(read).collect()
    }

    /// How well `later` takes up `earlier`.
    pub(crate) fn score(&self, level: Level, earlier: &Reading, later: &Reading, rows: &[u16]) -> f32 {
        let mut hidden = [0.0; HIDDEN];
        for (sum, (first, second)) in hidden.iter_mut().zip(later.later.iter().zip(&earlier.earlier)) {
            *sum = first + second;
        }
        sum_rows(level, &mut hidden, &self.pair_rows, rows);
        let mut score = self.bias[1];
        weigh(level, &hidden, &self.pair_out, &mut score);
        multiply(level, &later.short_later, &earlier.short_earlier, &mut score);
        score
    }
}

for_each_level! {
    /// Adds the rows of `table` to `sum`.
    pub(crate) fn sum_rows(sum: &mut [f32], table: &[f32], rows: &[u16]) {
        for &row in rows {
            let row = &table[usize::from(row) * sum.len()..][..sum.len()];
            for (sum, value) in sum.iter_mut().zip(row) {
                *sum += *value;
            }
        }
    }

    /// `score += Σ max(hidden, 0) · weights`, in eight sums that are added at the end.
    pub(crate) fn weigh(hidden: &[f32], weights: &[f32], score: &mut f32) {
        let mut sums = [0.0f32; 8];
        for (hidden, weights) in hidden.chunks_exact(8).zip(weights.chunks_exact(8)) {
            for k in 0..8 {
                let value = if hidden[k] > 0.0 { hidden[k] } else { 0.0 };
                sums[k] += value * weights[k];
            }
        }
        for sum in sums {
            *score += sum;
        }
    }

    /// `score += Σ first · second`, in eight sums that are added at the end.
    pub(crate) fn multiply(first: &[f32], second: &[f32], score: &mut f32) {
        let mut sums = [0.0f32; 8];
        for (first, second) in first.chunks_exact(8).zip(second.chunks_exact(8)) {
            for k in 0..8 {
                sums[k] += first[k] * second[k];
            }
        }
        for sum in sums {
            *score += sum;
        }
    }
}
