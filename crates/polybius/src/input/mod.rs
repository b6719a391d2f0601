//! From bytes to articles: plain text and pages (one article), JSON lines, tables, columns, feeds and archives (many), packed or not.
//! What cannot be read is reported with its place and a cure, and the rest goes on.

// What all readers need.
mod charset;
mod days;
mod fields;
mod language;
mod lines;
mod objects;
mod packed;

// One reader a form.
mod archive;
mod columns;
mod feed;
mod json;
mod jsonl;
mod page;
mod plain;
mod table;
mod warc;

use std::fs::File;
use std::io::{self, BufRead, BufReader, Chain, Cursor, Read, Seek};

use jiff::civil::Date;
use polybius_document::Article;
use thiserror::Error;

use columns::Columns;
pub use feed::links_of_feed;
pub(crate) use lines::{Line, Lines};
pub use objects::{Object, objects};
pub use packed::unpacked;
use table::Table;
use warc::Warc;

/// The longest article that is read, in bytes: about forty novels. Whatever is longer is no article but a mistake, such
/// as a whole archive on one line.
pub const MAX_ARTICLE_BYTES: usize = 4 << 20;

/// The longest line of JSON that is read: an article of full length with every third character escaped.
pub(crate) const MAX_LINE_BYTES: usize = 4 * MAX_ARTICLE_BYTES;

/// A record that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{path}:{line}: {reason}; {cure}")]
pub struct Problem {
    /// The file, as the user named it; `-` for standard input.
    pub path: String,
    /// The line, counted from 1.
    pub line: usize,
    /// What is wrong there.
    pub reason: String,
    /// What to do about it.
    pub cure: String,
    /// Whether nothing is wrong with the record but that it is not to be coded: it is in another language, holds no article, or its
    /// publisher has taken it back.
    pub set_aside: bool,
}

/// What the user says of articles that do not say it themselves.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Defaults {
    /// When they were published.
    pub published: Option<Date>,
    /// Whether an article without a date is taken as it is.
    pub undated: bool,
    /// Who published them.
    pub outlet: Option<String>,
    /// Whether articles in other languages are set aside.
    pub english_only: bool,
}

/// How articles are written in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The whole file is the text of one article.
    Plain,
    /// Every line is a JSON object: `id`, `text`, `published`, and if known `title`, `outlet`, `url`.
    Jsonl,
    /// The first line names the columns, which are the fields of a JSON line, and every other record is an article.
    Table {
        /// What stands between fields: a comma or a tab.
        separator: u8,
    },
    /// A web page, as it came or as a browser saved it.
    Page,
    /// An RSS or Atom feed.
    Feed,
    /// One JSON document: NewsArticle of schema.org, ninjs, JSON Feed, our own fields, or a list of them.
    Json,
    /// A web archive.
    Warc,
    /// A Parquet file, whose columns are the fields of a JSON line.
    Columns,
}

impl Kind {
    /// The kind that a file's name tells, if it does.
    pub fn of_name(name: &str) -> Option<Kind> {
        match unpacked_name(name).rsplit_once('.')?.1.to_ascii_lowercase().as_str() {
            "txt" => Some(Kind::Plain),
            "jsonl" | "ndjson" => Some(Kind::Jsonl),
            "csv" => Some(Kind::Table { separator: b',' }),
            "tsv" => Some(Kind::Table { separator: b'\t' }),
            "html" | "htm" | "xhtml" => Some(Kind::Page),
            "rss" | "atom" | "rdf" | "xml" => Some(Kind::Feed),
            "json" | "jsonld" => Some(Kind::Json),
            "warc" | "wet" => Some(Kind::Warc),
            "parquet" => Some(Kind::Columns),
            _ => None,
        }
    }

    /// The kind that the first bytes tell: JSON lines begin with `{`.
    pub fn of_bytes(bytes: &[u8]) -> Kind {
        let start = without_mark(bytes).trim_ascii_start();
        let lower = start[..start.len().min(1024)].to_ascii_lowercase();
        let has = |words: &[u8]| lower.windows(words.len()).any(|there| there == words);
        match start.first() {
            Some(b'{') if start[1..].trim_ascii_start().is_empty() || !start.starts_with(b"{\n") => Kind::Jsonl,
            Some(b'{') => Kind::Json,
            Some(b'[') if start[1..].trim_ascii_start().first() == Some(&b'{') => Kind::Json,
            Some(b'<') if has(b"<html") || has(b"<!doctype html") => Kind::Page,
            Some(b'<') if has(b"<rss") || has(b"<feed") || has(b"<rdf:rdf") => Kind::Feed,
            Some(b'W') if start.starts_with(b"WARC/") => Kind::Warc,
            Some(b'P') if start.starts_with(b"PAR1") => Kind::Columns,
            _ => Kind::Plain,
        }
    }
}

/// A file's name without the ending that says it is packed.
pub fn unpacked_name(name: &str) -> &str {
    match name.rsplit_once('.') {
        Some((name, ending)) if PACKED.iter().any(|packed| ending.eq_ignore_ascii_case(packed)) => name,
        _ => name,
    }
}

/// Endings of packed files.
const PACKED: [&str; 4] = ["gz", "zst", "zstd", "xz"];

/// Articles and problems, in order.
pub type AnyArticles = Box<dyn Iterator<Item = Result<Article, Problem>>>;

/// The articles in a file of any kind, packed or not, a zip archive too. `path` names it in problems and tells its kind, `id` is the article's
/// id if the file holds one that has none.
///
/// # Errors
/// If its first bytes cannot be read.
pub fn open(path: &str, id: &str, mut file: File, defaults: &Defaults) -> io::Result<AnyArticles> {
    let _ = file.rewind();
    let mut first = Vec::new();
    file.by_ref().take(4).read_to_end(&mut first)?;
    // Not every file can be read from the beginning again: a pipe cannot.
    let is_whole = file.rewind().is_ok();
    if is_whole && first.starts_with(b"PK\x03\x04") {
        let n_bytes = file.metadata()?.len();
        return Ok(match archive::Files::open(path, BufReader::new(file), n_bytes, defaults) {
            Ok(files) => Box::new(files),
            Err(problem) => Box::new(std::iter::once(Err(problem))),
        });
    }
    if is_whole && first.starts_with(b"PAR1") {
        let state = columns(file);
        return Ok(Box::new(Articles::<io::Empty> {
            path: path.to_owned(),
            id: id.to_owned(),
            defaults: defaults.clone(),
            state,
        }));
    }
    let first = if is_whole { Vec::new() } else { first };
    let reader = unpacked(Cursor::new(first).chain(BufReader::new(file)))?;
    Ok(Box::new(read(path, id, reader, Kind::of_name(path), defaults)))
}

/// The articles in `reader`. `path` names it in problems, `id` is the article's id if it is plain text. Where `kind` is
/// not given, the first bytes tell.
pub fn read<R: BufRead>(path: &str, id: &str, mut reader: R, kind: Option<Kind>, defaults: &Defaults) -> Articles<R> {
    // A pipe gives its first bytes when it likes; a few of them are enough.
    let mut first = Vec::new();
    let kind = kind.map(Ok).unwrap_or_else(|| peek(&mut reader, &mut first).map(|()| Kind::of_bytes(&first)));
    let reader = Cursor::new(first).chain(reader);
    let state = match kind {
        Ok(Kind::Plain) => State::Plain(reader),
        Ok(Kind::Jsonl) => State::Jsonl { lines: Lines::new(reader, MAX_LINE_BYTES), n_records: 0 },
        Ok(Kind::Table { separator }) => State::Table { table: Box::new(Table::new(reader, separator)), n_records: 0 },
        Ok(Kind::Warc) => State::Warc(Box::new(Warc::new(reader)), 0),
        Ok(kind @ (Kind::Page | Kind::Feed | Kind::Json | Kind::Columns)) => whole(kind, id, reader, defaults),
        Err(error) => State::Failed(error),
    };
    Articles { path: path.to_owned(), id: id.to_owned(), defaults: defaults.clone(), state }
}

/// What is read only as a whole.
fn whole<R: BufRead>(kind: Kind, id: &str, mut reader: impl BufRead, defaults: &Defaults) -> State<R> {
    let (what, most) = match kind {
        Kind::Page => ("page", page::MAX_PAGE_BYTES),
        Kind::Feed => ("feed", feed::MAX_FEED_BYTES),
        Kind::Columns => ("Parquet file in a stream", MAX_COLUMNS_BYTES),
        _ => ("document", json::MAX_JSON_BYTES),
    };
    let mut bytes = Vec::new();
    if let Err(error) = reader.by_ref().take(most as u64 + 1).read_to_end(&mut bytes) {
        return State::Failed(error);
    }
    if bytes.len() > most {
        return State::Found(vec![Err(Flaw::too_long(1, what, bytes.len(), most))].into_iter());
    }
    if bytes.trim_ascii().is_empty() {
        return State::Found(vec![Err(Flaw::empty())].into_iter());
    }
    let found = match kind {
        Kind::Columns => return columns(parquet_bytes(bytes)),
        Kind::Page => vec![page::read(&bytes, page::Known { id, line: 1, ..page::Known::default() }, defaults)],
        // What calls itself .xml may as well be a page.
        Kind::Feed if Kind::of_bytes(&bytes) == Kind::Page => {
            vec![page::read(&bytes, page::Known { id, line: 1, ..page::Known::default() }, defaults)]
        }
        Kind::Feed => feed::articles(&bytes, defaults),
        _ => match charset::decoded(&bytes, None) {
            Some(text) => json::articles(&text, id, defaults),
            None => vec![Err(Flaw::no_text(1))],
        },
    };
    State::Found(found.into_iter())
}

/// The longest Parquet file that is read from a stream, in bytes; one that lies on a disk may have any length.
const MAX_COLUMNS_BYTES: usize = 256 << 20;

fn parquet_bytes(bytes: Vec<u8>) -> bytes::Bytes {
    bytes.into()
}

fn columns<R>(file: impl parquet::file::reader::ChunkReader + 'static) -> State<R> {
    match Columns::open(file) {
        Ok(columns) => State::Columns(Box::new(columns), 0),
        Err(flaw) => State::Found(vec![Err(flaw)].into_iter()),
    }
}

/// The articles of one file, and the problems with it, in order.
pub struct Articles<R> {
    path: String,
    id: String,
    defaults: Defaults,
    state: State<Chain<Cursor<Vec<u8>>, R>>,
}

enum State<R> {
    Plain(R),
    Jsonl { lines: Lines<R>, n_records: usize },
    Table { table: Box<Table<R>>, n_records: usize },
    Warc(Box<Warc<R>>, usize),
    Columns(Box<Columns>, usize),
    Found(std::vec::IntoIter<Result<Article, Flaw>>),
    Failed(io::Error),
    Done,
}

impl<R: BufRead> Iterator for Articles<R> {
    type Item = Result<Article, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        match std::mem::replace(&mut self.state, State::Done) {
            State::Plain(reader) => {
                let article = plain::read(&self.id, reader, &self.defaults);
                Some(article.map_err(|flaw| self.problem(flaw)))
            }
            State::Jsonl { mut lines, n_records } => {
                let article = jsonl::next(&mut lines, &self.defaults);
                self.go_on(article, n_records, |n_records| State::Jsonl { lines, n_records })
            }
            State::Table { mut table, n_records } => {
                let article = table.next(&self.defaults);
                self.go_on(article, n_records, |n_records| State::Table { table, n_records })
            }
            State::Warc(mut warc, n_records) => {
                let article = warc.next(&self.defaults);
                self.go_on(article, n_records, |n_records| State::Warc(warc, n_records))
            }
            State::Columns(mut columns, n_records) => {
                let article = columns.next(&self.defaults);
                self.go_on(article, n_records, |n_records| State::Columns(columns, n_records))
            }
            State::Found(mut found) => {
                let article = found.next()?;
                self.state = State::Found(found);
                Some(article.map_err(|flaw| self.problem(flaw)))
            }
            State::Failed(error) => Some(Err(self.problem(Flaw::unreadable(1, &error)))),
            State::Done => None,
        }
    }
}

impl<R> Articles<R> {
    /// Hands out what was read and stays in the state, unless that was the end.
    fn go_on(
        &mut self,
        article: Option<Result<Article, Flaw>>,
        n_records: usize,
        state: impl FnOnce(usize) -> State<Chain<Cursor<Vec<u8>>, R>>,
    ) -> Option<Result<Article, Problem>> {
        let Some(article) = article else {
            return (n_records == 0).then(|| Err(self.problem(Flaw::empty())));
        };
        if !matches!(&article, Err(flaw) if flaw.fatal) {
            self.state = state(n_records + 1);
        }
        Some(article.map_err(|flaw| self.problem(flaw)))
    }

    fn problem(&self, flaw: Flaw) -> Problem {
        flaw.of(&self.path)
    }
}

/// A problem before it is known which file it is in.
#[derive(Debug)]
struct Flaw {
    line: usize,
    reason: String,
    cure: String,
    /// Whether nothing more can be read from the file.
    fatal: bool,
    /// As [`Problem::set_aside`].
    set_aside: bool,
}

impl Flaw {
    fn new(line: usize, reason: impl Into<String>, cure: impl Into<String>) -> Flaw {
        Flaw { line, reason: reason.into(), cure: cure.into(), fatal: false, set_aside: false }
    }

    /// The problem that this is in a file.
    fn of(self, path: &str) -> Problem {
        let Flaw { line, reason, cure, set_aside, .. } = self;
        Problem { path: path.to_owned(), line, reason, cure, set_aside }
    }

    fn empty() -> Flaw {
        Flaw::new(1, "there is no text in it", "give a file that holds an article")
    }

    fn unreadable(line: usize, error: &io::Error) -> Flaw {
        Flaw {
            fatal: true,
            ..Flaw::new(line, format!("it cannot be read further: {error}"), "check the file and the disk")
        }
    }

    fn not_utf8(line: usize, byte: usize) -> Flaw {
        let reason = format!("byte {} of the line is not valid UTF-8", byte + 1);
        Flaw::new(line, reason, "convert the file to UTF-8, for example with `iconv -f windows-1252 -t utf-8`")
    }

    fn no_text(line: usize) -> Flaw {
        Flaw::new(
            line,
            "it is no text in any character set",
            "leave it out, or convert it to UTF-8 with the program that made it",
        )
    }

    fn foreign(line: usize, language: &str) -> Flaw {
        let cure = "translate it, or have it coded all the same with --any-language";
        Flaw { set_aside: true, ..Flaw::new(line, format!("it is in {language}, not English"), cure) }
    }

    fn too_long(line: usize, what: &str, n_bytes: usize, most: usize) -> Flaw {
        let reason = format!(
            "the {what} is {:.1} MB long, more than the {} MB of the longest article",
            megabytes(n_bytes),
            most >> 20
        );
        Flaw::new(line, reason, "split it into articles")
    }
}

/// The first bytes of `reader`: as many as it takes to see one that is no white space.
fn peek(reader: &mut impl BufRead, first: &mut Vec<u8>) -> io::Result<()> {
    let mut n_blank = 0;
    while first.len() < MAX_ARTICLE_BYTES {
        let bytes = reader.fill_buf()?;
        if bytes.is_empty() {
            break;
        }
        first.extend_from_slice(bytes);
        let n_bytes = bytes.len();
        reader.consume(n_bytes);
        // A byte order mark may come in parts, so the beginning is looked at as a whole.
        let new = if n_blank < 8 { without_mark(first) } else { &first[n_blank..] };
        if !new.trim_ascii_start().is_empty() {
            break;
        }
        n_blank = first.len();
    }
    Ok(())
}

/// `bytes` without the byte order mark that some editors write first.
fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)
}

fn megabytes(n_bytes: usize) -> f64 {
    n_bytes as f64 / f64::from(1 << 20)
}

#[cfg(test)]
mod tests;
