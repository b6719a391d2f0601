//! Quotations and their speakers, across sentences: what stands in quotation marks, and whose words it is.

use std::ops::Range;

use polybius_codebook::{Codebook, Slot, Stance};
use polybius_document::{Document, Span, TokenId};

use crate::Participant;
use crate::clauses::{Clause, Clauses, Kind};
use crate::participants::{Resolver, Side};

/// Shorter runs in quotation marks are terms, titles or scare quotes, and say nothing by themselves.
const SHORTEST: u32 = 4;
/// An opening mark whose closing mark does not follow within this many tokens is taken for a slip.
const LONGEST: u32 = 600;

/// One quotation.
#[derive(Debug, Clone)]
pub(crate) struct Quote {
    /// The words between the marks.
    pub(crate) tokens: Range<TokenId>,
    /// Whose words they are, if the text says so.
    pub(crate) speaker: Option<Speaker>,
}

/// The speaker of a quotation and the word that says so.
#[derive(Debug, Clone)]
pub(crate) struct Speaker {
    pub(crate) who: Participant,
    pub(crate) cue: Span,
    pub(crate) stance: Stance,
}

/// The quotations of a document, in text order.
#[derive(Debug, Default)]
pub(crate) struct Quotes {
    list: Vec<Quote>,
}

impl Quotes {
    /// Finds the quotations of `document` and who speaks each.
    pub(crate) fn of(document: &Document, resolver: &Resolver<'_>, clauses: &[Clauses]) -> Quotes {
        let quote = |tokens: &Range<TokenId>| Quote { tokens: tokens.clone(), speaker: None };
        let mut list: Vec<Quote> = resolver.quoted.iter().map(quote).collect();
        for index in 0..list.len() {
            let speaker =
                speaker_of(document, resolver, clauses, &list, index).or_else(|| carried_on(document, &list, index));
            list[index].speaker = speaker;
        }
        Quotes { list }
    }

    /// Every one, however short.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Quote> {
        self.list.iter()
    }

    /// Those that are long enough to be speech.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Quote> {
        self.list.iter().filter(|quote| length(&quote.tokens) >= SHORTEST)
    }

    /// The quotation that holds `token`, if it is long enough to be speech.
    pub(crate) fn around(&self, token: TokenId) -> Option<&Quote> {
        holding(&self.list, token).filter(|quote| length(&quote.tokens) >= SHORTEST)
    }

    /// Who speaks at `token`.
    pub(crate) fn speaker_at(&self, token: TokenId) -> Option<&Participant> {
        self.around(token)?.speaker.as_ref().map(|speaker| &speaker.who)
    }
}

/// The quotation that holds `token`; quotations stand in text order and never overlap.
fn holding(list: &[Quote], token: TokenId) -> Option<&Quote> {
    let after = list.partition_point(|quote| quote.tokens.end <= token);
    list.get(after).filter(|quote| quote.tokens.contains(&token))
}

fn length(tokens: &Range<TokenId>) -> u32 {
    tokens.end.0 - tokens.start.0
}

/// What stands between quotation marks. A paragraph may open a quotation anew without closing the last one.
pub(crate) fn spans(document: &Document) -> Vec<Range<TokenId>> {
    let mut found = Vec::new();
    let mut open: Option<TokenId> = None;
    for index in 0..document.n_tokens() {
        let id = TokenId::from(index);
        let (opens, closes) = match document.token(id).text() {
            "“" | "„" | "«" | "``" => (true, false),
            "”" | "»" => (false, true),
            "\"" | "''" => straight(document, id, open.is_some()),
            _ => continue,
        };
        let next = TokenId(id.0 + 1);
        if let Some(start) = open.filter(|start| id.0 - start.0 <= LONGEST)
            && (opens || closes)
            && start < id
        {
            found.push(start..id);
        }
        open = opens.then_some(next);
        if closes {
            open = None;
        }
    }
    found
}

/// Whether a straight mark opens, and whether it closes: by the side on which a space stands, else by whether one is open.
fn straight(document: &Document, mark: TokenId, is_open: bool) -> (bool, bool) {
    let text = &document.article().text;
    let span = document.token(mark).span();
    let space_before =
        text[..span.start as usize].chars().next_back().is_none_or(|before| before.is_whitespace() || before == '(');
    let space_after = text[span.end as usize..].chars().next().is_none_or(char::is_whitespace);
    match (space_before, space_after) {
        (true, false) => (true, false),
        (false, true) => (false, true),
        _ => (!is_open, is_open),
    }
}

/// The speech clause beside the quotation: after it, before it, or around it.
fn speaker_of(
    document: &Document,
    resolver: &Resolver<'_>,
    clauses: &[Clauses],
    list: &[Quote],
    index: usize,
) -> Option<Speaker> {
    let quote = &list[index].tokens;
    let last = TokenId(quote.end.0 - 1);
    let quoted = |token: TokenId| holding(list, token).is_some();
    let first_sentence = document.sentence_of(quote.start);
    let end_sentence = document.sentence_of(TokenId((quote.end.0).min(document.n_tokens() as u32 - 1)));
    let last_sentence = document.sentence_of(last).max(end_sentence);
    let mut candidates: Vec<(u32, &Clause, Stance)> = Vec::new();
    for sentence in first_sentence.0..=last_sentence.0 {
        for clause in clauses[sentence as usize].iter().filter(|clause| !quoted(clause.head)) {
            let Some(stance) = speech(resolver.codebook, clause) else { continue };
            if clause.slot(&Slot::Subject).iter().any(|subject| quoted(*subject)) {
                continue;
            }
            let after = clause.head >= quote.end;
            let distance =
                if after { clause.head.0 - quote.end.0 } else { 2 * (quote.start.0.saturating_sub(clause.head.0)) };
            candidates.push((distance, clause, stance));
        }
    }
    candidates.sort_by_key(|(distance, clause, _)| (*distance, clause.head));
    candidates.into_iter().find_map(|(_, clause, stance)| {
        let who =
            clause.slot(&Slot::Subject).first().and_then(|subject| named_or_described(document, resolver, *subject))?;
        Some(Speaker { who, cue: clause.trigger, stance })
    })
}

/// A quotation with no speaker of its own goes on from the one before it, if that ended a sentence or two ago.
fn carried_on(document: &Document, list: &[Quote], index: usize) -> Option<Speaker> {
    let before = list.get(index.checked_sub(1)?)?;
    let gap = document.sentence_of(list[index].tokens.start).0 - document.sentence_of(before.tokens.start).0;
    let alone = length(&list[index].tokens) >= SHORTEST;
    let sentence = document.sentence(document.sentence_of(list[index].tokens.start));
    let fills_sentence = list[index].tokens.start.0 <= sentence.tokens.start.0 + 1;
    (gap <= 2 && alone && fills_sentence).then(|| before.speaker.clone()).flatten()
}

/// The stance of a clause that gives the floor to its subject.
pub(crate) fn speech(codebook: &Codebook, clause: &Clause) -> Option<Stance> {
    if clause.kind != Kind::Verb {
        return None;
    }
    clause.keys.iter().find_map(|key| codebook.cues.speech_verb(key))
}

/// The participant a phrase names, or the phrase itself: a source nobody knows is still a source.
pub(crate) fn named_or_described(document: &Document, resolver: &Resolver<'_>, head: TokenId) -> Option<Participant> {
    if let Some(found) = resolver.resolve(head, Side::Actor) {
        return Some(found);
    }
    let token = document.token(head);
    let span = crate::phrases::core_left(token).fold(token.span(), |span, left| span.join(left.span()));
    Some(Participant {
        entity: None,
        name: document.text(span).to_owned(),
        span,
        head,
        country: None,
        sector: None,
        role: None,
        resolved_by: crate::ResolvedBy::Described,
        meant: None,
    })
}
