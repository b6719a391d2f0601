//! Actors and recipients as spans, against a set that marks who acts (S), who is acted on (T) and who acts together (R).

use std::collections::BTreeSet;
use std::ops::{AddAssign, Range};

use polybius_coder::{Event, Participant, ResolvedBy};
use polybius_document::{Document, Relation, Span, Token, TokenId, Upos};
use polybius_nlp::coref_score::Found;

use super::iob::IobDocument;
use super::ner::bare;
use crate::{Article, Pipeline};

/// On which side of an event a span stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SpanSide {
    /// It acts.
    Actor,
    /// It is acted on.
    Recipient,
    /// It acts together with others, on nobody else.
    Together,
}

impl SpanSide {
    /// Every side.
    pub const ALL: [SpanSide; 3] = [SpanSide::Actor, SpanSide::Recipient, SpanSide::Together];

    fn of_label(label: &str) -> Option<SpanSide> {
        match label {
            "S" => Some(SpanSide::Actor),
            "T" => Some(SpanSide::Recipient),
            "R" => Some(SpanSide::Together),
            _ => None,
        }
    }
}

/// The scores of one sentence, or the sums of several.
#[derive(Debug, Clone, Default)]
pub struct SpanScores {
    /// For each side, spans of exactly the same words; articles before and possessives after do not count.
    pub exact: [Found; 3],
    /// The same for spans with the same head word.
    pub head: [Found; 3],
    /// How many sentences there are.
    pub n_sentences: usize,
    /// How many of them give no event, and how many of the set's spans stand there.
    pub silent: (usize, usize),
    /// Spans of the set whose head word another side has.
    pub swapped: usize,
}

impl AddAssign for SpanScores {
    fn add_assign(&mut self, other: SpanScores) {
        for (sum, found) in self.exact.iter_mut().zip(other.exact).chain(self.head.iter_mut().zip(other.head)) {
            *sum += found;
        }
        self.n_sentences += other.n_sentences;
        self.silent = (self.silent.0 + other.silent.0, self.silent.1 + other.silent.1);
        self.swapped += other.swapped;
    }
}

/// The participants of the events in the text of `gold` against the spans that stand there.
pub fn score_spans(gold: &IobDocument, pipeline: &Pipeline) -> SpanScores {
    let (document, events) = pipeline.read(Article::from_text(gold.id.as_str(), gold.text.as_str()));
    let wanted: Vec<(SpanSide, Range<usize>)> =
        gold.names.iter().filter_map(|(bytes, label)| Some((SpanSide::of_label(label)?, bytes.clone()))).collect();
    let got: Vec<(SpanSide, Range<usize>)> = events.iter().flat_map(|event| sides(&document, event)).collect();
    let exact = |spans: &[(SpanSide, Range<usize>)]| -> BTreeSet<(SpanSide, usize, usize)> {
        let bare = |bytes: &Range<usize>| bare(&gold.text, bytes.clone());
        spans.iter().map(|(side, bytes)| (*side, bare(bytes).start, bare(bytes).end)).collect()
    };
    let heads = |spans: &[(SpanSide, Range<usize>)]| -> BTreeSet<(SpanSide, TokenId)> {
        spans.iter().filter_map(|(side, bytes)| Some((*side, head(&document, bytes)?))).collect()
    };
    let (wanted_heads, got_heads) = (heads(&wanted), heads(&got));
    let swapped =
        wanted_heads.difference(&got_heads).filter(|(_, head)| got_heads.iter().any(|(_, other)| other == head));
    SpanScores {
        exact: compare(&exact(&wanted), &exact(&got), |span| span.0),
        swapped: swapped.count(),
        head: compare(&wanted_heads, &got_heads, |span| span.0),
        n_sentences: 1,
        silent: if events.is_empty() { (1, wanted.len()) } else { (0, 0) },
    }
}

/// The phrases of an event with their sides. Those who act with each other on nobody else act together where "and" joins them, and
/// their words are one span; where one is named as subject and the other as object, the set takes the other for acted on.
fn sides(document: &Document, event: &Event) -> Vec<(SpanSide, Range<usize>)> {
    let phrase = |one: &Participant| phrase(document.token(one.head), one.span, true);
    let stated = event.recipients.iter().filter(|one| one.resolved_by != ResolvedBy::Scene);
    let recipients = stated.map(|one| (SpanSide::Recipient, phrase(one).range()));
    let Some(first) = event.actors.first() else { return recipients.collect() };
    let governs =
        |one: &Participant, other: &Participant| one.head == other.head || document.token(one.head).governs(other.head);
    let joined = |one: &&Participant| governs(first, one) || governs(one, first);
    let together = event.recipients.is_empty() && event.actors.len() > 1;
    if together && event.actors.iter().all(|one| joined(&one)) {
        let all = event.actors.iter().map(phrase).reduce(Span::join);
        return all.map(|span| (SpanSide::Together, span.range())).into_iter().collect();
    }
    let side = |one: &Participant| if together && !joined(&one) { SpanSide::Recipient } else { SpanSide::Actor };
    event.actors.iter().map(|one| (side(one), phrase(one).range())).chain(recipients).collect()
}

/// The words of a phrase as the set marks them: its head with the modifiers before it and what stands beside or hangs on it by a
/// preposition of belonging, but no clause. Below the top also its article, preposition and conjuncts.
fn phrase(head: Token<'_>, span: Span, top: bool) -> Span {
    let belongs = |child: &Token<'_>| match child.relation() {
        Relation::Flat | Relation::Fixed => true,
        Relation::Appos => top,
        Relation::Compound | Relation::Amod | Relation::NmodDesc | Relation::NmodPoss | Relation::Nummod => {
            child.id < head.id
        }
        Relation::Det | Relation::Case | Relation::Cc | Relation::Conj => !top,
        Relation::Nmod => {
            let case = child.children_by(Relation::Case).next().map(|case| case.text().to_lowercase());
            case.is_some_and(|case| BELONGING.contains(&&*case))
        }
        _ => false,
    };
    let below = head.children().filter(belongs).map(|child| phrase(child, child.span(), false));
    below.fold(span.join(head.span()), Span::join)
}

/// Prepositions whose phrases the set counts to a name.
const BELONGING: [&str; 7] = ["of", "in", "from", "for", "near", "with", "at"];

fn compare<S: Ord>(gold: &BTreeSet<S>, system: &BTreeSet<S>, side_of: impl Fn(&S) -> SpanSide) -> [Found; 3] {
    SpanSide::ALL.map(|side| {
        let count = |spans: &BTreeSet<S>| spans.iter().filter(|span| side_of(span) == side).count() as f64;
        let right = gold.intersection(system).filter(|span| side_of(span) == side).count() as f64;
        Found::new(right, count(gold), count(system))
    })
}

/// The first word in the span that hangs on nothing in it.
fn head(document: &Document, bytes: &Range<usize>) -> Option<TokenId> {
    let span = Span::new(bytes.start as u32, bytes.end as u32);
    let top = |token: &Token<'_>| token.head().is_none_or(|head| !head.span().overlaps(span));
    let mut tops = document.tokens_over(span).filter(top);
    tops.find(|token| !matches!(token.upos(), Upos::Punct | Upos::Det)).map(|token| token.id)
}
