//! Transcripts and headlines: a name and a colon at the head of a paragraph give the rest of it to whom they name.

use polybius_codebook::Stance;
use polybius_document::{Document, MentionKind, TokenId, Upos};

use super::find::Draft;
use super::phrase::Words;
use crate::AttributionKind;

/// A label has at most so many words.
const LONGEST: u32 = 6;

/// One attribution for each paragraph that begins with a label.
pub(super) fn labelled(document: &Document) -> Vec<Draft> {
    let mut found = Vec::new();
    for sentence in document.sentences() {
        let start = sentence.tokens.start;
        if !is_paragraph_start(document, start) {
            continue;
        }
        let end = document.n_tokens().min((start.0 + LONGEST + 1) as usize) as u32;
        let Some(colon) = (start.0..end).map(TokenId).find(|&id| document.token(id).text() == ":") else { continue };
        let words: Words =
            (start.0..colon.0).map(TokenId).filter(|&id| document.token(id).upos() != Upos::Punct).collect();
        if !words.is_empty() && words.iter().all(|&id| is_nominal(document, id)) && names_somebody(document, &words) {
            let next = (colon.0 + 1..document.n_tokens() as u32).map(TokenId);
            let content: Words = next
                .take_while(|&id| !is_paragraph_start(document, id))
                .filter(|&id| document.token(id).upos() != Upos::Punct)
                .collect();
            let head = *words.last().expect("there is a word");
            found.push(Draft {
                anchor: colon,
                stance: Stance::Says,
                told: true,
                kind: AttributionKind::Direct,
                cue: Words::from([colon]),
                source: Some((head, words)),
                content,
                clause: true,
            });
        }
    }
    found
}

/// Whether a line begins with the token.
fn is_paragraph_start(document: &Document, token: TokenId) -> bool {
    let Some(before) = token.0.checked_sub(1) else { return true };
    let gap = document.token(TokenId(before)).span().end as usize..document.token(token).span().start as usize;
    document.article().text[gap].contains('\n')
}

fn is_nominal(document: &Document, token: TokenId) -> bool {
    matches!(document.token(token).upos(), Upos::Propn | Upos::Noun | Upos::Adj)
}

/// A person or a body, or a name in capitals; not the town of a dateline.
fn names_somebody(document: &Document, words: &Words) -> bool {
    let (first, last) = (*words.first().expect("there is a word"), *words.last().expect("there is a word"));
    let at = document.mentions().partition_point(|mention| mention.tokens.end <= first);
    let mut over = document.mentions()[at..].iter().take_while(|mention| mention.tokens.start <= last);
    over.any(|mention| matches!(mention.kind, MentionKind::Person | MentionKind::Org))
}
