//! Writes what coreference compares in documents with gold chains, for `training/coreference.py` to train on:
//! `cargo run --release -p polybius-nlp --example comparisons -- OUT FILE…`. A file is CoNLL-U, or an article of `training/chains`.
//!
//! The file begins with u32 rows of phrases, rows of pairs, rows a pair. Each document is u16 length and name, u32 number of phrases; a
//! phrase is u32 start and end, and start of its head (characters of the text without spaces before it), u16 number of features, the
//! features (u16), u16 number of pairs, for each u32 earlier phrase and its rows (u16), then 384 f32 of its head's vector. Little-endian.

use std::io::Write;

use polybius_document::Article;
use polybius_nlp::{Models, compare, conll_score, n_comparison_rows};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let out = arguments.next().ok_or("where to write?")?;
    let mut out = std::io::BufWriter::new(std::fs::File::create(out)?);
    let models = Models::without_coreference();
    for n in n_comparison_rows() {
        out.write_all(&u32::try_from(n)?.to_le_bytes())?;
    }
    for path in arguments {
        let gold = std::fs::read_to_string(&path)?;
        let path = std::path::Path::new(&path);
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let raw = if path.extension().is_some_and(|kind| kind == "txt") {
            without_marks(&gold)
        } else {
            conll_score::raw_text(&gold)
        };
        let (document, comparisons) = compare(Article::from_text("gold", raw), &models);
        let text = &document.article().text;
        let mut before = vec![0u32; text.len() + 1];
        for (at, c) in text.char_indices() {
            let next = before[at] + u32::from(!c.is_whitespace());
            before[at + c.len_utf8()] = next;
        }
        out.write_all(&u16::try_from(name.len())?.to_le_bytes())?;
        out.write_all(name.as_bytes())?;
        out.write_all(&u32::try_from(comparisons.len())?.to_le_bytes())?;
        for one in comparisons {
            let span = document.span_of(&(one.tokens.start.into()..one.tokens.end.into()));
            out.write_all(&before[span.start as usize].to_le_bytes())?;
            out.write_all(&before[span.end as usize].to_le_bytes())?;
            let head = document.token(polybius_document::TokenId::from(one.head)).span().start;
            out.write_all(&before[head as usize].to_le_bytes())?;
            out.write_all(&u16::try_from(one.features.len())?.to_le_bytes())?;
            one.features.iter().try_for_each(|row| out.write_all(&row.to_le_bytes()))?;
            out.write_all(&u16::try_from(one.pairs.len())?.to_le_bytes())?;
            for (earlier, rows) in &one.pairs {
                out.write_all(&u32::try_from(*earlier)?.to_le_bytes())?;
                rows.iter().try_for_each(|row| out.write_all(&row.to_le_bytes()))?;
            }
            one.vector.iter().try_for_each(|number| out.write_all(&number.to_le_bytes()))?;
        }
    }
    Ok(out.flush()?)
}

/// "{1 Iran} said {1 it} would" without the marks.
fn without_marks(marked: &str) -> String {
    let mut parts = marked.split('{');
    let mut text = parts.next().unwrap_or_default().replace('}', "");
    for part in parts {
        let words = part.split_once(' ').map_or("", |(_, words)| words);
        text.push_str(&words.replace('}', ""));
    }
    text
}
