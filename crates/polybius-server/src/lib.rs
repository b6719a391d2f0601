//! The page: a record as people look at it, and as other programs ask it over HTTP. Pages are made here, complete without scripts;
//! charts are SVG made here; no other host is ever asked for anything.

// What is asked for, by whom.
mod access;
mod asked;
mod failure;
mod guard;
mod kept;
mod site;
mod view;

// What is shown.
mod charts;
mod layout;
mod marks;
mod outlines;
mod pages;
mod parts;

// For other programs.
mod api;

// A record to try it on.
mod demo;

use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::DefaultBodyLimit;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::{get, post};
use axum::{Router, middleware};
use tokio::net::TcpListener;
use tower_http::compression::CompressionLayer;
use tower_http::timeout::TimeoutLayer;

pub use access::{Access, Rights, Token, Writers};
pub use demo::{Demo, demo};
pub use failure::Failure;
pub use site::{Settings, Site};

/// No answer may take longer than this; what is streamed may go on.
const PATIENCE: Duration = Duration::from_secs(30);
/// Nothing longer is taken; a text of full length may be three times as long in a form.
const MOST_BYTES: usize = 3 * pages::read::MOST_BYTES + 4096;

/// All pages and addresses.
pub fn router(site: Arc<Site>) -> Router {
    let page = view::page;
    let pages = Router::new()
        .route("/", page(pages::today::make))
        .route("/dyad", page(pages::dyad::make))
        .route("/reports", page(pages::reports::make))
        .route("/event/{id}", page(pages::event::event))
        .route("/incident/{number}", page(pages::event::incident))
        .route("/article", page(pages::articles::one))
        .route("/articles", page(pages::articles::list))
        .route("/actor", get(choose_actor))
        .route("/actor/{code}", page(pages::actor::make))
        .route("/network", page(pages::network::make))
        .route("/map", page(pages::map::make))
        .route("/timeline", page(pages::timeline::make))
        .route("/claims", page(pages::claims::make))
        .route("/claim/{id}", page(pages::claims::claim))
        .route("/contradictions", page(pages::contradictions::make))
        .route("/expectations", page(pages::expectations::make))
        .route("/read", page(pages::read::make).post(pages::read::take))
        .route("/health", page(pages::health::make))
        .route("/codebook", page(pages::codebook::make))
        .route("/codebook/{name}", page(pages::codebook::one))
        .route("/search", page(pages::search::make))
        .route("/keys", page(pages::keys::make))
        .route("/correct", post(pages::correct::take))
        .route("/sign-in", get(pages::sign_in::form).post(pages::sign_in::take))
        .route("/dyad.svg", picture(pages::dyad::svg))
        .route("/network.svg", picture(pages::network::svg))
        .route("/map.svg", picture(pages::map::svg))
        .route("/assets/{name}", get(asset));
    let rates = Arc::new(guard::Rates::default());
    pages
        .merge(api::router())
        .fallback(nowhere)
        .layer(DefaultBodyLimit::max(MOST_BYTES))
        .layer(CompressionLayer::new().no_br().no_deflate().no_zstd())
        .layer(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, PATIENCE))
        .layer(middleware::from_fn_with_state((Arc::clone(&site), rates), guard::guard))
        .with_state(site)
}

/// Serves until `end`, then lets the answers under way be finished.
///
/// # Errors
/// If the connections cannot be served.
pub async fn serve(
    listener: TcpListener,
    site: Arc<Site>,
    end: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    let service = router(site).into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, service).with_graceful_shutdown(end).await
}

type Draw = fn(&view::View<'_>) -> Result<String, Failure>;

/// A chart as a file.
fn picture(draw: Draw) -> axum::routing::MethodRouter<Arc<Site>> {
    use axum::Extension;
    use axum::extract::{Request, State};
    get(async move |State(site): State<Arc<Site>>, Extension(rights): Extension<Rights>, request: Request| {
        let asked = asked::Asked::parse(request.uri().query().unwrap_or_default());
        let path = request.uri().path().to_owned();
        let name = format!("attachment; filename=\"polybius{}\"", path.replace('/', "-"));
        let kept = Arc::clone(&site);
        match site.ask(move |site, record| draw(&view::View { site, record, asked, rights, path })).await {
            Ok(svg) => ([(header::CONTENT_TYPE, "image/svg+xml".to_owned()), (header::CONTENT_DISPOSITION, name)], svg)
                .into_response(),
            Err(failure) => layout::failed(&kept, &failure).into_response(),
        }
    })
}

/// The list of actors, or the one that a form names.
async fn choose_actor(
    state: axum::extract::State<Arc<Site>>,
    axum::Extension(rights): axum::Extension<Rights>,
    request: axum::extract::Request,
) -> axum::response::Response {
    let asked = asked::Asked::parse(request.uri().query().unwrap_or_default());
    match asked.get("code") {
        Some(code) => {
            let is_country = code.len() == 3;
            let code = if is_country { code.to_ascii_uppercase() } else { code.to_owned() };
            axum::response::Redirect::to(&parts::actor(&code)).into_response()
        }
        None => view::show(state.0, rights, request, pages::actor::choice).await,
    }
}

async fn asset(axum::extract::Path(name): axum::extract::Path<String>) -> axum::response::Response {
    let (kind, text) = match name.as_str() {
        "page.css" => (
            "text/css; charset=utf-8",
            concat!(
                include_str!("assets/page.css"),
                include_str!("assets/chart.css"),
                include_str!("assets/chart-dark.css")
            ),
        ),
        "page.js" => ("text/javascript; charset=utf-8", include_str!("assets/page.js")),
        "icon.svg" => ("image/svg+xml", include_str!("assets/icon.svg")),
        _ => return StatusCode::NOT_FOUND.into_response(),
    };
    ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "public, max-age=3600")], text).into_response()
}

async fn nowhere(state: axum::extract::State<Arc<Site>>, uri: axum::http::Uri) -> axum::response::Response {
    let failure = Failure::Missing(format!("nothing is at {}", marks::brief(uri.path())));
    if uri.path().starts_with("/v1/") {
        api::refused(&failure)
    } else {
        layout::failed(&state.0, &failure).into_response()
    }
}
