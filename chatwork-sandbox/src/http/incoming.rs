//! Reads a request to its end, and parses its body.

use axum::body::Body;
use axum::http::header::CONTENT_TYPE;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Request};
use bytes::Bytes;

use super::auth::PresentedToken;
use super::body::{self, Received};
use super::call::Payload;
use super::form::Form;
use super::log::excerpt;
use super::route::{self, Route};
use super::upload;
use crate::state::Refusal;

pub(super) const FORM: &str = "application/x-www-form-urlencoded";
pub(super) const MULTIPART: &str = "multipart/form-data";

/// A request, read to its end.
pub(super) struct Incoming {
    pub(super) parts: Parts,
    pub(super) received: Received,
    pub(super) payload: Payload,
    pub(super) query: Form,
    pub(super) route: Option<Route>,
    pub(super) token: PresentedToken,
}

impl Incoming {
    pub(super) async fn read(request: Request<Body>) -> Self {
        let (parts, body) = request.into_parts();
        let received = body::read(body).await;
        let payload = payload(&content_type(&parts.headers), &received).await;
        let path = parts.uri.path().strip_prefix("/v2");
        let route = path.and_then(|path| route::find(&parts.method, path));
        let query = Form::parse(parts.uri.query().unwrap_or_default().as_bytes());
        let token = PresentedToken::read(&parts.headers);
        Self { parts, received, payload, query, route, token }
    }

    /// The operationId, if method and path belong to an operation.
    pub(super) fn operation(&self) -> Option<&'static str> {
        self.route.as_ref().map(|route| route.operation.id)
    }

    /// Whether a parameter of the path, the query or a form has this value.
    pub(super) fn has(&self, name: &str, value: &str) -> bool {
        let parameters = self.route.as_ref().map_or(&[][..], |route| &route.parameters);
        let in_path = parameters.iter().any(|(known, given)| *known == name && given == value);
        let in_form = match &self.payload {
            Payload::Form(form) => form.holds(name, value),
            _ => false,
        };
        in_path || in_form || self.query.holds(name, value)
    }

    /// Whether the path is below a folder.
    pub(super) fn is_below(&self, folder: &str) -> bool {
        let rest = self.parts.uri.path().strip_prefix(folder);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }

    /// The body; empty if it is too large or broke off.
    pub(super) fn bytes(&self) -> &[u8] {
        self.received.bytes()
    }
}

/// The content type as it came, empty without one.
pub(super) fn content_type(headers: &HeaderMap) -> String {
    let value = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    value.unwrap_or_default().to_owned()
}

/// A content type without its parameters, in lower case.
pub(super) fn essence(content_type: &str) -> String {
    content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

async fn payload(content_type: &str, received: &Received) -> Payload {
    let bytes = match received {
        Received::Whole(bytes) => bytes,
        Received::TooLarge => {
            let text = "The body is too large: a file has at most 5 MB (Parameter 'file')";
            return Payload::Unreadable(Refusal::invalid(text));
        }
        Received::Broken => {
            return Payload::Unreadable(Refusal::invalid("The body cannot be read"));
        }
    };
    parse(content_type, bytes).await
}

async fn parse(content_type: &str, bytes: &Bytes) -> Payload {
    match essence(content_type).as_str() {
        MULTIPART => match upload::parse(content_type, bytes).await {
            Ok(upload) => Payload::Multipart(upload),
            Err(refusal) => Payload::Unreadable(refusal),
        },
        "" | FORM => Payload::Form(Form::parse(bytes)),
        _ if bytes.is_empty() => Payload::Form(Form::default()),
        other => Payload::OtherType(excerpt(other.as_bytes())),
    }
}
