//! Errors of the low-level client.

use std::fmt;

use bytes::Bytes;
use reqwest::StatusCode;
use reqwest::header::HeaderMap;

use crate::rate_limit::{MessageLimitation, RateLimit};
use crate::types::ErrorResponse;

/// The error of every operation.
///
/// Neither `Display` nor `Debug` shows a token, or anything of a body besides the API's own error
/// texts.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// An argument or a setting is invalid, so the request was not sent. Holds the reason.
    Invalid(String),
    /// The request did not get a reply: no connection, TLS, a timeout, or a connection that was
    /// closed.
    Transport(reqwest::Error),
    /// A reply arrived, but its body is incomplete or does not match the document.
    Unreadable(Box<Unreadable>),
    /// The API answered with a status other than a documented success of the operation.
    Refused(Box<Refusal>),
}

impl Error {
    /// The status of the reply, if there was one.
    pub fn status(&self) -> Option<StatusCode> {
        match self {
            Self::Invalid(_) | Self::Transport(_) => None,
            Self::Unreadable(reply) => Some(reply.status()),
            Self::Refused(refusal) => Some(refusal.status()),
        }
    }

    /// The headers of the reply, if there was one.
    pub fn headers(&self) -> Option<&HeaderMap> {
        match self {
            Self::Invalid(_) | Self::Transport(_) => None,
            Self::Unreadable(reply) => Some(reply.headers()),
            Self::Refused(refusal) => Some(refusal.headers()),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Invalid(what) => write!(f, "invalid request: {what}"),
            Self::Transport(error) => write!(f, "no reply: {error}"),
            Self::Unreadable(reply) => reply.fmt(f),
            Self::Refused(refusal) => refusal.fmt(f),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Invalid(_) | Self::Refused(_) => None,
            Self::Transport(error) => std::error::Error::source(error),
            Self::Unreadable(reply) => match &reply.fault {
                Fault::Broken(error) => Some(error),
                Fault::Malformed { .. } | Fault::Unread(_) => None,
            },
        }
    }
}

impl From<reqwest::Error> for Error {
    fn from(error: reqwest::Error) -> Self {
        if error.is_builder() { Self::Invalid(causes(&error)) } else { Self::Transport(error) }
    }
}

/// Returns the texts of an error and of its sources: reqwest's own text is only "builder error".
fn causes(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(error) = source {
        text = format!("{text}: {error}");
        source = error.source();
    }
    text
}

/// A reply whose body could not be read.
pub struct Unreadable {
    status: StatusCode,
    headers: HeaderMap,
    fault: Fault,
}

enum Fault {
    Broken(reqwest::Error),
    Malformed {
        body: Bytes,
        line: usize,
        column: usize,
        kind: UnreadableFault,
    },
    /// The body was not read, or not to its end.
    Unread(UnreadableFault),
}

/// Why a reply could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum UnreadableFault {
    /// The connection was closed before the body was complete.
    Broken,
    /// The body ends in the middle of its JSON.
    Truncated,
    /// The body is not valid JSON.
    NotJson,
    /// The body is valid JSON that does not match the documented schema.
    Shape,
    /// The body is larger than [`MAX_REPLY_BYTES`](crate::MAX_REPLY_BYTES).
    TooLarge,
    /// The status is a success that the API does not document for this operation.
    Status,
    /// The status is a success, and the body is empty where the caller expects a value.
    Empty,
}

impl Unreadable {
    /// Creates an unreadable reply without its body, for a caller that reads more of a reply than
    /// this crate does, and for a test double of the API.
    ///
    /// ```
    /// use chatwork_api::{Unreadable, UnreadableFault};
    /// use reqwest::StatusCode;
    /// use reqwest::header::HeaderMap;
    ///
    /// let status = StatusCode::NO_CONTENT;
    /// let reply = Unreadable::new(status, HeaderMap::new(), UnreadableFault::Empty);
    /// assert_eq!(reply.fault(), UnreadableFault::Empty);
    /// ```
    pub fn new(status: StatusCode, headers: HeaderMap, fault: UnreadableFault) -> Self {
        Self { status, headers, fault: Fault::Unread(fault) }
    }

    /// The body is incomplete.
    pub(crate) fn broken(status: StatusCode, headers: HeaderMap, error: reqwest::Error) -> Self {
        Self { status, headers, fault: Fault::Broken(error) }
    }

    /// The body is not valid JSON, or does not match the documented schema. Keeps only the place of
    /// serde's error: its text quotes the payload.
    pub(crate) fn malformed(
        status: StatusCode,
        headers: HeaderMap,
        body: Bytes,
        error: &serde_json::Error,
    ) -> Self {
        use serde_json::error::Category;
        let kind = match error.classify() {
            Category::Data => UnreadableFault::Shape,
            Category::Eof => UnreadableFault::Truncated,
            Category::Syntax | Category::Io => UnreadableFault::NotJson,
        };
        let fault = Fault::Malformed { body, line: error.line(), column: error.column(), kind };
        Self { status, headers, fault }
    }

    /// The body is larger than a reply may be.
    pub(crate) fn too_large(status: StatusCode, headers: HeaderMap) -> Self {
        Self { status, headers, fault: Fault::Unread(UnreadableFault::TooLarge) }
    }

    /// The status is a success that the API does not document.
    pub(crate) fn undocumented(status: StatusCode, headers: HeaderMap) -> Self {
        Self { status, headers, fault: Fault::Unread(UnreadableFault::Status) }
    }

    /// The status of the reply.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers of the reply.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// Returns why the reply could not be read.
    pub fn fault(&self) -> UnreadableFault {
        match &self.fault {
            Fault::Broken(_) => UnreadableFault::Broken,
            Fault::Malformed { kind, .. } | Fault::Unread(kind) => *kind,
        }
    }

    /// Returns the line and the column of the error in the body, both from 1. `None` if the body is
    /// incomplete.
    pub fn position(&self) -> Option<(usize, usize)> {
        match &self.fault {
            Fault::Broken(_) | Fault::Unread(_) => None,
            Fault::Malformed { line, column, .. } => Some((*line, *column)),
        }
    }

    /// Returns the body, or `None` if it is incomplete. Do not log it: it may hold private data.
    pub fn body(&self) -> Option<&Bytes> {
        match &self.fault {
            Fault::Broken(_) | Fault::Unread(_) => None,
            Fault::Malformed { body, .. } => Some(body),
        }
    }

    /// Returns why the body is incomplete, or `None` if it is complete.
    pub fn broken_by(&self) -> Option<&reqwest::Error> {
        match &self.fault {
            Fault::Broken(error) => Some(error),
            Fault::Malformed { .. } | Fault::Unread(_) => None,
        }
    }
}

impl fmt::Debug for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Unreadable")
            .field("status", &self.status)
            .field("fault", &self.fault)
            .finish_non_exhaustive()
    }
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match self.fault() {
            UnreadableFault::Broken => "is incomplete",
            UnreadableFault::Truncated => "ends in the middle of its JSON",
            UnreadableFault::NotJson => "is not valid JSON",
            UnreadableFault::Shape => "does not match the documented schema",
            UnreadableFault::TooLarge => "is larger than 64 MiB",
            UnreadableFault::Empty => "is empty: expected a value",
            UnreadableFault::Status => {
                let status = self.status.as_u16();
                return write!(f, "the API has done it, but answered {status}: not documented");
            }
        };
        write!(f, "the body of the reply ({}) {what}", self.status.as_u16())?;
        match &self.fault {
            Fault::Broken(_) | Fault::Unread(_) => Ok(()),
            Fault::Malformed { line, column, .. } => write!(f, ", at line {line} column {column}"),
        }
    }
}

impl fmt::Debug for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Broken(error) => f.debug_tuple("Broken").field(error).finish(),
            Self::Unread(kind) => kind.fmt(f),
            Self::Malformed { body, line, column, kind } => f
                .debug_struct("Malformed")
                .field("kind", kind)
                .field("bytes", &body.len())
                .field("line", line)
                .field("column", column)
                .finish(),
        }
    }
}

/// A reply with a status other than a documented success.
pub struct Refusal {
    status: StatusCode,
    headers: HeaderMap,
    body: Result<Bytes, reqwest::Error>,
    errors: Vec<String>,
}

impl Refusal {
    /// Creates a refusal, for a test double of the API.
    ///
    /// ```
    /// use chatwork_api::Refusal;
    /// use reqwest::StatusCode;
    /// use reqwest::header::HeaderMap;
    ///
    /// let body = r#"{"errors":["Invalid API token"]}"#;
    /// let refusal = Refusal::new(StatusCode::UNAUTHORIZED, HeaderMap::new(), body);
    /// assert_eq!(refusal.errors(), ["Invalid API token"]);
    /// ```
    pub fn new(status: StatusCode, headers: HeaderMap, body: impl Into<Bytes>) -> Self {
        Self::read(status, headers, Ok(body.into()))
    }

    pub(crate) fn read(
        status: StatusCode,
        headers: HeaderMap,
        body: Result<Bytes, reqwest::Error>,
    ) -> Self {
        let parsed = body.as_ref().ok().and_then(|body| ErrorResponse::from_body(body));
        let errors = parsed.map(|parsed| parsed.errors).unwrap_or_default();
        Self { status, headers, body, errors }
    }

    /// The status of the reply.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers of the reply.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// Returns the error texts of the API. Empty if the body is not an [`ErrorResponse`], for example
    /// the HTML of a gateway.
    pub fn errors(&self) -> &[String] {
        &self.errors
    }

    /// Returns the body: JSON, HTML, or empty. `None` if it is incomplete.
    pub fn body(&self) -> Option<&Bytes> {
        self.body.as_ref().ok()
    }

    /// The account's rate limit, as the headers of this reply report it.
    pub fn rate_limit(&self) -> Option<RateLimit> {
        RateLimit::from_headers(&self.headers)
    }

    /// Returns the notice that the plan hides messages. A 404 with this notice does not mean that the
    /// message is missing.
    pub fn message_limitation(&self) -> Option<MessageLimitation> {
        MessageLimitation::from_headers(&self.headers)
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "refused with status {}", self.status.as_u16())?;
        let mut separator = ": ";
        for error in &self.errors {
            write!(f, "{separator}{error}")?;
            separator = "; ";
        }
        Ok(())
    }
}

impl fmt::Debug for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Refusal")
            .field("status", &self.status)
            .field("errors", &self.errors)
            .field("rate_limit", &self.rate_limit())
            .finish_non_exhaustive()
    }
}

impl ErrorResponse {
    /// Reads the body of a refusal. Returns `None` if it is HTML, empty or of another shape.
    ///
    /// ```
    /// use chatwork_api::types::ErrorResponse;
    ///
    /// let parsed = ErrorResponse::from_body(br#"{"errors":["Invalid API token"]}"#);
    /// assert_eq!(parsed.unwrap().errors, ["Invalid API token"]);
    /// assert_eq!(ErrorResponse::from_body(b"<html>"), None);
    /// ```
    pub fn from_body(body: &[u8]) -> Option<Self> {
        serde_json::from_slice(body).ok()
    }
}
