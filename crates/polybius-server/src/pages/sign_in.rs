//! Signing in with a token, where the server has one.

use std::sync::Arc;

use axum::Form;
use axum::extract::State;
use axum::http::{StatusCode, Uri, header};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use serde::Deserialize;

use crate::asked::Asked;
use crate::layout::document;
use crate::site::Site;

/// What the form sends.
#[derive(Deserialize)]
pub struct Sent {
    token: String,
    #[serde(default)]
    then: String,
}

/// To the form, and from there back.
pub fn redirect(wanted: &Uri) -> Response {
    let then = wanted.path_and_query().map_or("/", |path| path.as_str());
    Redirect::to(&Asked::default().with("then", then).at("/sign-in")).into_response()
}

/// The form.
pub async fn form(uri: Uri) -> Markup {
    let asked = Asked::parse(uri.query().unwrap_or_default());
    page(asked.get("then").unwrap_or("/"), None)
}

/// Takes the token.
pub async fn take(State(site): State<Arc<Site>>, Form(sent): Form<Sent>) -> Response {
    // Only to our own pages, for `//host` is one of another.
    let is_own = sent.then.starts_with('/') && !sent.then.starts_with("//") && !sent.then.contains('\\');
    let then = if is_own { sent.then.as_str() } else { "/" };
    match site.settings.access.signed_in(&sent.token) {
        Some(cookie) => {
            (StatusCode::SEE_OTHER, [(header::SET_COOKIE, cookie), (header::LOCATION, then.to_owned())]).into_response()
        }
        None => (StatusCode::UNAUTHORIZED, page(then, Some("This is not a token of this server."))).into_response(),
    }
}

fn page(then: &str, problem: Option<&str>) -> Markup {
    let content = html! {
        header.masthead { p.wordmark { "Polybius" } }
        main id="main" {
            h1 { "Sign in" }
            @if let Some(problem) = problem { p.notice role="alert" { (problem) } }
            form.stacked method="post" action="/sign-in" {
                label { span { "Token" } input type="password" name="token" autocomplete="current-password" required autofocus; }
                input type="hidden" name="then" value=(then);
                button { "Sign in" }
            }
            p.aside { "Whoever started the server has the token: one to look, another to correct." }
        }
    };
    document("Sign in", &content)
}
