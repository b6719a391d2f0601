//! The fields of an article, wherever they are written: what must be there, and what is wrong with them.

use jiff::civil::Date;
use polybius_document::Article;
use serde_json::{Map, Value};

use super::language::other_language;
use super::{Defaults, Flaw, MAX_ARTICLE_BYTES};

/// One record of a file of many articles.
pub(super) struct Record {
    pub(super) fields: Map<String, Value>,
    /// The line it begins on.
    pub(super) line: usize,
}

impl Record {
    /// The article that the fields make.
    pub(super) fn article(self, defaults: &Defaults) -> Result<Article, Flaw> {
        let text = self.needed("text")?;
        if text.trim().is_empty() {
            return Err(Flaw::new(self.line, "`text` is empty", "leave the record out, or give its text"));
        }
        if text.len() > MAX_ARTICLE_BYTES {
            return Err(Flaw::too_long(self.line, "text", text.len(), MAX_ARTICLE_BYTES));
        }
        if let Some(language) = other_language(&text).filter(|_| defaults.english_only) {
            return Err(Flaw::foreign(self.line, language));
        }
        Ok(Article {
            id: self.id()?,
            published: self.published(defaults)?,
            title: self.text("title")?,
            author: self.text("author")?,
            outlet: self.text("outlet")?.or_else(|| defaults.outlet.clone()),
            url: self.text("url")?,
            text,
        })
    }

    /// As [`Record::article`], of something that is no list of fields to whoever reads the problem.
    pub(super) fn article_of(self, what: &str, defaults: &Defaults) -> Result<Article, Flaw> {
        if !self.fields.contains_key("text") {
            return Err(self.flaw(format!("the {what} has no text"), "leave it out"));
        }
        if !self.fields.contains_key("published") && defaults.published.is_none() && !defaults.undated {
            let reason = format!("the {what} does not say when it was published");
            return Err(self.flaw(reason, "give --published YYYY-MM-DD"));
        }
        self.article(defaults)
    }

    /// A text that may be absent or null.
    fn text(&self, name: &str) -> Result<Option<String>, Flaw> {
        match self.fields.get(name) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) => Ok(Some(text.clone())),
            Some(other) => {
                Err(self.flaw(format!("`{name}` is {}, not a text", kind_of(other)), "put it in quotation marks"))
            }
        }
    }

    fn needed(&self, name: &str) -> Result<String, Flaw> {
        self.text(name)?
            .ok_or_else(|| self.flaw(format!("`{name}` is missing"), format!("add \"{name}\" to the object")))
    }

    /// The id, which archives also write as a whole number.
    fn id(&self) -> Result<String, Flaw> {
        match self.fields.get("id") {
            Some(Value::Number(number)) if !number.is_f64() => Ok(number.to_string()),
            Some(Value::String(id)) if id.is_empty() => {
                Err(self.flaw("`id` is empty".to_owned(), "give each article an id of its own"))
            }
            _ => self.needed("id"),
        }
    }

    /// The day of publication; a time after it is passed over.
    fn published(&self, defaults: &Defaults) -> Result<Option<Date>, Flaw> {
        let Some(written) = self.text("published")? else {
            let missing = || {
                self.flaw(
                    "`published` is missing".to_owned(),
                    "add \"published\": \"YYYY-MM-DD\", or give --published for all",
                )
            };
            return if defaults.undated || defaults.published.is_some() {
                Ok(defaults.published)
            } else {
                Err(missing())
            };
        };
        let day = match written.char_indices().nth(10) {
            Some((end, 'T' | 't' | ' ')) => &written[..end],
            _ => &written,
        };
        day.parse().map(Some).map_err(|_| {
            self.flaw(
                format!("`published` is `{}`, which is no date", shortened(&written)),
                "write it as YYYY-MM-DD, such as 2024-10-11",
            )
        })
    }

    fn flaw(&self, reason: String, cure: impl Into<String>) -> Flaw {
        Flaw::new(self.line, reason, cure)
    }
}

pub(super) fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(40) {
        None => text.to_owned(),
        Some((end, _)) => format!("{}…", &text[..end]),
    }
}
