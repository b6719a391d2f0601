//! One request as a page sees it, and the page as it is shown.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use maud::{Markup, html};
use percent_encoding::percent_decode_str;
use polybius_record::{By, Filter, Record, Status};
use sha2::{Digest, Sha256};

use crate::access::Rights;
use crate::asked::Asked;
use crate::failure::Failure;
use crate::layout;
use crate::site::Site;

/// One request as a page sees it.
pub struct View<'v> {
    /// What all requests share.
    pub site: &'v Site,
    /// The record, which can only be read.
    pub record: &'v Record,
    /// What is asked for.
    pub asked: Asked,
    /// What the visitor may do.
    pub rights: Rights,
    /// The address without its parameters.
    pub path: String,
}

/// A page without its surroundings.
pub struct Shown {
    /// The title of the window, and the headline.
    pub title: String,
    /// What it shows, in a sentence under the headline.
    pub standfirst: Markup,
    /// Ways to take away exactly what is on it: a format and an address.
    pub exports: Vec<(&'static str, String)>,
    /// All the rest.
    pub body: Markup,
}

impl Shown {
    /// A page that only has a title and a body.
    pub fn new(title: impl Into<String>, body: Markup) -> Shown {
        Shown { title: title.into(), standfirst: html! {}, exports: Vec::new(), body }
    }
}

impl View<'_> {
    /// The filter that is asked for; `otherwise` are the statuses where none is named.
    pub fn filter(&self, otherwise: &[Status]) -> Result<Filter, Failure> {
        Ok(self.asked.filter(otherwise)?)
    }

    /// The last part of the address.
    pub fn last_part(&self) -> String {
        let part = self.path.rsplit('/').next().unwrap_or_default();
        percent_decode_str(part).decode_utf8_lossy().into_owned()
    }

    /// The day on which the record ends: that of its last article, or the one it is asked as of.
    pub fn today(&self, filter: &Filter) -> Result<String, Failure> {
        let last = self.site.kept.extent(self.record, filter.as_of.as_ref())?.last.clone();
        Ok(last.unwrap_or_else(|| "1970-01-01".to_owned()))
    }

    /// The period that is asked for, or the one in which so many days fill a chart.
    pub fn by(&self, first: Option<&str>, last: Option<&str>) -> By {
        let day = |day: Option<&str>| day.and_then(|day| day.parse::<jiff::civil::Date>().ok());
        self.asked.by().unwrap_or_else(|| match day(first).zip(day(last)) {
            Some((first, last)) => match first.duration_until(last).as_hours() / 24 {
                ..=45 => By::Day,
                46..=300 => By::Week,
                301..=4000 => By::Month,
                _ => By::Year,
            },
            None => By::Month,
        })
    }
}

/// How a page is made.
pub type Make = fn(&View<'_>) -> Result<Shown, Failure>;

/// Answers with a page, or with nothing where the visitor has it already.
pub async fn show(site: Arc<Site>, rights: Rights, request: Request, make: Make) -> Response {
    let asked = Asked::parse(request.uri().query().unwrap_or_default());
    let path = request.uri().path().to_owned();
    let headers = request.headers().clone();
    let made = async {
        let tag = tag(&site, &[&path, &asked.written(), &format!("{rights:?}")])?;
        if has(&headers, &tag) {
            return Ok((tag, None));
        }
        if let Some(page) = site.kept.page(&tag) {
            return Ok((tag, Some(page)));
        }
        let _turn = site.kept.turn(&tag).await;
        // Whoever had the turn before may have made it.
        if let Some(page) = site.kept.page(&tag) {
            return Ok((tag, Some(page)));
        }
        site.prepare();
        let page = site.ask(move |site, record| {
            let view = View { site, record, asked, rights, path };
            let shown = make(&view)?;
            Ok(Arc::<str>::from(layout::page(&view, shown)?.into_string()))
        });
        let page = page.await?;
        site.kept.keep(&tag, &page);
        Ok((tag, Some(page)))
    };
    match made.await {
        Ok((tag, None)) => (StatusCode::NOT_MODIFIED, [(header::ETAG, tag)]).into_response(),
        Ok((tag, Some(page))) => ([(header::ETAG, tag)], Html(page.to_string())).into_response(),
        Err(failure) => layout::failed(&site, &failure).into_response(),
    }
}

/// A handler for a page.
pub fn page(make: Make) -> axum::routing::MethodRouter<Arc<Site>> {
    axum::routing::get(
        async move |State(site): State<Arc<Site>>,
                    axum::Extension(rights): axum::Extension<Rights>,
                    request: Request| { show(site, rights, request, make).await },
    )
}

/// What an answer is known by: it is another one if the record, the program or what was asked is.
pub fn tag(site: &Site, parts: &[&str]) -> Result<String, Failure> {
    let mut hash = Sha256::new();
    let state = site.state()?;
    let own = [env!("CARGO_PKG_VERSION"), &layout::ASSETS.to_string(), &state, &site.settings.access.form_key()];
    for part in own.iter().chain(parts) {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    let digest: String = hash.finalize().iter().take(12).map(|byte| format!("{byte:02x}")).collect();
    Ok(format!("W/\"{digest}\""))
}

/// Whether the visitor has the answer of this tag.
pub fn has(headers: &HeaderMap, tag: &str) -> bool {
    let known = headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    let plain = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    known.flat_map(|tags| tags.split(',')).any(|known| plain(known) == plain(tag) || known.trim() == "*")
}
