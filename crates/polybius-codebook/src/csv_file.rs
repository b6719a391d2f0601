//! Reading CSV tables: a header of known columns, comment lines, and rows of as many fields.

use std::sync::Arc;

use crate::problems::{Problems, did_you_mean};
use crate::{Place, SourceFile};

/// Reads the rows of a table: calls `each` with the fields of each row, in the order of `columns`, and its place.
/// Rows that do not fit the header are reported and left out.
pub(crate) fn parse_csv<const N: usize>(
    file: &SourceFile,
    columns: [&'static str; N],
    problems: &mut Problems,
    mut each: impl FnMut([&str; N], Place, &mut Problems),
) {
    let path: Arc<str> = file.path.as_str().into();
    let text = file.text.strip_prefix('\u{feff}').unwrap_or(&file.text);
    let mut lines = LineCounter::new(text);
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).comment(Some(b'#')).from_reader(text.as_bytes());
    let mut order: Option<[usize; N]> = None;
    let mut record = csv::StringRecord::new();
    while let Ok(true) = reader.read_record(&mut record) {
        let start = record.position().map_or(0, |position| position.byte() as usize);
        let place = Place { path: path.clone(), line: lines.record_at(start) };
        let Some(order) = &order else {
            match column_order(&record, &columns, &place, problems) {
                Some(found) => order = Some(found),
                None => return,
            }
            continue;
        };
        if record.len() != N {
            let broken = record.iter().any(|field| field.contains('\n'));
            let cure = if broken { "is a quote left open?" } else { "put quotes round a field that holds a comma" };
            let message = format!("{N} columns expected, {} found", record.len());
            problems.error(&place, message, Some(cure.to_string()));
            continue;
        }
        each(order.map(|column| record[column].trim()), place, problems);
    }
    if order.is_none() {
        let message = format!("the header line `{}` is missing", columns.join(","));
        problems.error(&Place { path, line: 1 }, message, None);
    }
}

/// Where each of the columns asked for stands in the header.
fn column_order<const N: usize>(
    header: &csv::StringRecord,
    columns: &[&'static str; N],
    place: &Place,
    problems: &mut Problems,
) -> Option<[usize; N]> {
    let mut order = [0; N];
    let mut complete = true;
    for (column, position) in columns.iter().zip(&mut order) {
        match header.iter().position(|name| name.trim() == *column) {
            Some(found) => *position = found,
            None => {
                complete = false;
                problems.error(place, format!("column `{column}` is missing"), None);
            }
        }
    }
    for (position, name) in header.iter().map(str::trim).enumerate() {
        if !columns.contains(&name) {
            complete = false;
            problems.error(place, format!("unknown column `{name}`"), did_you_mean(name, columns.iter().copied()));
        } else if header.iter().take(position).any(|other| other.trim() == name) {
            complete = false;
            problems.error(place, format!("column `{name}` stands twice"), None);
        }
    }
    complete.then_some(order)
}

/// The comment lines at the head of the file, without their `#`.
pub(crate) fn head_comment(text: &str) -> String {
    let comments = text.lines().map_while(|line| line.trim_start_matches('\u{feff}').strip_prefix('#'));
    comments.map(str::trim).collect::<Vec<_>>().join("\n")
}

/// Counts lines up to a record: the reader gives the place before the comments and blank lines that it passed over.
pub(crate) struct LineCounter<'t> {
    text: &'t str,
    offset: usize,
    line: u32,
}

impl<'t> LineCounter<'t> {
    pub(crate) fn new(text: &'t str) -> LineCounter<'t> {
        LineCounter { text, offset: 0, line: 1 }
    }

    /// The line of the record that is read from this byte on; records are asked for in their order.
    pub(crate) fn record_at(&mut self, start: usize) -> u32 {
        let bytes = self.text.as_bytes();
        let start = start.clamp(self.offset, bytes.len());
        self.line += bytes[self.offset..start].iter().filter(|&&byte| byte == b'\n').count() as u32;
        self.offset = start;
        while matches!(bytes.get(self.offset), Some(b'#' | b'\n' | b'\r')) {
            let rest = &bytes[self.offset..];
            let Some(end) = rest.iter().position(|&byte| byte == b'\n') else { break };
            self.offset += end + 1;
            self.line += 1;
        }
        self.line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, rows: &[(u32, [&str; 2])], messages: &[&str]) {
        let file = SourceFile { path: "t.csv".to_string(), text: text.to_string() };
        let mut problems = Problems::default();
        let mut found = Vec::new();
        parse_csv(&file, ["a", "b"], &mut problems, |fields, place, _| {
            found.push((place.line, fields.map(str::to_string)));
        });
        let rows: Vec<_> = rows.iter().map(|(line, fields)| (*line, fields.map(str::to_string))).collect();
        assert_eq!(found, rows, "{text:?}");
        let found: Vec<String> = problems.into_sorted().iter().map(ToString::to_string).collect();
        assert_eq!(found, messages, "{text:?}");
    }

    #[test]
    fn rows_have_their_lines() {
        check("# c\n\na,b\n# d\n\n1,2\n\"3\n4\",5\n6,7", &[(6, ["1", "2"]), (7, ["3\n4", "5"]), (9, ["6", "7"])], &[]);
        check("b,a\r\n1,2\r\n\r\n3,4\r\n", &[(2, ["2", "1"]), (4, ["4", "3"])], &[]);
    }

    #[test]
    fn bad_tables() {
        check("", &[], &["t.csv:1: the header line `a,b` is missing"]);
        check(
            "a,b\n1\n1,2,3\n",
            &[],
            &[
                "t.csv:2: 2 columns expected, 1 found; put quotes round a field that holds a comma",
                "t.csv:3: 2 columns expected, 3 found; put quotes round a field that holds a comma",
            ],
        );
        check(
            "a,bb\n1,2\n",
            &[],
            &["t.csv:1: column `b` is missing", "t.csv:1: unknown column `bb`; did you mean `b`?"],
        );
        check("a,b\n\"1,2\n3,4\n", &[], &["t.csv:2: 2 columns expected, 1 found; is a quote left open?"]);
    }
}
