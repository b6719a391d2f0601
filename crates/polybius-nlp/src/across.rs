//! The reader across sentences: which word of an act's own sentence, or of those before and after, names who does it and whom it is done
//! to, or that none does. News seldom says again in each sentence who strikes whom.

use polybius_document::{Argument, Guess, TokenId};

use crate::acts::through;
use crate::arithmetic::{Level, Linear, softmax};
use crate::encoder::{Scratch, WIDTH};
use crate::features::{Tree, may_name};

/// The width of the vectors that are compared.
pub(crate) const ROLE: usize = 64;
/// So many sentences apart all that are farther count alike.
pub(crate) const FARTHEST: usize = 6;
/// Words less likely than this are not kept.
const LEAST: f32 = 0.02;

/// The weights.
pub(crate) struct Across {
    pub(crate) hidden: Linear,
    /// For every word: what it looks for as an act, side by side; what it is as a name; how likely nobody is named.
    pub(crate) roles: Linear,
    /// How much it counts for each side what the sentence alone tells.
    pub(crate) alone: [f32; 2],
    /// What counts for each side where the word stands so many sentences from the act, from [`FARTHEST`] before it on.
    pub(crate) apart: [f32; 2 * (2 * FARTHEST + 1)],
}

/// Words that may name somebody: of the sentences read together last, and of those read together now.
#[derive(Default)]
pub(crate) struct Names {
    words: Vec<Name>,
    /// The first of those that are read now.
    first_now: usize,
}

struct Name {
    token: TokenId,
    /// The number of its sentence.
    sentence: usize,
    /// What it is as a name, side by side.
    roles: Vec<f32>,
}

impl Names {
    /// Forgets what was read before the last sentences.
    fn next(&mut self) {
        self.words.drain(..self.first_now);
        self.first_now = self.words.len();
    }
}

/// Sentences that are read together.
pub(crate) struct Sentences<'a> {
    pub(crate) trees: &'a [Tree<'a>],
    /// The first token of each.
    pub(crate) firsts: &'a [usize],
    /// How many sentences were read before.
    pub(crate) n_before: usize,
}

impl Across {
    /// Fills in who the sides of `guesses` are. `vectors` are those of the words of `sentences`; `alone` says how much a sentence itself
    /// makes its second word a side of the act of the first, both by their places among the words.
    #[expect(clippy::too_many_arguments, reason = "they are what the sentences are looked at with")]
    pub(crate) fn read(
        &self,
        level: Level,
        vectors: &[f32],
        sentences: &Sentences<'_>,
        alone: impl Fn(usize, usize) -> [f32; 2],
        names: &mut Names,
        guesses: &mut [Guess],
        scratch: &mut Scratch,
    ) {
        let roles = through(level, vectors, WIDTH, [&self.hidden, &self.roles], scratch);
        let rows: Vec<&[f32]> = roles.chunks_exact(self.roles.stride()).collect();
        let first = sentences.firsts.first().copied().unwrap_or_default();
        names.next();
        for (index, (tree, start)) in sentences.trees.iter().zip(sentences.firsts).enumerate() {
            for word in (0..tree.n_words()).filter(|word| may_name(tree.upos(*word))) {
                let token = TokenId::from(start + word);
                let roles = rows[start + word - first][2 * ROLE..4 * ROLE].to_vec();
                names.words.push(Name { token, sentence: sentences.n_before + index, roles });
            }
        }
        for guess in guesses {
            let act = guess.token.index() - first;
            let own = sentences.firsts.partition_point(|start| *start <= guess.token.index()) - 1 + sentences.n_before;
            let others = || names.words.iter().filter(|name| name.token != guess.token);
            let sides = [0, 1].map(|side| {
                let score = |name: &Name| {
                    let looked_for = &rows[act][side * ROLE..][..ROLE];
                    let product: f32 =
                        looked_for.iter().zip(&name.roles[side * ROLE..]).map(|(one, other)| one * other).sum();
                    let here = if name.sentence == own { alone(act, name.token.index() - first)[side] } else { 0.0 };
                    product / (ROLE as f32).sqrt() + self.apart(side, own, name.sentence) + here * self.alone[side]
                };
                let mut scores: Vec<f32> = others().map(score).collect();
                scores.push(rows[act][4 * ROLE + side]);
                let n = scores.len();
                scores.resize(n.next_multiple_of(16), 0.0);
                softmax(level, &mut scores, n.next_multiple_of(16), n);
                let likely = others().zip(&scores).filter(|(_, score)| **score >= LEAST);
                likely.map(|(name, score)| Argument { token: name.token, score: *score }).collect()
            });
            [guess.actors_across, guess.recipients_across] = sides;
        }
    }

    fn apart(&self, side: usize, act: usize, word: usize) -> f32 {
        let farthest = FARTHEST as isize;
        let apart = (word as isize - act as isize).clamp(-farthest, farthest) + farthest;
        self.apart[side * (2 * FARTHEST + 1) + apart as usize]
    }
}
