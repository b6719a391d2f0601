//! Parquet: columns in groups of rows, each column of a group one page, packed with gzip. Every column may be null.

use std::io::{self, Write};

use super::Rows;
use super::tables::{Kind, fields};
use super::thrift::{Struct, varint};
use crate::Report;
use flate2::Compression;
use flate2::write::GzEncoder;

/// So many rows make a group.
const GROUP: usize = 20_000;

const MAGIC: &[u8] = b"PAR1";
const OPTIONAL: i32 = 1;
const UTF8: i32 = 0;
const GZIP: i32 = 2;
const PLAIN: i32 = 0;
const RUN_LENGTH: i32 = 3;

impl Kind {
    /// The number of the physical type.
    fn number(self) -> i32 {
        match self {
            Kind::Whole => 2,
            Kind::Fraction => 5,
            Kind::Text => 6,
        }
    }
}

/// A column of the group under way.
struct Column {
    name: &'static str,
    kind: Kind,
    /// Which rows have a value.
    known: Vec<bool>,
    values: Vec<u8>,
}

impl Column {
    fn new(name: &'static str, kind: Kind) -> Column {
        Column { name, kind, known: Vec::new(), values: Vec::new() }
    }

    /// One value more; an empty one, or one that is no number where numbers are held, is null.
    fn add(&mut self, value: &str) {
        let before = self.values.len();
        match self.kind {
            Kind::Whole => self.values.extend(value.parse::<i64>().ok().map(i64::to_le_bytes).into_iter().flatten()),
            Kind::Fraction => self.values.extend(value.parse::<f64>().ok().map(f64::to_le_bytes).into_iter().flatten()),
            Kind::Text if value.is_empty() => {}
            Kind::Text => {
                self.values.extend((value.len() as u32).to_le_bytes());
                self.values.extend(value.as_bytes());
            }
        }
        self.known.push(self.values.len() > before);
    }

    /// The page of the group, which is then over.
    fn page(&mut self) -> io::Result<Page> {
        let levels = runs(&self.known);
        let mut plain = (levels.len() as u32).to_le_bytes().to_vec();
        plain.extend(levels);
        plain.append(&mut self.values);
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(&plain)?;
        let packed = encoder.finish()?;
        let n_values = self.known.len() as i32;
        self.known.clear();
        let data = Struct::default().i32(1, n_values).i32(2, PLAIN).i32(3, RUN_LENGTH).i32(4, RUN_LENGTH);
        let head = Struct::default().i32(1, 0).i32(2, plain.len() as i32).i32(3, packed.len() as i32).nested(5, data);
        let head = head.finish();
        let n_plain = (head.len() + plain.len()) as i64;
        Ok(Page { bytes: [head, packed].concat(), n_plain, n_values: i64::from(n_values) })
    }
}

struct Page {
    bytes: Vec<u8>,
    n_plain: i64,
    n_values: i64,
}

/// A file under way.
pub(super) struct Parquet {
    columns: Vec<Column>,
    groups: Vec<Struct>,
    n_rows: i64,
    at: i64,
}

impl Parquet {
    pub(super) fn new(columns: Vec<(&'static str, Kind)>) -> Parquet {
        let columns = columns.into_iter().map(|(name, kind)| Column::new(name, kind)).collect();
        Parquet { columns, groups: Vec::new(), n_rows: 0, at: 0 }
    }

    fn row<'f>(&mut self, fields: impl Iterator<Item = &'f str>, out: &mut dyn Write) -> io::Result<()> {
        for (column, field) in self.columns.iter_mut().zip(fields) {
            column.add(field);
        }
        self.n_rows += 1;
        if self.columns.first().is_some_and(|column| column.known.len() >= GROUP) { self.group(out) } else { Ok(()) }
    }

    /// Writes the rows so far as a group.
    fn group(&mut self, out: &mut dyn Write) -> io::Result<()> {
        let n_rows = self.columns.first().map_or(0, |column| column.known.len()) as i64;
        if n_rows == 0 {
            return Ok(());
        }
        let mut chunks = Vec::with_capacity(self.columns.len());
        let mut n_plain = 0;
        for column in &mut self.columns {
            let page = column.page()?;
            out.write_all(&page.bytes)?;
            let n_bytes = page.bytes.len() as i64;
            let data = Struct::default()
                .i32(1, column.kind.number())
                .i32s(2, &[PLAIN, RUN_LENGTH])
                .texts(3, &[column.name])
                .i32(4, GZIP)
                .i64(5, page.n_values)
                .i64(6, page.n_plain)
                .i64(7, n_bytes)
                .i64(9, self.at);
            chunks.push(Struct::default().i64(2, self.at).nested(3, data));
            self.at += n_bytes;
            n_plain += page.n_plain;
        }
        self.groups.push(Struct::default().structs(1, chunks).i64(2, n_plain).i64(3, n_rows));
        Ok(())
    }

    /// What the file holds, which stands at its end.
    fn foot(&mut self) -> Vec<u8> {
        let mut schema = vec![Struct::default().text(4, "event").i32(5, self.columns.len() as i32)];
        schema.extend(self.columns.iter().map(|column| {
            let element = Struct::default().i32(1, column.kind.number()).i32(3, OPTIONAL).text(4, column.name);
            match column.kind {
                Kind::Text => element.i32(6, UTF8).nested(10, Struct::default().nested(1, Struct::default())),
                Kind::Whole | Kind::Fraction => element,
            }
        }));
        let maker = concat!("polybius version ", env!("CARGO_PKG_VERSION"));
        let groups = std::mem::take(&mut self.groups);
        let foot = Struct::default().i32(1, 1).structs(2, schema).i64(3, self.n_rows).structs(4, groups).text(6, maker);
        foot.finish()
    }
}

impl Rows for Parquet {
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        self.at = MAGIC.len() as i64;
        out.write_all(MAGIC)
    }

    fn add(&mut self, report: &Report, out: &mut dyn Write) -> io::Result<()> {
        let fields = fields(report);
        self.row(fields.iter().map(String::as_str), out)
    }

    fn end(&mut self, out: &mut dyn Write) -> io::Result<()> {
        self.group(out)?;
        let foot = self.foot();
        out.write_all(&foot)?;
        out.write_all(&(foot.len() as u32).to_le_bytes())?;
        out.write_all(MAGIC)
    }
}

/// Which rows have a value, as runs of like bits: the length shifted by one, then the bit.
fn runs(known: &[bool]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for run in known.chunk_by(|one, next| one == next) {
        varint(&mut bytes, (run.len() as u64) << 1);
        bytes.push(u8::from(run[0]));
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn like_rows_make_runs() {
        assert_eq!(runs(&[true, true, false]), [4, 1, 2, 0]);
        assert_eq!(runs(&[true; 100]), [0xc8, 1, 1]);
    }

    #[test]
    fn a_file_begins_and_ends_as_it_should() {
        let mut out = Vec::new();
        let mut file = Parquet::new(vec![("id", Kind::Text), ("n", Kind::Whole)]);
        file.begin(&mut out).expect("memory takes it");
        file.row(["a", "1"].into_iter(), &mut out).expect("memory takes it");
        file.row(["", "none"].into_iter(), &mut out).expect("memory takes it");
        file.end(&mut out).expect("memory takes it");
        assert!(out.starts_with(MAGIC) && out.ends_with(MAGIC));
        let at = out.len() - 8;
        let n_foot = u32::from_le_bytes(out[at..at + 4].try_into().expect("four bytes")) as usize;
        assert!(n_foot > 50 && n_foot < at);
    }
}
