//! JSON lines: every line is one article.

use std::io::BufRead;

use jiff::civil::Date;
use polybius_document::Article;
use serde_json::{Map, Value};

use super::lines::{Line, Lines};
use super::{Defaults, Flaw, MAX_ARTICLE_BYTES, MAX_LINE_BYTES, without_mark};

/// The next line that is not blank: its article, or what is wrong with it.
pub(super) fn next(lines: &mut Lines<impl BufRead>, defaults: &Defaults) -> Option<Result<Article, Flaw>> {
    loop {
        let line = lines.next()?;
        let number = lines.number;
        let bytes = match line {
            Err(error) => return Some(Err(Flaw::unreadable(number, &error))),
            Ok(Line::TooLong(n_bytes)) => return Some(Err(Flaw::too_long(number, "line", n_bytes, MAX_LINE_BYTES))),
            Ok(Line::Whole(bytes)) => bytes,
        };
        let bytes = if number == 1 { without_mark(&bytes) } else { &bytes };
        if !bytes.trim_ascii().is_empty() {
            return Some(article(bytes, number, defaults));
        }
    }
}

fn article(bytes: &[u8], line: usize, defaults: &Defaults) -> Result<Article, Flaw> {
    let json = str::from_utf8(bytes).map_err(|error| Flaw::not_utf8(line, error.valid_up_to()))?;
    let value: Value = serde_json::from_str(json).map_err(|error| {
        let reason = format!("the line is not JSON: {} at column {}", without_place(&error), error.column());
        Flaw::new(line, reason, "write one JSON object a line")
    })?;
    let Value::Object(fields) = value else {
        let reason = format!("the line holds {}, not a JSON object", kind_of(&value));
        return Err(Flaw::new(line, reason, r#"write {"id": …, "text": …, "published": …}"#));
    };
    let record = Record { fields, line };
    let text = record.needed("text")?;
    if text.trim().is_empty() {
        return Err(Flaw::new(line, "`text` is empty", "leave the record out, or give its text"));
    }
    if text.len() > MAX_ARTICLE_BYTES {
        return Err(Flaw::too_long(line, "text", text.len(), MAX_ARTICLE_BYTES));
    }
    Ok(Article {
        id: record.id()?,
        published: record.published(defaults)?,
        title: record.text("title")?,
        outlet: record.text("outlet")?.or_else(|| defaults.outlet.clone()),
        url: record.text("url")?,
        text,
    })
}

struct Record {
    fields: Map<String, Value>,
    line: usize,
}

impl Record {
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

fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

/// The message of a JSON error without its place: its line is always the first, because it is read by itself.
fn without_place(error: &serde_json::Error) -> String {
    let message = error.to_string();
    message.rsplit_once(" at line ").map_or(message.clone(), |(reason, _)| reason.to_owned())
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(40) {
        None => text.to_owned(),
        Some((end, _)) => format!("{}…", &text[..end]),
    }
}
