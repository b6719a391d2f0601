//! Web pages and saved pages: the article in them, and what the head says of it: headline, day, authors, outlet, address.

use std::collections::HashMap;

use dom_query::Document;
use dom_smoothie::{Config, Readability, TextMode};
use polybius_document::Article;
use serde_json::{Map, Value};

use super::fields::Record;
use super::{Defaults, Flaw, charset, days, json};

/// The longest page that is read, in bytes.
pub(super) const MAX_PAGE_BYTES: usize = 8 << 20;

/// The deepest nesting of elements: real pages have a few dozen, and what walks the tree must not run out of stack.
const MOST_DEEP: usize = 512;

/// The most elements.
const MOST_ELEMENTS: usize = 200_000;

/// What is known of a page before it is read.
#[derive(Clone, Copy, Default)]
pub(super) struct Known<'k> {
    /// What the article is called if the page has no address.
    pub(super) id: &'k str,
    /// Where it was found.
    pub(super) address: Option<&'k str>,
    /// The character set that was declared outside the page.
    pub(super) charset: Option<&'k str>,
    /// The line on which it begins.
    pub(super) line: usize,
}

/// The article in a page.
pub(super) fn read(bytes: &[u8], known: Known, defaults: &Defaults) -> Result<Article, Flaw> {
    if bytes.len() > MAX_PAGE_BYTES {
        return Err(Flaw::too_long(known.line, "page", bytes.len(), MAX_PAGE_BYTES));
    }
    let declared = known.charset.map(str::to_owned).or_else(|| declared(bytes));
    let html = charset::decoded(bytes, declared.as_deref()).ok_or_else(|| Flaw::no_text(known.line))?;
    if let Some(reason) = too_tangled(&html) {
        return Err(Flaw::new(known.line, reason, "leave the page out; it was not made to be read"));
    }
    let document = Document::from(html.as_str());
    let head = Head::of(&document);
    let address = [head.address(), saved_from(&html), known.address.map(str::to_owned)];
    let address = address.into_iter().flatten().find(|address| is_address(address));
    let mut page = read_body(&html, known.line)?;
    let author = head.author().or(page.author.take().map(|by| without_by(&by)));
    let title = head.title().or(page.title.take());
    let text = trimmed(&page.text);
    let text = match head.body() {
        Some(body) if text.len() * 2 < body.len() => body,
        _ => text,
    };
    if text.is_empty() {
        let reason = "the page holds no article, only headlines and links";
        return Err(Flaw { set_aside: true, ..Flaw::new(known.line, reason, "give the pages it leads to") });
    }
    let published =
        head.day(&document).or_else(|| visible_day(&page.text)).or_else(|| visible_day(&body_text(&document)));
    let mut fields = Map::new();
    let mut put = |name: &str, value: Option<String>| {
        if let Some(value) = value.filter(|value| !value.trim().is_empty()) {
            fields.insert(name.to_owned(), Value::from(value.trim()));
        }
    };
    put("id", Some(address.clone().unwrap_or_else(|| known.id.to_owned())));
    put("text", Some(text));
    put("title", title);
    put("author", author);
    put("outlet", head.outlet().or_else(|| defaults.outlet.clone()).or_else(|| address.as_deref().and_then(host)));
    put("url", address);
    put("published", published.map(|day| day.to_string()));
    Record { fields, line: known.line }.article_of("page", defaults)
}

/// The text of a piece of a page, such as an item of a feed holds.
pub(super) fn text_of_fragment(html: &str) -> String {
    if too_tangled(html).is_some() {
        return String::new();
    }
    let document = Document::fragment(html);
    document.select("script, style, noscript, template").remove();
    document.formatted_text().trim().to_owned()
}

/// What readability makes of the page.
struct Body {
    title: Option<String>,
    author: Option<String>,
    text: String,
}

fn read_body(html: &str, line: usize) -> Result<Body, Flaw> {
    let config = Config {
        text_mode: TextMode::Formatted,
        disable_json_ld: true,
        max_elements_to_parse: MOST_ELEMENTS,
        ..Config::default()
    };
    let found = Readability::new(html, None, Some(config)).and_then(|mut page| page.parse());
    let found = found.map_err(|_| {
        let reason = "no article can be found in the page";
        Flaw { set_aside: true, ..Flaw::new(line, reason, "save its text as a .txt file") }
    })?;
    let known = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    Ok(Body {
        title: known(&found.title),
        author: found.byline.as_deref().and_then(known),
        text: found.text_content.to_string(),
    })
}

/// What the head of a page says.
#[derive(Default)]
struct Head {
    /// The news article of its JSON-LD, in our fields.
    linked: Map<String, Value>,
    /// Its `meta` elements by name, property or `itemprop`, in lower case; of several the first.
    metas: HashMap<String, String>,
    canonical: Option<String>,
    heading: Option<String>,
}

impl Head {
    fn of(document: &Document) -> Head {
        let mut head = Head::default();
        for script in document.select("script[type='application/ld+json']").iter() {
            let Ok(value) = serde_json::from_str::<Value>(&script.text()) else { continue };
            if let Some(fields) = json::linked_article(&value) {
                head.linked = fields;
                break;
            }
        }
        for meta in document.select("meta[content]").iter() {
            let Some(content) = meta.attr("content").filter(|content| !content.trim().is_empty()) else { continue };
            for name in ["property", "name", "itemprop"].into_iter().filter_map(|name| meta.attr(name)) {
                head.metas.entry(name.trim().to_ascii_lowercase()).or_insert_with(|| content.trim().to_owned());
            }
        }
        head.canonical = document.select("link[rel='canonical']").attr("href").map(|address| address.to_string());
        let headings = document.select("h1");
        if headings.length() == 1 {
            head.heading = Some(one_line(&headings.text())).filter(|heading| !heading.is_empty());
        }
        head
    }

    fn linked(&self, name: &str) -> Option<String> {
        self.linked.get(name).and_then(Value::as_str).map(str::to_owned)
    }

    fn meta(&self, names: &[&str]) -> Option<String> {
        names.iter().find_map(|&name| self.metas.get(name).cloned())
    }

    fn title(&self) -> Option<String> {
        self.linked("title").or_else(|| self.meta(&["og:title", "headline"])).or_else(|| self.heading.clone())
    }

    fn author(&self) -> Option<String> {
        let named = || self.meta(&["author", "article:author", "dc.creator", "parsely-author", "sailthru.author"]);
        self.linked("author").or_else(|| named().filter(|author| !is_address(author)))
    }

    fn outlet(&self) -> Option<String> {
        self.linked("outlet").or_else(|| self.meta(&["og:site_name", "application-name", "dc.publisher"]))
    }

    fn address(&self) -> Option<String> {
        [self.canonical.clone(), self.meta(&["og:url"]), self.linked("url")]
            .into_iter()
            .flatten()
            .find(|one| is_address(one))
    }

    fn body(&self) -> Option<String> {
        self.linked("text")
    }

    /// The day of publication; that of a change is another thing.
    fn day(&self, document: &Document) -> Option<jiff::civil::Date> {
        let names = [
            "article:published_time",
            "og:published_time",
            "datepublished",
            "article.published",
            "dc.date.issued",
            "dcterms.issued",
            "dcterms.created",
            "dc.date.created",
            "dc.date",
            "dcterms.date",
            "parsely-pub-date",
            "sailthru.date",
            "pubdate",
            "publishdate",
            "publish-date",
            "publication_date",
            "date",
        ];
        let written = self.linked("published").or_else(|| self.meta(&names));
        written.as_deref().and_then(days::day).or_else(|| {
            let marked = "[itemprop='datePublished'], time[pubdate], time.entry-date, time.published, article time, main time, time";
            let times = document.select(marked);
            times.iter().filter(|time| time.attr("class").is_none_or(|class| !class.contains("updated"))).find_map(|time| {
                let written = time.attr("datetime").or_else(|| time.attr("content")).unwrap_or_else(|| time.text());
                days::day(&written)
            })
        })
    }
}

/// The text without what stands before its first sentence and after its last: names of sections, bylines, links.
fn trimmed(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let Some(first) = lines.iter().position(|line| is_sentence(line)) else { return String::new() };
    let last = lines.iter().rposition(|line| is_sentence(line)).unwrap_or(first);
    lines[first..=last].join("\n").trim().to_owned()
}

fn is_sentence(line: &str) -> bool {
    let line = line.trim();
    let ends = line.trim_end_matches(['"', '\'', '”', '’', '»', ')']).ends_with(['.', '?', '!', '…']);
    ends && line.split_whitespace().count() >= 5
}

/// The day in a short line that hardly says anything else, as old pages show it above the text.
fn visible_day(text: &str) -> Option<jiff::civil::Date> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty()).take(40);
    lines.filter(|line| line.len() <= 90 && !is_sentence(line)).find_map(|line| {
        let says_so =
            ["publish", "post", "issued", "dated", "date:"].iter().any(|word| line.to_ascii_lowercase().contains(word));
        days::day(line).filter(|_| says_so || line.split_whitespace().count() <= 6)
    })
}

fn body_text(document: &Document) -> String {
    document.body().map(|body| body.formatted_text().to_string()).unwrap_or_default()
}

/// The character set that the first bytes of a page name.
fn declared(bytes: &[u8]) -> Option<String> {
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(2048)]).to_ascii_lowercase();
    let after = &start[start.find("charset=")? + "charset=".len()..];
    let name =
        after.trim_start_matches(['"', '\'']).split(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_'));
    name.into_iter().next().map(str::to_owned)
}

/// The address that browsers write above a page when they save it.
fn saved_from(html: &str) -> Option<String> {
    let start: String = html.chars().take(2048).collect();
    let after = &start[start.find("saved from url=(")?..];
    let address = after.split_once(')')?.1;
    Some(address.split([' ', '>', '\n']).next()?.trim_end_matches("--").to_owned())
}

fn is_address(text: &str) -> bool {
    (text.starts_with("http://") || text.starts_with("https://"))
        && text.len() < 2048
        && !text.contains(char::is_whitespace)
}

/// The host of an address, without `www.`.
pub(super) fn host(address: &str) -> Option<String> {
    let host = address.split_once("://")?.1.split(['/', '?', '#']).next()?.rsplit('@').next()?;
    Some(host.trim_start_matches("www.").to_ascii_lowercase()).filter(|host| !host.is_empty())
}

fn without_by(byline: &str) -> String {
    let line = one_line(byline);
    match line.get(..3) {
        Some(start) if start.eq_ignore_ascii_case("by ") => line[3..].to_owned(),
        _ => line,
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Why the page is not to be parsed, if it is not: too many elements, or elements too deep in each other.
fn too_tangled(html: &str) -> Option<String> {
    let bytes = html.as_bytes();
    let (mut n_elements, mut depth, mut deepest) = (0_usize, 0_usize, 0_usize);
    for (index, _) in html.match_indices('<') {
        match bytes.get(index + 1) {
            Some(b'/') => depth = depth.saturating_sub(1),
            Some(letter) if letter.is_ascii_alphabetic() => {
                n_elements += 1;
                let rest = &bytes[index + 1..bytes.len().min(index + 12)];
                let n_name = rest.iter().position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(rest.len());
                let name = String::from_utf8_lossy(&rest[..n_name]).to_ascii_lowercase();
                // Elements that end by themselves, or where the next of their kind begins.
                if !UNCLOSED.contains(&&*name) {
                    depth += 1;
                    deepest = deepest.max(depth);
                }
            }
            _ => {}
        }
    }
    if n_elements > MOST_ELEMENTS {
        return Some(format!("the page has {n_elements} elements, more than {MOST_ELEMENTS}"));
    }
    (deepest > MOST_DEEP).then(|| format!("the page has elements {deepest} deep in each other, more than {MOST_DEEP}"))
}

const UNCLOSED: &[&str] = &[
    "area", "base", "br", "col", "dd", "dt", "embed", "frame", "hr", "img", "input", "li", "link", "meta", "option",
    "p", "param", "source", "tbody", "td", "th", "thead", "tr", "track", "wbr",
];
