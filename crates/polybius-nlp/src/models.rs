//! The trained models: the weights, and the word lists that go with them.

use std::collections::HashMap;
use std::sync::Arc;

use polybius_document::{Relation, Upos};
use thiserror::Error;

use crate::across::{self, Across, FARTHEST};
use crate::acts::{ActReader, FLAGS, HAPPENED, MODES, PAIR, ROLE};
use crate::arithmetic::Linear;
use crate::coreference::linker::{HIDDEN, Linker, OUTPUTS};
use crate::coreference::{n_pair_rows, n_phrase_rows};
use crate::encoder::{Encoder, Layer, Norm, WIDTH};
use crate::entities::EntityLabels;
use crate::lemma::Lemmas;
use crate::lexicon::Lexicon;
use crate::pieces::Pieces;
use crate::words::Words;

/// Everything `annotate` needs besides the article. Made once, shared by all threads.
pub struct Models {
    pub(crate) pieces: Pieces,
    pub(crate) encoder: Encoder,
    pub(crate) labels: Labels,
    pub(crate) lemmas: Lemmas,
    pub(crate) words: Words,
    /// What finds coreference; without it there are no chains.
    pub(crate) linker: Option<Linker>,
    /// What reads acts; without it only patterns find them.
    pub(crate) acts: Option<ActReader>,
}

/// What the classes of the heads are called.
pub(crate) struct Labels {
    pub(crate) upos: Vec<Upos>,
    pub(crate) xpos: Vec<Arc<str>>,
    pub(crate) features: Vec<Arc<str>>,
    pub(crate) relations: Vec<Relation>,
    pub(crate) entities: EntityLabels,
}

/// Why bytes are not models.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ModelError {
    /// The bytes do not begin as a weights file does, or end too early.
    #[error("not a weights file of this version, or cut short")]
    NotWeights,
    /// An array the program needs is not in the file, or has another shape.
    #[error("the weights have no `{0}` of the shape this program reads")]
    Array(String),
    /// A line of a word list cannot be read.
    #[error("{file}:{line}: {reason}")]
    Line {
        /// Which list.
        file: &'static str,
        /// The line, counted from 1.
        line: usize,
        /// What is wrong there.
        reason: String,
    },
}

impl Models {
    /// The models that are compiled into the program.
    pub fn embedded() -> Models {
        Models::embedded_reader()
            .with_linker(include_bytes!("../../../models/coreference.weights"))
            .and_then(|models| models.with_acts(include_bytes!("../../../models/acts.weights")))
            .expect("the models compiled in are whole")
    }

    fn embedded_reader() -> Models {
        let weights = include_bytes!("../../../models/english.weights");
        let lemmas = include_str!("../../../models/lemmas.tsv");
        let words = include_str!("../../../models/words.txt");
        Models::parse(weights, lemmas, words).expect("the models compiled in are whole")
    }

    /// The models compiled into the program, without what finds coreference: for training that.
    pub fn without_coreference() -> Models {
        Models::embedded_reader()
    }

    /// The models in the bytes of a weights file, a lemma table and word lists, in the formats of `models/`.
    pub fn parse(weights: &[u8], lemmas: &str, words: &str) -> Result<Models, ModelError> {
        let arrays = Arrays::parse(weights).ok_or(ModelError::NotWeights)?;
        let wrong = |name: &str| ModelError::Array(name.to_owned());
        let lines = |name: &str| Ok(arrays.text(name)?.lines());
        let strings = |name: &str| -> Result<Vec<Arc<str>>, ModelError> {
            Ok(lines(name)?.map(|line| if line == "_" { "" } else { line }.into()).collect())
        };
        let upos = lines("labels.upos")?.map(Upos::parse).collect::<Option<_>>().ok_or_else(|| wrong("labels.upos"))?;
        let labels = Labels {
            upos,
            xpos: strings("labels.xpos")?,
            features: strings("labels.feats")?,
            relations: lines("labels.rel")?.map(Relation::parse_lenient).collect(),
            entities: EntityLabels::parse(arrays.text("labels.ner")?).ok_or_else(|| wrong("labels.ner"))?,
        };
        let encoder = encoder(&arrays, &labels)?;
        if lines("pieces")?.count() != encoder.piece_scale.len() {
            return Err(wrong("pieces"));
        }
        Ok(Models {
            pieces: Pieces::parse(arrays.text("pieces")?),
            encoder,
            labels,
            lemmas: Lemmas::parse(lemmas)?,
            words: Words::parse(words)?,
            linker: None,
            acts: None,
        })
    }

    /// The same models with the linker in the bytes of a weights file.
    pub fn with_linker(self, weights: &[u8]) -> Result<Models, ModelError> {
        let arrays = Arrays::parse(weights).ok_or(ModelError::NotWeights)?;
        let linker = Linker {
            project: arrays.linear("project", WIDTH, OUTPUTS)?,
            phrase_rows: arrays.table("phrase", n_phrase_rows(), 3 * HIDDEN)?,
            pair_rows: arrays.table("pair", n_pair_rows(), HIDDEN)?,
            new_out: arrays.floats("new.out", Some(HIDDEN))?,
            pair_out: arrays.floats("pair.out", Some(HIDDEN))?,
            bias: arrays.floats("bias", Some(2))?.try_into().expect("two numbers were asked for"),
        };
        Ok(Models { linker: Some(linker), ..self })
    }

    /// The same models with the reader of acts in the bytes of a weights file.
    pub fn with_acts(self, weights: &[u8]) -> Result<Models, ModelError> {
        let arrays = Arrays::parse(weights).ok_or(ModelError::NotWeights)?;
        let labels: Vec<Arc<str>> = arrays.text("labels")?.lines().map(Arc::from).collect();
        let n_outputs = labels.len() + FLAGS.len();
        let kinds: Vec<Arc<str>> = arrays.text("kinds")?.lines().map(Arc::from).collect();
        let column = |label: &Arc<str>| {
            let kind = label.split('/').next().unwrap_or(label);
            kinds.iter().position(|other| **other == *kind).ok_or_else(|| ModelError::Array("kinds".to_owned()))
        };
        let columns = labels.iter().map(column).collect::<Result<_, _>>()?;
        let acts = ActReader {
            layers: layers(&arrays)?,
            roles: arrays.linear("roles", WIDTH, 4 * ROLE)?,
            bias: arrays.floats("bias", Some(2))?.try_into().expect("two numbers were asked for"),
            word_hidden: arrays.linear("word_hidden", WIDTH, WIDTH)?,
            type_hidden: arrays.linear("type_hidden", 3 * WIDTH, WIDTH)?,
            types: arrays.linear("types", WIDTH, labels.len())?,
            lexicon: arrays.lexicon("lexicon", kinds.len())?,
            columns,
            kinds,
            side_lexicon: arrays.lexicon("sides.lexicon", 2)?,
            mix: arrays.floats("mix", Some(4))?.try_into().expect("four numbers were asked for"),
            across: Across {
                hidden: arrays.linear("across.hidden", WIDTH, WIDTH)?,
                roles: arrays.linear("across.roles", WIDTH, 4 * across::ROLE + 2)?,
                alone: arrays.floats("across.alone", Some(2))?.try_into().expect("two numbers were asked for"),
                apart: {
                    let n = 2 * (2 * FARTHEST + 1);
                    arrays.floats("across.apart", Some(n))?.try_into().expect("so many numbers were asked for")
                },
            },
            happened_hidden: arrays.linear("happened_hidden", 3 * WIDTH, HAPPENED)?,
            happened: arrays.linear("happened", HAPPENED, 1)?,
            modes_hidden: arrays.linear("modes_hidden", 6 * WIDTH, MODES)?,
            modes: arrays.linear("modes", MODES, FLAGS.len())?,
            pair_hidden: arrays.linear("pair_hidden", PAIR, WIDTH)?,
            pair: arrays.linear("pair", WIDTH, n_outputs)?,
            labels,
        };
        Ok(Models { acts: Some(acts), ..self })
    }

    /// The same models without the reader of acts: patterns alone.
    pub fn without_acts(self) -> Models {
        Models { acts: None, ..self }
    }
}

fn layers(arrays: &Arrays) -> Result<Vec<Layer>, ModelError> {
    let mut layers = Vec::new();
    while arrays.entries.contains_key(format!("layers.{}.qkv.weight", layers.len()).as_str()) {
        let name = |part: &str| format!("layers.{}.{part}", layers.len());
        let feed = arrays.floats(&name("up.scale"), None)?.len();
        // What goes into a product must fill whole blocks, and so must what comes out where it goes straight into the next.
        if feed == 0 || !feed.is_multiple_of(48) {
            return Err(ModelError::Array(name("up")));
        }
        layers.push(Layer {
            qkv: arrays.linear(&name("qkv"), WIDTH, 3 * WIDTH)?,
            out: arrays.linear(&name("out"), WIDTH, WIDTH)?,
            norm1: arrays.norm(&name("norm1"))?,
            up: arrays.linear(&name("up"), WIDTH, feed)?,
            down: arrays.linear(&name("down"), feed, WIDTH)?,
            norm2: arrays.norm(&name("norm2"))?,
        });
    }
    Ok(layers)
}

fn encoder(arrays: &Arrays, labels: &Labels) -> Result<Encoder, ModelError> {
    use crate::encoder::{ARC, RELATION};
    let n_tags = labels.upos.len() + labels.xpos.len() + labels.features.len() + labels.entities.len();
    let n_relations = labels.relations.len().next_multiple_of(8);
    let n_pieces = arrays.floats("pieces.scale", None)?.len();
    Ok(Encoder {
        pieces: arrays.bytes("pieces.weight", n_pieces * WIDTH)?,
        piece_scale: arrays.floats("pieces.scale", None)?,
        positions: arrays.bytes("positions.weight", 512 * WIDTH)?,
        position_scale: arrays.floats("positions.scale", Some(512))?,
        shapes: arrays.floats("shapes", Some(22 * WIDTH))?,
        norm: arrays.norm("norm")?,
        layers: layers(arrays)?,
        tags: arrays.linear("tags", WIDTH, n_tags)?,
        mlp: arrays.linear("mlp", WIDTH, 2 * ARC + 2 * RELATION)?,
        arc: arrays.linear("arc", ARC, ARC)?,
        relation: arrays.linear("rel", RELATION, n_relations * (RELATION + 1))?,
        n_relations,
    })
}

/// The arrays of a weights file, by name; `training/export.py` describes the format.
struct Arrays<'a> {
    entries: HashMap<&'a str, &'a [u8]>,
}

impl<'a> Arrays<'a> {
    fn parse(file: &'a [u8]) -> Option<Arrays<'a>> {
        let mut rest = file.strip_prefix(b"POLYNLP1")?;
        let mut take = |n: usize| -> Option<&'a [u8]> {
            let (taken, left) = rest.split_at_checked(n)?;
            rest = left;
            Some(taken)
        };
        let n_entries = u32::from_le_bytes(take(4)?.try_into().ok()?);
        let mut entries = HashMap::new();
        for _ in 0..n_entries {
            let length = u16::from_le_bytes(take(2)?.try_into().ok()?);
            let name = std::str::from_utf8(take(usize::from(length))?).ok()?;
            let n_dimensions = take(2)?[1];
            take(4 * usize::from(n_dimensions))?;
            let offset = usize::try_from(u64::from_le_bytes(take(8)?.try_into().ok()?)).ok()?;
            let length = usize::try_from(u64::from_le_bytes(take(8)?.try_into().ok()?)).ok()?;
            entries.insert(name, file.get(offset..offset.checked_add(length)?)?);
        }
        Some(Arrays { entries })
    }

    fn get(&self, name: &str) -> Result<&'a [u8], ModelError> {
        self.entries.get(name).copied().ok_or_else(|| ModelError::Array(name.to_owned()))
    }

    fn text(&self, name: &str) -> Result<&'a str, ModelError> {
        std::str::from_utf8(self.get(name)?).map_err(|_| ModelError::Array(name.to_owned()))
    }

    fn bytes(&self, name: &str, n: usize) -> Result<Vec<i8>, ModelError> {
        let bytes = self.get(name)?;
        if bytes.len() != n {
            return Err(ModelError::Array(name.to_owned()));
        }
        Ok(bytes.iter().map(|&byte| byte as i8).collect())
    }

    fn floats(&self, name: &str, n: Option<usize>) -> Result<Vec<f32>, ModelError> {
        let bytes = self.get(name)?;
        let floats: Vec<f32> = bytes.as_chunks().0.iter().map(|&four| f32::from_le_bytes(four)).collect();
        let right = bytes.len() % 4 == 0 && n.is_none_or(|n| n == floats.len()) && floats.iter().all(|x| x.is_finite());
        if right { Ok(floats) } else { Err(ModelError::Array(name.to_owned())) }
    }

    /// A table of rows in 8 bits, each with its own scale, as plain numbers.
    fn table(&self, name: &str, n_rows: usize, width: usize) -> Result<Vec<f32>, ModelError> {
        let bytes = self.bytes(&format!("{name}.weight"), n_rows * width)?;
        let scale = self.floats(&format!("{name}.scale"), Some(n_rows))?;
        let rows = bytes.chunks_exact(width).zip(&scale);
        Ok(rows.flat_map(|(row, &scale)| row.iter().map(move |&byte| f32::from(byte) * scale)).collect())
    }

    fn norm(&self, name: &str) -> Result<Norm, ModelError> {
        let part = |part: &str| self.floats(&format!("{name}.{part}"), Some(WIDTH));
        Ok(Norm { weight: part("weight")?, bias: part("bias")? })
    }

    fn lexicon(&self, name: &str, n_columns: usize) -> Result<Lexicon, ModelError> {
        let keys = self.get(&format!("{name}.keys"))?.as_chunks().0.iter().map(|&four| u32::from_le_bytes(four));
        let keys: Vec<u32> = keys.collect();
        let rows = self.bytes(&format!("{name}.rows"), keys.len() * n_columns)?;
        let scale = self.floats(&format!("{name}.scale"), Some(n_columns))?;
        if !keys.is_sorted() {
            return Err(ModelError::Array(name.to_owned()));
        }
        Ok(Lexicon::new(keys, rows, scale))
    }

    fn linear(&self, name: &str, n_inputs: usize, n_outputs: usize) -> Result<Linear, ModelError> {
        let weight = self.bytes(&format!("{name}.weight"), n_inputs * n_outputs)?;
        let scale = self.floats(&format!("{name}.scale"), Some(n_outputs))?;
        let bias = self.floats(&format!("{name}.bias"), Some(n_outputs))?;
        Ok(Linear::new(n_inputs, &weight, &scale, &bias))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WEIGHTS: &[u8] = include_bytes!("../../../models/english.weights");

    fn check(weights: &[u8], lemmas: &str, words: &str, expected: &str) {
        let error = Models::parse(weights, lemmas, words).err().map(|error| error.to_string());
        assert_eq!(error.as_deref(), Some(expected));
    }

    #[test]
    fn says_what_is_wrong() {
        check(b"", "", "", "not a weights file of this version, or cut short");
        check(&WEIGHTS[..100], "", "", "not a weights file of this version, or cut short");
        check(b"POLYNLP1\0\0\0\0", "", "", "the weights have no `labels.upos` of the shape this program reads");
        check(WEIGHTS, "one", "", "lemmas:1: `one` is not form, kind, lemma");
        check(WEIGHTS, "", "[verbs]\nattack", "words:2: this section has no meaning here");
    }
}
