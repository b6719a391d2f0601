//! Tables in columns, for a reader.

use crate::terminal::one_line;

/// The rows under their heads, each column as wide as its widest field; columns in `right` are set to the right.
pub fn table(heads: &[&str], rows: &[Vec<String>], right: &[usize]) -> String {
    let rows: Vec<Vec<String>> = rows.iter().map(|row| row.iter().map(|field| one_line(field)).collect()).collect();
    let mut widths: Vec<usize> = heads.iter().map(|head| head.chars().count()).collect();
    for row in &rows {
        for (width, field) in widths.iter_mut().zip(row) {
            *width = (*width).max(field.chars().count());
        }
    }
    let line = |fields: &[&str]| {
        let mut line = String::new();
        for (column, (field, &width)) in fields.iter().zip(&widths).enumerate() {
            let gap = " ".repeat(width - field.chars().count());
            let (before, after) = if right.contains(&column) { (gap.as_str(), "") } else { ("", gap.as_str()) };
            line += &format!("{before}{field}{after}  ");
        }
        line.trim_end().to_owned() + "\n"
    };
    let mut text = line(heads);
    for row in &rows {
        text += &line(&row.iter().map(String::as_str).collect::<Vec<_>>());
    }
    text
}

/// The rows as CSV, the heads first.
pub fn csv(heads: &[&str], rows: &[Vec<String>]) -> String {
    let mut text = String::new();
    for row in std::iter::once(heads.iter().map(|&head| head.to_owned()).collect()).chain(rows.iter().cloned()) {
        text += &polybius::formats::csv_record(row);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_as_wide_as_their_fields() {
        let rows = [vec!["é".to_owned(), "10".to_owned()], vec!["long\u{1b}".to_owned(), "5".to_owned()]];
        assert_eq!(table(&["a", "n"], &rows, &[1]), "a            n\né           10\nlong\\u{1b}   5\n");
    }
}
