//! The API: the same questions as the pages ask, for other programs. One table has every address; the OpenAPI document is made from it.

mod answers;
mod code;
mod export;
pub mod mcp;
mod openapi;

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Extension, Router};
use polybius::{MODELS_DIGEST, SCALE};
use polybius_record::{ExportFormat, Filter};
use serde_json::{Value, json};

use crate::access::Rights;
use crate::asked::{Asked, FILTERS, Misread};
use crate::failure::Failure;
use crate::site::Site;
use crate::view::{View, has, tag};

/// One address of the API that is read.
pub struct Endpoint {
    /// The address; `{…}` stands for one part.
    pub path: &'static str,
    /// What it answers, in a sentence.
    pub summary: &'static str,
    /// Whether it takes the parameters that narrow down reports.
    pub narrows: bool,
    /// What else it takes: the name, what it means, and its JSON type.
    pub parameters: &'static [(&'static str, &'static str, &'static str)],
    /// The parameters without which it has no answer.
    pub needs: &'static [&'static str],
    /// The forms it can answer in, the usual one first.
    pub forms: &'static [Form],
    /// The field of the answer that holds what was asked for, and the schema of what is in it.
    pub holds: (&'static str, &'static str),
    answer: fn(&View<'_>, Form) -> Result<Answer, Failure>,
}

/// The form of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// One JSON object, a page at a time.
    Json,
    /// One JSON object a line, all of them.
    Ndjson,
    /// A table.
    Csv,
    /// A table for statistics.
    Parquet,
    /// The same table as it lies in memory.
    Arrow,
    /// Places.
    Geojson,
    /// A network.
    Graphml,
    /// A network.
    Gexf,
}

impl Form {
    /// As `format` names it, and as files end.
    pub fn name(self) -> &'static str {
        match self {
            Form::Json => "json",
            Form::Ndjson => "ndjson",
            Form::Csv => "csv",
            Form::Parquet => "parquet",
            Form::Arrow => "arrow",
            Form::Geojson => "geojson",
            Form::Graphml => "graphml",
            Form::Gexf => "gexf",
        }
    }

    /// As `Accept` names it.
    pub fn media(self) -> &'static str {
        match self {
            Form::Json => "application/json",
            Form::Ndjson => "application/x-ndjson",
            Form::Csv => "text/csv",
            Form::Parquet => "application/vnd.apache.parquet",
            Form::Arrow => "application/vnd.apache.arrow.file",
            Form::Geojson => "application/geo+json",
            Form::Graphml => "application/graphml+xml",
            Form::Gexf => "application/gexf+xml",
        }
    }
}

/// What an address answers.
pub enum Answer {
    /// What it holds, and where the next part begins.
    Held(Value, Option<String>),
    /// A text.
    Text(String),
    /// The reports of a filter, written as they are read.
    Export(Box<Filter>, ExportFormat),
}

/// All the addresses that are read.
pub fn endpoints() -> &'static [Endpoint] {
    answers::ENDPOINTS
}

/// The addresses as a router.
pub fn router() -> Router<Arc<Site>> {
    let mut router = Router::new()
        .route("/v1/openapi.json", get(openapi::document))
        .route("/v1/code", post(code::take))
        .route("/mcp", post(mcp::take));
    for endpoint in endpoints() {
        let handler = move |State(site): State<Arc<Site>>, Extension(rights): Extension<Rights>, request: Request| {
            answer(site, rights, request, endpoint)
        };
        router = router.route(endpoint.path, get(handler));
    }
    router
}

async fn answer(site: Arc<Site>, rights: Rights, request: Request, endpoint: &'static Endpoint) -> Response {
    let asked = Asked::parse(request.uri().query().unwrap_or_default());
    let path = request.uri().path().to_owned();
    let headers = request.headers().clone();
    let form = match check(endpoint, &asked, &headers) {
        Ok(form) => form,
        Err(refused) => return *refused,
    };
    let query = asked.clone();
    let made = async {
        let tag = tag(&site, &[&path, &asked.written(), form.name()])?;
        if has(&headers, &tag) {
            return Ok((tag, None));
        }
        let answer = site.ask(move |site, record| {
            let view = View { site, record, asked, rights, path };
            match (endpoint.answer)(&view, form)? {
                Answer::Held(held, next) => Ok(Answer::Text(enveloped(&view, endpoint.holds.0, held, next)?)),
                other => Ok(other),
            }
        });
        Ok::<_, Failure>((tag, Some(answer.await?)))
    };
    let (tag, answer) = match made.await {
        Ok(made) => made,
        Err(failure) => return refused(&failure),
    };
    let etag = HeaderValue::from_str(&tag).expect("a tag is written in hexadecimal digits");
    let media = HeaderValue::from_static(form.media());
    let mut response = match answer {
        None => StatusCode::NOT_MODIFIED.into_response(),
        Some(Answer::Text(text)) => ([(header::CONTENT_TYPE, media)], text).into_response(),
        Some(Answer::Export(filter, format)) => match export::stream(&site, *filter, format, form).await {
            Ok(body) => ([(header::CONTENT_TYPE, media)], body).into_response(),
            Err(failure) => return refused(&failure),
        },
        Some(Answer::Held(..)) => unreachable!("what is held was put into its envelope"),
    };
    let headers = response.headers_mut();
    headers.insert(header::ETAG, etag);
    headers.insert(header::VARY, HeaderValue::from_static("accept, authorization, cookie"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    if form != Form::Json {
        let name = endpoint.path.trim_start_matches("/v1/").replace(['/', '{', '}'], "-").replace(".csv", "");
        let name = format!("attachment; filename=\"polybius-{name}.{}\"", form.name());
        headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_str(&name).expect("the name is plain"));
    }
    if let Ok(query) = HeaderValue::from_str(&query.written()) {
        headers.insert("polybius-query", query);
    }
    response
}

/// The form of the answer, if the address takes what is asked for.
fn check(endpoint: &Endpoint, asked: &Asked, headers: &HeaderMap) -> Result<Form, Box<Response>> {
    let takes = |name: &str| {
        name == "format"
            || endpoint.parameters.iter().any(|(known, _, _)| *known == name)
            || (endpoint.narrows && FILTERS.iter().any(|(known, _)| *known == name))
    };
    let unknown: Vec<Misread> = asked
        .names()
        .filter(|name| !takes(name))
        .map(|name| Misread {
            name: name.to_owned(),
            reason: "there is no such parameter; /v1/openapi.json lists them".to_owned(),
        })
        .collect();
    let odd = asked.names().filter_map(|name| {
        let choices = choices(name).filter(|choices| !choices.contains(&asked.get(name).unwrap_or_default()))?;
        Some(Misread { name: name.to_owned(), reason: format!("it is one of {}", choices.join(", ")) })
    });
    let misread: Vec<Misread> = unknown.into_iter().chain(odd).collect();
    if !misread.is_empty() {
        return Err(Box::new(refused(&Failure::Misread(misread))));
    }
    if let Some(name) = asked.get("format") {
        let known = endpoint.forms.iter().find(|form| form.name() == name);
        return known.copied().ok_or_else(|| {
            let names = endpoint.forms.iter().map(|form| form.name()).collect::<Vec<_>>().join(", ");
            let reason = format!("this address answers in {names}");
            Box::new(refused(&Failure::Misread(vec![Misread { name: "format".to_owned(), reason }])))
        });
    }
    let usual = endpoint.forms[0];
    let Some(accept) = headers.get(header::ACCEPT).and_then(|accept| accept.to_str().ok()) else { return Ok(usual) };
    for wanted in accept.split(',') {
        let wanted = wanted.split(';').next().unwrap_or_default().trim();
        let (kind, any) = wanted.split_once('/').unwrap_or((wanted, ""));
        if kind == "*" || (any == "*" && usual.media().starts_with(kind)) || wanted == "text/html" {
            return Ok(usual);
        }
        if let Some(&form) = endpoint.forms.iter().find(|form| form.media() == wanted) {
            return Ok(form);
        }
    }
    let media = endpoint.forms.iter().map(|form| form.media()).collect::<Vec<_>>().join(", ");
    let body = json!({ "error": format!("this address answers in {media}"), "status": 406 });
    Err(Box::new((StatusCode::NOT_ACCEPTABLE, axum::Json(body)).into_response()))
}

/// The values that a parameter can have, where they are few.
pub fn choices(name: &str) -> Option<&'static [&'static str]> {
    match name {
        "by" => Some(&["day", "week", "month", "year"]),
        "order" => Some(&["day", "latest"]),
        "count" => Some(&["incidents", "reports"]),
        "of_quad" => Some(&["1", "2", "3", "4"]),
        _ => None,
    }
}

/// What is held, with the question as it was understood and what the answer was made with.
fn enveloped(view: &View<'_>, name: &str, held: Value, next: Option<String>) -> Result<String, Failure> {
    let body = json!({ "query": view.asked.written(), "versions": versions(view)?, "next": next, name: held });
    Ok(safe(&body))
}

/// What an answer was made with.
fn versions(view: &View<'_>) -> Result<Value, Failure> {
    let run = view.record.latest_run()?;
    Ok(json!({
        "program": env!("CARGO_PKG_VERSION"),
        "models": MODELS_DIGEST,
        "scale": SCALE,
        "record": view.record.state()?,
        "latest_run": run.map(|run| json!({ "run": run.id.0, "program": run.maker.program, "codebook": run.maker.codebook, "models": run.maker.models, "began": run.began })),
    }))
}

/// JSON in which characters that act on a terminal or on the direction of writing stand as escapes.
pub fn safe(value: &Value) -> String {
    use std::fmt::Write;
    let json = value.to_string();
    let mut text = String::with_capacity(json.len() + 1);
    for character in json.chars() {
        if polybius::formats::is_disguise(character) {
            write!(text, "\\u{:04x}", u32::from(character)).expect("writing to a string cannot fail");
        } else {
            text.push(character);
        }
    }
    text.push('\n');
    text
}

/// Why a program gets no other answer.
pub fn refused(failure: &Failure) -> Response {
    let status = failure.status();
    let body = json!({ "error": failure.to_string(), "status": status.as_u16() });
    let mut response = (status, [(header::CONTENT_TYPE, "application/json")], Body::from(safe(&body))).into_response();
    if status == StatusCode::UNAUTHORIZED {
        response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    response
}
