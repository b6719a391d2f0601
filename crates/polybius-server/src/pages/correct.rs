//! Correcting: retracting, showing again, splitting and merging, always with a reason, and only by forms of our own pages.

use std::sync::Arc;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use axum::{Extension, Form};
use maud::{Markup, html};
use polybius_record::Report;
use serde::Deserialize;

use crate::access::Rights;
use crate::asked::escaped;
use crate::failure::Failure;
use crate::layout::{failed, may_correct};
use crate::site::Site;
use crate::view::View;

/// What a form sends.
#[derive(Deserialize)]
pub struct Sent {
    key: String,
    what: String,
    id: String,
    /// Where the visitor came from: an event.
    event: String,
    reason: String,
    #[serde(default)]
    incident: String,
}

/// A reason is at most so many characters long.
const MOST: usize = 1_000;

/// The forms of an event.
pub fn forms(view: &View<'_>, report: &Report) -> Markup {
    if let Some(why_not) = may_correct(view.site, view.rights) {
        return html! { h2 { "Correct" } (why_not) };
    }
    let row = &report.row;
    let form = |what: &str, id: &str, label: &str, more: Markup| {
        html! {
            details.correct {
                summary { (label) }
                form.stacked method="post" action="/correct" {
                    input type="hidden" name="key" value=(view.site.settings.access.form_key());
                    input type="hidden" name="what" value=(what);
                    input type="hidden" name="id" value=(id);
                    input type="hidden" name="event" value=(row.event_id);
                    (more)
                    label { span { "Reason" } input type="text" name="reason" required maxlength=(MOST); }
                    button { (label) }
                }
            }
        }
    };
    let into = html! { label { span { "Into incident" } input type="number" name="incident" min="1" required; } };
    html! {
        h2 { "Correct" }
        p.aside { "Nothing is deleted: the record keeps what was there, who asks as of an earlier day still sees it, and every step can be undone." }
        (form("retract", &row.event_id, "Retract this report", html! {}))
        (form("retract", &row.document_id, "Retract its article", html! {}))
        (form("split", &row.event_id, "Split it from its incident", html! {}))
        (form("merge", &report.entry.incident.to_string(), "Merge its incident into another", into))
    }
}

/// The form that shows a retracted report again.
pub fn restore(view: &View<'_>, id: &str) -> Markup {
    if let Some(why_not) = may_correct(view.site, view.rights) {
        return why_not;
    }
    html! {
        form.stacked method="post" action="/correct" {
            input type="hidden" name="key" value=(view.site.settings.access.form_key());
            input type="hidden" name="what" value="restore";
            input type="hidden" name="event" value=(id);
            label { span { "Id of the report or its article" } input type="text" name="id" value=(id) required; }
            label { span { "Reason" } input type="text" name="reason" required maxlength=(MOST); }
            button { "Show it again" }
        }
    }
}

/// Does what a form asks for.
pub async fn take(
    State(site): State<Arc<Site>>,
    Extension(rights): Extension<Rights>,
    headers: HeaderMap,
    Form(sent): Form<Sent>,
) -> Response {
    let event = escaped(&sent.event);
    match done(&site, rights, &headers, sent).await {
        Ok(()) => Redirect::to(&format!("/event/{event}")).into_response(),
        Err(failure) => failed(&site, &failure).into_response(),
    }
}

async fn done(site: &Arc<Site>, rights: Rights, headers: &HeaderMap, sent: Sent) -> Result<(), Failure> {
    if !rights.write {
        return Err(Failure::Forbidden("corrections need the token for them"));
    }
    if !site.settings.access.is_own_form(headers, &sent.key) {
        return Err(Failure::Forbidden("this form is out of date; go back, load the page again, and repeat it"));
    }
    let reason = sent.reason.trim().to_owned();
    if reason.is_empty() || reason.chars().count() > MOST {
        return Err(Failure::Unusable(format!("a reason of 1 to {MOST} characters is needed")));
    }
    let number = |text: &str| {
        text.trim()
            .parse::<i64>()
            .map_err(|_| Failure::Unusable("an incident's number is needed, as its page shows it".to_owned()))
    };
    match sent.what.as_str() {
        "retract" => site.correct(move |record, now| record.retract(&sent.id, &reason, now).map(|_| ())).await,
        "restore" => site.correct(move |record, now| record.restore(&sent.id, &reason, now)).await,
        "split" => site.correct(move |record, now| record.split(&[sent.id], &reason, now).map(|_| ())).await,
        "merge" => {
            let (into, from) = (number(&sent.incident)?, number(&sent.id)?);
            site.correct(move |record, now| record.merge(into, &[from], &reason, now).map(|_| ())).await
        }
        _ => Err(Failure::Unusable("a correction is one of retract, restore, split, merge".to_owned())),
    }
}
