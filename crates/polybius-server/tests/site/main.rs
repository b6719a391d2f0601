//! The page and the API from outside: what they show, what they refuse, and that texts stay texts.

mod api;
mod hostile;
mod pages;
mod security;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, Response, StatusCode};
use http_body_util::BodyExt;
use polybius::{Article, Pipeline, ledger};
use polybius_record::{Clock, Keep, Maker, Placing, Reading, Record, Signature};
use polybius_server::{Access, Demo, Settings, Site, Writers, demo, router};
use tower::ServiceExt;

/// The time of all records here: 7 March 2026.
fn clock() -> Clock {
    Clock::fixed(1_772_841_600).expect("the time is one")
}

fn maker() -> Maker {
    let part = |name: &str| format!("{name} of the tests");
    Maker {
        version: "0".into(),
        program: part("program"),
        codebook: part("codebook"),
        models: part("models"),
        settings: String::new(),
    }
}

fn pipeline() -> Pipeline {
    Pipeline::new(polybius::codebook(Vec::new()).unwrap_or_else(|_| panic!("the codebook compiled in is sound")))
}

/// The demonstration, made once.
fn example() -> &'static Demo {
    static DEMO: OnceLock<Demo> = OnceLock::new();
    DEMO.get_or_init(|| demo(&pipeline(), &maker(), clock(), 2).expect("the record can be made"))
}

/// The address of a server that only this machine can reach.
fn local() -> SocketAddr {
    "127.0.0.1:7380".parse().expect("an address")
}

/// Who may do what where nobody needs a token and nobody corrects.
fn readers() -> Access {
    Access::new(local(), None, Writers::Nobody, [1; 32]).expect("this machine alone needs no token")
}

fn site(record: PathBuf, access: Access) -> Router {
    let settings =
        Settings { record, name: "tests".into(), is_demo: true, pipeline: pipeline(), clock: clock(), access };
    router(Site::new(settings).expect("the record can be read"))
}

/// The demonstration's pages.
fn demo_site() -> Router {
    static ROUTER: OnceLock<Router> = OnceLock::new();
    ROUTER.get_or_init(|| site(example().path(), readers())).clone()
}

/// A record of its own with one article, which goes away with the folder.
fn record_of(article: Article) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let path = folder.path().join("own.db");
    let record = Record::open(&path).expect("the record can be made");
    let run = record.run(&maker(), &clock().now()).expect("a run can be noted");
    let pipeline = pipeline();
    let signature = Signature::of(&article.text);
    let (document, records) = pipeline.read_all(article);
    let (rows, claims, expectations) = ledger(&document, &records, &pipeline.codebook);
    let n_sentences = document.sentences().len();
    let reading = Reading {
        article: document.article().clone(),
        n_sentences,
        rows,
        claims,
        expectations,
        signature,
        placing: Placing::ByLikeness,
    };
    record.add(run, &reading, Keep::Text, &clock().now()).expect("the article can be added");
    record.commit().expect("the disk takes it");
    (folder, path)
}

/// What came back.
struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Answer {
    fn text(&self) -> String {
        String::from_utf8(self.body.clone()).expect("the answer is UTF-8")
    }

    fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }

    fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }
}

/// Sends a request to the router.
fn send(router: &Router, request: Request<Body>) -> Answer {
    static RUNTIME: OnceLock<Arc<tokio::runtime::Runtime>> = OnceLock::new();
    let runtime = RUNTIME
        .get_or_init(|| Arc::new(tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime")));
    runtime.block_on(async {
        let answer: Response<Body> = router.clone().oneshot(request).await.expect("the router always answers");
        let (parts, body) = answer.into_parts();
        let body = body.collect().await.expect("the body is whole").to_bytes().to_vec();
        Answer { status: parts.status, headers: parts.headers, body }
    })
}

fn request(method: &str, address: &str, headers: &[(&str, &str)], body: impl Into<Body>) -> Request<Body> {
    let mut request = Request::builder().method(method).uri(address);
    if !headers.iter().any(|(name, _)| *name == "host") {
        request = request.header("host", "localhost:7380");
    }
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.body(body.into()).expect("the request can be written")
}

fn get(router: &Router, address: &str) -> Answer {
    send(router, request("GET", address, &[], Body::empty()))
}

/// The page at an address, which must be there.
fn page(router: &Router, address: &str) -> String {
    let answer = get(router, address);
    assert_eq!(answer.status, StatusCode::OK, "{address}: {}", answer.text());
    answer.text()
}

/// Every address of our own that a page links to.
fn links(page: &str) -> Vec<String> {
    let addresses = page.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let own = addresses.filter(|address| address.starts_with('/') && !address.starts_with("//"));
    own.map(|address| address.replace("&amp;", "&")).collect()
}
