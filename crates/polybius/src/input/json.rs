//! JSON documents: a NewsArticle of schema.org, an item of ninjs, a JSON Feed, an article in our own fields, or a list of any of them.

use polybius_document::Article;
use serde_json::{Map, Value};

use super::fields::{Record, kind_of};
use super::page::{self, text_of_fragment};
use super::{Defaults, Flaw, days};

/// The longest document that is read, in bytes.
pub(super) const MAX_JSON_BYTES: usize = 32 << 20;

/// The most values in it: a list of a hundred million noughts is no article.
const MOST_VALUES: usize = 2_000_000;

/// The articles of a document, or what is wrong with each.
pub(super) fn articles(text: &str, id: &str, defaults: &Defaults) -> Vec<Result<Article, Flaw>> {
    let n_values = text.bytes().filter(|byte| matches!(byte, b',' | b'[' | b'{')).count();
    if n_values > MOST_VALUES {
        let reason = format!("the document has more than {MOST_VALUES} values");
        return vec![Err(Flaw::new(1, reason, "write its articles as JSON lines"))];
    }
    let value: Value = match serde_json::from_str(text) {
        Ok(value) => value,
        Err(error) => {
            let message = error.to_string();
            let reason = message.rsplit_once(" at line ").map_or(message.as_str(), |(reason, _)| reason);
            return vec![Err(Flaw::new(
                error.line().max(1),
                format!("it is not JSON: {reason}"),
                "check where the file was cut",
            ))];
        }
    };
    let mut found = Vec::new();
    gather(value, &mut found);
    if found.is_empty() {
        return vec![Err(unknown(1))];
    }
    let is_one = found.len() == 1;
    let article = |(index, mut fields): (usize, Map<String, Value>)| {
        if !fields.contains_key("id") {
            let own = fields.get("url").and_then(Value::as_str).map(str::to_owned);
            let numbered = if is_one { id.to_owned() } else { format!("{id}#{}", index + 1) };
            fields.insert("id".to_owned(), Value::from(own.unwrap_or(numbered)));
        }
        let article = of_fields(fields, 1, defaults);
        article.map_err(|flaw| {
            if is_one { flaw } else { Flaw { reason: format!("item {}: {}", index + 1, flaw.reason), ..flaw } }
        })
    };
    found.into_iter().enumerate().map(article).collect()
}

/// An object that may be in any of the forms, in our fields.
pub(super) fn known_fields(fields: Map<String, Value>) -> Map<String, Value> {
    if fields.contains_key("text") {
        return fields;
    }
    if is_ninjs(&fields) {
        return ninjs(&fields);
    }
    linked(&fields).unwrap_or(fields)
}

/// The article, unless whoever published it has taken it back.
pub(super) fn of_fields(mut fields: Map<String, Value>, line: usize, defaults: &Defaults) -> Result<Article, Flaw> {
    if let Some(Value::String(status)) = fields.remove(WITHDRAWN) {
        let reason = format!("its publisher has marked it as {status}");
        let cure = "if the record has it, `polybius retract` takes it out";
        return Err(Flaw { set_aside: true, ..Flaw::new(line, reason, cure) });
    }
    Record { fields, line }.article(defaults)
}

/// A field of ours that says that an article no longer holds.
const WITHDRAWN: &str = "withdrawn";

fn unknown(line: usize) -> Flaw {
    let cure = "give a NewsArticle of schema.org, ninjs, a JSON Feed, or {\"id\": …, \"text\": …, \"published\": …}";
    Flaw::new(line, "there is no article in the JSON that is known", cure)
}

/// Every article in the value.
fn gather(value: Value, found: &mut Vec<Map<String, Value>>) {
    match value {
        Value::Array(values) => values.into_iter().for_each(|value| gather(value, found)),
        Value::Object(fields) => {
            if fields.get("version").and_then(Value::as_str).is_some_and(|version| version.contains("jsonfeed.org")) {
                return found.extend(json_feed(&fields));
            }
            if fields.contains_key("text") || is_ninjs(&fields) {
                return found.push(known_fields(fields));
            }
            if let Some(article) = linked(&fields) {
                return found.push(article);
            }
            for inner in ["@graph", "items", "itemListElement", "item", "mainEntity"] {
                if let Some(value @ (Value::Array(_) | Value::Object(_))) = fields.get(inner) {
                    return gather(value.clone(), found);
                }
            }
        }
        _ => {}
    }
}

/// The first news article of a page's JSON-LD, in our fields; its text may be missing.
pub(super) fn linked_article(value: &Value) -> Option<Map<String, Value>> {
    match value {
        Value::Array(values) => values.iter().find_map(linked_article),
        Value::Object(fields) => linked(fields)
            .or_else(|| ["@graph", "mainEntity"].iter().find_map(|inner| fields.get(*inner).and_then(linked_article))),
        _ => None,
    }
}

/// A NewsArticle of schema.org.
fn linked(fields: &Map<String, Value>) -> Option<Map<String, Value>> {
    let is_article = |kind: &str| {
        kind.rsplit(['/', ':']).next().is_some_and(|kind| kind.ends_with("Article") || kind == "BlogPosting")
    };
    let is_one = match fields.get("@type")? {
        Value::String(kind) => is_article(kind),
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).any(is_article),
        _ => false,
    };
    is_one.then_some(())?;
    let mut made = Map::new();
    put(&mut made, "text", text(fields.get("articleBody")).map(|body| plain(&body)));
    put(&mut made, "title", text(fields.get("headline")).or_else(|| text(fields.get("name"))));
    put(&mut made, "published", text(fields.get("datePublished")).map(|day| day_or(&day)));
    put(&mut made, "author", names(fields.get("author")));
    put(&mut made, "outlet", names(fields.get("publisher")));
    let page = fields.get("mainEntityOfPage").and_then(|page| text(Some(page)).or_else(|| text(page.get("@id"))));
    put(&mut made, "url", text(fields.get("url")).or(page));
    put(&mut made, "id", text(fields.get("@id")).or_else(|| text(fields.get("identifier"))));
    Some(made)
}

fn is_ninjs(fields: &Map<String, Value>) -> bool {
    fields.contains_key("uri")
        && fields.keys().any(|key| {
            matches!(&*bare(key), "headline" | "headlines" | "bodies" | "bodytext" | "bodyhtml" | "bodyxhtml")
        })
}

/// An item of ninjs, of whichever version: they differ in how names are written.
fn ninjs(fields: &Map<String, Value>) -> Map<String, Value> {
    let get = |name: &str| fields.iter().find(|(key, _)| bare(key) == name).map(|(_, value)| value);
    let listed = |name: &str, role: &str| {
        let all = get(name).and_then(Value::as_array)?;
        let is_main = |one: &&Value| one.get("role").and_then(Value::as_str).is_some_and(|own| own == role);
        all.iter().find(is_main).or(all.first()).cloned()
    };
    let body = listed("bodies", "main").and_then(|body| text(body.get("value")));
    let body = body.or_else(|| ["bodytext", "bodyhtml", "bodyxhtml"].iter().find_map(|name| text(get(name))));
    let headline = listed("headlines", "main").and_then(|headline| text(headline.get("value")));
    let mut made = Map::new();
    put(&mut made, "id", text(get("uri")));
    put(&mut made, "text", body.map(|body| plain(&body)));
    put(&mut made, "title", headline.or_else(|| text(get("headline"))).or_else(|| text(get("title"))));
    put(&mut made, "author", text(get("byline")).or_else(|| text(get("by"))));
    let source = get("infosources").and_then(Value::as_array).and_then(|sources| text(sources.first()?.get("name")));
    put(&mut made, "outlet", source.or_else(|| text(get("source"))).or_else(|| text(get("copyrightholder"))));
    let day = ["contentcreated", "firstcreated", "versioncreated"].iter().find_map(|name| text(get(name)));
    put(&mut made, "published", day.map(|day| day_or(&day)));
    put(&mut made, "url", text(get("uri")).filter(|uri| uri.starts_with("http")));
    put(&mut made, WITHDRAWN, text(get("pubstatus")).filter(|status| status != "usable"));
    made
}

/// The items of a JSON Feed.
fn json_feed(feed: &Map<String, Value>) -> Vec<Map<String, Value>> {
    let outlet = text(feed.get("title"));
    let items = feed.get("items").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_object);
    let article = |item: &Map<String, Value>| {
        let mut made = Map::new();
        let body = text(item.get("content_text"))
            .or_else(|| text(item.get("content_html")).map(|html| text_of_fragment(&html)));
        put(
            &mut made,
            "id",
            text(item.get("id")).or_else(|| item.get("id").filter(|id| id.is_number()).map(Value::to_string)),
        );
        put(&mut made, "text", body.or_else(|| text(item.get("summary"))));
        put(&mut made, "title", text(item.get("title")));
        put(&mut made, "published", text(item.get("date_published")).map(|day| day_or(&day)));
        let authors = item.get("authors").or(item.get("author")).or(feed.get("authors")).or(feed.get("author"));
        put(&mut made, "author", names(authors));
        put(&mut made, "outlet", outlet.clone());
        put(&mut made, "url", text(item.get("url")));
        made
    };
    items.map(article).collect()
}

fn put(made: &mut Map<String, Value>, name: &str, value: Option<String>) {
    if let Some(value) = value.map(|value| value.trim().to_owned()).filter(|value| !value.is_empty()) {
        made.insert(name.to_owned(), Value::from(value));
    }
}

fn text(value: Option<&Value>) -> Option<String> {
    match value? {
        Value::String(text) => Some(text.clone()),
        Value::Array(values) => values.iter().find_map(text_of),
        _ => None,
    }
}

fn text_of(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

/// The names of persons or bodies: texts, objects with a name, or lists of them.
fn names(value: Option<&Value>) -> Option<String> {
    let name = |value: &Value| text_of(value).or_else(|| value.get("name").and_then(text_of));
    let names: Vec<String> = match value? {
        Value::Array(values) => values.iter().filter_map(name).collect(),
        value => name(value).into_iter().collect(),
    };
    (!names.is_empty()).then(|| names.join(", "))
}

/// The day of a date, or the date as it is written, for whoever reads the problem.
fn day_or(written: &str) -> String {
    days::day(written).map_or_else(|| written.to_owned(), |day| day.to_string())
}

/// The text of a body that may be written in HTML.
fn plain(body: &str) -> String {
    let is_html = ["</p>", "<br", "</div>", "<p>"].iter().any(|tag| body.contains(tag));
    if is_html { page::text_of_fragment(body) } else { body.to_owned() }
}

/// A name without what its versions differ in.
fn bare(key: &str) -> String {
    key.chars().filter(|character| *character != '_').flat_map(char::to_lowercase).collect()
}

/// What a line of JSON lines holds that is no object.
pub(super) fn not_an_object(value: &Value, line: usize) -> Flaw {
    let reason = format!("the line holds {}, not a JSON object", kind_of(value));
    Flaw::new(line, reason, r#"write {"id": …, "text": …, "published": …}"#)
}
