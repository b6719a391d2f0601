//! Plain SQL, which can read and nothing else.

use rusqlite::types::ValueRef;

use crate::{Record, RecordError};

/// What a query gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// The names of the columns.
    pub columns: Vec<String>,
    /// The rows, everything as text; `None` is null.
    pub rows: Vec<Vec<Option<String>>>,
}

impl Record {
    /// Runs one statement that changes nothing.
    ///
    /// # Errors
    /// If it is none, cannot be understood, or would change something.
    pub fn sql(&self, query: &str) -> Result<Table, RecordError> {
        let misread = |error: rusqlite::Error| match error.sqlite_error_code() {
            Some(rusqlite::ErrorCode::OperationInterrupted) => RecordError::Interrupted,
            _ => RecordError::unknown(
                format!("the query cannot be run: {error}"),
                "the views are `reports` and `current_articles`",
            ),
        };
        let mut statement = self.connection.prepare(query).map_err(misread)?;
        if !statement.readonly() {
            return Err(RecordError::unknown("the query would change the record", "only SELECT is allowed"));
        }
        let columns: Vec<String> = statement.column_names().map(str::to_owned).collect();
        let mut rows = statement.query([]).map_err(misread)?;
        let mut table = Vec::new();
        while let Some(row) = rows.next().map_err(misread)? {
            let field = |index| row.get_ref(index).map(written);
            table.push((0..columns.len()).map(field).collect::<Result<_, _>>().map_err(misread)?);
        }
        Ok(Table { columns, rows: table })
    }
}

fn written(value: ValueRef) -> Option<String> {
    match value {
        ValueRef::Null => None,
        ValueRef::Integer(number) => Some(number.to_string()),
        ValueRef::Real(number) => Some(number.to_string()),
        ValueRef::Text(text) => Some(String::from_utf8_lossy(text).into_owned()),
        ValueRef::Blob(bytes) => Some(crate::runs::hexadecimal(bytes)),
    }
}
