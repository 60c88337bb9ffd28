//! How an attempt ended, as far as the limits need it.

use std::time::Duration;

use chatwork_api::operations::RateLimitName;

/// How an attempt ended. The default is a request that may have been sent and has no reply.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Outcome {
    /// The account's limit in the headers of the reply.
    pub account: Option<RateLimitHeaders>,
    /// The limit that refused the request with a 429.
    pub refused: Option<Refused>,
    /// Whether nothing reached the server. The lease is then given back.
    pub unsent: bool,
    /// Whether a reply arrived.
    pub answered: bool,
}

/// The account's limit in the headers of a reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RateLimitHeaders {
    /// How many requests fit into a window.
    pub limit: u32,
    /// How many requests are left in this window.
    pub remaining: u32,
    /// The end of the window by the server's clock, in seconds since 1970. Different ends are
    /// different windows.
    pub reset: i64,
    /// The time from the reply's `Date` to the end of the window.
    pub reset_in: Duration,
}

/// A 429.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refused {
    /// The limit that refused the request.
    pub limit: RateLimitName,
    /// How long to wait.
    pub wait: Duration,
    /// Where that time comes from.
    pub source: WaitSource,
}

/// Where the wait after a 429 comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WaitSource {
    /// The reset time, or the length of the limit's window.
    Window,
    /// The reply's `Retry-After`.
    RetryAfter,
    /// The reply does not tell. The wait doubles with each further refusal.
    Guess,
}

/// Returns a guessed wait after some refusals with a guessed wait before.
pub(crate) fn back_off(wait: Duration, refusals: u32) -> Duration {
    wait.saturating_mul(1 << refusals.min(6))
}
