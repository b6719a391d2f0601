//! The line: article → document → events.

use polybius_codebook::{Codebook, CompiledNames, Problem, SourceFile};
use polybius_coder::{Event, Explanation, Records};
use polybius_document::{Article, Document};
use polybius_nlp::Models;
use sha2::{Digest, Sha256};

/// What the line needs beside the article. It is only read, so that many threads can share one.
pub struct Pipeline {
    /// The language engine's weights.
    pub models: Models,
    /// What to look for.
    pub codebook: Codebook,
    /// Events less likely right than this are not coded; [`polybius_coder::ENOUGH`], unless set otherwise.
    pub min_confidence: f32,
}

impl Pipeline {
    /// The line with the models that are compiled in.
    pub fn new(codebook: Codebook) -> Pipeline {
        Pipeline { models: Models::embedded(), codebook, min_confidence: polybius_coder::ENOUGH }
    }

    /// The line without the trained reader of acts, where the patterns alone are asked: for their own examples.
    pub fn patterns_alone(codebook: Codebook) -> Pipeline {
        Pipeline { models: Models::embedded().without_acts(), codebook, min_confidence: 0.0 }
    }

    /// The article with its linguistic layers.
    pub fn annotate(&self, article: Article) -> Document {
        polybius_nlp::annotate(article, &self.models)
    }

    /// The article with its linguistic layers, and the events found in it, in text order.
    pub fn read(&self, article: Article) -> (Document, Vec<Event>) {
        let document = self.annotate(article);
        let events = polybius_coder::code(&document, &self.codebook, self.min_confidence);
        (document, events)
    }

    /// The article with its linguistic layers, its events, claims and expectations.
    pub fn read_all(&self, article: Article) -> (Document, Records) {
        let document = self.annotate(article);
        let records = polybius_coder::records(&document, &self.codebook, self.min_confidence);
        (document, records)
    }

    /// The article with its linguistic layers, and why each sentence gave what it gave.
    pub fn explain(&self, article: Article) -> (Document, Explanation) {
        let document = self.annotate(article);
        let explanation = polybius_coder::explain(&document, &self.codebook, self.min_confidence);
        (document, explanation)
    }
}

/// The codebook that is compiled in, with `files` laid over it: a file with the same path replaces ours, any other is
/// added. Every problem is reported, not the first.
pub fn codebook(files: Vec<SourceFile>) -> Result<Codebook, Vec<Problem>> {
    polybius_codebook::parse(&polybius_codebook::overlay(polybius_codebook::embedded(), files))
}

/// As [`codebook`], with the imported names of `files` in compiled form; see [`CompiledNames::open`].
pub fn codebook_with(files: Vec<SourceFile>, compiled: Option<CompiledNames>) -> Result<Codebook, Vec<Problem>> {
    polybius_codebook::parse_compiled(&polybius_codebook::overlay(polybius_codebook::embedded(), files), compiled)
}

/// The SHA-256 of the trained models that are compiled in.
pub const MODELS_DIGEST: &str = env!("POLYBIUS_MODELS_DIGEST");

/// The SHA-256 of the codebook that is compiled in with `files` laid over it: every path and every text.
pub fn codebook_digest(files: Vec<SourceFile>) -> String {
    let mut hash = Sha256::new();
    for file in polybius_codebook::overlay(polybius_codebook::embedded(), files) {
        for part in [&file.path, &file.text] {
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part);
        }
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}
