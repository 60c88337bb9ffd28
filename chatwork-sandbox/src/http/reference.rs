//! `/_sandbox/api`: the page of the API with samples, and the OpenAPI document.
//!
//! `cargo xtask pages --sandbox` writes the files. They are part of the crate.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::header::{ACCEPT_LANGUAGE, CONTENT_ENCODING, CONTENT_TYPE, VARY};
use axum::http::{HeaderMap, Response};
use axum::routing::get;
use bytes::Bytes;

use super::app::App;
use super::reply::Reply;

const HTML: &str = "text/html; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";
const YAML: &str = "application/yaml; charset=utf-8";

const ENGLISH: &[u8] = include_bytes!("../../reference/chatwork.en.html");
const JAPANESE: &[u8] = include_bytes!("../../reference/chatwork.ja.html");

/// The paths with their files. The script is compressed: only browsers load it.
const FILES: [(&str, &str, &[u8]); 5] = [
    ("/_sandbox/api/en", HTML, ENGLISH),
    ("/_sandbox/api/ja", HTML, JAPANESE),
    ("/_sandbox/api/redoc.js", SCRIPT, include_bytes!("../../reference/redoc.js.gz")),
    ("/_sandbox/api/chatwork.yaml", YAML, include_bytes!("../../reference/chatwork.yaml")),
    ("/_sandbox/api/chatwork.ja.yaml", YAML, include_bytes!("../../reference/chatwork.ja.yaml")),
];

pub(super) fn router() -> Router<Arc<App>> {
    let router = Router::new().route("/_sandbox/api", get(page));
    FILES.into_iter().fold(router, |router, (path, kind, bytes)| {
        router.route(
            path,
            get(move |State(app): State<Arc<App>>| async move { file(&app, kind, bytes) }),
        )
    })
}

/// The page in the language that the browser prefers.
async fn page(State(app): State<Arc<App>>, headers: HeaderMap) -> Response<Body> {
    let page = if prefers_japanese(&headers) { JAPANESE } else { ENGLISH };
    let mut response = file(&app, HTML, page);
    response.headers_mut().insert(VARY, ACCEPT_LANGUAGE.into());
    response
}

/// Browsers name the language of their user first.
fn prefers_japanese(headers: &HeaderMap) -> bool {
    let accepted = headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    let first = accepted.unwrap_or_default().split([',', ';']).next().unwrap_or_default();
    let language = first.trim().split('-').next().unwrap_or_default();
    language.eq_ignore_ascii_case("ja")
}

fn file(app: &App, kind: &str, bytes: &'static [u8]) -> Response<Body> {
    let mut reply = Reply::empty(200).with(CONTENT_TYPE, kind);
    if kind == SCRIPT {
        reply = reply.with(CONTENT_ENCODING, "gzip");
    }
    reply.body = Bytes::from_static(bytes);
    reply.into_response(app.clock.now())
}
