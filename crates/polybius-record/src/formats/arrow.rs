//! Arrow's IPC file: the columns of Parquet as they lie in memory, in batches of rows. Every column may be null.

use std::io::{self, Write};
use std::sync::Arc;

use arrow_array::builder::{Float64Builder, Int64Builder, StringBuilder};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_ipc::writer::FileWriter;
use arrow_schema::{ArrowError, DataType, Field, Schema};

use super::Rows;
use super::tables::{Kind, columns, fields};
use crate::Report;

/// So many rows make a batch.
const BATCH: usize = 20_000;

/// A column of the batch under way.
enum Column {
    Whole(Int64Builder),
    Fraction(Float64Builder),
    Text(StringBuilder),
}

impl Column {
    /// One value more; an empty one, or one that is no number where numbers are held, is null.
    fn add(&mut self, value: &str) {
        match self {
            Column::Whole(numbers) => numbers.append_option(value.parse().ok()),
            Column::Fraction(numbers) => numbers.append_option(value.parse().ok()),
            Column::Text(texts) => texts.append_option((!value.is_empty()).then_some(value)),
        }
    }

    /// The column of the batch, which is then over.
    fn finish(&mut self) -> ArrayRef {
        match self {
            Column::Whole(numbers) => Arc::new(numbers.finish()),
            Column::Fraction(numbers) => Arc::new(numbers.finish()),
            Column::Text(texts) => Arc::new(texts.finish()),
        }
    }
}

/// A file under way.
pub(super) struct Arrow {
    schema: Arc<Schema>,
    columns: Vec<Column>,
    n_rows: usize,
    /// Writes into memory, from where each batch goes to the output.
    writer: FileWriter<Vec<u8>>,
}

impl Arrow {
    pub(super) fn new() -> io::Result<Arrow> {
        let kinds = columns();
        let field = |&(name, kind): &(&str, Kind)| {
            let kind = match kind {
                Kind::Whole => DataType::Int64,
                Kind::Fraction => DataType::Float64,
                Kind::Text => DataType::Utf8,
            };
            Field::new(name, kind, true)
        };
        let schema = Arc::new(Schema::new(kinds.iter().map(field).collect::<Vec<_>>()));
        let column = |&(_, kind): &(&str, Kind)| match kind {
            Kind::Whole => Column::Whole(Int64Builder::new()),
            Kind::Fraction => Column::Fraction(Float64Builder::new()),
            Kind::Text => Column::Text(StringBuilder::new()),
        };
        let writer = FileWriter::try_new(Vec::new(), &schema).map_err(failed)?;
        Ok(Arrow { columns: kinds.iter().map(column).collect(), schema, n_rows: 0, writer })
    }

    /// Writes the rows so far as a batch.
    fn batch(&mut self, out: &mut dyn Write) -> io::Result<()> {
        if self.n_rows > 0 {
            self.n_rows = 0;
            let columns = self.columns.iter_mut().map(Column::finish).collect();
            let batch = RecordBatch::try_new(Arc::clone(&self.schema), columns).map_err(failed)?;
            self.writer.write(&batch).map_err(failed)?;
        }
        out.write_all(self.writer.get_ref())?;
        self.writer.get_mut().clear();
        Ok(())
    }
}

impl Rows for Arrow {
    fn add(&mut self, report: &Report, out: &mut dyn Write) -> io::Result<()> {
        for (column, field) in self.columns.iter_mut().zip(fields(report)) {
            column.add(&field);
        }
        self.n_rows += 1;
        if self.n_rows >= BATCH { self.batch(out) } else { Ok(()) }
    }

    fn end(&mut self, out: &mut dyn Write) -> io::Result<()> {
        self.batch(out)?;
        self.writer.finish().map_err(failed)?;
        out.write_all(self.writer.get_ref())
    }
}

fn failed(error: ArrowError) -> io::Error {
    io::Error::other(error)
}
