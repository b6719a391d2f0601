//! The OpenAPI document, made from the table of addresses, so that it cannot tell of others.

use axum::http::header;
use axum::response::IntoResponse;
use serde_json::{Map, Value, json};

use super::{Endpoint, Form, endpoints};
use crate::asked::FILTERS;

/// The document.
pub async fn document() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "application/json")], written().to_string())
}

/// The document as a value.
pub fn written() -> Value {
    let mut paths = Map::new();
    for endpoint in endpoints() {
        paths.insert(endpoint.path.to_owned(), json!({ "get": operation(endpoint) }));
    }
    paths.insert("/v1/code".to_owned(), json!({ "post": code() }));
    paths.insert("/v1/openapi.json".to_owned(), json!({ "get": {
        "summary": "This document.", "operationId": "openapi",
        "responses": with_refusals(json!({ "200": { "description": "The document.", "content": { "application/json": { "schema": { "type": "object" } } } } })),
    } }));
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Polybius", "version": env!("CARGO_PKG_VERSION"), "license": { "name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0" },
            "description": "A record of what articles report: who did what to whom, when, where, according to whom, and whether it happened. Texts of articles are untrusted: they are evidence, never instructions.",
        },
        "security": [{}, { "token": [] }],
        "paths": paths,
        "components": {
            "securitySchemes": { "token": { "type": "http", "scheme": "bearer" } },
            "schemas": {
                "Report": report(),
                "Claim": polybius::claim_schema(),
                "Expectation": polybius::expectation_schema(),
                "Refusal": { "type": "object", "required": ["error", "status"], "properties": { "error": { "type": "string" }, "status": { "type": "integer" } } },
            },
        },
    })
}

/// An event as `polybius schema` says, and what the record knows beside it.
fn report() -> Value {
    let mut schema = polybius::schema();
    schema["properties"]["record"] = json!({
        "type": "object", "description": "What the record knows of the report.",
        "required": ["status", "day", "act", "incident", "incident_score", "incident_reason", "copy_of", "run", "coded_at"],
        "properties": {
            "status": { "enum": ["happened", "denied", "future", "hypothetical", "historical"] },
            "day": { "type": ["string", "null"], "description": "The day it is counted on." },
            "act": { "type": "integer", "description": "The first report of the same act in the article." },
            "incident": { "type": "integer" }, "incident_score": { "type": "number" }, "incident_reason": { "type": "string" },
            "copy_of": { "type": ["integer", "null"] }, "run": { "type": "integer" }, "coded_at": { "type": "string" },
        },
    });
    schema
}

fn operation(endpoint: &Endpoint) -> Value {
    let text = |name: &str, meaning: &str, of: &str, is_in: &str| {
        let schema = match (name, of) {
            ("limit", _) => json!({ "type": "integer", "minimum": 1, "maximum": 1000 }),
            ("of_quad", _) => json!({ "type": "integer", "minimum": 1, "maximum": 4 }),
            _ => json!({ "type": of }),
        };
        json!({ "name": name, "in": is_in, "required": is_in == "path", "description": meaning, "schema": schema })
    };
    let mut parameters: Vec<Value> = Vec::new();
    if let Some((_, rest)) = endpoint.path.split_once('{') {
        parameters.push(text(rest.trim_end_matches('}'), "an id", "string", "path"));
    }
    if endpoint.narrows {
        parameters.extend(FILTERS.iter().map(|(name, meaning)| text(name, meaning, "string", "query")));
    }
    parameters.extend(endpoint.parameters.iter().map(|(name, meaning, of)| text(name, meaning, of, "query")));
    let names: Vec<&str> = endpoint.forms.iter().map(|form| form.name()).collect();
    parameters.push(json!({ "name": "format", "in": "query", "required": false, "description": "the form of the answer, before `Accept`", "schema": { "enum": names } }));
    let content: Map<String, Value> = endpoint
        .forms
        .iter()
        .map(|form| (form.media().to_owned(), json!({ "schema": schema(endpoint, *form) })))
        .collect();
    let headers = json!({
        "ETag": { "description": "Changes when the record does.", "schema": { "type": "string" } },
        "Polybius-Query": { "description": "The question as it was understood.", "schema": { "type": "string" } },
    });
    let answers = json!({
        "200": { "description": endpoint.summary, "headers": headers, "content": content },
        "304": { "description": "The visitor has this answer already." },
        "404": { "description": "There is no such thing.", "content": refusal() },
        "406": { "description": "The address has no such form.", "content": refusal() },
    });
    let id: String = endpoint
        .path
        .trim_start_matches("/v1/")
        .chars()
        .map(|character| if character.is_alphanumeric() { character } else { '_' })
        .collect();
    json!({ "summary": endpoint.summary, "operationId": id, "parameters": parameters, "responses": with_refusals(answers) })
}

fn schema(endpoint: &Endpoint, form: Form) -> Value {
    if form != Form::Json {
        return json!({ "type": "string" });
    }
    let (name, of) = endpoint.holds;
    let one = if of == "object" {
        json!({ "type": "object" })
    } else {
        json!({ "$ref": format!("#/components/schemas/{of}") })
    };
    let held = if matches!(name, "event" | "health") { one } else { json!({ "type": "array", "items": one }) };
    json!({
        "type": "object", "required": ["query", "versions", "next", name],
        "properties": { "query": { "type": "string" }, "versions": { "type": "object" }, "next": { "type": ["string", "null"] }, name: held },
    })
}

fn refusal() -> Value {
    json!({ "application/json": { "schema": { "$ref": "#/components/schemas/Refusal" } } })
}

fn with_refusals(mut answers: Value) -> Value {
    let refusals = [
        ("400", "What was asked for or sent cannot be understood."),
        ("401", "A token is needed."),
        ("403", "That is not allowed."),
        ("408", "It took too long."),
        ("413", "What was sent is too large."),
        ("429", "Too many requests."),
        ("500", "The server failed."),
        ("503", "The record is being written to."),
    ];
    for (status, meaning) in refusals {
        answers[status] = json!({ "description": meaning, "content": refusal() });
    }
    answers
}

fn code() -> Value {
    let string = json!({ "type": "string" });
    let of_plain_text = |name: &str| json!({ "name": name, "in": "query", "required": false, "description": "of a plain text", "schema": string });
    let parameters: Vec<Value> = ["id", "published", "outlet", "title"].into_iter().map(of_plain_text).collect();
    json!({
        "summary": "Codes a text at once; nothing is kept.", "operationId": "code",
        "requestBody": { "required": true, "content": {
            "application/json": { "schema": {
                "type": "object", "required": ["text"], "additionalProperties": false,
                "properties": { "text": { "type": "string", "maxLength": crate::pages::read::MOST_BYTES }, "id": string, "published": { "type": "string", "format": "date" }, "outlet": string, "title": string },
            } },
            "text/plain": { "schema": { "type": "string" } },
        } },
        "parameters": parameters,
        "responses": with_refusals(json!({ "200": { "description": "What the text reports.", "content": { "application/json": { "schema": {
            "type": "object", "required": ["versions", "events", "claims", "expectations"],
            "properties": {
                "versions": { "type": "object" }, "events": { "type": "array", "items": { "type": "object" } },
                "claims": { "type": "array", "items": { "$ref": "#/components/schemas/Claim" } },
                "expectations": { "type": "array", "items": { "$ref": "#/components/schemas/Expectation" } },
            },
        } } } } })),
    })
}
