//! From bytes to articles: plain text (one article), JSON lines (one article a line) and tables (one article a record),
//! packed or not. What cannot be read is reported with its place and a cure, and the rest goes on.

mod fields;
mod jsonl;
mod lines;
mod packed;
mod plain;
mod table;

use std::io::{self, BufRead, Chain, Cursor, Read};

use jiff::civil::Date;
use polybius_document::Article;
use thiserror::Error;

pub(crate) use lines::{Line, Lines};
pub use packed::unpacked;
use table::Table;

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
}

impl Kind {
    /// The kind that a file's name tells, if it does.
    pub fn of_name(name: &str) -> Option<Kind> {
        match unpacked_name(name).rsplit_once('.')?.1.to_ascii_lowercase().as_str() {
            "txt" => Some(Kind::Plain),
            "jsonl" | "ndjson" => Some(Kind::Jsonl),
            "csv" => Some(Kind::Table { separator: b',' }),
            "tsv" => Some(Kind::Table { separator: b'\t' }),
            _ => None,
        }
    }

    /// The kind that the first bytes tell: JSON lines begin with `{`.
    pub fn of_bytes(bytes: &[u8]) -> Kind {
        match without_mark(bytes).trim_ascii_start().first() {
            Some(b'{') => Kind::Jsonl,
            _ => Kind::Plain,
        }
    }
}

/// A file's name without the ending that says it is packed.
pub fn unpacked_name(name: &str) -> &str {
    match name.rsplit_once('.') {
        Some((name, ending)) if ending.eq_ignore_ascii_case("gz") => name,
        _ => name,
    }
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
        Err(error) => State::Failed(error),
    };
    Articles { path: path.to_owned(), id: id.to_owned(), defaults: defaults.clone(), state }
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
            State::Jsonl { mut lines, mut n_records } => {
                let article = jsonl::next(&mut lines, &self.defaults);
                if article.is_none() {
                    return (n_records == 0).then(|| Err(self.problem(Flaw::empty())));
                }
                n_records += 1;
                let unreadable = matches!(&article, Some(Err(flaw)) if flaw.fatal);
                if !unreadable {
                    self.state = State::Jsonl { lines, n_records };
                }
                article.map(|article| article.map_err(|flaw| self.problem(flaw)))
            }
            State::Table { mut table, mut n_records } => {
                let article = table.next(&self.defaults);
                if article.is_none() {
                    return (n_records == 0).then(|| Err(self.problem(Flaw::empty())));
                }
                n_records += 1;
                if !matches!(&article, Some(Err(flaw)) if flaw.fatal) {
                    self.state = State::Table { table, n_records };
                }
                article.map(|article| article.map_err(|flaw| self.problem(flaw)))
            }
            State::Failed(error) => Some(Err(self.problem(Flaw::unreadable(1, &error)))),
            State::Done => None,
        }
    }
}

impl<R> Articles<R> {
    fn problem(&self, flaw: Flaw) -> Problem {
        Problem { path: self.path.clone(), line: flaw.line, reason: flaw.reason, cure: flaw.cure }
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
}

impl Flaw {
    fn new(line: usize, reason: impl Into<String>, cure: impl Into<String>) -> Flaw {
        Flaw { line, reason: reason.into(), cure: cure.into(), fatal: false }
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
