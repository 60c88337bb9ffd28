//! The error of an event, which can be cloned and saved.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::error::Error;

/// Why a request of a watch, or its store, failed.
///
/// It can be cloned and saved. As JSON it keeps [`kind`](Self::kind), the text, `status` and
/// `retry_after_ms`; the [`Error`] itself is lost. It shows no token and no text of a message.
#[derive(Clone, Serialize, Deserialize)]
pub struct WatchError {
    kind: WatchErrorKind,
    message: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    status: Option<u16>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    retry_after_ms: Option<u64>,
    #[serde(skip)]
    error: Option<Arc<Error>>,
}

/// What kind of failure it was, by what a program does about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum WatchErrorKind {
    /// The token is invalid or expired (401). Ends the watch.
    Unauthorized,
    /// A person has to consent again, as the OAuth 2.0 grant is invalid. Ends the watch.
    ConsentNeeded,
    /// The account may not do this (403).
    Forbidden,
    /// The rate limit refused the request.
    RateLimited,
    /// No reply, or not all of one.
    Network,
    /// A reply that is not what the API documents.
    Decode,
    /// The watch was given something invalid. Ends the watch.
    Input,
    /// The [store](super::WatchStore) failed.
    Store,
    /// Any other error, such as a 5xx.
    #[serde(other)]
    Other,
}

impl WatchError {
    /// A store could not save. The watch tries again.
    pub(super) fn store(error: &(dyn std::error::Error + 'static)) -> Self {
        let message = format!("the watch's store failed: {}", with_sources(error));
        let kind = WatchErrorKind::Store;
        Self { kind, message, status: None, retry_after_ms: None, error: None }
    }

    /// Returns the kind of the failure.
    pub fn kind(&self) -> WatchErrorKind {
        self.kind
    }

    /// Returns the status of the reply, if there was a reply.
    pub fn status(&self) -> Option<u16> {
        self.status
    }

    /// Returns how long to wait before another attempt, if the API or the client said so.
    pub fn retry_after(&self) -> Option<Duration> {
        self.retry_after_ms.map(Duration::from_millis)
    }

    /// Returns the error of the request. `None` for a store's failure, and after loading from JSON.
    pub fn error(&self) -> Option<&Error> {
        self.error.as_deref()
    }

    /// Returns whether the token is invalid or expired (401).
    pub fn is_unauthorized(&self) -> bool {
        self.kind == WatchErrorKind::Unauthorized
    }

    /// Returns whether a person has to consent again.
    pub fn is_consent_needed(&self) -> bool {
        self.kind == WatchErrorKind::ConsentNeeded
    }

    /// Returns whether the account may not do this (403).
    pub fn is_forbidden(&self) -> bool {
        self.kind == WatchErrorKind::Forbidden
    }

    /// Returns whether the watch was given something invalid.
    pub fn is_input(&self) -> bool {
        self.kind == WatchErrorKind::Input
    }

    /// Returns whether the store failed.
    pub fn is_store(&self) -> bool {
        self.kind == WatchErrorKind::Store
    }
}

impl From<Error> for WatchError {
    fn from(error: Error) -> Self {
        let wait = error.retry_after();
        Self {
            kind: kind(&error),
            message: with_sources(&error),
            status: error.status().map(|status| status.as_u16()),
            retry_after_ms: wait.map(|wait| u64::try_from(wait.as_millis()).unwrap_or(u64::MAX)),
            error: Some(Arc::new(error)),
        }
    }
}

fn kind(error: &Error) -> WatchErrorKind {
    match error {
        error if error.is_unauthorized() => WatchErrorKind::Unauthorized,
        error if error.is_forbidden() => WatchErrorKind::Forbidden,
        error if needs_consent(error) => WatchErrorKind::ConsentNeeded,
        Error::RateLimited(_) => WatchErrorKind::RateLimited,
        Error::Network(_) => WatchErrorKind::Network,
        Error::Decode(_) => WatchErrorKind::Decode,
        Error::Input(_) => WatchErrorKind::Input,
        _ => WatchErrorKind::Other,
    }
}

#[cfg(feature = "oauth")]
fn needs_consent(error: &Error) -> bool {
    error.oauth().is_some_and(crate::oauth::Error::is_consent_needed)
}

#[cfg(not(feature = "oauth"))]
fn needs_consent(_: &Error) -> bool {
    false
}

/// Joins an error's text with those of its sources, as the reader of a log sees nothing else.
fn with_sources(error: &(dyn std::error::Error + 'static)) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(error) = source {
        let more = error.to_string();
        if !text.contains(&more) {
            text = format!("{text}: {more}");
        }
        source = error.source();
    }
    text
}

impl fmt::Display for WatchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl fmt::Debug for WatchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WatchError")
            .field("kind", &self.kind)
            .field("message", &self.message)
            .field("status", &self.status)
            .finish_non_exhaustive()
    }
}

impl std::error::Error for WatchError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        // Its text is in the message already: an error report would print it twice.
        None
    }
}
