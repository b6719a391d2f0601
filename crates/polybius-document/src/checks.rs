//! What must hold of layers for them to be a document.

use std::ops::Range;

use thiserror::Error;

use crate::{Argument, Layers, TokenData, TokenId};

/// Why layers are not a document. It is always the maker's mistake, never the article's.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Defect {
    /// A token is empty, out of order, or cuts a character.
    #[error("token {0} has a span that is empty, out of order, or no part of the text")]
    TokenSpan(usize),
    /// The sentences do not tile the tokens.
    #[error("sentence {0} does not begin where the one before it ended, or is empty")]
    SentenceTiling(usize),
    /// A sentence is not one tree.
    #[error("sentence {0} is not a tree with one root")]
    NotATree(usize),
    /// A mention is empty or crosses a sentence boundary.
    #[error("mention {0} is empty or crosses a sentence boundary")]
    MentionRange(usize),
    /// A chain names a mention that does not exist.
    #[error("chain {0} names a mention that does not exist")]
    ChainMention(usize),
    /// A guess is out of order or names a token of another sentence.
    #[error("guess {0} is out of order, or names a word outside its sentence, or one that is not there")]
    Guess(usize),
    /// Of some tokens it is said how surely they happened, of others not.
    #[error("of {0} tokens it is said how surely they happened, and not of as many as there are")]
    Happened(usize),
    /// The modes of a token are out of order, or those of one that is not there.
    #[error("modes {0} are out of order, or those of a token that is not there")]
    Modes(usize),
}

/// Checks layers over `text`.
pub(crate) fn check(text: &str, layers: &Layers) -> Result<(), Defect> {
    check_tokens(text, &layers.tokens)?;
    check_sentences(layers)?;
    check_mentions(layers)?;
    check_guesses(layers)?;
    check_modes(layers)?;
    let n_said = layers.happened.len();
    if n_said == 0 || n_said == layers.tokens.len() { Ok(()) } else { Err(Defect::Happened(n_said)) }
}

fn check_modes(layers: &Layers) -> Result<(), Defect> {
    let tokens = layers.modes.iter().map(|(token, _)| *token);
    let before = [None].into_iter().chain(tokens.clone().map(Some));
    let wrong = |(token, before): (TokenId, Option<TokenId>)| {
        token.index() >= layers.tokens.len() || before.is_some_and(|before| before >= token)
    };
    tokens.zip(before).position(wrong).map_or(Ok(()), |index| Err(Defect::Modes(index)))
}

fn check_guesses(layers: &Layers) -> Result<(), Defect> {
    let mut last = None;
    for (index, guess) in layers.guesses.iter().enumerate() {
        let at = layers.sentences.partition_point(|sentence| sentence.tokens.end <= guess.token);
        let sentence = layers.sentences.get(at);
        let inside = |token: TokenId| sentence.is_some_and(|sentence| sentence.tokens.contains(&token));
        let all = |one: &[Argument], other: &[Argument], may: &dyn Fn(TokenId) -> bool| {
            one.iter().chain(other).all(|argument| may(argument.token))
        };
        let exists = |token: TokenId| token.index() < layers.tokens.len();
        let arguments = all(&guess.actors, &guess.recipients, &inside)
            && all(&guess.actors_across, &guess.recipients_across, &exists);
        if last.is_some_and(|last| last >= guess.token) || !inside(guess.token) || !arguments {
            return Err(Defect::Guess(index));
        }
        last = Some(guess.token);
    }
    Ok(())
}

fn check_tokens(text: &str, tokens: &[TokenData]) -> Result<(), Defect> {
    let mut end = 0;
    for (index, token) in tokens.iter().enumerate() {
        let span = token.span;
        let in_order = span.start >= end && !span.is_empty();
        if !in_order || text.get(span.range()).is_none() {
            return Err(Defect::TokenSpan(index));
        }
        end = span.end;
    }
    Ok(())
}

fn check_sentences(layers: &Layers) -> Result<(), Defect> {
    let mut end = TokenId(0);
    for (index, sentence) in layers.sentences.iter().enumerate() {
        let Range { start, end: stop } = sentence.tokens;
        if start != end || stop <= start || stop.index() > layers.tokens.len() {
            return Err(Defect::SentenceTiling(index));
        }
        if !is_tree(&layers.tokens, &sentence.tokens) {
            return Err(Defect::NotATree(index));
        }
        end = stop;
    }
    if end.index() == layers.tokens.len() { Ok(()) } else { Err(Defect::SentenceTiling(layers.sentences.len())) }
}

/// Whether the heads within `range` form one tree; linear, because each token is walked over once.
fn is_tree(tokens: &[TokenData], range: &Range<TokenId>) -> bool {
    let base = range.start.index();
    let n = range.end.index() - base;
    // 0 unseen, 1 on the current walk, 2 known to reach the root.
    let mut state = vec![0u8; n];
    let mut n_roots = 0;
    for start in 0..n {
        let mut walk = Vec::new();
        let mut at = start;
        loop {
            match state[at] {
                2 => break,
                1 => return false,
                _ => {}
            }
            state[at] = 1;
            walk.push(at);
            match tokens[base + at].head {
                None => {
                    n_roots += 1;
                    break;
                }
                Some(head) if range.contains(&head) => at = head.index() - base,
                Some(_) => return false,
            }
        }
        for seen in walk {
            state[seen] = 2;
        }
    }
    n_roots == 1
}

fn check_mentions(layers: &Layers) -> Result<(), Defect> {
    for (index, mention) in layers.mentions.iter().enumerate() {
        let first = layers.sentences.partition_point(|sentence| sentence.tokens.end <= mention.tokens.start);
        let inside = layers.sentences.get(first).is_some_and(|sentence| mention.tokens.end <= sentence.tokens.end);
        if mention.tokens.is_empty() || !inside {
            return Err(Defect::MentionRange(index));
        }
    }
    for (index, chain) in layers.chains.iter().enumerate() {
        if chain.mentions.iter().any(|mention| mention.index() >= layers.mentions.len()) {
            return Err(Defect::ChainMention(index));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Relation, Sentence, Span, Upos};

    #[test]
    fn of_all_tokens_or_of_none_it_is_said_how_surely_they_happened() {
        let token = |start, end, head| TokenData {
            span: Span::new(start, end),
            upos: Upos::Noun,
            xpos: "NN".into(),
            features: "".into(),
            lemma: "word".into(),
            head,
            relation: if head.is_none() { Relation::Root } else { Relation::Dep },
            score: 1.0,
        };
        let said = |happened: &[f32]| Layers {
            tokens: vec![token(0, 5, None), token(6, 10, Some(TokenId(0)))],
            sentences: vec![Sentence { tokens: TokenId(0)..TokenId(2) }],
            happened: happened.to_vec(),
            ..Layers::default()
        };
        assert_eq!(check("Kenya left", &said(&[])), Ok(()));
        assert_eq!(check("Kenya left", &said(&[0.5, 1.0])), Ok(()));
        assert_eq!(check("Kenya left", &said(&[0.5])), Err(Defect::Happened(1)));
        let modes = |tokens: &[u32]| {
            let modes = tokens.iter().map(|token| (TokenId(*token), crate::GuessFlags::default())).collect();
            check("Kenya left", &Layers { modes, ..said(&[]) })
        };
        assert_eq!([modes(&[0, 1]), modes(&[1])], [Ok(()), Ok(())]);
        assert_eq!([modes(&[1, 0]), modes(&[2])], [Err(Defect::Modes(1)), Err(Defect::Modes(0))]);
    }
}
