//! Tables: a first line that names the columns, then one article a record, separated by commas or tabs.

use std::cell::Cell;
use std::io::{self, BufRead, Read};
use std::rc::Rc;

use csv::{ByteRecord, Reader, ReaderBuilder};
use polybius_document::Article;
use serde_json::{Map, Value};

use super::fields::Record;
use super::{Defaults, Flaw, MAX_LINE_BYTES, charset, without_mark};

/// The articles of a table.
pub(super) struct Table<R> {
    reader: Reader<Bounded<R>>,
    /// How much of the record under way may still be read.
    left: Rc<Cell<usize>>,
    columns: Vec<String>,
    record: ByteRecord,
}

impl<R: BufRead> Table<R> {
    pub(super) fn new(reader: R, separator: u8) -> Table<R> {
        let left = Rc::new(Cell::new(0));
        let bounded = Bounded { reader, left: Rc::clone(&left) };
        let reader = ReaderBuilder::new().delimiter(separator).has_headers(false).flexible(true).from_reader(bounded);
        Table { reader, left, columns: Vec::new(), record: ByteRecord::new() }
    }

    /// The next record's article, or what is wrong with it.
    pub(super) fn next(&mut self, defaults: &Defaults) -> Option<Result<Article, Flaw>> {
        if self.columns.is_empty() {
            match self.read()? {
                Ok(line) => {
                    if let Err(flaw) = self.take_columns(line) {
                        return Some(Err(flaw));
                    }
                }
                Err(flaw) => return Some(Err(flaw)),
            }
        }
        let line = match self.read()? {
            Ok(line) => line,
            Err(flaw) => return Some(Err(flaw)),
        };
        Some(self.fields(line).and_then(|fields| Record { fields, line }.article(defaults)))
    }

    /// Reads one record and says on which line it begins.
    fn read(&mut self) -> Option<Result<usize, Flaw>> {
        self.left.set(MAX_LINE_BYTES);
        let more = self.reader.read_byte_record(&mut self.record);
        let line = self.record.position().map_or(1, |position| position.line() as usize);
        match more {
            Ok(true) => Some(Ok(line)),
            Ok(false) => None,
            Err(error) if self.left.get() == 0 => {
                let reason = format!("the record is longer than {} MB", MAX_LINE_BYTES >> 20);
                let cure = "look for a quotation mark that is not closed";
                Some(Err(Flaw { fatal: true, ..Flaw::new(self.reader.position().line() as usize, reason, cure) }))
                    .filter(|_| error.is_io_error())
            }
            Err(error) => Some(Err(Flaw::unreadable(line, &io::Error::other(error)))),
        }
    }

    fn take_columns(&mut self, line: usize) -> Result<(), Flaw> {
        for (index, name) in self.record.iter().enumerate() {
            let name = if index == 0 { without_mark(name) } else { name };
            self.columns.push(String::from_utf8_lossy(name).trim().to_ascii_lowercase());
        }
        match ["id", "text"].into_iter().find(|name| !self.columns.iter().any(|column| column == name)) {
            None => Ok(()),
            Some(missing) => {
                let reason = format!("there is no column `{missing}`");
                let cure = "name the columns in the first line: id,text,published,title,outlet,url";
                Err(Flaw { fatal: true, ..Flaw::new(line, reason, cure) })
            }
        }
    }

    fn fields(&self, line: usize) -> Result<Map<String, Value>, Flaw> {
        if self.record.len() != self.columns.len() {
            let reason = format!("the record has {} fields, not {}", self.record.len(), self.columns.len());
            return Err(Flaw::new(line, reason, "put fields that hold separators into quotation marks"));
        }
        let mut fields = Map::new();
        for (column, field) in self.columns.iter().zip(&self.record) {
            let text = match str::from_utf8(field) {
                Ok(text) => text.to_owned(),
                Err(_) => charset::decoded(field, None).ok_or_else(|| Flaw::no_text(line))?,
            };
            if !text.is_empty() {
                fields.insert(column.clone(), Value::from(text));
            }
        }
        Ok(fields)
    }
}

/// Stops reading when a record is longer than any article can be.
struct Bounded<R> {
    reader: R,
    left: Rc<Cell<usize>>,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.left.get() == 0 {
            return Err(io::Error::other("the record is too long"));
        }
        let n_bytes = self.reader.read(into)?;
        self.left.set(self.left.get().saturating_sub(n_bytes));
        Ok(n_bytes)
    }
}
