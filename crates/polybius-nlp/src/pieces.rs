//! Words to the pieces and shapes the encoder reads, exactly as `training/wordpiece.py` made them: change both together.

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::tokens::{is_apostrophe, is_gap};

/// A word is never more than this many pieces.
const MOST_PIECES: usize = 8;
/// Letters in a row beyond this are one unknown piece.
const LONGEST_RUN: usize = 64;
const UNKNOWN: u32 = 1;
/// The piece that begins every sentence; its vector stands for the root.
pub(crate) const BEGIN: u32 = 2;
/// The piece that ends every sentence.
pub(crate) const END: u32 = 3;
/// The shape of [`END`].
pub(crate) const END_SHAPE: u8 = 1;

/// The vocabulary.
#[derive(Debug)]
pub(crate) struct Pieces {
    /// Pieces that begin a word.
    starts: HashMap<Box<str>, u32>,
    /// Pieces that go on with one, without their `##`.
    rest: HashMap<Box<str>, u32>,
}

impl Pieces {
    /// The vocabulary with one piece a line.
    pub(crate) fn parse(text: &str) -> Pieces {
        let mut pieces = Pieces { starts: HashMap::with_capacity(24_000), rest: HashMap::with_capacity(8_000) };
        for (index, line) in (0..).zip(text.lines()) {
            match line.strip_prefix("##") {
                Some(rest) if !rest.is_empty() => pieces.rest.insert(rest.into(), index),
                _ => pieces.starts.insert(line.into(), index),
            };
        }
        pieces
    }

    /// Adds the pieces of `word`, at least one.
    pub(crate) fn split(&self, word: &str, out: &mut Vec<u32>) {
        let before = out.len();
        let plain = word.bytes().all(|byte| byte.is_ascii_lowercase());
        if plain {
            self.greedy(word, out);
        } else {
            let folded = fold(word);
            let mut start = 0;
            for (at, c) in folded.char_indices() {
                if is_punctuation(c) {
                    self.greedy(&folded[start..at], out);
                    start = at + c.len_utf8();
                    self.greedy(&folded[at..start], out);
                }
                if out.len() - before >= MOST_PIECES {
                    break;
                }
            }
            if out.len() - before < MOST_PIECES {
                self.greedy(&folded[start..], out);
            }
        }
        out.truncate(before + MOST_PIECES);
        if out.len() == before {
            out.push(UNKNOWN);
        }
    }

    /// Longest pieces first; one unknown piece if that fails.
    fn greedy(&self, run: &str, out: &mut Vec<u32>) {
        if run.is_empty() {
            return;
        }
        if run.chars().count() > LONGEST_RUN {
            out.push(UNKNOWN);
            return;
        }
        let before = out.len();
        let mut start = 0;
        while start < run.len() {
            let list = if start == 0 { &self.starts } else { &self.rest };
            let mut end = run.len();
            let found = loop {
                if let Some(&piece) = list.get(&run[start..end]) {
                    break Some(piece);
                }
                match run[start..end].char_indices().next_back() {
                    Some((at, _)) if at > 0 => end = start + at,
                    _ => break None,
                }
            };
            let Some(piece) = found else {
                out.truncate(before);
                out.push(UNKNOWN);
                return;
            };
            out.push(piece);
            start = end;
        }
    }
}

/// Lower case without accents, quotes made straight.
fn fold(word: &str) -> String {
    let mut straight = String::with_capacity(word.len() + 4);
    for c in word.chars() {
        match c {
            '’' | '‘' | '`' | '´' => straight.push('\''),
            '“' | '”' | '„' | '«' | '»' => straight.push('"'),
            '…' => straight.push_str("..."),
            _ => straight.push(c),
        }
    }
    straight
        .to_lowercase()
        .nfd()
        .filter(|&c| {
            !is_combining_mark(c) && !is_gap(c) && !matches!(c, '\u{ad}' | '\u{200c}' | '\u{200d}' | '\u{fffd}')
        })
        .collect()
}

/// What splits a word into runs: ASCII marks and the punctuation of other scripts that the vocabulary knows.
fn is_punctuation(c: char) -> bool {
    c.is_ascii_punctuation()
        || matches!(c, '¡' | '§' | '¶' | '·' | '¿' | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{2043}' | '\u{2045}'..='\u{2051}'
            | '\u{2053}'..='\u{205e}' | '\u{207d}' | '\u{207e}' | '\u{208d}' | '\u{208e}' | '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}')
}

/// What lower-casing loses, and whether a space stands before the word.
pub(crate) fn shape(word: &str, space_before: bool, space_after: bool) -> u8 {
    let letters = || word.chars().filter(|c| c.is_alphabetic());
    let Some(first) = word.chars().next() else { return 0 };
    let n_letters = letters().count();
    let kind = if word.chars().any(|c| c.is_numeric()) && !(n_letters > 0 && first.is_alphabetic()) {
        6
    } else if n_letters == 0 {
        match first {
            '“' | '‘' | '„' | '«' | '`' => 8,
            '”' | '»' => 9,
            '"' | '´' if space_before && !space_after => 8,
            c if is_apostrophe(c) && space_before && !space_after => 8,
            '"' => 9,
            c if is_apostrophe(c) => 9,
            _ => 7,
        }
    } else if letters().all(|c| !c.is_uppercase()) {
        1
    } else if n_letters == 1 {
        4
    } else if letters().all(|c| !c.is_lowercase()) {
        3
    } else if first.is_uppercase() && letters().skip(1).all(|c| !c.is_uppercase()) {
        2
    } else {
        5
    };
    2 * kind + u8::from(space_before)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(word: &str, expected: &[&str]) {
        let vocabulary =
            ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "pu", "##tin", "'", "s", "-", "e", "##e", "##x", "x"];
        let pieces = Pieces::parse(&vocabulary.join("\n"));
        let mut out = Vec::new();
        pieces.split(word, &mut out);
        let found: Vec<&str> = out.iter().map(|&piece| vocabulary[piece as usize]).collect();
        assert_eq!(found, expected, "pieces of {word:?}");
    }

    #[test]
    fn splits_as_training_did() {
        check("Putin", &["pu", "##tin"]);
        check("’s", &["'", "s"]);
        check("É-x", &["e", "-", "x"]);
        check("exq", &["[UNK]"]);
        check("\u{200d}", &["[UNK]"]);
        check("exxxxxxxxxxxx", &["e", "##x", "##x", "##x", "##x", "##x", "##x", "##x"]);
    }

    #[test]
    fn shapes_keep_what_lower_case_loses() {
        for (word, kind) in
            [("the", 1), ("Iran", 2), ("NATO", 3), ("I", 4), ("eBay", 5), ("1990s", 6), (",", 7), ("“", 8), ("”", 9)]
        {
            assert_eq!(shape(word, true, true), 2 * kind + 1, "shape of {word}");
        }
        assert_eq!(shape("\"", true, false), 17);
        assert_eq!(shape("\"", false, true), 18);
    }
}
