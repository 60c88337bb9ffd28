//! What the record keeps of headers and bodies: no token, no cookie, no signature, no code.

use std::collections::BTreeMap;

use axum::http::header::{AUTHORIZATION, COOKIE, LOCATION, PROXY_AUTHORIZATION, SET_COOKIE};
use axum::http::{HeaderMap, HeaderName};
use chatwork_api::headers::X_CHAT_WORK_TOKEN;
use serde::Serialize;

use super::log::excerpt;
use super::reply::Reply;

/// What stands for what is masked.
const MASK: &str = "…";
/// How many headers of a request are kept.
const HEADERS: usize = 64;
/// The fields of JSON whose texts are masked as a whole.
const SECRETS: [&str; 3] = ["access_token", "refresh_token", "token"];
/// The field of JSON with a signed address.
const ADDRESS: &str = "download_url";

/// A reply as it was sent.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct LoggedReply {
    /// The headers, by their names in lower case; several of one name are joined by `, `. Cookies and
    /// the parameters of a redirect are masked.
    pub headers: BTreeMap<String, String>,
    /// The length of the body.
    pub body_bytes: usize,
    /// The first 4,096 bytes of a text body; `None` for a file. Tokens of OAuth 2.0 and the parameters
    /// of download addresses are masked.
    pub body: Option<String>,
}

impl LoggedReply {
    pub(super) fn new(reply: &Reply) -> Self {
        let is_text = !reply.body.is_empty() && is_text(reply);
        Self {
            headers: headers(&reply.headers),
            body_bytes: reply.body.len(),
            body: is_text.then(|| masked(&excerpt(&reply.body))),
        }
    }
}

fn is_text(reply: &Reply) -> bool {
    let kind = super::incoming::content_type(&reply.headers);
    let kind = super::incoming::essence(&kind);
    let is_file = reply.headers.contains_key(axum::http::header::CONTENT_DISPOSITION);
    !is_file && (kind.is_empty() || kind.starts_with("text/") || kind == "application/json")
}

/// The headers, with what is secret masked.
pub(super) fn headers(headers: &HeaderMap) -> BTreeMap<String, String> {
    let mut shown = BTreeMap::new();
    for name in headers.keys().take(HEADERS) {
        let values = headers.get_all(name).iter().map(|value| value_of(name, value.as_bytes()));
        let values: Vec<_> = values.collect();
        shown.insert(name.as_str().to_owned(), excerpt(values.join(", ").as_bytes()));
    }
    shown
}

fn value_of(name: &HeaderName, value: &[u8]) -> String {
    let text = String::from_utf8_lossy(value);
    let secret = [AUTHORIZATION, PROXY_AUTHORIZATION, COOKIE, SET_COOKIE];
    match name {
        name if secret.contains(name) => scheme(&text),
        name if name.as_str() == "x-sandbox-key" => MASK.to_owned(),
        // Unlike other names, this constant is not written in lower case.
        name if name.as_str().eq_ignore_ascii_case(X_CHAT_WORK_TOKEN) => MASK.to_owned(),
        name if *name == LOCATION || name.as_str() == "referer" => without_query(&text),
        _ => text.into_owned(),
    }
}

/// Keeps the first word of `Bearer …` and `Basic …`.
fn scheme(text: &str) -> String {
    match text.split_once(' ') {
        Some((scheme, _)) if ["bearer", "basic"].contains(&scheme.to_lowercase().as_str()) => {
            format!("{scheme} {MASK}")
        }
        _ => MASK.to_owned(),
    }
}

fn without_query(text: &str) -> String {
    match text.split_once('?') {
        Some((address, _)) => format!("{address}?{MASK}"),
        None => text.to_owned(),
    }
}

/// Masks secrets in a text that may be JSON. A body is cut before, so it is read as text.
fn masked(text: &str) -> String {
    let text = SECRETS
        .iter()
        .fold(text.to_owned(), |text, field| replaced(&text, field, |_| MASK.to_owned()));
    replaced(&text, ADDRESS, without_query)
}

/// Replaces the text of each `"field":"…"`.
fn replaced(text: &str, field: &str, by: impl Fn(&str) -> String) -> String {
    let begin = format!("\"{field}\":\"");
    let mut parts = text.split(begin.as_str());
    let mut whole = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let end = part.find('"').unwrap_or(part.len());
        let (value, rest) = part.split_at_checked(end).unwrap_or((part, ""));
        whole.push_str(&begin);
        whole.push_str(&by(value));
        whole.push_str(rest);
    }
    whole
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    #[test]
    fn secrets_in_headers_are_masked() {
        let mut given = HeaderMap::new();
        for (name, value) in [
            ("x-chatworktoken", "secret"),
            ("authorization", "Bearer secret"),
            ("cookie", "secret=1"),
            ("x-sandbox-key", "secret"),
            ("location", "http://127.0.0.1/callback?code=secret&state=x"),
            ("user-agent", "test"),
        ] {
            given.insert(name, HeaderValue::from_static(value));
        }
        let shown = headers(&given);
        assert!(!format!("{shown:?}").contains("secret"), "{shown:?}");
        assert_eq!(shown["authorization"], "Bearer …");
        assert_eq!(shown["location"], "http://127.0.0.1/callback?…");
        assert_eq!(shown["user-agent"], "test");
    }

    #[test]
    fn secrets_in_a_body_are_masked_also_where_it_is_cut() {
        let text = "{\"access_token\":\"a.b.c\",\"expires_in\":1800,\"refresh_token\":\"r-1\"}";
        let expected = "{\"access_token\":\"…\",\"expires_in\":1800,\"refresh_token\":\"…\"}";
        assert_eq!(masked(text), expected);
        assert_eq!(masked("{\"access_token\":\"a.b"), "{\"access_token\":\"…");
        let text = "{\"download_url\":\"http://127.0.0.1/f?Signature=x&Expires=1\",\"filesize\":3}";
        assert_eq!(masked(text), "{\"download_url\":\"http://127.0.0.1/f?…\",\"filesize\":3}");
    }
}
