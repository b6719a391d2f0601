//! Polybius reads news and codes political events: who did what to whom, when, where, according to whom, and whether
//! it happened. This crate joins the line and gives its results a form for other programs.
//!
//! ```
//! use polybius::{Article, Pipeline, rows};
//!
//! let Ok(codebook) = polybius::codebook(Vec::new()) else { panic!("the codebook compiled in is not sound") };
//! let pipeline = Pipeline::new(codebook);
//! let (document, events) = pipeline.read(Article::from_text("note", "Russia attacked Ukraine."));
//! for row in rows(&document, &events, &pipeline.codebook) {
//!     println!("{} {}", row.event_type, row.text);
//! }
//! ```

pub mod formats;
pub mod explanation {
    //! How a document was read, step by step.
    pub use polybius_coder::{Abstention, ClauseExplanation, Explanation, SentenceExplanation};
}
pub mod names {
    //! Names from elsewhere: imported into an overlay, compiled, and opened again.
    pub use polybius_codebook::{CompiledNames, Defect, Done, Import, ImportFormat, compile, import};
}
mod in_order;
pub mod input;
mod pipeline;
mod relate;
mod row;
pub mod score;
mod who;

pub use in_order::in_order;
pub use pipeline::{MODELS_DIGEST, Pipeline, codebook, codebook_digest, codebook_with};
pub use polybius_codebook::{Codebook, CountryCodes, Pattern, Problem as CodebookProblem, Severity, SourceFile};
pub use polybius_coder::{Claim, ENOUGH, Event, Expectation, Records};
pub use polybius_document::{Article, Document, Token, to_conllu};
pub use polybius_nlp::{Models, annotate};
pub use relate::{PairRequest, PairRow, Places, pair_requests, relate};
pub use row::{
    AttributionRow, CameoRow, ClaimRow, CodePoints, CountRow, DateRow, DocumentRow, EventRow, ExpectationRow,
    MentionRow, ParticipantRow, PatternRow, PlaceRow, ReaderRow, RoleRow, SCALE, SelectorRow, SentenceRow, SettledRow,
    SizeRow, TokenRow, WhyRow, WordsRow, claim_schema, document_row, document_schema, expectation_schema, ledger, rows,
    schema, who_schema,
};
pub use who::{CandidateRow, NearRow, WhoEntityRow, WhoMentionRow, WhoRow, mentions, who};
