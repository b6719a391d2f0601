//! WARC, which web archives keep: every page in it an article, every plain text of a conversion too. Other records are passed over.

use std::io::{self, BufRead, Read};

use flate2::read::MultiGzDecoder;
use polybius_document::Article;

use super::page::{self, Known, MAX_PAGE_BYTES};
use super::{Defaults, Flaw, charset};

/// The longest head of a record or of an answer, in bytes.
const MAX_HEAD_BYTES: usize = 64 << 10;

/// The records of an archive.
pub(super) struct Warc<R> {
    reader: R,
    n_records: usize,
}

/// Fields of a head, names in lower case.
struct Head(Vec<(String, String)>);

impl Head {
    fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    fn is(&self, name: &str, start: &str) -> bool {
        self.get(name).is_some_and(|value| value.to_ascii_lowercase().starts_with(start))
    }
}

impl<R: BufRead> Warc<R> {
    pub(super) fn new(reader: R) -> Warc<R> {
        Warc { reader, n_records: 0 }
    }

    /// The next article, or what is wrong with it. A problem's line is the number of the record.
    pub(super) fn next(&mut self, defaults: &Defaults) -> Option<Result<Article, Flaw>> {
        loop {
            let (head, body) = match self.record() {
                Ok(Some(record)) => record,
                Ok(None) => return None,
                Err(flaw) => return Some(Err(flaw)),
            };
            let address = head.get("warc-target-uri").map(|address| address.trim_matches(['<', '>']).to_owned());
            let id = head.get("warc-record-id").unwrap_or_default().to_owned();
            let known = Known {
                id: address.as_deref().unwrap_or(&id),
                address: address.as_deref(),
                charset: None,
                line: self.n_records,
            };
            if head.is("warc-type", "response") && head.is("content-type", "application/http") {
                if let Some(article) = answer(&body, known, defaults) {
                    return Some(article);
                }
            } else if head.is("warc-type", "resource") && head.is("content-type", "text/html") {
                return Some(page::read(&body, known, defaults));
            } else if head.is("warc-type", "conversion") && head.is("content-type", "text/plain") {
                return Some(plain(&body, known, defaults));
            }
        }
    }

    fn record(&mut self) -> Result<Option<(Head, Vec<u8>)>, Flaw> {
        self.n_records += 1;
        let number = self.n_records;
        let broken = |reason: &str| {
            let reason = format!("record {number} {reason}");
            Flaw {
                fatal: true,
                ..Flaw::new(number, reason, "check whether the archive is whole, for example with `warcio check`")
            }
        };
        let unreadable = |error: io::Error| Flaw::unreadable(number, &error);
        let mut n_left = MAX_HEAD_BYTES as u64;
        let mut line = Vec::new();
        while line.trim_ascii().is_empty() {
            line.clear();
            let n_bytes = self.reader.by_ref().take(n_left).read_until(b'\n', &mut line).map_err(unreadable)?;
            if n_bytes == 0 {
                return if n_left == 0 { Err(broken("has no head")) } else { Ok(None) };
            }
            n_left -= n_bytes as u64;
        }
        if !line.starts_with(b"WARC/") {
            return Err(broken("does not begin as WARC records do"));
        }
        let mut fields = Vec::new();
        loop {
            line.clear();
            let n_bytes = self.reader.by_ref().take(n_left).read_until(b'\n', &mut line).map_err(unreadable)?;
            n_left -= n_bytes as u64;
            if n_bytes == 0 {
                return Err(broken("ends within its head"));
            }
            if line.trim_ascii().is_empty() {
                break;
            }
            fields.extend(field(&line));
        }
        let head = Head(fields);
        let n_body: u64 = head
            .get("content-length")
            .and_then(|n| n.parse().ok())
            .ok_or_else(|| broken("does not say how long it is"))?;
        let most = (MAX_PAGE_BYTES + MAX_HEAD_BYTES) as u64;
        let mut body = Vec::new();
        let n_kept = self.reader.by_ref().take(n_body.min(most)).read_to_end(&mut body).map_err(unreadable)? as u64;
        let n_passed =
            io::copy(&mut self.reader.by_ref().take(n_body - n_kept), &mut io::sink()).map_err(unreadable)?;
        if n_kept + n_passed < n_body {
            return Err(broken("is shorter than it says"));
        }
        Ok(Some((head, body)))
    }
}

/// A field of a head.
fn field(line: &[u8]) -> Option<(String, String)> {
    let line = String::from_utf8_lossy(line);
    let (name, value) = line.split_once(':')?;
    Some((name.trim().to_ascii_lowercase(), value.trim().to_owned()))
}

/// The article in an answer of a web server, if the answer is a page.
fn answer(bytes: &[u8], known: Known, defaults: &Defaults) -> Option<Result<Article, Flaw>> {
    let end = bytes.windows(4).take(MAX_HEAD_BYTES).position(|four| four == b"\r\n\r\n")?;
    let (head, body) = (&bytes[..end], &bytes[end + 4..]);
    let mut lines = head.split(|&byte| byte == b'\n');
    let status = String::from_utf8_lossy(lines.next()?).into_owned();
    let head = Head(lines.filter_map(field).collect());
    let is_page = head.is("content-type", "text/html") || head.is("content-type", "application/xhtml");
    if status.split(' ').nth(1) != Some("200") || !is_page {
        return None;
    }
    let joined = head.is("transfer-encoding", "chunked").then(|| joined(body)).flatten();
    let body = joined.as_deref().unwrap_or(body);
    let mut unpacked = Vec::new();
    let body = match head.get("content-encoding").map(str::to_ascii_lowercase).as_deref() {
        None | Some("" | "identity") => body,
        Some("gzip" | "x-gzip") if body.starts_with(b"\x1f\x8b") => {
            let most = MAX_PAGE_BYTES as u64 + 1;
            if let Err(error) = MultiGzDecoder::new(body).take(most).read_to_end(&mut unpacked) {
                let reason = format!("the page of record {} cannot be unpacked: {error}", known.line);
                return Some(Err(Flaw::new(known.line, reason, "check whether the archive is whole")));
            }
            &unpacked
        }
        // Archives often keep the head as it came and the body unpacked.
        Some(_) if body.trim_ascii_start().starts_with(b"<") => body,
        Some(other) => {
            let reason = format!("the page of record {} is packed with `{other}`", known.line);
            return Some(Err(Flaw::new(known.line, reason, "unpack it with a tool for WARC, or leave it out")));
        }
    };
    let kind = head.get("content-type").unwrap_or_default().to_ascii_lowercase();
    let charset = kind.split_once("charset=").map(|(_, name)| name.trim_matches(['"', '\'', ' ', ';']).to_owned());
    Some(page::read(body, Known { charset: charset.as_deref(), ..known }, defaults))
}

/// A body that was sent in chunks.
fn joined(mut bytes: &[u8]) -> Option<Vec<u8>> {
    let mut body = Vec::with_capacity(bytes.len());
    loop {
        let end = bytes.iter().take(32).position(|&byte| byte == b'\n')?;
        let size = str::from_utf8(&bytes[..end]).ok()?.trim().split(';').next()?.trim();
        let n_bytes = usize::from_str_radix(size, 16).ok()?;
        bytes = &bytes[end + 1..];
        if n_bytes == 0 {
            return Some(body);
        }
        body.extend_from_slice(bytes.get(..n_bytes)?);
        bytes = bytes.get(n_bytes..)?.trim_ascii_start();
    }
}

fn plain(body: &[u8], known: Known, defaults: &Defaults) -> Result<Article, Flaw> {
    let text = charset::decoded(body, known.charset).ok_or_else(|| Flaw::no_text(known.line))?;
    let mut fields = serde_json::Map::new();
    for (name, value) in [("id", Some(known.id)), ("text", Some(text.as_str())), ("url", known.address)] {
        if let Some(value) = value {
            fields.insert(name.to_owned(), value.into());
        }
    }
    if let Some(host) = known.address.and_then(page::host).filter(|_| defaults.outlet.is_none()) {
        fields.insert("outlet".to_owned(), host.into());
    }
    super::fields::Record { fields, line: known.line }.article_of("record", defaults)
}
