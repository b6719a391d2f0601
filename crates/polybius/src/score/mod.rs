//! How well the program does: what it codes against what a reader says is right, and what the language engine finds against
//! annotated corpora. Events are measured on rows, the form in which users get them.

mod article;
mod articles;
mod calibration;
mod claims;
mod conllu;
mod coref;
mod cues;
mod dates;
mod entities;
mod evidence;
mod examples;
mod expected;
mod expressions;
mod factuality;
mod iob;
mod modes;
mod ner;
mod pairs;
mod places;
mod sentences;
mod spans;
mod standoff;

pub use article::{ArticleReport, ExpectedFile, Fact, FactResult, Never, score_article};
pub use articles::ArticlesReport;
pub use calibration::Calibration;
pub use claims::{ClaimFact, ClaimResult};
pub use conllu::{ColumnScore, TreebankReport, score_conllu};
pub use coref::score_coref;
pub use cues::{Cause, CueScores, Difference, score_cues};
pub use dates::{DateCase, DateScores, score_article_dates};
pub use entities::{EntityScores, LabelFile, PassageFile, Split, Verdict, score_entities};
pub use evidence::{
    JudgedAct, JudgedCandidate, JudgedDay, JudgedDays, MeantSides, judge_days, judge_evidence, judge_meant,
};
pub use examples::{ExampleFailure, brief, example_failures, n_examples, pattern_failures};
pub use expected::{Expected, Fault};
pub use expressions::{LabelledTime, TimeScores};
pub use factuality::{FactualityScores, GoldFactuality, JudgedFactuality, judge_factuality, score_factuality};
pub use iob::{IobDocument, IobError, read_iob, read_iob_sentences};
pub use modes::{GoldModes, MODES, ModesError, judge_modes, read_modes, score_modes};
pub use ner::{NameKind, NerScores, marks_facilities, score_ner};
pub use pairs::{
    GoldPair, Joined, PairJudgement, PairScores, QuadJudgement, TableError, judge_pair, judge_quad, quad_scores,
    read_pairs, read_quads,
};
pub use places::{GoldPlace, GoldPoint, PlaceScores, PointScores, Usage, read_places, score_places};
pub use polybius_nlp::conll_score::documents;
pub use polybius_nlp::coref_score::{CorefScores, Found};
pub use sentences::{SentenceFile, SentenceResult, score_sentences};
pub use spans::{SpanScores, SpanSide, score_spans};
pub use standoff::{GoldAttribution, StandoffError, read_standoff};
