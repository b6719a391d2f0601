//! Plain text: the whole file is one article.

use std::io::{BufRead, Read};

use polybius_document::Article;

use super::{Defaults, Flaw, MAX_ARTICLE_BYTES, without_mark};

/// The article that `reader` holds.
pub(super) fn read(id: &str, mut reader: impl BufRead, defaults: &Defaults) -> Result<Article, Flaw> {
    let mut bytes = Vec::new();
    let limit = MAX_ARTICLE_BYTES as u64 + 1;
    reader.by_ref().take(limit).read_to_end(&mut bytes).map_err(|error| Flaw::unreadable(1, &error))?;
    if bytes.len() > MAX_ARTICLE_BYTES {
        let n_more = std::io::copy(&mut reader, &mut std::io::sink()).map_err(|error| Flaw::unreadable(1, &error))?;
        return Err(Flaw::too_long(1, "text", bytes.len() + n_more as usize, MAX_ARTICLE_BYTES));
    }
    let text = str::from_utf8(without_mark(&bytes)).map_err(|error| {
        let before = &without_mark(&bytes)[..error.valid_up_to()];
        let line_start = before.iter().rposition(|&byte| byte == b'\n').map_or(0, |newline| newline + 1);
        let n_newlines = before.iter().filter(|&&byte| byte == b'\n').count();
        Flaw::not_utf8(n_newlines + 1, before.len() - line_start)
    })?;
    if text.trim().is_empty() {
        return Err(Flaw::empty());
    }
    Ok(Article { published: defaults.published, outlet: defaults.outlet.clone(), ..Article::from_text(id, text) })
}
