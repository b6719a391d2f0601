//! A table: lines of JSON with a schema. As text it is what the program prints; as Arrow other libraries take it.

use std::io::Cursor;
use std::sync::Arc;

use arrow_array::{ArrayRef, RecordBatch, StructArray};
use arrow_json::ReaderBuilder;
use arrow_schema::{ArrowError, Field, SchemaRef};
use pyo3::exceptions::{PyIndexError, PyRuntimeError};
use pyo3::prelude::*;
use pyo3::types::PyCapsule;
use pyo3_arrow::ffi::{ArrayIterator, to_schema_pycapsule, to_stream_pycapsule};
use serde_json::Value;

/// How many rows go into one batch: few enough that no text column of one outgrows its 32-bit offsets.
const BATCH: usize = 1024;

/// Rows, each a line of JSON, and their schema.
#[pyclass(frozen, module = "polybius._polybius")]
pub struct Lines {
    text: String,
    /// Where each line ends, its line end included.
    ends: Vec<usize>,
    schema: SchemaRef,
}

impl Lines {
    /// An empty table.
    pub fn new(schema: SchemaRef) -> Lines {
        Lines { text: String::new(), ends: Vec::new(), schema }
    }

    /// Adds a row, which ends its line.
    pub fn push(&mut self, line: &str) {
        self.text += line;
        self.ends.push(self.text.len());
    }

    fn batches(&self) -> Result<Vec<RecordBatch>, ArrowError> {
        let reader = ReaderBuilder::new(self.schema.clone()).with_batch_size(BATCH);
        reader.build(Cursor::new(self.text.as_bytes()))?.collect()
    }
}

/// A line of JSON with one field more at its end.
pub fn with(line: &str, name: &str, value: &Value) -> String {
    let fields = line.trim_end().strip_suffix('}').expect("a row is an object");
    format!("{fields},\"{name}\":{value}}}\n")
}

#[pymethods]
impl Lines {
    fn __len__(&self) -> usize {
        self.ends.len()
    }

    /// The row with this number, counted from 0, as a line of JSON.
    fn line(&self, index: usize) -> PyResult<&str> {
        let end = *self.ends.get(index).ok_or_else(|| PyIndexError::new_err("there is no such row"))?;
        let start = if index == 0 { 0 } else { self.ends[index - 1] };
        Ok(&self.text[start..end])
    }

    /// All rows as lines of JSON.
    fn text(&self) -> &str {
        &self.text
    }

    /// The names of the columns.
    fn columns(&self) -> Vec<&str> {
        self.schema.fields().iter().map(|field| field.name().as_str()).collect()
    }

    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        Ok(to_schema_pycapsule(py, self.schema.as_ref())?)
    }

    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyCapsule>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        let batches = py.detach(|| self.batches()).map_err(|error| PyRuntimeError::new_err(error.to_string()))?;
        let rows = Field::new_struct("", self.schema.fields().clone(), false);
        let array = |batch: RecordBatch| -> Result<ArrayRef, ArrowError> { Ok(Arc::new(StructArray::from(batch))) };
        let arrays = batches.into_iter().map(array);
        let stream = ArrayIterator::new(arrays, Arc::new(rows));
        Ok(to_stream_pycapsule(py, Box::new(stream), requested_schema)?)
    }
}
