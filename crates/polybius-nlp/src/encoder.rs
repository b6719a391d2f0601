//! The encoder and its heads: from pieces to the scores of tags, arcs, relations and names.
//!
//! Several sentences go through the linear layers together; each row is rounded and multiplied by itself, and attention stays
//! within a sentence, so a sentence's result never depends on its company.

use crate::arithmetic::{Level, Linear, Rows, add, for_each_level, gelu, normalise, product_f32, relu, room, softmax};

/// The width of a vector.
pub(crate) const WIDTH: usize = 384;
/// The width of the vectors that score arcs.
pub(crate) const ARC: usize = 256;
/// The width of the vectors that score relations.
pub(crate) const RELATION: usize = 64;
const N_HEADS: usize = 12;
const HEAD: usize = WIDTH / N_HEADS;
/// The most pieces in a sentence: attention costs their square. The table of positions would allow 510.
pub(crate) const MOST_PIECES: usize = 256;

/// The network.
pub(crate) struct Encoder {
    pub(crate) pieces: Vec<i8>,
    pub(crate) piece_scale: Vec<f32>,
    pub(crate) positions: Vec<i8>,
    pub(crate) position_scale: Vec<f32>,
    pub(crate) shapes: Vec<f32>,
    pub(crate) norm: Norm,
    pub(crate) layers: Vec<Layer>,
    pub(crate) tags: Linear,
    pub(crate) mlp: Linear,
    pub(crate) arc: Linear,
    pub(crate) relation: Linear,
    /// Relations, padded to a multiple of eight.
    pub(crate) n_relations: usize,
}

/// A transformer layer.
pub(crate) struct Layer {
    pub(crate) qkv: Linear,
    pub(crate) out: Linear,
    pub(crate) norm1: Norm,
    pub(crate) up: Linear,
    pub(crate) down: Linear,
    pub(crate) norm2: Norm,
}

/// Weights of a layer normalisation.
pub(crate) struct Norm {
    pub(crate) weight: Vec<f32>,
    pub(crate) bias: Vec<f32>,
}

/// A sentence as the encoder reads it.
#[derive(Default)]
pub(crate) struct Input {
    pub(crate) pieces: Vec<u32>,
    pub(crate) shapes: Vec<u8>,
    /// The first and last piece of each word.
    pub(crate) words: Vec<(usize, usize)>,
}

/// The scores of one sentence.
pub(crate) struct Scores<'a> {
    /// A row of class scores for each word: UPOS, XPOS, features, then probabilities of names.
    pub(crate) tags: &'a [f32],
    pub(crate) tag_stride: usize,
    /// For each word the scores of its heads; 0 is the root, `i + 1` the word `i`.
    pub(crate) arcs: &'a [f32],
    pub(crate) arc_stride: usize,
    /// The words' vectors.
    pub(crate) vectors: &'a [f32],
}

/// Room for the numbers of a batch, kept from one batch to the next.
#[derive(Default)]
pub(crate) struct Scratch {
    pub(crate) rows: Rows,
    /// The vectors of the pieces.
    pub(crate) x: Vec<f32>,
    /// As they were after the first layer.
    pub(crate) low: Vec<f32>,
    pub(crate) y: Vec<f32>,
    qkv: Vec<f32>,
    wide: Vec<f32>,
    context: Vec<f32>,
    attention: Attention,
    /// The vectors of each sentence's beginning and words.
    pub(crate) words: Vec<f32>,
    tags: Vec<f32>,
    mlp: Vec<f32>,
    part: Vec<f32>,
    arc: Vec<f32>,
    arc_heads: Vec<f32>,
    arcs: Vec<f32>,
    relation_parts: Vec<f32>,
}

#[derive(Default)]
struct Attention {
    keys: Vec<f32>,
    values: Vec<f32>,
    scores: Vec<f32>,
    out: Vec<f32>,
}

impl Encoder {
    /// Reads `sentences` together. `decide` is called for each with its scores and answers with the head of each word (0 the
    /// root, `i + 1` the word `i`); `relate` is then called with the scores of each word's relation to that head.
    pub(crate) fn read(
        &self,
        level: Level,
        sentences: &[Input],
        scratch: &mut Scratch,
        mut decide: impl FnMut(usize, Scores) -> Vec<usize>,
        mut relate: impl FnMut(usize, usize, &[f32]),
    ) {
        self.encode(level, sentences, scratch);
        scratch.gather_words(sentences);
        scratch.rows.fill(level, &scratch.words, WIDTH);
        self.tags.apply(level, &scratch.rows, &mut scratch.tags);
        self.mlp.apply(level, &scratch.rows, &mut scratch.mlp);
        let n_rows = scratch.words.len() / WIDTH;
        relu(level, &mut scratch.mlp[..n_rows * self.mlp.stride()]);
        scratch.take_part(n_rows, self.mlp.stride(), ARC, ARC);
        scratch.rows.fill(level, &scratch.part, ARC);
        self.arc.apply(level, &scratch.rows, &mut scratch.arc);
        let mut heads = Vec::with_capacity(n_rows);
        let mut row = 0;
        for (index, sentence) in sentences.iter().enumerate() {
            let n = sentence.words.len();
            let arc_stride = self.score_arcs(level, row, n, scratch);
            let scores = Scores {
                tags: &scratch.tags[(row + 1) * self.tags.stride()..][..n * self.tags.stride()],
                tag_stride: self.tags.stride(),
                arcs: &scratch.arcs[..n * arc_stride],
                arc_stride,
                vectors: &scratch.words[(row + 1) * WIDTH..][..n * WIDTH],
            };
            let found = decide(index, scores);
            heads.push(0);
            heads.extend(found.iter().map(|head| row + head));
            row += n + 1;
        }
        scratch.take_part(n_rows, self.mlp.stride(), 2 * ARC + RELATION, RELATION);
        self.score_relations(level, sentences, &heads, scratch, &mut relate);
    }

    /// The vectors of all pieces, into `scratch.x`; those after the first layer stay in `scratch.low`.
    pub(crate) fn encode(&self, level: Level, sentences: &[Input], scratch: &mut Scratch) {
        self.embed(level, sentences, scratch);
        for (index, layer) in self.layers.iter().enumerate() {
            layer.apply(level, sentences, scratch);
            if index == 0 {
                scratch.low.clone_from(&scratch.x);
            }
        }
    }

    /// The vectors of all pieces before the first layer, into `scratch.x`.
    pub(crate) fn embed(&self, level: Level, sentences: &[Input], scratch: &mut Scratch) {
        let n_rows: usize = sentences.iter().map(|sentence| sentence.pieces.len()).sum();
        scratch.x.clear();
        scratch.x.resize(n_rows * WIDTH, 0.0);
        let mut rows = scratch.x.chunks_exact_mut(WIDTH);
        for sentence in sentences {
            let inputs = sentence.pieces.iter().zip(&sentence.shapes).enumerate();
            for ((position, (&piece, &shape)), row) in inputs.zip(&mut rows) {
                let piece = piece as usize;
                let pieces = &self.pieces[piece * WIDTH..][..WIDTH];
                let positions = &self.positions[position * WIDTH..][..WIDTH];
                let shapes = &self.shapes[usize::from(shape) * WIDTH..][..WIDTH];
                let scales = [self.piece_scale[piece], self.position_scale[position]];
                embed(level, pieces, positions, shapes, scales, row);
            }
        }
        normalise(level, &mut scratch.x, WIDTH, &self.norm.weight, &self.norm.bias);
    }

    /// Scores every arc of the sentence whose rows begin at `row`; returns the stride of the scores.
    fn score_arcs(&self, level: Level, row: usize, n: usize, scratch: &mut Scratch) -> usize {
        let stride = (n + 1).next_multiple_of(16);
        let mlp_stride = self.mlp.stride();
        let heads = room(&mut scratch.arc_heads, ARC * stride);
        turn(level, &scratch.mlp[row * mlp_stride..], mlp_stride, ARC, n + 1, heads, stride);
        let arcs = room(&mut scratch.arcs, n * stride);
        let dependents = &scratch.arc[(row + 1) * self.arc.stride()..][..n * self.arc.stride()];
        product_f32(level, dependents, self.arc.stride(), ARC, heads, stride, arcs);
        stride
    }

    /// Scores the relations of every word to its head, some rows at a time.
    fn score_relations(
        &self,
        level: Level,
        sentences: &[Input],
        heads: &[usize],
        scratch: &mut Scratch,
        relate: &mut impl FnMut(usize, usize, &[f32]),
    ) {
        const AT_ONCE: usize = 64;
        let mut places = sentences
            .iter()
            .enumerate()
            .flat_map(|(index, sentence)| (0..=sentence.words.len()).map(move |word| (index, word)));
        let mut scores = vec![0.0; self.n_relations];
        for start in (0..heads.len()).step_by(AT_ONCE) {
            let stop = heads.len().min(start + AT_ONCE);
            scratch.rows.fill(level, &scratch.part[start * RELATION..stop * RELATION], RELATION);
            self.relation.apply(level, &scratch.rows, &mut scratch.relation_parts);
            for (row, &head) in (start..stop).zip(&heads[start..stop]) {
                let Some((sentence, word)) = places.next() else { return };
                if word == 0 {
                    continue;
                }
                let head = &scratch.mlp[head * self.mlp.stride() + 2 * ARC..][..RELATION];
                let parts = &scratch.relation_parts[(row - start) * self.relation.stride()..][..self.relation.stride()];
                relation_scores(level, head, parts, self.n_relations, &mut scores);
                relate(sentence, word - 1, &scores);
            }
        }
    }
}

impl Scratch {
    /// A row for each sentence's beginning, which stands for the root, then one for each word: the mean of its first and
    /// last piece.
    pub(crate) fn gather_words(&mut self, sentences: &[Input]) {
        self.words.clear();
        let mut start = 0;
        for sentence in sentences {
            self.words.extend_from_slice(&self.x[start * WIDTH..][..WIDTH]);
            for &(first, last) in &sentence.words {
                let first = &self.x[(start + first) * WIDTH..][..WIDTH];
                let last = &self.x[(start + last) * WIDTH..][..WIDTH];
                self.words.extend(first.iter().zip(last).map(|(first, last)| (first + last) * 0.5));
            }
            start += sentence.pieces.len();
        }
    }

    /// Copies `width` columns from `from` of the first rows of `mlp` together.
    fn take_part(&mut self, n_rows: usize, stride: usize, from: usize, width: usize) {
        self.part.clear();
        for row in self.mlp.chunks_exact(stride).take(n_rows) {
            self.part.extend_from_slice(&row[from..from + width]);
        }
    }
}

impl Layer {
    pub(crate) fn apply(&self, level: Level, sentences: &[Input], scratch: &mut Scratch) {
        let n_rows = scratch.x.len() / WIDTH;
        scratch.rows.fill(level, &scratch.x, WIDTH);
        self.qkv.apply(level, &scratch.rows, &mut scratch.qkv);
        let context = room(&mut scratch.context, n_rows * WIDTH);
        let mut row = 0;
        for sentence in sentences {
            let n = sentence.pieces.len();
            let stride = 3 * WIDTH;
            let qkv = &scratch.qkv[row * stride..(row + n) * stride];
            scratch.attention.apply(level, qkv, n, &mut context[row * WIDTH..(row + n) * WIDTH]);
            row += n;
        }
        scratch.rows.fill(level, context, WIDTH);
        self.out.apply(level, &scratch.rows, &mut scratch.y);
        add(level, &mut scratch.x, &scratch.y);
        normalise(level, &mut scratch.x, WIDTH, &self.norm1.weight, &self.norm1.bias);
        scratch.rows.fill(level, &scratch.x, WIDTH);
        self.up.apply(level, &scratch.rows, &mut scratch.wide);
        let feed = self.up.stride();
        let wide = &mut scratch.wide[..n_rows * feed];
        gelu(level, wide);
        scratch.rows.fill(level, wide, feed);
        self.down.apply(level, &scratch.rows, &mut scratch.y);
        add(level, &mut scratch.x, &scratch.y);
        normalise(level, &mut scratch.x, WIDTH, &self.norm2.weight, &self.norm2.bias);
    }
}

impl Attention {
    /// Attention within one sentence of `n` rows of queries, keys and values.
    fn apply(&mut self, level: Level, qkv: &[f32], n: usize, context: &mut [f32]) {
        let stride = 3 * WIDTH;
        let padded = n.next_multiple_of(16);
        let keys = room(&mut self.keys, HEAD * padded);
        let values = room(&mut self.values, n * HEAD);
        let scores = room(&mut self.scores, n * padded);
        let out = room(&mut self.out, n * HEAD);
        for head in 0..N_HEADS {
            turn(level, &qkv[WIDTH + head * HEAD..], stride, HEAD, n, keys, padded);
            for row in 0..n {
                let value = &qkv[row * stride + 2 * WIDTH + head * HEAD..][..HEAD];
                values[row * HEAD..][..HEAD].copy_from_slice(value);
            }
            product_f32(level, &qkv[head * HEAD..], stride, HEAD, keys, padded, scores);
            softmax(level, scores, padded, n);
            product_f32(level, scores, padded, n, values, HEAD, out);
            for row in 0..n {
                context[row * WIDTH + head * HEAD..][..HEAD].copy_from_slice(&out[row * HEAD..][..HEAD]);
            }
        }
    }
}

for_each_level! {
    /// The sum of what a piece, its position and its shape mean.
    pub(crate) fn embed(piece: &[i8], position: &[i8], shape: &[f32], scales: [f32; 2], out: &mut [f32]) {
        for (((out, piece), position), shape) in out.iter_mut().zip(piece).zip(position).zip(shape) {
            *out = f32::from(*piece) * scales[0] + f32::from(*position) * scales[1] + *shape;
        }
    }

    /// Rows to columns: `to[k * width + row]` is the number `k` of `row`; rows begin every `stride` numbers. The columns beyond
    /// the last row keep what they hold.
    pub(crate) fn turn(from: &[f32], stride: usize, depth: usize, n_rows: usize, to: &mut [f32], width: usize) {
        for first in (0..n_rows).step_by(16) {
            let n = (n_rows - first).min(16);
            for k in 0..depth {
                let to = &mut to[k * width + first..][..n];
                for (row, to) in to.iter_mut().enumerate() {
                    *to = from[(first + row) * stride + k];
                }
            }
        }
    }

    /// `scores[r] = Σ_k head[k] · parts[k][r] + parts[last][r]`.
    pub(crate) fn relation_scores(head: &[f32], parts: &[f32], n: usize, scores: &mut [f32]) {
        scores.copy_from_slice(&parts[head.len() * n..][..n]);
        for (weight, part) in head.iter().zip(parts.chunks_exact(n)) {
            for (score, part) in scores.iter_mut().zip(part) {
                *score += *weight * *part;
            }
        }
    }
}
