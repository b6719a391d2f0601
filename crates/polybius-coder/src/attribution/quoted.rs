//! Quotations that run over sentences: whose content they belong to.

use std::ops::Range;

use polybius_document::{Document, TokenId, Upos};

use super::find::Draft;
use super::phrase::Words;

/// Gives the words of every quotation to one attribution: the one that has part of it as its content, or the one beside it; and what
/// is quoted next without a cue of its own to the same.
pub(super) fn extend(document: &Document, quotes: &[Range<TokenId>], drafts: &mut [Draft]) {
    keep_inside(quotes, drafts);
    let mut last: Option<(usize, Range<TokenId>)> = None;
    let mut before: Option<&Range<TokenId>> = None;
    for quote in quotes {
        let words: Words =
            document.tokens(quote.clone()).filter(|token| token.upos() != Upos::Punct).map(|token| token.id).collect();
        let carried = || {
            let (owner, before) = last.clone()?;
            goes_on(document, drafts, owner, &before, quote).then_some(owner)
        };
        let owner = holder(document, drafts, &words, quote)
            .or_else(|| beside(document, drafts, quote, 0))
            .or_else(carried)
            .or_else(|| beside(document, drafts, quote, 1))
            .or_else(|| led_up_to(document, drafts, quotes, quote));
        if let Some(owner) = owner {
            let draft = &mut drafts[owner];
            draft.clause = true;
            let n_quoted = draft.content.intersection(&words).count();
            if n_quoted * 2 >= draft.content.len() || (n_quoted > 0 && quote.end <= draft.anchor) {
                let first = document.token(quote.start).text();
                leave_the_rest(draft, quote, first.starts_with(char::is_uppercase) && words.len() > 4);
            }
            let source = draft.source.as_ref().map(|(_, words)| words.clone()).unwrap_or_default();
            draft.content.extend(words.into_iter().filter(|word| !draft.cue.contains(word) && !source.contains(word)));
            // A quotation with no cue of its own leads up to the next one: "… \n “…,” she said."
            if let Some(before) = before.filter(|before| follows(document, before, quote)) {
                let draft = &mut drafts[owner];
                draft.content.extend(
                    document.tokens(before.clone()).filter(|token| token.upos() != Upos::Punct).map(|token| token.id),
                );
            }
            last = Some((owner, quote.clone()));
        }
        before = owner.is_none().then_some(quote);
    }
}

/// "Otieno said the truce would hold. “Nobody wants war.”": whoever spoke in the sentence before a quotation that is a sentence of its own.
fn led_up_to(
    document: &Document,
    drafts: &[Draft],
    quotes: &[Range<TokenId>],
    quote: &Range<TokenId>,
) -> Option<usize> {
    let here = document.sentence_of(quote.start);
    let last = document.sentence(document.sentence_of(TokenId(quote.end.0 - 1))).tokens.end;
    let is_mark = |id: u32| document.token(TokenId(id)).upos() == Upos::Punct;
    let opens = (document.sentence(here).tokens.start.0..quote.start.0).all(is_mark);
    let alone = opens && (quote.end.0..last.0).all(is_mark);
    let speaks = |draft: &Draft| {
        draft.told
            && draft.source.is_some()
            && document.sentence_of(draft.anchor).0 + 1 == here.0
            && !quotes.iter().any(|quote| quote.contains(&draft.anchor))
    };
    let spoken = near(document, drafts, quote).filter(|&index| alone && speaks(&drafts[index]));
    spoken.max_by_key(|&index| drafts[index].content.len())
}

/// Drops the attitudes in quotations whose speaker the text does not tell: they are shown by nobody known, and told by nobody.
pub(super) fn drop_unsaid(quotes: &[Range<TokenId>], drafts: &mut Vec<Draft>) {
    let said: Words = drafts.iter().flat_map(|draft| draft.content.iter().copied()).collect();
    drafts.retain(|draft| {
        draft.told || said.contains(&draft.anchor) || !quotes.iter().any(|quote| quote.contains(&draft.anchor))
    });
}

/// "“I think they left,” she said": what is said inside a quotation ends with it, whatever parsers hang on it.
fn keep_inside(quotes: &[Range<TokenId>], drafts: &mut [Draft]) {
    let inside = |word: TokenId| {
        let after = quotes.partition_point(|quote| quote.end <= word);
        quotes.get(after).is_some_and(|quote| quote.contains(&word))
    };
    for draft in drafts.iter_mut().filter(|draft| inside(draft.anchor)) {
        draft.content.retain(|word| inside(*word));
    }
}

/// Whether nothing but marks stands between two quotations.
fn follows(document: &Document, before: &Range<TokenId>, quote: &Range<TokenId>) -> bool {
    document.tokens(before.end..quote.start).all(|token| token.upos() == Upos::Punct)
}

/// What stands outside the marks on the far side of the cue is told beside what is quoted, not quoted: "…," she said to a crowd.
/// So is what stands before a quotation that is a sentence of its own.
fn leave_the_rest(draft: &mut Draft, quote: &Range<TokenId>, whole: bool) {
    let anchor = draft.anchor;
    let before_cue = quote.end <= anchor;
    draft.content.retain(|word| match () {
        () if quote.contains(word) => true,
        () if before_cue => *word < anchor && !(whole && *word < quote.start),
        () => *word < quote.end,
    });
}

/// The attributions whose anchors stand in the sentences of the quotation or in the one before or after.
fn near(document: &Document, drafts: &[Draft], quote: &Range<TokenId>) -> Range<usize> {
    let first = document.sentence_of(quote.start).index().saturating_sub(1);
    let last = (document.sentence_of(TokenId(quote.end.0 - 1)).index() + 1).min(document.sentences().len() - 1);
    let (start, end) = (document.sentences()[first].tokens.start, document.sentences()[last].tokens.end);
    let at = |bound: TokenId| drafts.partition_point(|draft| draft.anchor < bound);
    at(start)..at(end)
}

/// The attribution outside the quotation whose content has words of it: the outermost.
fn holder(document: &Document, drafts: &[Draft], words: &Words, quote: &Range<TokenId>) -> Option<usize> {
    let outside = |draft: &Draft| !quote.contains(&draft.anchor);
    let shares = |draft: &Draft| draft.content.iter().any(|word| words.contains(word));
    let candidates = near(document, drafts, quote).filter(|&index| outside(&drafts[index]) && shares(&drafts[index]));
    candidates.max_by_key(|&index| (drafts[index].content.len(), std::cmp::Reverse(index)))
}

/// A cue without content that stands at most so many sentences before or after the quotation.
fn beside(document: &Document, drafts: &[Draft], quote: &Range<TokenId>, reach: u32) -> Option<usize> {
    let first = document.sentence_of(quote.start).0;
    let last = document.sentence_of(TokenId(quote.end.0 - 1)).0;
    let empty = |draft: &Draft| draft.told && draft.content.is_empty() && !quote.contains(&draft.anchor);
    let within = |draft: &Draft| {
        let here = document.sentence_of(draft.anchor).0;
        here + reach >= first && here <= last + reach
    };
    let distance = |draft: &Draft| match draft.anchor < quote.start {
        true => quote.start.0 - draft.anchor.0,
        false => draft.anchor.0 - quote.end.0,
    };
    let candidates = near(document, drafts, quote).filter(|&index| empty(&drafts[index]) && within(&drafts[index]));
    candidates.min_by_key(|&index| distance(&drafts[index]))
}

/// Whether a quotation that begins a sentence goes on from the one before it, that ended in the sentence before or at its cue there.
fn goes_on(
    document: &Document,
    drafts: &[Draft],
    owner: usize,
    before: &Range<TokenId>,
    quote: &Range<TokenId>,
) -> bool {
    let here = document.sentence_of(quote.start);
    let first = document.sentence(here).tokens.start;
    let anchor = drafts[owner].anchor;
    // "…," she said, "…".
    if before.end <= anchor && anchor < quote.start && document.sentence_of(anchor) == here {
        return true;
    }
    let opens = quote.start.0 <= first.0 + 1;
    let end = document.sentence_of(TokenId(before.end.0 - 1)).max(document.sentence_of(anchor));
    opens && here.0 >= end.0 && here.0 - end.0 <= 1
}
