//! Parquet: every row an article, columns named as the fields of a JSON line.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use parquet::errors::ParquetError;
use parquet::file::reader::{ChunkReader, FileReader, SerializedFileReader};
use parquet::record::reader::RowIter;
use parquet::record::{Field, Row};
use parquet::schema::types::Type;
use polybius_document::Article;
use serde_json::{Map, Value};

use super::{Defaults, Flaw, Object, days, json};

/// The columns that are looked at.
const COLUMNS: &[&str] = &["id", "text", "published", "title", "author", "outlet", "url"];

/// What unpacks to more times its size was made to fill memory.
const MOST_TIMES: i64 = 1000;

/// So much may come out of a file whatever its size.
const FREE_BYTES: i64 = 64 << 20;

/// The rows of a file.
pub(super) struct Columns {
    rows: RowIter<'static>,
    n_rows: usize,
}

impl Columns {
    pub(super) fn open(file: impl ChunkReader + 'static) -> Result<Columns, Flaw> {
        let reader = opened(file)?;
        let schema = reader.metadata().file_metadata().schema();
        let wanted: Vec<Arc<Type>> = schema
            .get_fields()
            .iter()
            .filter(|field| field.is_primitive() && COLUMNS.contains(&field.name()))
            .cloned()
            .collect();
        for needed in ["id", "text"] {
            if !wanted.iter().any(|field| field.name() == needed) {
                let cure = "name the columns id, text, published, title, author, outlet, url";
                return Err(Flaw { fatal: true, ..Flaw::new(1, format!("there is no column `{needed}`"), cure) });
            }
        }
        let projection = Type::group_type_builder(schema.name())
            .with_fields(wanted)
            .build()
            .map_err(|error| broken(error.to_string()))?;
        let rows = RowIter::from_file_into(Box::new(reader));
        let rows = careful(|| rows.project(Some(projection))).map_err(broken)?;
        Ok(Columns { rows, n_rows: 0 })
    }

    /// The next row's article, or what is wrong with it. A problem's line is the number of the row.
    pub(super) fn next(&mut self, defaults: &Defaults) -> Option<Result<Article, Flaw>> {
        self.n_rows += 1;
        let line = self.n_rows;
        match careful(|| self.rows.next().transpose()) {
            Ok(row) => Some(json::of_fields(fields(&row?), line, defaults)),
            Err(reason) => Some(Err(broken_off(line, &reason))),
        }
    }
}

/// The rows of a file with all their columns, nested as there.
pub(super) struct Objects {
    rows: RowIter<'static>,
    n_rows: usize,
}

impl Objects {
    pub(super) fn open(file: impl ChunkReader + 'static) -> Result<Objects, Flaw> {
        Ok(Objects { rows: RowIter::from_file_into(Box::new(opened(file)?)), n_rows: 0 })
    }

    /// The next row and its number.
    pub(super) fn next(&mut self) -> Option<Result<Object, Flaw>> {
        self.n_rows += 1;
        match careful(|| self.rows.next().transpose()) {
            Ok(row) => Some(Ok((self.n_rows, object(&row?)))),
            Err(reason) => Some(Err(broken_off(self.n_rows, &reason))),
        }
    }
}

/// The file, if it is whole and was not made to fill memory.
fn opened<F: ChunkReader + 'static>(file: F) -> Result<SerializedFileReader<F>, Flaw> {
    let n_file = file.len() as i64;
    let reader = careful(|| SerializedFileReader::new(file)).map_err(broken)?;
    let groups = reader.metadata().row_groups();
    let n_plain = groups.iter().fold(0_i64, |sum, group| sum.saturating_add(group.total_byte_size().max(0)));
    if n_plain > FREE_BYTES.saturating_add(n_file.saturating_mul(MOST_TIMES)) {
        return Err(broken(format!("it unpacks to more than {MOST_TIMES} times its size")));
    }
    Ok(reader)
}

fn broken(reason: String) -> Flaw {
    let reason = format!("it is no Parquet that can be read: {reason}");
    Flaw { fatal: true, ..Flaw::new(1, reason, "check whether the file is whole") }
}

fn broken_off(line: usize, reason: &str) -> Flaw {
    let reason = format!("it cannot be read further: {reason}");
    Flaw { fatal: true, ..Flaw::new(line, reason, "check whether the file is whole") }
}

/// Does what may fail. The library is not meant for files that somebody made to break it, and may panic on them.
fn careful<T>(work: impl FnOnce() -> Result<T, ParquetError>) -> Result<T, String> {
    match catch_unwind(AssertUnwindSafe(work)) {
        Ok(done) => done.map_err(|error| error.to_string()),
        Err(_) => Err("its parts do not fit each other".to_owned()),
    }
}

fn fields(row: &Row) -> Map<String, Value> {
    let mut fields = Map::new();
    for (name, field) in row.get_column_iter() {
        let is_day = name == "published";
        let value = match field {
            Field::Null => continue,
            Field::Str(text) => Value::from(if is_day {
                days::day(text).map_or(text.clone(), |day| day.to_string())
            } else {
                text.clone()
            }),
            Field::Bytes(bytes) => Value::from(String::from_utf8_lossy(bytes.data())),
            Field::Date(_) | Field::TimestampMillis(_) | Field::TimestampMicros(_) => {
                let written = field.to_string();
                Value::from(days::day(&written).map_or(written, |day| day.to_string()))
            }
            other => other.to_json_value_of_text(),
        };
        if value.as_str() != Some("") {
            fields.insert(name.clone(), value);
        }
    }
    fields
}

/// Numbers, which ids may be.
trait Number {
    fn to_json_value_of_text(&self) -> Value;
}

impl Number for Field {
    fn to_json_value_of_text(&self) -> Value {
        let written = self.to_string();
        written.parse::<i64>().map_or(Value::from(written), Value::from)
    }
}

fn object(row: &Row) -> Map<String, Value> {
    row.get_column_iter().map(|(name, field)| (name.clone(), value(field))).collect()
}

fn value(field: &Field) -> Value {
    match field {
        Field::Null => Value::Null,
        Field::Bool(truth) => Value::from(*truth),
        Field::Int(number) => Value::from(*number),
        Field::Long(number) => Value::from(*number),
        Field::Double(number) => Value::from(*number),
        Field::Str(text) => Value::from(text.as_str()),
        Field::Group(row) => Value::Object(object(row)),
        Field::ListInternal(list) => list.elements().iter().map(value).collect(),
        other => Value::from(other.to_string()),
    }
}
