//! Who may call the control API: JSON only, and with a key where other machines can reach it.
//!
//! A form of another site can send a body of another type without asking, and a page of another site
//! has an `Origin`, which `guard` refuses. The key is needed as soon as the sandbox listens for more than
//! this machine. A program sends it in a header. The page sends it once, and the browser keeps it in a
//! cookie that no other site can make it send. It is never in an address, so it is in no log.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::header::{
    AUTHORIZATION, CONTENT_LENGTH, COOKIE, SET_COOKIE, TRANSFER_ENCODING, WWW_AUTHENTICATE,
};
use axum::http::{HeaderMap, HeaderName, Request, Response};
use axum::middleware::Next;
use chatwork_api::Secret;
use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::app::App;
use super::body::Whole;
use super::incoming::{content_type, essence};
use super::reply::Reply;

/// The header for the key, beside `Authorization: Bearer`.
pub(super) const KEY: HeaderName = HeaderName::from_static("x-sandbox-key");
/// The name of the cookie.
const KEPT: &str = "sandbox_key";
const FOLDER: &str = "/_sandbox";
/// What needs no key: what holds no data, a download address, which is signed, and the login.
const OPEN: [&str; 5] =
    ["/_sandbox", "/_sandbox/", "/_sandbox/health", "/_sandbox/login", "/_sandbox/icon"];
const OPEN_FOLDERS: [&str; 3] = ["/_sandbox/page/", "/_sandbox/download/", "/_sandbox/api"];

/// Answers 415 or 401, or passes the request on.
pub(super) async fn check(
    State(app): State<Arc<App>>,
    request: Request<Body>,
    next: Next,
) -> Response<Body> {
    let path = request.uri().path();
    if !path.starts_with(FOLDER) {
        return next.run(request).await;
    }
    let headers = request.headers();
    if !request.method().is_safe() && has_body(headers) && !is_json(headers) {
        let text = "Invalid content type: expected application/json, as `curl --json` sends it";
        return Reply::error(415, text).into_response(app.clock.now());
    }
    let is_refused = |key: &Secret| !is_open(path) && !has_key(headers, key.expose());
    if app.key.as_ref().is_some_and(is_refused) {
        let text = "The control API of this sandbox needs its key: send Authorization: Bearer KEY";
        let reply = Reply::error(401, text).with(WWW_AUTHENTICATE, "Bearer realm=\"sandbox\"");
        return reply.into_response(app.clock.now());
    }
    next.run(request).await
}

fn has_body(headers: &HeaderMap) -> bool {
    let length = headers.get(CONTENT_LENGTH).map(|length| length.as_bytes());
    headers.contains_key(TRANSFER_ENCODING) || length.is_some_and(|length| length != b"0")
}

fn is_json(headers: &HeaderMap) -> bool {
    essence(&content_type(headers)) == "application/json"
}

fn is_open(path: &str) -> bool {
    OPEN.contains(&path) || OPEN_FOLDERS.iter().any(|folder| path.starts_with(folder))
}

fn has_key(headers: &HeaderMap, key: &str) -> bool {
    let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    let bearer = text(AUTHORIZATION).and_then(|value| {
        let (scheme, given) = value.split_once(' ')?;
        scheme.eq_ignore_ascii_case("bearer").then_some(given.trim())
    });
    let cookies = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut kept = cookies.flat_map(|value| value.split(';')).filter_map(|pair| {
        let (name, value) = pair.trim().split_once('=')?;
        (name == KEPT).then_some(value)
    });
    let is_key = |given: &str| is_same(given, key);
    bearer.is_some_and(is_key) || text(KEY).is_some_and(is_key) || kept.any(is_key)
}

/// Compares hashes: how long that takes says nothing about the key.
fn is_same(given: &str, key: &str) -> bool {
    Sha256::digest(given) == Sha256::digest(key)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Login {
    key: String,
}

/// `POST /_sandbox/login` with `{"key": "…"}`: keeps the key in a cookie.
pub(crate) async fn login(State(app): State<Arc<App>>, body: Whole) -> Response<Body> {
    let given = body.bytes().ok().and_then(|body| serde_json::from_slice::<Login>(body).ok());
    let reply = match (given, &app.key) {
        (None, _) => Reply::error(400, "Invalid body: expected {\"key\": \"…\"}"),
        (Some(_), None) => Reply::error(404, "This sandbox needs no key"),
        (Some(Login { key: given }), Some(key)) if is_same(&given, key.expose()) => {
            let key = key.expose();
            let cookie = format!("{KEPT}={key}; Path={FOLDER}; HttpOnly; SameSite=Strict");
            Reply::empty(204).with(SET_COOKIE, cookie)
        }
        (Some(_), Some(_)) => Reply::error(401, "This is not the key of this sandbox"),
    };
    reply.into_response(app.clock.now())
}

/// Whether a key can be sent in a header and in a cookie, and cannot be guessed.
pub(crate) fn is_usable(key: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
    key.len() >= 16 && key.bytes().all(plain)
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    const TEXT: &str = "0123456789abcdef";

    fn with(name: &'static str, value: &str) -> HeaderMap {
        let value = HeaderValue::from_str(value).unwrap();
        HeaderMap::from_iter([(HeaderName::from_static(name), value)])
    }

    #[test]
    fn the_key_is_in_a_header_or_in_the_cookie() {
        for (name, value) in [
            ("authorization", "Bearer 0123456789abcdef"),
            ("x-sandbox-key", TEXT),
            ("cookie", "a=b; sandbox_key=0123456789abcdef"),
        ] {
            assert!(has_key(&with(name, value), TEXT), "{name}");
            assert!(!has_key(&with(name, &format!("{value}x")), TEXT), "{name}");
        }
        assert!(!has_key(&with("authorization", "Basic 0123456789abcdef"), TEXT));
        assert!(!has_key(&with("cookie", "other=0123456789abcdef"), TEXT));
    }

    #[test]
    fn a_key_is_long_and_plain() {
        assert!(is_usable("abcDEF-123_456789"));
        for key in ["", "short", "with spaces in between", "semicolon;semicolon;"] {
            assert!(!is_usable(key), "{key}");
        }
    }
}
