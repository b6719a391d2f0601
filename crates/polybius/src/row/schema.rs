//! The JSON Schema of a row: what each field means, for the people and programs that read the output.

use serde_json::{Map, Value, json};

/// The JSON Schema (draft 2020-12) that every row keeps.
pub fn schema() -> Value {
    let schema = object(
        "One event coded from one sentence, with the words that prove it.",
        vec![
            (
                "event_id",
                text(
                    "First 16 hexadecimal digits of a SHA-256 over document id, words, type and entities: the same input gives the same id.",
                ),
            ),
            ("document_id", text("The article's id.")),
            ("url", or_null(text("Where the article was published."))),
            ("outlet", or_null(text("Who published the article."))),
            ("published", or_null(day("When the article was published; relative dates are read against it."))),
            ("title", or_null(text("The article's headline."))),
            ("sentence", count("The sentence's number in the document, counted from 1.")),
            ("text", text("The sentence, verbatim.")),
            ("start", offset("Where the sentence starts in the document.")),
            ("end", offset("Where the sentence ends.")),
            ("event_type", text("One of PLOVER's 16 event types.")),
            ("mode", or_null(text("The mode of the type, as PLOVER names it."))),
            ("contexts", list("PLOVER's contexts the act stands in.", text("A context."))),
            (
                "quad",
                json!({
                    "description": "The quad class: 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.",
                    "type": "integer", "minimum": 1, "maximum": 4,
                }),
            ),
            (
                "score",
                or_null(number("The conflict (negative) to cooperation (positive) score on `scale`.", -10.0, 10.0)),
            ),
            ("scale", text("The name and version of the scale that `score` is read from.")),
            ("cameo", or_null(cameo())),
            ("actors", list("Who did it. Of a reciprocal act, such as a meeting, everyone.", participant("An actor."))),
            ("recipients", list("To whom it was done.", participant("A recipient."))),
            (
                "auxiliary",
                list(
                    "PLOVER's auxiliary modes that hold. Empty: a plain report that it happened.",
                    one_of("An auxiliary mode.", &["future", "historical", "hypothetical", "negation"]),
                ),
            ),
            (
                "factuality",
                number(
                    "How surely the act told happened, or happens: from -3, certainly not, to 3, certainly.",
                    -3.0,
                    3.0,
                ),
            ),
            (
                "prospect",
                or_null(text("For promises, threats, requests and refusals: the type of the act in question.")),
            ),
            (
                "attribution",
                list("According to whom, outermost speaker first. Empty: the outlet says so itself.", attribution()),
            ),
            ("date", or_null(date())),
            ("place", or_null(place())),
            (
                "size",
                object(
                    "How many people the act hit.",
                    vec![
                        ("dead", or_null(people("The dead."))),
                        ("injured", or_null(people("The injured."))),
                        ("arrested", or_null(people("The arrested."))),
                    ],
                ),
            ),
            ("confidence", number("The probability that type and participants are right.", 0.0, 1.0)),
            ("why", why()),
        ],
    );
    headed("Polybius event", schema)
}

/// The schema of a whole row, under its title.
pub(super) fn headed(title: &str, mut schema: Value) -> Value {
    let head = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
        "$comment": "All offsets are in Unicode code points of the document's text (not bytes, not UTF-16 units), counted from 0, the end exclusive.",
    });
    let mut whole = head.as_object().cloned().unwrap_or_default();
    whole.append(schema.as_object_mut().expect("`object` makes an object"));
    Value::Object(whole)
}

fn cameo() -> Value {
    object(
        "The nearest CAMEO 1.1b3 code.",
        vec![
            ("code", text("The code, as text because leading zeros count.")),
            (
                "derived",
                json!({ "description": "Always true: worked out from type and mode, not coded from the text.", "const": true }),
            ),
        ],
    )
}

pub(super) fn participant(description: &str) -> Value {
    object(
        description,
        vec![
            (
                "entity",
                or_null(text(
                    "The codebook's entity: ISO 3166-1 alpha-3 for a country, else lower-case words joined by hyphens.",
                )),
            ),
            ("name", text("The entity's usual name, or the words where there is no entity.")),
            ("text", text("The words, verbatim: those that name whom a pronoun means, if its sentence has them.")),
            ("start", offset("Where the words start.")),
            ("end", offset("Where the words end.")),
            ("country", or_null(text("The country it belongs to, ISO 3166-1 alpha-3."))),
            ("sector", or_null(text("PLOVER's sector."))),
            ("wikidata", or_null(text("The Wikidata item."))),
            ("role", or_null(role())),
            (
                "resolved_by",
                text(
                    "How the words were understood: name, demonym, capital, role noun, unknown name, pronoun, coreference, scene (by no words: the span is the trigger's), speaker, described.",
                ),
            ),
        ],
    )
}

pub(super) fn role() -> Value {
    object(
        "The office held on the day.",
        vec![
            ("name", text("The office.")),
            ("from", or_null(text("Since when: YYYY, YYYY-MM or YYYY-MM-DD."))),
            ("until", or_null(text("Until when; null if it is still held or nobody knows."))),
        ],
    )
}

fn attribution() -> Value {
    object(
        "One link of the chain.",
        vec![
            ("speaker", participant("Who speaks.")),
            ("cue", words("The words that give the floor.")),
            (
                "kind",
                one_of(
                    "In quotation marks, in the outlet's words, or `according to`.",
                    &["direct", "indirect", "according-to"],
                ),
            ),
            (
                "stance",
                text("What the speaker does with the content: says, confirms, denies, doubts, warns, predicts …"),
            ),
        ],
    )
}

pub(super) fn date() -> Value {
    object(
        "When the act happened or is to happen.",
        vec![
            ("start", day("The first day.")),
            ("end", day("The last day.")),
            ("precision", text("How exactly it is known: day, week, month, quarter, year, vague.")),
            ("words", or_null(words("The words it was read from; null for an event dated by its publication alone."))),
            ("anchor", or_null(day("The date the words were resolved against."))),
        ],
    )
}

fn place() -> Value {
    object(
        "Where the act happened or is to happen.",
        vec![
            ("name", text("The name.")),
            (
                "latitude",
                or_null(number(
                    "Degrees north; null for a country, a region, a sea or a river, which is no point; of a district, where most of its people live.",
                    -90.0,
                    90.0,
                )),
            ),
            ("longitude", or_null(number("Degrees east.", -180.0, 180.0))),
            ("country", or_null(text("ISO 3166-1 alpha-3."))),
            ("region", or_null(text("The first-level region."))),
            ("geonames", or_null(count("The GeoNames id."))),
            ("precision", text("country, region, district, city or site.")),
            ("words", words("The words.")),
        ],
    )
}

fn people(description: &str) -> Value {
    object(
        description,
        vec![
            ("value", count("The number; the lower bound where the text gives a range.")),
            ("text", text("The words that give it, verbatim.")),
            ("start", offset("Where the words start.")),
            ("end", offset("Where the words end.")),
        ],
    )
}

fn why() -> Value {
    object(
        "What made it an event.",
        vec![
            ("trigger", words("The predicate.")),
            (
                "pattern",
                or_null(object(
                    "The pattern that matched; null where only the trained reader sees the event.",
                    vec![
                        ("name", text("Its name.")),
                        ("file", text("The codebook's file.")),
                        ("line", count("The line there, counted from 1.")),
                    ],
                )),
            ),
            (
                "reader",
                or_null(object(
                    "What the trained reader says of it, if it takes the predicate for an act.",
                    vec![
                        ("event_type", number("That the words tell an act of this type.", 0.0, 1.0)),
                        ("actor", or_null(number("That the least likely of the actors does it.", 0.0, 1.0))),
                        (
                            "recipient",
                            or_null(number("That it is done to the least likely of the recipients.", 0.0, 1.0)),
                        ),
                        ("missed", number("That it is done to somebody who is no recipient here.", 0.0, 1.0)),
                    ],
                )),
            ),
            ("notes", list("What was done to the clause before or after matching.", text("A note."))),
        ],
    )
}

pub(super) fn words(description: &str) -> Value {
    object(
        description,
        vec![
            ("text", text("The words, verbatim.")),
            ("start", offset("Where they start.")),
            ("end", offset("Where they end.")),
        ],
    )
}

/// An object that has exactly these fields, all of them always.
pub(super) fn object(description: &str, fields: Vec<(&str, Value)>) -> Value {
    let required: Vec<&str> = fields.iter().map(|(name, _)| *name).collect();
    let properties: Map<String, Value> =
        fields.iter().map(|(name, field)| ((*name).to_owned(), field.clone())).collect();
    json!({
        "description": description,
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    })
}

pub(super) fn list(description: &str, items: Value) -> Value {
    json!({ "description": description, "type": "array", "items": items })
}

pub(super) fn text(description: &str) -> Value {
    json!({ "description": description, "type": "string" })
}

pub(super) fn day(description: &str) -> Value {
    json!({ "description": description, "type": "string", "format": "date" })
}

pub(super) fn one_of(description: &str, values: &[&str]) -> Value {
    json!({ "description": description, "enum": values })
}

pub(super) fn count(description: &str) -> Value {
    json!({ "description": description, "type": "integer", "minimum": 0 })
}

pub(super) fn offset(description: &str) -> Value {
    count(&format!("{description} In Unicode code points of the document's text, counted from 0."))
}

pub(super) fn number(description: &str, least: f64, most: f64) -> Value {
    json!({ "description": description, "type": "number", "minimum": least, "maximum": most })
}

/// The same, or null where nothing is known.
pub(super) fn or_null(mut schema: Value) -> Value {
    let fields = schema.as_object_mut().expect("every schema here is an object");
    if let Some(kind) = fields.get_mut("type") {
        *kind = json!([kind.take(), "null"]);
    }
    schema
}

#[cfg(test)]
mod tests {
    use super::super::from_event::sample::full_row;
    use super::*;

    #[test]
    fn a_full_row_keeps_the_schema() {
        let validator = jsonschema::validator_for(&schema()).expect("the schema is a schema");
        let row = serde_json::to_value(full_row()).expect("a row is JSON");
        let errors: Vec<String> = validator.iter_errors(&row).map(|error| error.to_string()).collect();
        assert_eq!(errors, Vec::<String>::new());
    }

    #[test]
    fn the_fields_stand_in_the_rows_order() {
        let row = serde_json::to_value(full_row()).expect("a row is JSON");
        let in_row: Vec<&String> = row.as_object().expect("a row is an object").keys().collect();
        let schema = schema();
        let in_schema: Vec<&String> = schema["properties"].as_object().expect("fields").keys().collect();
        assert_eq!(in_row, in_schema);
    }

    #[test]
    fn a_missing_or_unknown_field_breaks_it() {
        let validator = jsonschema::validator_for(&schema()).expect("the schema is a schema");
        let mut row = serde_json::to_value(full_row()).expect("a row is JSON");
        row.as_object_mut().expect("a row is an object").remove("outlet");
        assert!(!validator.is_valid(&row));
        row["outlet"] = json!(null);
        assert!(validator.is_valid(&row));
        row["src"] = json!("x");
        assert!(!validator.is_valid(&row));
    }
}
