//! A wait before sending took too long.

use std::fmt;
use std::time::Duration;

use chatwork_api::Operation;

/// A call that waited too long before it was sent. The API has done nothing.
///
/// A wait for a rate limit is a [`RateLimitedError`](super::RateLimitedError) instead.
#[derive(Debug)]
pub struct WaitError {
    operation: &'static Operation,
    waited_for: WaitedFor,
    limit: Duration,
}

/// What a call waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum WaitedFor {
    /// An answer of the [token source](crate::TokenSource). The limit is the
    /// [`timeout`](crate::ClientBuilder::timeout) of the call.
    Token,
    /// The end of another change of the same room's members, or of its invitation link. The limit
    /// is [`Pacing::max_wait`](crate::Pacing::max_wait), or the
    /// [`timeout`](crate::ClientBuilder::timeout) of the call if that is longer.
    OtherChange,
}

impl WaitError {
    pub(crate) fn new(
        operation: &'static Operation,
        waited_for: WaitedFor,
        limit: Duration,
    ) -> Self {
        Self { operation, waited_for, limit }
    }

    /// Returns the operation.
    pub fn operation(&self) -> &'static Operation {
        self.operation
    }

    /// Returns what the call waited for.
    pub fn waited_for(&self) -> WaitedFor {
        self.waited_for
    }

    /// Returns how long the call waited.
    pub fn limit(&self) -> Duration {
        self.limit
    }
}

impl fmt::Display for WaitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match self.waited_for {
            WaitedFor::Token => "the token source did not answer",
            WaitedFor::OtherChange => "another change of the same room did not end",
        };
        let seconds = self.limit.as_secs_f64();
        write!(f, "{}: {what} within {seconds} s, so nothing was sent", self.operation.id)
    }
}

impl std::error::Error for WaitError {}
