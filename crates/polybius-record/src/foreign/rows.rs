//! Rows of the files of others, with their columns' names however these are written.

use std::collections::HashMap;
use std::io::{self, BufRead, Read};

use serde_json::Value;

/// The longest row that is read, in bytes.
const MAX_ROW_BYTES: u64 = 4 << 20;

/// Where columns have their names from.
#[derive(Clone, Copy)]
pub(super) enum Heads {
    /// The first line.
    FirstLine { separator: u8 },
    /// The first line, unless it begins with a number.
    FirstLineOr { separator: u8, otherwise: &'static [&'static str] },
    /// How many there are.
    ByNumber(&'static [(usize, &'static [&'static str])]),
    /// Each line is an object.
    Json,
}

/// One row.
pub(super) struct Row {
    pub(super) line: usize,
    text: String,
    fields: HashMap<String, String>,
    /// The object, of JSON.
    pub(super) json: Value,
}

impl Row {
    /// The row as it stands in the file.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// A field, unless it is empty or says that nothing is known.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        let field = self.fields.get(name)?.trim();
        (!matches!(field, "" | "None" | "NA" | "NULL" | "null" | "nan" | "NaN" | "---")).then_some(field)
    }

    pub(super) fn number<T: std::str::FromStr>(&self, name: &str) -> Option<T> {
        self.get(name)?.parse().ok()
    }
}

/// What is wrong with a row.
pub(super) struct Flaw {
    pub(super) line: usize,
    pub(super) reason: String,
    pub(super) cure: &'static str,
}

/// The rows of a file.
pub(super) struct Rows<R> {
    reader: R,
    heads: Heads,
    names: Vec<String>,
    line: usize,
    is_over: bool,
}

impl<R: BufRead> Rows<R> {
    pub(super) fn new(reader: R, heads: Heads) -> Rows<R> {
        Rows { reader, heads, names: Vec::new(), line: 0, is_over: false }
    }

    fn separator(&self) -> u8 {
        match self.heads {
            Heads::FirstLine { separator } | Heads::FirstLineOr { separator, .. } => separator,
            Heads::ByNumber(_) | Heads::Json => b'\t',
        }
    }

    /// The next line; of tables with commas the next record, which may hold line ends between quotation marks.
    fn record(&mut self) -> io::Result<Option<(usize, Vec<u8>, bool)>> {
        let mut bytes = Vec::new();
        let start = self.line + 1;
        loop {
            let before = bytes.len();
            let n_bytes = self
                .reader
                .by_ref()
                .take(MAX_ROW_BYTES - before.min(MAX_ROW_BYTES as usize) as u64 + 1)
                .read_until(b'\n', &mut bytes)?;
            if n_bytes == 0 {
                return Ok((!bytes.is_empty()).then_some((start, bytes, true)));
            }
            self.line += 1;
            if bytes.len() as u64 > MAX_ROW_BYTES {
                while !bytes.ends_with(b"\n") {
                    bytes.clear();
                    if self.reader.by_ref().take(1 << 20).read_until(b'\n', &mut bytes)? == 0 {
                        break;
                    }
                }
                return Ok(Some((start, Vec::new(), false)));
            }
            let n_marks = bytes.iter().filter(|&&byte| byte == b'"').count();
            if self.separator() != b',' || n_marks % 2 == 0 {
                return Ok(Some((start, bytes, true)));
            }
        }
    }

    fn fields(&self, text: &str) -> Vec<String> {
        if self.separator() == b'\t' {
            return text.split('\t').map(str::to_owned).collect();
        }
        let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
        let record = reader.records().next().and_then(Result::ok);
        record.map(|record| record.iter().map(str::to_owned).collect()).unwrap_or_default()
    }

    fn row(&mut self, line: usize, text: String) -> Result<Option<Row>, Flaw> {
        let flaw = |reason: String, cure| Err(Flaw { line, reason, cure });
        if let Heads::Json = self.heads {
            return match serde_json::from_str(&text) {
                Ok(json @ Value::Object(_)) => Ok(Some(Row { line, text, fields: HashMap::new(), json })),
                Ok(_) => flaw("the line is no JSON object".to_owned(), "write one object a line"),
                Err(error) => flaw(format!("the line is not JSON: {error}"), "write one object a line"),
            };
        }
        let mut fields = self.fields(&text);
        if self.names.is_empty() {
            let bare =
                |name: &String| name.trim_matches(['\u{feff}', '"', ' ']).to_lowercase().replace([' ', '.'], "_");
            let is_data = fields
                .first()
                .is_some_and(|first| first.trim().bytes().all(|byte| byte.is_ascii_digit()) && !first.is_empty());
            match self.heads {
                Heads::FirstLineOr { otherwise, .. } if is_data => {
                    self.names = otherwise.iter().map(|name| (*name).to_owned()).collect()
                }
                Heads::FirstLine { .. } | Heads::FirstLineOr { .. } => {
                    self.names = fields.iter().map(bare).collect();
                    return Ok(None);
                }
                Heads::ByNumber(_) | Heads::Json => {}
            }
        }
        let names: Vec<&str> = match self.heads {
            Heads::ByNumber(known) => match known.iter().find(|(n, _)| *n == fields.len()) {
                Some((_, names)) => names.to_vec(),
                None => {
                    let numbers: Vec<String> = known.iter().map(|(n, _)| n.to_string()).collect();
                    return flaw(
                        format!("the row has {} fields, not {}", fields.len(), numbers.join(" or ")),
                        "look for tabs within fields",
                    );
                }
            },
            _ => self.names.iter().map(String::as_str).collect(),
        };
        // Some releases end rows with more tabs than there are columns.
        while fields.len() > names.len() && fields.last().is_some_and(|field| field.trim().is_empty()) {
            fields.pop();
        }
        if fields.len() != names.len() {
            return flaw(
                format!("the row has {} fields, not {}", fields.len(), names.len()),
                "look for separators within fields",
            );
        }
        let fields = names.iter().map(|name| (*name).to_owned()).zip(fields).collect();
        Ok(Some(Row { line, text, fields, json: Value::Null }))
    }
}

impl<R: BufRead> Iterator for Rows<R> {
    type Item = Result<Row, Flaw>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.is_over {
            let (line, bytes, is_whole) = match self.record() {
                Ok(record) => record?,
                Err(error) => {
                    self.is_over = true;
                    let reason = format!("it cannot be read further: {error}");
                    return Some(Err(Flaw { line: self.line + 1, reason, cure: "check the file and the disk" }));
                }
            };
            if !is_whole {
                let reason = format!("the row is longer than {} MB", MAX_ROW_BYTES >> 20);
                return Some(Err(Flaw { line, reason, cure: "look for a quotation mark that is not closed" }));
            }
            let text = decoded(&bytes);
            let text = text.trim_end_matches(['\n', '\r']);
            if text.trim().is_empty() {
                continue;
            }
            match self.row(line, text.to_owned()) {
                Ok(None) => {}
                Ok(Some(row)) => return Some(Ok(row)),
                Err(flaw) => return Some(Err(flaw)),
            }
        }
        None
    }
}

/// UTF-8, or else Latin-1, which older releases are written in.
fn decoded(bytes: &[u8]) -> String {
    str::from_utf8(bytes).map_or_else(|_| bytes.iter().map(|&byte| char::from(byte)).collect(), str::to_owned)
}
