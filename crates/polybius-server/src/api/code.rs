//! Text in, events out: coded at once, and not kept.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, Uri, header};
use axum::response::{IntoResponse, Response};
use polybius::{MODELS_DIGEST, SCALE, ledger};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{refused, safe};
use crate::asked::Asked;
use crate::failure::Failure;
use crate::pages::read::article;
use crate::site::Site;

/// What is sent as JSON; plain text has the rest as parameters.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct Sent {
    text: String,
    id: Option<String>,
    published: Option<String>,
    outlet: Option<String>,
    title: Option<String>,
}

/// Codes the text of the body.
pub async fn take(State(site): State<Arc<Site>>, uri: Uri, headers: HeaderMap, body: Bytes) -> Response {
    let sent = match sent(&uri, &headers, &body) {
        Ok(sent) => sent,
        Err(failure) => return refused(&failure),
    };
    let kept = Arc::clone(&site);
    let Ok(_turn) = kept.turns.acquire().await else { return refused(&Failure::Ours) };
    match site.ask(move |site, _| coded(site, sent)).await {
        Ok(coded) => ([(header::CONTENT_TYPE, "application/json")], safe(&coded)).into_response(),
        Err(failure) => refused(&failure),
    }
}

fn sent(uri: &Uri, headers: &HeaderMap, body: &[u8]) -> Result<Sent, Failure> {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or("application/json");
    let sent = match kind.split(';').next().unwrap_or_default().trim() {
        "application/json" => serde_json::from_slice(body)
            .map_err(|error| Failure::Unusable(format!("the body is not what is asked for: {error}")))?,
        "text/plain" => {
            let text = std::str::from_utf8(body).map_err(|_| Failure::Unusable("the text is not UTF-8".to_owned()))?;
            let asked = Asked::parse(uri.query().unwrap_or_default());
            let field = |name: &str| asked.get(name).map(str::to_owned);
            Sent {
                text: text.to_owned(),
                id: field("id"),
                published: field("published"),
                outlet: field("outlet"),
                title: field("title"),
            }
        }
        other => return Err(Failure::Unusable(format!("`{other}` is not taken; send application/json or text/plain"))),
    };
    if sent.text.trim().is_empty() { Err(Failure::Unusable("there is no text".to_owned())) } else { Ok(sent) }
}

fn coded(site: &Site, sent: Sent) -> Result<Value, Failure> {
    let pipeline = &site.settings.pipeline;
    let mut article =
        article(&sent.text, sent.published.as_deref().unwrap_or_default(), sent.outlet.as_deref().unwrap_or_default())?;
    article.title = sent.title;
    if let Some(id) = sent.id {
        article.id = id;
    }
    let (document, records) = pipeline.read_all(article);
    let (events, claims, expectations) = ledger(&document, &records, &pipeline.codebook);
    Ok(json!({
        "versions": { "program": env!("CARGO_PKG_VERSION"), "models": MODELS_DIGEST, "scale": SCALE },
        "events": events, "claims": claims, "expectations": expectations,
    }))
}
