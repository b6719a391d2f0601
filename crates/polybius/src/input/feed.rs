//! Feeds: RSS and Atom, every item an article. Days are as feeds give them, in UTC.

use feed_rs::model::{Entry, Feed};
use polybius_document::Article;
use serde_json::{Map, Value};

use super::fields::Record;
use super::page::text_of_fragment;
use super::{Defaults, Flaw, charset};

/// The longest feed that is read, in bytes.
pub(super) const MAX_FEED_BYTES: usize = 32 << 20;

/// The articles of a feed, or what is wrong with each.
pub(super) fn articles(bytes: &[u8], defaults: &Defaults) -> Vec<Result<Article, Flaw>> {
    let decoded = decoded(bytes);
    let feed = match feed_rs::parser::parse(decoded.as_deref().map_or(bytes, str::as_bytes)) {
        Ok(feed) => feed,
        Err(error) => {
            let reason = format!("it is no feed: {error}");
            return vec![Err(Flaw::new(1, reason, "give an RSS or Atom file, or save a page as .html"))];
        }
    };
    if feed.entries.is_empty() {
        return vec![Err(Flaw::empty())];
    }
    let article = |(index, entry): (usize, &Entry)| {
        let fields = fields(&feed, entry);
        let article = Record { fields, line: 1 }.article_of("item", defaults);
        article.map_err(|flaw| Flaw { reason: format!("item {}: {}", index + 1, flaw.reason), ..flaw })
    };
    feed.entries.iter().enumerate().map(article).collect()
}

/// The addresses of the pages that a feed of whatever form leads to; `None` if the bytes are no feed.
pub fn links_of_feed(bytes: &[u8]) -> Option<Vec<String>> {
    if bytes.len() > MAX_FEED_BYTES || super::Kind::of_bytes(bytes) == super::Kind::Page {
        return None;
    }
    let decoded = decoded(bytes);
    let feed = feed_rs::parser::parse(decoded.as_deref().map_or(bytes, str::as_bytes)).ok()?;
    let link = |entry: &Entry| {
        let alternate = entry.links.iter().find(|link| link.rel.as_deref().is_none_or(|rel| rel == "alternate"));
        alternate.or(entry.links.first()).map(|link| link.href.clone())
    };
    Some(feed.entries.iter().filter_map(link).collect())
}

/// The feed in UTF-8 and without the line that said otherwise, if it was in another character set.
fn decoded(bytes: &[u8]) -> Option<String> {
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(256)]).into_owned();
    let declared = start.split_once("encoding=").and_then(|(_, after)| after.get(1..)?.split(['"', '\'']).next());
    if str::from_utf8(bytes).is_ok() {
        return None;
    }
    let text = charset::decoded(bytes, declared)?;
    let head = text.find("?>").filter(|_| text.starts_with("<?xml"))?;
    Some(text[head + 2..].trim_start().to_owned())
}

fn fields(feed: &Feed, entry: &Entry) -> Map<String, Value> {
    let mut fields = Map::new();
    let mut put = |name: &str, value: Option<String>| {
        if let Some(value) = value.map(|value| value.trim().to_owned()).filter(|value| !value.is_empty()) {
            fields.insert(name.to_owned(), Value::from(value));
        }
    };
    let body = entry.content.as_ref().and_then(|content| content.body.as_deref()).map(text_of_fragment);
    let summary = || entry.summary.as_ref().map(|summary| text_of_fragment(&summary.content));
    let address = entry.links.iter().find(|link| link.rel.as_deref().is_none_or(|rel| rel == "alternate"));
    let address = address.or(entry.links.first()).map(|link| link.href.clone());
    put("id", Some(entry.id.clone()).filter(|id| !id.is_empty()).or_else(|| address.clone()));
    put("text", body.filter(|body| !body.is_empty()).or_else(summary));
    put("title", entry.title.as_ref().map(|title| text_of_fragment(&title.content)));
    put("published", entry.published.or(entry.updated).map(|moment| moment.format("%Y-%m-%d").to_string()));
    let authors: Vec<&str> = entry.authors.iter().filter_map(|author| author.name.as_deref()).collect();
    put("author", Some(authors.join(", ")));
    put("outlet", feed.title.as_ref().map(|title| title.content.clone()));
    put("url", address);
    fields
}
