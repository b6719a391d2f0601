//! The language engine: an article in, a document with every layer out, the same bytes on every machine.
//!
//! [`annotate`] finds tokens and sentences by rule, reads each sentence once with a small encoder in 8-bit arithmetic, and takes
//! tags, trees and names from its heads; lemmas come from a table and the rules of inflection; coreference from a
//! small linker over the phrases of the trees.

mod across;
mod acts;
mod annotate;
mod arithmetic;
mod assignment;
pub mod conll_score;
pub mod coref_score;
mod coreference;
mod encoder;
mod entities;
mod features;
mod lemma;
mod lexicon;
#[cfg(test)]
mod linear;
mod models;
mod pieces;
mod repair;
mod sentences;
mod tokens;
mod tree;
mod words;

pub use acts::PairReading;
pub use annotate::{annotate, compare, relate};
pub use coreference::{Comparison, n_comparison_rows};
pub use models::{ModelError, Models};
