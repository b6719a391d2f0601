//! Runs of words: subtrees without some of their branches, as spans of the text.

use std::collections::BTreeSet;

use polybius_document::{Document, Relation, Span, Token, TokenId, Upos};

/// Words in text order, without the marks between them.
pub(super) type Words = BTreeSet<TokenId>;

/// The words at and below `top`, without the branches that `leaves` names.
pub(super) fn below(top: Token<'_>, leaves: &dyn Fn(Token<'_>) -> bool) -> Words {
    let mut words = Words::new();
    let mut open = vec![top];
    while let Some(token) = open.pop() {
        if token.upos() != Upos::Punct {
            words.insert(token.id);
        }
        open.extend(token.children().filter(|child| !leaves(*child)));
    }
    words
}

/// The words of the noun phrase that `head` heads, in full: its descriptions, appositions and relative clauses, but no case, and
/// no branch that holds `cue`.
pub(super) fn noun_phrase(head: Token<'_>, cue: Token<'_>) -> Words {
    let outside = |child: Token<'_>| {
        let of_head = child.head().is_some_and(|above| above.id == head.id);
        let joins = match child.relation() {
            Relation::Case => child.id > head.id,
            // "But officials", not "officials and, above all, ministers".
            Relation::Cc => child.id > head.id,
            Relation::Cop | Relation::Mark | Relation::Parataxis => false,
            Relation::Conj => !matches!(child.upos(), Upos::Verb | Upos::Aux),
            // "the spokesman, speaking in Nairobi, said": beside the name.
            Relation::Acl => {
                child.xpos() != "VBG" || !child.children_by(Relation::Punct).any(|mark| mark.id < child.id)
            }
            _ => true,
        };
        child.governs(cue.id) || (of_head && !joins)
    };
    below(head, &outside)
}

/// The runs of `words` as spans; marks between two words of one run belong to it.
pub(super) fn spans(document: &Document, words: &Words) -> Vec<Span> {
    let span = |(first, last): (TokenId, TokenId)| document.token(first).span().join(document.token(last).span());
    runs(document, words).into_iter().map(span).collect()
}

/// The same with the quotation marks around each run.
pub(super) fn quoted_spans(document: &Document, words: &Words) -> Vec<Span> {
    runs(document, words).into_iter().map(|(first, last)| quoted(document, first, last)).collect()
}

/// The first and last word of each run.
fn runs(document: &Document, words: &Words) -> Vec<(TokenId, TokenId)> {
    let mut runs: Vec<(TokenId, TokenId)> = Vec::new();
    for &id in words {
        match runs.last_mut() {
            Some((_, last)) if (last.0 + 1..id.0).all(|mark| is_mark(document, mark)) => *last = id,
            _ => runs.push((id, id)),
        }
    }
    runs
}

fn is_mark(document: &Document, token: u32) -> bool {
    document.token(TokenId(token)).upos() == Upos::Punct
}

/// The run with the quotation marks that open and close it, and what stands between its last word and the closing one.
fn quoted(document: &Document, first: TokenId, last: TokenId) -> Span {
    let mark = |id: u32| document.token(TokenId(id)).text();
    let span = document.token(first).span().join(document.token(last).span());
    let opens = first.0 > 0 && matches!(mark(first.0 - 1), "“" | "„" | "«" | "``" | "\"");
    let end = (document.n_tokens() as u32).min(last.0 + 4);
    let marks = (last.0 + 1..end).take_while(|&id| is_mark(document, id));
    let closes = marks.clone().find(|&id| matches!(mark(id), "”" | "»" | "''" | "\""));
    let open_within = (first.0..=last.0).filter(|&id| matches!(mark(id), "“" | "«" | "``")).count()
        > (first.0..=last.0).filter(|&id| matches!(mark(id), "”" | "»" | "''")).count();
    let mut span = span;
    if let Some(closing) = closes.filter(|_| opens || open_within) {
        span = span.join(document.token(TokenId(closing)).span());
    }
    if opens {
        span = span.join(document.token(TokenId(first.0 - 1)).span());
    }
    span
}
