//! The schemas of tables: the fields of the JSON rows, in their order, as Arrow has them. Every column may be null; days
//! are texts, `YYYY-MM-DD`; offsets are code points.

use std::sync::Arc;

use arrow_schema::{DataType, Field, Fields, Schema, SchemaRef};

use crate::coding::Kind;

/// The schema of rows of a kind, with a column `error` at its end where rows carry what is wrong with an article.
pub fn coded(kind: Kind, with_error: bool) -> SchemaRef {
    let mut fields = match kind {
        Kind::Events => event(),
        Kind::Claims => claim(),
        Kind::Expectations => expectation(),
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
    let mut fields = event();
    let mut entry = texts(&["status", "day"]);
    entry.extend([whole("act"), whole("incident"), real("incident_score"), text("incident_reason")]);
    entry.extend([whole("copy_of"), whole("run"), text("coded_at")]);
    fields.push(object("record", entry));
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

fn event() -> Vec<Field> {
    let mut fields = texts(&["event_id", "document_id", "url", "outlet", "published", "title"]);
    fields.extend([whole("sentence"), text("text"), whole("start"), whole("end"), text("event_type"), text("mode")]);
    fields.extend([list("contexts", DataType::Utf8), whole("quad"), real("score"), text("scale")]);
    fields.push(object("cameo", vec![text("code"), truth("derived")]));
    fields.extend([objects("actors", participant()), objects("recipients", participant())]);
    fields.extend([list("auxiliary", DataType::Utf8), text("prospect")]);
    let link = vec![object("speaker", participant()), object("cue", words()), text("kind"), text("stance")];
    fields.extend([objects("attribution", link), object("date", date())]);
    let mut place = vec![text("name"), real("latitude"), real("longitude"), text("country"), text("region")];
    place.extend([whole("geonames"), text("precision"), object("words", words())]);
    fields.push(object("place", place));
    let mut count = vec![whole("value")];
    count.extend(words());
    fields.push(object("size", ["dead", "injured", "arrested"].map(|name| object(name, count.clone())).to_vec()));
    fields.push(real("confidence"));
    let pattern = vec![text("name"), text("file"), whole("line")];
    let reader = ["event_type", "actor", "recipient", "missed"].map(real).to_vec();
    let why = vec![
        object("trigger", words()),
        object("pattern", pattern),
        object("reader", reader),
        list("notes", DataType::Utf8),
    ];
    fields.push(object("why", why));
    fields
}

fn claim() -> Vec<Field> {
    let mut fields = texts(&["claim_id", "document_id", "url", "outlet", "published", "title"]);
    fields.extend([whole("sentence"), object("speaker", participant())]);
    fields.extend([objects("source", words()), objects("cue", words()), text("stance"), text("kind")]);
    fields.extend([truth("negated"), truth("told"), objects("content", words())]);
    fields.push(object("selector", texts(&["exact", "prefix", "suffix"])));
    fields.extend([text("within"), objects("about", participant()), object("date", date())]);
    fields.push(list("events", DataType::Utf8));
    fields
}

fn expectation() -> Vec<Field> {
    let mut fields = texts(&["expectation_id", "document_id", "url", "outlet", "published", "title"]);
    fields.extend([whole("sentence"), text("event_id"), text("claim_id"), object("announced_by", participant())]);
    fields.extend(texts(&["stance", "event_type", "mode"]));
    fields.extend([objects("actors", participant()), objects("recipients", participant())]);
    fields.extend([truth("negated"), truth("possible"), objects("words", words())]);
    fields.extend([object("window", date()), object("condition", words())]);
    let settled = vec![
        text("event_type"),
        list("actors", DataType::Utf8),
        list("recipients", DataType::Utf8),
        text("from"),
        text("until"),
    ];
    fields.push(object("settled_by", settled));
    fields
}

fn participant() -> Vec<Field> {
    let mut fields = texts(&["entity", "name", "text"]);
    fields.extend([whole("start"), whole("end"), text("country"), text("sector"), text("wikidata")]);
    fields.extend([object("role", texts(&["name", "from", "until"])), text("resolved_by")]);
    fields
}

fn date() -> Vec<Field> {
    let mut fields = texts(&["start", "end", "precision"]);
    fields.extend([object("words", words()), text("anchor")]);
    fields
}

fn words() -> Vec<Field> {
    vec![text("text"), whole("start"), whole("end")]
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

fn truth(name: &str) -> Field {
    Field::new(name, DataType::Boolean, true)
}

fn list(name: &str, of: DataType) -> Field {
    Field::new(name, DataType::List(Arc::new(Field::new("item", of, true))), true)
}

fn object(name: &str, fields: Vec<Field>) -> Field {
    Field::new(name, DataType::Struct(Fields::from(fields)), true)
}

fn objects(name: &str, fields: Vec<Field>) -> Field {
    list(name, DataType::Struct(Fields::from(fields)))
}
