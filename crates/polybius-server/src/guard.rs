//! What every request passes first: the right to ask, how often, and the headers of every answer.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::access::is_own_page;
use crate::failure::Failure;
use crate::site::Site;
use crate::{layout, pages};

/// So many requests a visitor may make at once, and a second after that.
const BURST: f64 = 2_000.0;
const PER_SECOND: f64 = 1_000.0;
/// A text to be coded weighs as much as so many requests.
const CODING_WEIGHT: f64 = 50.0;
/// So many visitors are remembered.
const MOST_VISITORS: usize = 10_000;

/// How much each visitor may still ask for.
#[derive(Default)]
pub struct Rates {
    visitors: Mutex<HashMap<IpAddr, (f64, Instant)>>,
}

impl Rates {
    /// Whether the visitor may ask for so much more.
    fn allow(&self, visitor: IpAddr, weight: f64, now: Instant) -> bool {
        let mut visitors = self.visitors.lock().unwrap_or_else(PoisonError::into_inner);
        if visitors.len() >= MOST_VISITORS {
            visitors.retain(|_, (_, seen)| now.duration_since(*seen).as_secs() < 10);
        }
        let (left, seen) = visitors.entry(visitor).or_insert((BURST, now));
        *left = (*left + now.duration_since(*seen).as_secs_f64() * PER_SECOND).min(BURST);
        *seen = now;
        let is_allowed = *left >= weight;
        *left -= if is_allowed { weight } else { 0.0 };
        is_allowed
    }
}

/// Lets a request through, or says why not.
pub async fn guard(State((site, rates)): State<(Arc<Site>, Arc<Rates>)>, mut request: Request, next: Next) -> Response {
    let visitor = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    let visitor = visitor.unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST));
    let access = &site.settings.access;
    let rights = access.rights(request.headers());
    let path = request.uri().path().to_owned();
    let is_open = path.starts_with("/assets/") || path == "/sign-in";
    let is_read_only = matches!(*request.method(), Method::GET | Method::HEAD);
    let weight = if is_read_only { 1.0 } else { CODING_WEIGHT };
    let refused = if !access.knows_host(request.headers()) {
        Some(Failure::Forbidden("this server answers only by the names of this machine, such as localhost"))
    } else if !rates.allow(visitor, weight, Instant::now()) {
        Some(Failure::TooMany)
    } else if !is_read_only && !is_own_page(request.headers()) {
        Some(Failure::Forbidden("this was sent by a page of another site"))
    } else if !rights.read && !is_open {
        Some(Failure::Unauthorized("a token is needed; sign in at /sign-in, or send `Authorization: Bearer TOKEN`"))
    } else {
        None
    };
    request.extensions_mut().insert(rights);
    let is_for_programs = path.starts_with("/v1/") || path == "/mcp";
    let is_page = !is_for_programs && !path.starts_with("/assets/");
    let response = match refused {
        Some(failure) if is_for_programs => crate::api::refused(&failure),
        Some(Failure::Unauthorized(_)) if is_read_only => pages::sign_in::redirect(request.uri()),
        Some(failure) => layout::failed(&site, &failure).into_response(),
        None => next.run(request).await,
    };
    with_headers(response, is_page)
}

/// Nothing but our own files may be loaded, nothing may frame us, nothing is guessed, nothing is told to others.
fn with_headers(mut response: Response, is_page: bool) -> Response {
    const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
                          form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
    let headers = response.headers_mut();
    let mut set = |name: &'static str, value: &'static str| {
        headers.insert(name, HeaderValue::from_static(value));
    };
    set("content-security-policy", POLICY);
    set("x-content-type-options", "nosniff");
    set("x-frame-options", "DENY");
    set("referrer-policy", "same-origin");
    set("cross-origin-opener-policy", "same-origin");
    set("cross-origin-resource-policy", "same-origin");
    set("permissions-policy", "camera=(), geolocation=(), microphone=()");
    if is_page && !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    }
    response
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn who_asks_too_much_waits() {
        let rates = Rates::default();
        let (one, other): (IpAddr, IpAddr) = ("10.0.0.1".parse().unwrap(), "10.0.0.2".parse().unwrap());
        let now = Instant::now();
        let n_allowed = (0..100).filter(|_| rates.allow(one, CODING_WEIGHT, now)).count();
        assert_eq!(n_allowed, (BURST / CODING_WEIGHT) as usize);
        assert!(rates.allow(other, CODING_WEIGHT, now), "another visitor need not wait");
        assert!(rates.allow(one, CODING_WEIGHT, now + Duration::from_millis(100)), "nobody waits for ever");
    }
}
