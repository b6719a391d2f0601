//! The schemas of tables: the fields of the JSON rows, in their order, as Arrow has them. Those of coded rows are read off the JSON
//! Schemas, so that a field is described once. Every column may be null; days are texts, `YYYY-MM-DD`; offsets are code points.

use std::sync::Arc;

use arrow_schema::{DataType, Field, Fields, Schema, SchemaRef};
use serde_json::Value;

use crate::coding::Kind;

/// The schema of rows of a kind, with a column `error` at its end where rows carry what is wrong with an article.
pub fn coded(kind: Kind, with_error: bool) -> SchemaRef {
    let mut fields = match kind {
        Kind::Events => columns(&polybius::schema()),
        Kind::Claims => columns(&polybius::claim_schema()),
        Kind::Expectations => columns(&polybius::expectation_schema()),
    };
    if with_error {
        fields.push(text("error"));
    }
    schema(fields)
}

/// A schema with these columns.
pub fn schema(fields: Vec<Field>) -> SchemaRef {
    Arc::new(Schema::new(fields))
}

/// The schema of reports: events with what the record knows beside them.
pub fn report() -> SchemaRef {
    let mut fields = columns(&polybius::schema());
    let mut entry = texts(&["status", "day"]);
    entry.extend([whole("act"), whole("incident"), real("incident_score"), text("incident_reason")]);
    entry.extend([whole("copy_of"), whole("run"), text("coded_at")]);
    fields.push(object("record", entry));
    schema(fields)
}

/// The schema of a record's claims.
pub fn claim() -> SchemaRef {
    let mut fields = columns(&polybius::claim_schema());
    fields.push(object("record", vec![text("day"), whole("run")]));
    schema(fields)
}

/// The schema of expectations with what became of them.
pub fn settled() -> SchemaRef {
    let mut fields = columns(&polybius::expectation_schema());
    fields.push(object("record", texts(&["outcome", "settled_by", "asked_on"])));
    schema(fields)
}

/// The schema of a dyad's periods.
pub fn dyad() -> SchemaRef {
    let mut fields = texts(&["actor", "recipient", "period"]);
    fields.extend([whole("articles"), whole("incidents"), real("per_1000"), whole("reports")]);
    fields.push(list("quads", DataType::Int64));
    fields.extend([real("mean_score"), real("sum_score"), text("scale"), list("events", DataType::Utf8)]);
    schema(fields)
}

/// The schema of a panel whose rows have these sides.
pub fn panel(sides: &[&str]) -> SchemaRef {
    let mut fields = Vec::new();
    for side in sides {
        fields.extend(["", "_iso", "_cow", "_gw"].map(|code| text(&format!("{side}{code}"))));
    }
    fields.push(text("period"));
    fields.extend([whole("articles"), whole("incidents"), real("per_1000"), whole("reports")]);
    fields.extend(["quad_1", "quad_2", "quad_3", "quad_4"].map(whole));
    fields.extend([real("mean_score"), real("sum_score"), text("scale")]);
    schema(fields)
}

/// The schema of articles that were found.
pub fn found() -> SchemaRef {
    let mut fields = texts(&["document_id", "outlet", "published", "title", "snippet"]);
    fields.push(whole("reports"));
    schema(fields)
}

/// A column of texts.
pub fn text(name: &str) -> Field {
    Field::new(name, DataType::Utf8, true)
}

/// The columns that a JSON Schema asks for: its fields in their order.
fn columns(schema: &Value) -> Vec<Field> {
    let fields = schema["properties"].as_object().expect("a row's schema is that of an object");
    fields.iter().map(|(name, field)| Field::new(name, data_type(field), true)).collect()
}

/// The type of a column that holds what a JSON Schema describes. Whatever is not told to be a number, a truth, a list or an object is
/// text.
fn data_type(schema: &Value) -> DataType {
    // What may be null stands beside null, as a type or as a whole schema.
    let schema = schema["anyOf"].as_array().map_or(schema, |schemas| &schemas[0]);
    let name = schema["type"].as_array().map_or(&schema["type"], |types| &types[0]);
    match name.as_str() {
        Some("object") => DataType::Struct(Fields::from(columns(schema))),
        Some("array") => DataType::List(Arc::new(Field::new("item", data_type(&schema["items"]), true))),
        Some("integer") => DataType::Int64,
        Some("number") => DataType::Float64,
        Some("boolean") => DataType::Boolean,
        _ if schema["const"].is_boolean() => DataType::Boolean,
        _ => DataType::Utf8,
    }
}

fn texts(names: &[&str]) -> Vec<Field> {
    names.iter().map(|name| text(name)).collect()
}

fn whole(name: &str) -> Field {
    Field::new(name, DataType::Int64, true)
}

fn real(name: &str) -> Field {
    Field::new(name, DataType::Float64, true)
}

fn list(name: &str, of: DataType) -> Field {
    Field::new(name, DataType::List(Arc::new(Field::new("item", of, true))), true)
}

fn object(name: &str, fields: Vec<Field>) -> Field {
    Field::new(name, DataType::Struct(Fields::from(fields)), true)
}
