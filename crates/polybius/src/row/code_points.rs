//! From byte offsets to offsets in Unicode code points, the unit of everything that leaves the program.

use polybius_document::Span;

/// How many bytes lie between two marks.
const STEP: usize = 64;

/// The code-point offsets of one text. Made once a document; each look-up reads at most 64 bytes.
pub struct CodePoints<'t> {
    text: &'t str,
    /// The number of code points that begin before byte `i * STEP`; empty if the text is ASCII.
    marks: Vec<usize>,
}

impl<'t> CodePoints<'t> {
    /// The offsets of `text`.
    pub fn new(text: &'t str) -> CodePoints<'t> {
        let mut marks = Vec::new();
        if !text.is_ascii() {
            let mut n_before = 0;
            for chunk in text.as_bytes().chunks(STEP) {
                marks.push(n_before);
                n_before += n_starts(chunk);
            }
            marks.push(n_before);
        }
        CodePoints { text, marks }
    }

    /// How many code points come before byte `byte`, which lies on a character boundary.
    pub fn before(&self, byte: u32) -> usize {
        let byte = byte as usize;
        match self.marks.get(byte / STEP) {
            None => byte,
            Some(n_before) => n_before + n_starts(&self.text.as_bytes()[byte / STEP * STEP..byte]),
        }
    }

    /// Start and end of `span` in code points.
    pub fn of(&self, span: Span) -> (usize, usize) {
        (self.before(span.start), self.before(span.end))
    }
}

/// How many of `bytes` begin a character.
fn n_starts(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&byte| byte & 0b1100_0000 != 0b1000_0000).count()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn agrees_with_counting(text in "[a-zé“𝔘\\n]{0,200}") {
            let code_points = CodePoints::new(&text);
            for (index, (byte, _)) in text.char_indices().enumerate() {
                prop_assert_eq!(code_points.before(byte as u32), index);
            }
            prop_assert_eq!(code_points.before(text.len() as u32), text.chars().count());
        }
    }
}
