//! Status, headers and limits of a reply.

use std::fmt;

use chatwork_api::reqwest::StatusCode;
use chatwork_api::reqwest::header::HeaderMap;
use chatwork_api::{MessageLimitation, RateLimit};

/// Status, headers and limits of one reply.
///
/// ```no_run
/// # async fn example(chatwork: chatwork_sdk::Client) -> Result<(), chatwork_sdk::Error> {
/// let (rooms, meta) = chatwork.rooms().with_meta().await?;
/// if let Some(limit) = meta.rate_limit() {
///     println!("{} rooms, {} requests left", rooms.len(), limit.remaining);
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Meta {
    status: StatusCode,
    headers: HeaderMap,
}

impl Meta {
    pub(crate) fn new(status: StatusCode, headers: HeaderMap) -> Self {
        Self { status, headers }
    }

    /// Returns the status: 200, or 204 for an empty list.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// Returns all headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// Returns the account's rate limit, if the reply reports it.
    pub fn rate_limit(&self) -> Option<RateLimit> {
        RateLimit::from_headers(&self.headers)
    }

    /// Returns the notice that the plan hides messages, if there is one.
    pub fn message_limitation(&self) -> Option<MessageLimitation> {
        MessageLimitation::from_headers(&self.headers)
    }
}

impl fmt::Debug for Meta {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Meta")
            .field("status", &self.status)
            .field("rate_limit", &self.rate_limit())
            .finish_non_exhaustive()
    }
}
