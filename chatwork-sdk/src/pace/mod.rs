//! Keeps both rate limits, so that the API refuses no call.
//!
//! All clones of a client share one [`RateLimiter`]. A call acquires a permit, which waits until
//! both limits have capacity, and completes the permit with what the reply reported. There is no
//! background task. Each waiting call sets a timer; the first to wake grants permits to every call
//! that may proceed.

mod account;
pub(crate) mod headers;
mod limiter;
mod pacing;
mod permit;
mod queue;
mod room;

use std::time::Duration;

use chatwork_api::operations::RateLimitName;
use chatwork_api::types::RoomId;
use tokio::time::Instant;

pub(crate) use limiter::RateLimiter;
pub use pacing::Pacing;
pub(crate) use permit::Permit;

/// Why a call cannot be sent yet, and when it can, if that is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NotUntil {
    pub(crate) limit: RateLimitName,
    pub(crate) until: Option<Instant>,
}

/// The outcome of a call, for the limits.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Outcome {
    /// The account's limit in the headers of the reply.
    pub(crate) account: Option<RateLimitHeaders>,
    /// The limit that refused the call.
    pub(crate) refused: Option<Refused>,
    /// Whether nothing reached the server.
    pub(crate) unsent: bool,
    /// Whether a reply arrived.
    pub(crate) answered: bool,
}

/// A 429.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Refused {
    pub(crate) limit: RateLimitName,
    /// How long to wait.
    pub(crate) wait: Duration,
    pub(crate) source: WaitSource,
}

/// Where the wait after a 429 comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum WaitSource {
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

/// The account's limit in the headers of a reply.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RateLimitHeaders {
    pub(crate) limit: u32,
    pub(crate) remaining: u32,
    /// The end of the window by the server's clock. Different ends are different windows.
    pub(crate) reset: i64,
    /// The time from the reply's `Date` to the end of the window.
    pub(crate) reset_in: Duration,
}

/// The limits that a call counts against, besides the account's.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct LimitKey {
    /// The room whose posting limit it counts against.
    pub(crate) room: Option<RoomId>,
}

/// The first wait after a 429 that does not tell how long to wait.
pub(crate) const SOON: Duration = Duration::from_secs(1);

/// The margin at the end of a room's window: clocks tick in steps, and a request may overtake
/// the one before it.
const MARGIN: Duration = Duration::from_millis(50);

/// The largest jitter after a refusal, so that programs with one token do not return together.
const JITTER: Duration = Duration::from_millis(500);

/// The time after which another call may probe, if the probe has no reply.
const PROBE_PATIENCE: Duration = Duration::from_secs(5);
