//! The article and its linguistic layers: what the language engine writes and the coder reads.
//!
//! A [`Document`] is complete when it exists: every layer is there and every index in it is valid, because
//! [`Document::new`] is the only way to make one and it checks. Positions are byte spans of the article's text.

mod article;
mod checks;
mod conllu;
mod document;
mod grammar;
mod guess;
mod span;

pub use article::Article;
pub use checks::Defect;
pub use conllu::{ConlluError, from_conllu, to_conllu};
pub use document::{Chain, Document, Layers, Mention, MentionKind, Sentence, Token, TokenData};
pub use grammar::{Relation, Upos};
pub use guess::{Argument, Guess, GuessFlags, act_mode, act_types};
pub use span::{ChainId, MentionId, SentenceId, Span, TokenId};
