//! Rows that our own coder wrote, as JSON objects: from Parquet, where they are nested columns, or from lines of JSON.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek};

use serde_json::{Map, Value};

use super::columns::Objects;
use super::lines::{Line, Lines};
use super::{Flaw, MAX_LINE_BYTES, Problem, jsonl, unpacked};

/// The longest line that is read. A row quotes one sentence and names its parties.
const MAX_ROW_BYTES: usize = MAX_LINE_BYTES;

/// A row: its number in the file, counted from 1, and its fields.
pub type Object = (usize, Map<String, Value>);

/// The rows of a file, and what is wrong with those that cannot be read. `path` names it in problems; lines of JSON may be packed.
///
/// # Errors
/// If its first bytes cannot be read.
pub fn objects(path: &str, mut file: File) -> io::Result<impl Iterator<Item = Result<Object, Problem>> + use<>> {
    let mut first = Vec::new();
    file.by_ref().take(4).read_to_end(&mut first)?;
    file.rewind()?;
    let mut rows: Box<dyn FnMut() -> Option<Result<Object, Flaw>>> = if first.starts_with(b"PAR1") {
        match Objects::open(file) {
            Ok(mut objects) => Box::new(move || objects.next()),
            Err(flaw) => {
                let mut flaw = Some(flaw);
                Box::new(move || flaw.take().map(Err))
            }
        }
    } else {
        let mut lines = Lines::new(unpacked(BufReader::new(file))?, MAX_ROW_BYTES);
        Box::new(move || of_line(&mut lines))
    };
    let path = path.to_owned();
    let mut is_over = false;
    Ok(std::iter::from_fn(move || {
        if is_over {
            return None;
        }
        let row = rows()?;
        is_over = matches!(&row, Err(flaw) if flaw.fatal);
        Some(row.map_err(|flaw| flaw.of(&path)))
    }))
}

fn of_line(lines: &mut Lines<impl BufRead>) -> Option<Result<Object, Flaw>> {
    loop {
        let line = lines.next()?;
        let number = lines.number;
        let bytes = match line {
            Err(error) => return Some(Err(Flaw::unreadable(number, &error))),
            Ok(Line::TooLong(n_bytes)) => return Some(Err(Flaw::too_long(number, "line", n_bytes, MAX_ROW_BYTES))),
            Ok(Line::Whole(bytes)) => bytes,
        };
        if !bytes.trim_ascii().is_empty() {
            return Some(jsonl::object(&bytes, number).map(|fields| (number, fields)));
        }
    }
}
