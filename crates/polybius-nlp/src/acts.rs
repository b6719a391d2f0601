//! The reader of acts: layers of its own over the encoder's embeddings, which see word by word what is done, by whom and to whom. Beside
//! the layers, which know what texts are like, speak lexicons, which remember what the words and trees of the training sentences told.
//! Where two parties are given, another head says what the one does to the other.

use std::sync::Arc;

use polybius_document::{Argument, Guess, GuessFlags, TokenId};

use crate::across::{Across, Names, Sentences};
use crate::arithmetic::{Level, Linear, add, relu, sigmoid, softmax};
use crate::encoder::{Encoder, Input, Layer, Scratch, WIDTH};
use crate::features::{Features, Tree, may_head, may_name, may_tell};
use crate::lexicon::Lexicon;

/// The width of the vectors that score who does an act and to whom.
pub(crate) const ROLE: usize = 96;
/// The width of the vectors that say how surely it happened what a word tells.
pub(crate) const HAPPENED: usize = 96;
/// The width of those that say in which modes.
pub(crate) const MODES: usize = 192;
/// What the reader says of an act besides its label, in the order of its outputs.
pub(crate) const FLAGS: [&str; 4] = ["negation", "future", "hypothetical", "historical"];
/// A word is kept as a guess if it is at least this likely to tell an act.
const LEAST_ACT: f32 = 0.05;
/// The width of what is known of a pair: of the sentence one vector and the greatest of its words', and three each of either party and
/// of the words that tell what is done between them.
pub(crate) const PAIR: usize = 11 * WIDTH;
/// Where words are less likely than this to tell an act between two parties, their vectors fade.
const LEAST_LINKED: f32 = 0.05;
/// Labels and arguments less likely than this are not kept.
const LEAST: f32 = 0.02;

/// The weights.
pub(crate) struct ActReader {
    pub(crate) layers: Vec<Layer>,
    /// What the layers say of who stands where.
    pub(crate) word_hidden: Linear,
    pub(crate) roles: Linear,
    pub(crate) bias: [f32; 2],
    /// What the vectors of a word say of the act it tells, and what its features do, by type.
    pub(crate) type_hidden: Linear,
    pub(crate) types: Linear,
    pub(crate) lexicon: Lexicon,
    /// The column of the lexicon for each label.
    pub(crate) columns: Vec<usize>,
    /// The names of the columns: "O", then types.
    pub(crate) kinds: Vec<Arc<str>>,
    /// What features of two words say of who stands where, and how the layers' scores count beside them: factor and addend of each side.
    pub(crate) side_lexicon: Lexicon,
    pub(crate) mix: [f32; 4],
    /// Who the sides are, where other sentences name them.
    pub(crate) across: Across,
    /// How surely it happened what a word tells.
    pub(crate) happened_hidden: Linear,
    pub(crate) happened: Linear,
    /// In which modes.
    pub(crate) modes_hidden: Linear,
    pub(crate) modes: Linear,
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
    /// Reads sentences whose vectors `encoder` has left in `scratch`, and remembers the `names` in them. Guesses come in text order; beside
    /// them stands how surely it happened what each word tells, and how likely what a word tells that may tell an act is in each mode.
    pub(crate) fn read(
        &self,
        level: Level,
        encoder: &Encoder,
        inputs: &[Input],
        sentences: &Sentences<'_>,
        names: &mut Names,
        scratch: &mut Scratch,
    ) -> (Vec<Guess>, Vec<f32>, Vec<(TokenId, GuessFlags)>) {
        let wide = self.word_vectors(level, encoder, inputs, scratch);
        let happened = of_rows(level, &wide, 3 * WIDTH, [&self.happened_hidden, &self.happened], scratch);
        let happened = happened.into_iter().map(|[surely]| surely).collect();
        let modes = self.modes(level, &wide, sentences, scratch);
        let scores = through(level, &wide, 3 * WIDTH, [&self.type_hidden, &self.types], scratch);
        let own = own_vectors(&wide);
        let roles = through(level, &own, WIDTH, [&self.word_hidden, &self.roles], scratch);
        let (stride, role_stride) = (self.types.stride(), self.roles.stride());
        let (mut features, mut guesses, mut row) = (Features::default(), Vec::new(), 0);
        for (tree, &first) in sentences.trees.iter().zip(sentences.firsts) {
            let n = tree.n_words();
            let roles = &roles[row * role_stride..][..n * role_stride];
            for word in (0..n).filter(|word| may_tell(tree.upos(*word))) {
                let mut scores = scores[(row + word) * stride..][..self.labels.len()].to_vec();
                let told = self.lexicon.sum(tree.of_word(word, &mut features));
                scores.iter_mut().zip(&self.columns).for_each(|(score, column)| *score += told[*column]);
                let probabilities = self.probabilities(level, &scores);
                if 1.0 - probabilities[0] < LEAST_ACT {
                    continue;
                }
                let labels = probabilities.iter().zip(&self.labels).skip(1);
                let mut labels: Vec<(Arc<str>, f32)> =
                    labels.filter(|(p, _)| **p >= LEAST).map(|(p, label)| (label.clone(), *p)).collect();
                labels.sort_by(|one, other| other.1.total_cmp(&one.1));
                let [actors, recipients] = self.sides(level, roles, tree, word, &probabilities, &mut features, first);
                guesses.push(Guess {
                    token: TokenId::from(first + word),
                    act: 1.0 - probabilities[0],
                    labels,
                    actors,
                    recipients,
                    actors_across: Vec::new(),
                    recipients_across: Vec::new(),
                });
            }
            row += n;
        }
        let row = |word: usize| &roles[word * role_stride..][..role_stride];
        let alone = |act: usize, word: usize| self.by_layers(row(act), row(word));
        self.across.read(level, &own, sentences, alone, names, &mut guesses, scratch);
        (guesses, happened, modes)
    }

    /// In which modes it is what a word tells, by its vectors and those of the word that it hangs on.
    fn modes(
        &self,
        level: Level,
        wide: &[f32],
        sentences: &Sentences<'_>,
        scratch: &mut Scratch,
    ) -> Vec<(TokenId, GuessFlags)> {
        let (mut rows, mut tokens, mut start) = (Vec::new(), Vec::new(), 0);
        let vectors = |word: usize| &wide[word * 3 * WIDTH..][..3 * WIDTH];
        for (tree, &first) in sentences.trees.iter().zip(sentences.firsts) {
            for word in (0..tree.n_words()).filter(|word| may_head(tree.upos(*word))) {
                rows.extend_from_slice(vectors(start + word));
                match tree.head(word) {
                    Some(head) => rows.extend_from_slice(vectors(start + head)),
                    None => rows.resize(rows.len() + 3 * WIDTH, 0.0),
                }
                tokens.push(TokenId::from(first + word));
            }
            start += tree.n_words();
        }
        let scores = of_rows(level, &rows, 6 * WIDTH, [&self.modes_hidden, &self.modes], scratch);
        tokens.into_iter().zip(scores).map(|(token, scores)| (token, flags(level, scores))).collect()
    }

    /// Reads what the words marked 1 do to the words marked 2; the encoder has left the vectors of `sentence` in `scratch`.
    pub(crate) fn pair(
        &self,
        level: Level,
        encoder: &Encoder,
        sentence: &Input,
        marks: &[u8],
        scratch: &mut Scratch,
    ) -> PairReading {
        let wide = self.word_vectors(level, encoder, std::slice::from_ref(sentence), scratch);
        let mut input = vec![0.0; PAIR];
        input[..WIDTH].copy_from_slice(&scratch.x[..WIDTH]);
        for (side, mean) in input[WIDTH..7 * WIDTH].chunks_exact_mut(3 * WIDTH).enumerate() {
            let rows = || wide.chunks_exact(3 * WIDTH).zip(marks).filter(|(_, mark)| usize::from(**mark) == side + 1);
            rows().for_each(|(row, _)| add(level, mean, row));
            let n = rows().count().max(1) as f32;
            mean.iter_mut().for_each(|value| *value /= n);
        }
        let (top, linked) = input[7 * WIDTH..].split_at_mut(WIDTH);
        top.fill(-1e4);
        let seen = hidden(level, &own_vectors(&wide), WIDTH, &self.word_hidden, scratch);
        for row in seen.chunks_exact(WIDTH) {
            top.iter_mut().zip(row).for_each(|(top, value)| *top = top.max(*value));
        }
        let links = self.links(level, &wide, &seen, marks, scratch);
        for (link, row) in links.iter().zip(wide.chunks_exact(3 * WIDTH)) {
            linked.iter_mut().zip(row).for_each(|(sum, value)| *sum += link * value);
        }
        let sum = links.iter().sum::<f32>() + LEAST_LINKED;
        linked.iter_mut().for_each(|value| *value /= sum);
        let out = through(level, &input, PAIR, [&self.pair_hidden, &self.pair], scratch);
        let (scores, of_flags) = out[..self.labels.len() + FLAGS.len()].split_at(self.labels.len());
        let probabilities = self.probabilities(level, scores);
        let flags = flags(level, of_flags.try_into().expect("there are four flags"));
        PairReading { labels: self.labels.iter().cloned().zip(probabilities).collect(), flags }
    }

    /// How likely each word is to tell an act of the words marked 1 on the words marked 2; `seen` is what the hidden layer makes of them.
    fn links(&self, level: Level, wide: &[f32], seen: &[f32], marks: &[u8], scratch: &mut Scratch) -> Vec<f32> {
        let scores = through(level, wide, 3 * WIDTH, [&self.type_hidden, &self.types], scratch);
        let roles = over(level, seen, WIDTH, &self.roles, scratch);
        let roles: Vec<&[f32]> = roles.chunks_exact(self.roles.stride()).collect();
        let scores = scores.chunks_exact(self.types.stride());
        let link = |(scores, word): (&[f32], &&[f32])| {
            let mut sides = [-30.0f32; 2];
            for (theirs, mark) in roles.iter().zip(marks).filter(|(_, mark)| **mark > 0) {
                let side = usize::from(*mark) - 1;
                sides[side] = sides[side].max(self.by_layers(word, theirs)[side]);
            }
            sigmoid(level, &mut sides);
            sides[0] * sides[1] * (1.0 - self.probabilities(level, &scores[..self.labels.len()])[0])
        };
        scores.zip(&roles).map(link).collect()
    }

    /// A row of three vectors for each word, from the means of its first and last piece's: of these layers, whose vectors of all pieces
    /// stay in `scratch.x`, and of the encoder's last and first.
    fn word_vectors(&self, level: Level, encoder: &Encoder, sentences: &[Input], scratch: &mut Scratch) -> Vec<f32> {
        let high = std::mem::take(&mut scratch.x);
        encoder.embed(level, sentences, scratch);
        self.layers.iter().for_each(|layer| layer.apply(level, sentences, scratch));
        let mut wide = Vec::new();
        let mut start = 0;
        for sentence in sentences {
            for &(first, last) in &sentence.words {
                for source in [&scratch.x, &high, &scratch.low] {
                    let first = &source[(start + first) * WIDTH..][..WIDTH];
                    let last = &source[(start + last) * WIDTH..][..WIDTH];
                    wide.extend(first.iter().zip(last).map(|(first, last)| (first + last) * 0.5));
                }
            }
            start += sentence.pieces.len();
        }
        wide
    }

    fn probabilities(&self, level: Level, scores: &[f32]) -> Vec<f32> {
        let n = self.labels.len();
        let mut probabilities = scores.to_vec();
        probabilities.resize(n.next_multiple_of(16), 0.0);
        softmax(level, &mut probabilities, n.next_multiple_of(16), n);
        probabilities.truncate(n);
        probabilities
    }

    /// The words that are likely actor, and recipient, of the act that `word` tells.
    #[expect(clippy::too_many_arguments, reason = "they are what one word is looked at with")]
    fn sides(
        &self,
        level: Level,
        roles: &[f32],
        tree: &Tree<'_>,
        word: usize,
        probabilities: &[f32],
        features: &mut Features,
        first: usize,
    ) -> [Vec<Argument>; 2] {
        let mut by_kind = vec![0.0; self.kinds.len()];
        probabilities.iter().zip(&self.columns).skip(1).for_each(|(p, column)| by_kind[*column] += p);
        let likeliest = (1..by_kind.len()).max_by(|one, other| by_kind[*one].total_cmp(&by_kind[*other])).unwrap_or(0);
        let stride = self.roles.stride();
        let own = &roles[word * stride..][..stride];
        let mut found = [Vec::new(), Vec::new()];
        for (other, theirs) in roles.chunks_exact(stride).enumerate() {
            if other == word || !may_name(tree.upos(other)) {
                continue;
            }
            let told = self.side_lexicon.sum(tree.of_pair(word, other, &self.kinds[likeliest], features));
            let by_layers = self.by_layers(own, theirs);
            let mut scores = [0, 1].map(|side| told[side] + by_layers[side] * self.mix[side] + self.mix[2 + side]);
            sigmoid(level, &mut scores);
            for (found, score) in found.iter_mut().zip(scores) {
                if score >= LEAST {
                    found.push(Argument { token: TokenId::from(first + other), score });
                }
            }
        }
        found
    }

    /// What the layers say of a word of the same sentence as actor, and as recipient, of an act.
    fn by_layers(&self, own: &[f32], theirs: &[f32]) -> [f32; 2] {
        [0, 1].map(|side| {
            let (own, theirs) = (&own[side * ROLE..][..ROLE], &theirs[(2 + side) * ROLE..][..ROLE]);
            let product: f32 = own.iter().zip(theirs).map(|(one, other)| one * other).sum();
            product / (ROLE as f32).sqrt() + self.bias[side]
        })
    }
}

/// What a small head says of each of the rows, `width` wide.
fn of_rows<const N: usize>(
    level: Level,
    rows: &[f32],
    width: usize,
    head: [&Linear; 2],
    scratch: &mut Scratch,
) -> Vec<[f32; N]> {
    let scores = through(level, rows, width, head, scratch);
    let scores = scores.chunks_exact(head[1].stride()).take(rows.len() / width);
    scores.map(|scores| std::array::from_fn(|at| scores[at])).collect()
}

/// How likely each mode is, by its score.
fn flags(level: Level, mut scores: [f32; 4]) -> GuessFlags {
    sigmoid(level, &mut scores);
    let [negation, future, hypothetical, historical] = scores;
    GuessFlags { negation, future, hypothetical, historical }
}

/// Of rows of three vectors the first of each.
fn own_vectors(wide: &[f32]) -> Vec<f32> {
    wide.chunks_exact(3 * WIDTH).flat_map(|row| &row[..WIDTH]).copied().collect()
}

/// What a layer and the next say of rows `width` wide.
pub(crate) fn through(
    level: Level,
    rows: &[f32],
    width: usize,
    [first, second]: [&Linear; 2],
    scratch: &mut Scratch,
) -> Vec<f32> {
    let vectors = hidden(level, rows, width, first, scratch);
    over(level, &vectors, first.stride(), second, scratch)
}

/// What a layer says of rows `width` wide.
fn over(level: Level, rows: &[f32], width: usize, layer: &Linear, scratch: &mut Scratch) -> Vec<f32> {
    let mut scores = Vec::new();
    scratch.rows.fill(level, rows, width);
    layer.apply(level, &scratch.rows, &mut scores);
    scores
}

/// What a hidden layer makes of rows `width` wide.
fn hidden(level: Level, rows: &[f32], width: usize, layer: &Linear, scratch: &mut Scratch) -> Vec<f32> {
    let mut hidden = over(level, rows, width, layer, scratch);
    hidden.truncate(rows.len() / width * layer.stride());
    relu(level, &mut hidden);
    hidden
}
