//! Plain text: the whole file is one article.

use std::io::{BufRead, Read};

use polybius_document::Article;

use super::language::other_language;
use super::{Defaults, Flaw, MAX_ARTICLE_BYTES, charset};

/// The article that `reader` holds.
pub(super) fn read(id: &str, mut reader: impl BufRead, defaults: &Defaults) -> Result<Article, Flaw> {
    let mut bytes = Vec::new();
    let limit = MAX_ARTICLE_BYTES as u64 + 1;
    reader.by_ref().take(limit).read_to_end(&mut bytes).map_err(|error| Flaw::unreadable(1, &error))?;
    if bytes.len() > MAX_ARTICLE_BYTES {
        let n_more = std::io::copy(&mut reader, &mut std::io::sink()).map_err(|error| Flaw::unreadable(1, &error))?;
        return Err(Flaw::too_long(1, "text", bytes.len() + n_more as usize, MAX_ARTICLE_BYTES));
    }
    let text = charset::decoded(&bytes, None).ok_or_else(|| Flaw::no_text(1))?;
    if text.trim().is_empty() {
        return Err(Flaw::empty());
    }
    if let Some(language) = other_language(&text).filter(|_| defaults.english_only) {
        return Err(Flaw::foreign(1, language));
    }
    Ok(Article { published: defaults.published, outlet: defaults.outlet.clone(), ..Article::from_text(id, text) })
}
