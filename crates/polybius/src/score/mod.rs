//! How well the program does: what it codes against what a reader says is right. Everything here works on rows, the form
//! in which users get events.

mod article;
mod conllu;
mod examples;
mod expected;
mod sentences;

pub use article::{ArticleReport, ExpectedFile, Fact, FactResult, Never, score_article};
pub use conllu::{ColumnScore, score_conllu};
pub use examples::{ExampleFailure, brief, example_failures, n_examples, pattern_failures};
pub use expected::{Expected, Fault};
pub use sentences::{SentenceFile, SentenceResult, score_sentences};
