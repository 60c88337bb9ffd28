//! What came in.

use std::collections::VecDeque;

use serde::Serialize;

/// How many requests are remembered.
const REMEMBERED: usize = 1_000;
/// How much of a body, of a path and of a query is remembered, in bytes.
const EXCERPT: usize = 4_096;

/// A request as [`Sandbox::requests`](crate::Sandbox::requests) and `GET /_sandbox/requests` show
/// it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct LoggedRequest {
    /// Counted from 1 since the start, or since the last reset.
    pub number: u64,
    /// When, in Unix seconds by the sandbox's clock.
    pub at: i64,
    /// The method.
    pub method: String,
    /// The path, with `/v2`; of a long one the first 4,096 bytes.
    pub path: String,
    /// The query, without `?`; of a long one the first 4,096 bytes.
    pub query: String,
    /// The operationId, if the path means an operation.
    pub operation: Option<String>,
    /// The account's key in the world, if the token was good.
    pub account: Option<String>,
    /// The token, masked.
    pub token: Option<String>,
    /// The content type.
    pub content_type: Option<String>,
    /// The length of the body.
    pub body_bytes: usize,
    /// The first 4,096 bytes of a form body.
    pub body: Option<String>,
    /// The status of the reply; none when the connection was closed instead.
    pub status: Option<u16>,
    /// What somebody who tests a program may want to know.
    pub notes: Vec<String>,
}

/// The newest requests.
#[derive(Debug, Default)]
pub(crate) struct RequestLog {
    count: u64,
    requests: VecDeque<LoggedRequest>,
}

impl RequestLog {
    /// Adds a request, and forgets the oldest if there are too many.
    pub(super) fn add(&mut self, mut request: LoggedRequest) {
        self.count += 1;
        request.number = self.count;
        tell(&request);
        if self.requests.len() == REMEMBERED {
            self.requests.pop_front();
        }
        self.requests.push_back(request);
    }

    /// The requests, the oldest first.
    pub(crate) fn all(&self) -> Vec<LoggedRequest> {
        self.requests.iter().cloned().collect()
    }
}

/// What is remembered of something long.
pub(super) fn excerpt(body: &[u8]) -> String {
    String::from_utf8_lossy(body.get(..EXCERPT.min(body.len())).unwrap_or_default()).into_owned()
}

/// One line for people. It has no body and no query: messages are nobody's business there.
fn tell(request: &LoggedRequest) {
    let status = request.status.map_or_else(|| "closed".to_owned(), |status| status.to_string());
    let who = request.account.as_deref().unwrap_or("-");
    tracing::info!("{} {} {} {}", request.method, request.path, status, who);
    for note in &request.notes {
        tracing::warn!("  {note}");
    }
}
