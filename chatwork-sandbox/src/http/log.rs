//! The log of requests.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use axum::http::header::CONTENT_TYPE;
use axum::http::request::Parts;
use chatwork_api::operations;
use serde::Serialize;
use tokio::sync::Notify;

use super::record::{LoggedReply, headers};
use super::reply::Reply;
use crate::fault::TOKEN_ENDPOINT;

/// How many requests are kept.
const CAPACITY: usize = 1_000;
/// How much of a body, of a path and of a query is kept, in bytes.
const EXCERPT: usize = 4_096;
/// How much of a method is kept, in bytes. The longest that a client sends has 7.
const METHOD: usize = 32;
/// How many notes of a request are kept.
const NOTES: usize = 20;

/// A request as [`Sandbox::requests`](crate::Sandbox::requests) and `GET /_sandbox/requests` show
/// it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct LoggedRequest {
    /// The number, counted from 1 since the start or the last reset.
    pub number: u64,
    /// The Unix time in seconds by the sandbox's clock.
    pub at: i64,
    /// The method; the first 32 bytes of a longer one.
    pub method: String,
    /// The path, with `/v2`; the first 4,096 bytes of a longer one.
    pub path: String,
    /// The query, without `?`; the first 4,096 bytes of a longer one.
    pub query: String,
    /// The operationId, if method and path belong to an operation.
    pub operation: Option<String>,
    /// The account's key in the world, if the token was valid.
    pub account: Option<String>,
    /// The token, masked.
    pub token: Option<String>,
    /// The room of the path, if there is one.
    pub room: Option<String>,
    /// The headers, by their names in lower case; several of one name are joined by `, `. Tokens and
    /// cookies are masked.
    pub headers: BTreeMap<String, String>,
    /// The content type.
    pub content_type: Option<String>,
    /// The length of the body.
    pub body_bytes: usize,
    /// The first 4,096 bytes of a form body.
    pub body: Option<String>,
    /// The status of the reply; `None` if the connection was closed instead.
    pub status: Option<u16>,
    /// The reply; `None` if the connection was closed instead.
    pub reply: Option<LoggedReply>,
    /// Why the sandbox refused the request; `None` if it did not.
    pub reason: Option<String>,
    /// The id of the fault that happened.
    pub fault: Option<u64>,
    /// What the sandbox ignored, what it assumed, and which fault happened.
    pub notes: Vec<String>,
}

impl LoggedRequest {
    /// A request that is not answered yet.
    pub(super) fn new(parts: &Parts, at: i64) -> Self {
        let content_type = parts.headers.get(CONTENT_TYPE);
        Self {
            number: 0,
            at,
            method: start(parts.method.as_str().as_bytes(), METHOD),
            path: excerpt(parts.uri.path().as_bytes()),
            query: excerpt(parts.uri.query().unwrap_or_default().as_bytes()),
            operation: None,
            account: None,
            token: None,
            room: room(parts.uri.path()),
            headers: headers(&parts.headers),
            content_type: content_type.map(|value| excerpt(value.as_bytes())),
            body_bytes: 0,
            body: None,
            status: None,
            reply: None,
            reason: None,
            fault: None,
            notes: Vec::new(),
        }
    }

    /// The request with the status of its reply, and with the reason of a refusal.
    pub(super) fn answered(mut self, reply: &Reply) -> Self {
        self.status = Some(reply.status.as_u16());
        self.reply = Some(LoggedReply::new(reply));
        self.reason = reply.reason.as_deref().map(|reason| excerpt(reason.as_bytes()));
        self
    }

    /// The request without a reply: the connection was closed.
    pub(super) fn closed(self) -> Self {
        Self { status: None, reply: None, ..self }
    }
}

/// The room of a path below `/v2/rooms/`.
fn room(path: &str) -> Option<String> {
    let id = path.strip_prefix("/v2/rooms/")?.split('/').next()?;
    let is_id = !id.is_empty() && id.len() < 20 && id.bytes().all(|byte| byte.is_ascii_digit());
    is_id.then(|| id.to_owned())
}

/// Which requests of the record are wanted. A field that is `None` lets every request through.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RequestFilter {
    /// The operationId; `oauthToken` is the token endpoint.
    pub operation: Option<String>,
    /// The status; `Some(None)` for a connection that was closed.
    pub status: Option<Option<u16>>,
    /// The key of the account.
    pub account: Option<String>,
    /// The id of the room in the path.
    pub room: Option<String>,
    /// The method.
    pub method: Option<String>,
    /// The path, with `/v2`.
    pub path: Option<String>,
    /// Requests with a higher number alone.
    pub after: u64,
}

impl RequestFilter {
    /// Returns a filter that lets the requests of one operation through.
    pub fn operation(id: impl Into<String>) -> Self {
        Self { operation: Some(id.into()), ..Self::default() }
    }

    /// Whether an operation can be asked for.
    pub(crate) fn knows(id: &str) -> bool {
        id == TOKEN_ENDPOINT || operations::ALL.iter().any(|operation| operation.id == id)
    }

    fn lets_through(&self, request: &LoggedRequest) -> bool {
        let is = |wanted: &Option<String>, given: Option<&str>| {
            wanted.as_deref().is_none_or(|wanted| given == Some(wanted))
        };
        request.number > self.after
            && is(&self.operation, request.operation.as_deref())
            && self.status.is_none_or(|status| status == request.status)
            && is(&self.account, request.account.as_deref())
            && is(&self.room, request.room.as_deref())
            && is(&self.method, Some(&request.method))
            && is(&self.path, Some(&request.path))
    }
}

/// The newest requests.
#[derive(Debug, Default)]
pub(crate) struct RequestLog {
    count: u64,
    requests: VecDeque<LoggedRequest>,
    /// Told after each request.
    changed: Arc<Notify>,
}

impl RequestLog {
    /// An empty record, whose requests are told to those who wait for this one's.
    pub(super) fn successor(&self) -> Self {
        Self { changed: Arc::clone(&self.changed), ..Self::default() }
    }

    /// What is told after each request.
    pub(crate) fn changed(&self) -> Arc<Notify> {
        Arc::clone(&self.changed)
    }

    /// The requests that a filter lets through, oldest first.
    pub(crate) fn matching(&self, filter: &RequestFilter) -> Vec<LoggedRequest> {
        self.requests.iter().filter(|request| filter.lets_through(request)).cloned().collect()
    }

    /// Forgets all requests, and returns how many they were. The numbers go on.
    pub(crate) fn clear(&mut self) -> usize {
        std::mem::take(&mut self.requests).len()
    }

    /// Adds a request. Drops the oldest if the log is full.
    pub(super) fn add(&mut self, mut request: LoggedRequest) -> u64 {
        self.count += 1;
        request.number = self.count;
        request.notes.truncate(NOTES);
        trace(&request);
        if self.requests.len() == CAPACITY {
            self.requests.pop_front();
        }
        self.requests.push_back(request);
        self.changed.notify_waiters();
        self.count
    }

    /// The number of the last request.
    #[cfg(feature = "page")]
    pub(super) fn count(&self) -> u64 {
        self.count
    }

    /// The newest requests after this number, at most so many, oldest first.
    #[cfg(feature = "page")]
    pub(super) fn after(&self, number: u64, most: usize) -> Vec<LoggedRequest> {
        let newest = self.requests.iter().rev().take(most);
        let mut fresh: Vec<_> = newest.take_while(|it| it.number > number).cloned().collect();
        fresh.reverse();
        fresh
    }

    /// The requests, oldest first.
    pub(crate) fn all(&self) -> Vec<LoggedRequest> {
        self.requests.iter().cloned().collect()
    }
}

/// The first 4,096 bytes of something long.
pub(super) fn excerpt(bytes: &[u8]) -> String {
    start(bytes, EXCERPT)
}

fn start(bytes: &[u8], length: usize) -> String {
    String::from_utf8_lossy(bytes.get(..length.min(bytes.len())).unwrap_or_default()).into_owned()
}

/// Writes one line, and one more for the reason and for each note. Neither holds a body, a query
/// or a token, so no message text is in the log.
fn trace(request: &LoggedRequest) {
    let status = request.status.map_or_else(|| "closed".to_owned(), |status| status.to_string());
    let account = request.account.as_deref().unwrap_or("-");
    tracing::info!("{} {} {} {}", request.method, request.path, status, account);
    if let Some(reason) = &request.reason {
        tracing::warn!("  refused: {reason}");
    }
    for note in &request.notes {
        tracing::warn!("  {note}");
    }
}

#[cfg(test)]
mod tests {
    use axum::http::Request;

    use super::*;

    fn request() -> LoggedRequest {
        let (parts, ()) = Request::builder().uri("/v2/me").body(()).unwrap().into_parts();
        LoggedRequest::new(&parts, 0)
    }

    #[test]
    fn the_newest_thousand_requests_are_kept() {
        let mut log = RequestLog::default();
        for _ in 0..1_003 {
            log.add(request());
        }
        let kept = log.all();
        let numbers = (kept.len(), kept[0].number, kept[999].number);
        assert_eq!(numbers, (1_000, 4, 1_003));
    }

    #[test]
    fn a_long_method_and_many_notes_are_cut() {
        let method = "M".repeat(390_000);
        let (parts, ()) = Request::builder().method(method.as_str()).body(()).unwrap().into_parts();
        let mut logged = LoggedRequest::new(&parts, 0);
        logged.notes = vec!["note".to_owned(); 5_000];
        let mut log = RequestLog::default();
        log.add(logged);
        assert_eq!((log.all()[0].method.len(), log.all()[0].notes.len()), (32, 20));
    }
}
