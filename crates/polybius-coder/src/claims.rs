//! Claims: what somebody is reported to say, think, want or oppose, whether or not it is an event.

use std::ops::Range;

use polybius_document::{SentenceId, Span, TokenId, Upos};

use crate::attribution::{Attributed, innermost};
use crate::code::Coder;
use crate::matching::is_same;
use crate::participants::Side;
use crate::{Event, Expectation, Participant, Precision, When};

/// Everything that a document tells.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Records {
    /// Who did what to whom.
    pub events: Vec<Event>,
    /// Who says what.
    pub claims: Vec<Claim>,
    /// What is announced or foreseen.
    pub expectations: Vec<Expectation>,
}

/// An attribution with a speaker, and what it is about.
#[derive(Debug, Clone, PartialEq)]
pub struct Claim {
    /// The sentence of its cue.
    pub sentence: SentenceId,
    /// Who speaks.
    pub speaker: Participant,
    /// The words: source, cue, content, and how they hang together. `within` counts claims.
    pub attribution: Attributed,
    /// Whom the content names, in text order, each once, without the speaker.
    pub about: Vec<Participant>,
    /// When it was said: by a time beside the cue, else the day of publication.
    pub date: Option<When>,
}

/// No claim is about more than so many.
const MOST: usize = 8;

impl Coder<'_> {
    /// The claims of the document, in text order of their cues.
    pub(crate) fn claims(&self) -> Vec<Claim> {
        let all = self.speakers().all(self.clauses);
        let mut number = Vec::new();
        let mut n_claims = 0;
        for attribution in &all {
            number.push(attribution.speaker.is_some().then_some(n_claims));
            n_claims += usize::from(attribution.speaker.is_some());
        }
        let outer = |attribution: &Attributed| {
            let mut at = attribution.within;
            // What nobody named says stands for nobody: the one beyond it holds.
            for _ in 0..all.len() {
                let index = at?;
                if number[index].is_some() {
                    return number[index];
                }
                at = all[index].within;
            }
            None
        };
        let withins: Vec<Option<usize>> = all.iter().map(outer).collect();
        all.into_iter().zip(withins).filter_map(|(attribution, within)| self.claim(attribution, within)).collect()
    }

    /// Words in quotation marks that stand in no content: terms the outlet keeps its distance from. First word and span of each.
    pub(crate) fn scare_quotes(&self, claims: &[Claim]) -> Vec<(TokenId, Span)> {
        let over = claims_over(self.document.n_tokens(), claims);
        let alone =
            |tokens: &Range<TokenId>| (tokens.start.0..tokens.end.0).all(|token| over[token as usize].is_none());
        let quotes = self.quotes.all().map(|quote| &quote.tokens).filter(|tokens| alone(tokens));
        quotes.map(|tokens| (tokens.start, self.document.span_of(tokens))).collect()
    }

    fn claim(&self, mut attribution: Attributed, within: Option<usize>) -> Option<Claim> {
        let speaker = attribution.speaker.clone()?;
        self.resolver.forget();
        attribution.within = within;
        let sentence = self.document.sentence_of(attribution.anchor);
        let about = self.about(&attribution, &speaker);
        let date = self.said_on(&attribution, sentence);
        Some(Claim { sentence, speaker, attribution, about, date })
    }

    /// Whom the content names.
    fn about(&self, attribution: &Attributed, speaker: &Participant) -> Vec<Participant> {
        let mut about: Vec<Participant> = Vec::new();
        for &word in &attribution.words {
            let token = self.document.token(word);
            let names =
                matches!(token.upos(), Upos::Propn | Upos::Noun | Upos::Pron) || self.resolver.names.is_demonym(word);
            let found = names.then(|| self.resolver.resolve(word, Side::Recipient)).flatten();
            let Some(found) = found.filter(|one| one.entity.is_some() || one.country.is_some()) else { continue };
            if !is_same(&found, speaker) && !about.iter().any(|one| is_same(one, &found)) {
                about.push(found);
            }
            if about.len() == MOST {
                break;
            }
        }
        about
    }

    fn said_on(&self, attribution: &Attributed, sentence: SentenceId) -> Option<When> {
        let clauses = &self.clauses[sentence.index()];
        let own = clauses.headed_by(attribution.anchor).and_then(|clause| self.dated(sentence, clause, false));
        let published = self.document.article().published;
        let by_publication =
            |day| When { start: day, end: day, precision: Precision::Day, span: None, anchor: Some(day) };
        own.or_else(|| published.map(by_publication))
    }
}

/// For each token, the claim in whose content it stands: the innermost.
pub(crate) fn claims_over(n_tokens: usize, claims: &[Claim]) -> Vec<Option<usize>> {
    innermost(n_tokens, &claims.iter().map(|claim| claim.attribution.words.as_slice()).collect::<Vec<_>>())
}
