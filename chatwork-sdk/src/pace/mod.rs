//! Keeps both rate limits, so that the API refuses no call.
//!
//! All clones of a client share one [`RateLimiter`]. A call acquires a permit, which waits until
//! both limits have capacity, and completes the permit with what the reply reported. There is no
//! background task. Each waiting call sets a timer; the first to wake grants permits to every call
//! that may proceed.

mod account;
mod queue;
mod room;

use std::time::Duration;

use chatwork_api::operations::RateLimitName;
use chatwork_api::types::RoomId;
use tokio::time::Instant;

pub(crate) use queue::{Permit, RateLimiter};

/// Whether and how long calls wait so that the rate limits are kept.
///
/// Two limits are kept, in memory, for all clones of a client:
///
/// - the account's, as the headers of the replies report it (300 requests in 5 minutes until
///   the first of them does);
/// - each room's, 10 posts in 10 seconds over messages and tasks together.
///
/// Calls are sent at once while capacity remains, in FIFO order. A full room delays no other room.
/// After a refusal (429), one call probes the limit, and the others follow its success.
///
/// ```
/// use std::time::Duration;
/// use chatwork_sdk::Pacing;
///
/// let patient = Pacing::default();
/// let impatient = Pacing::default().max_wait(Duration::from_secs(5));
/// let none = Pacing::off();
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pacing {
    on: bool,
    max_wait: Duration,
}

impl Pacing {
    /// Turns waiting off. The API answers 429 to a call that comes too early, and the call is
    /// [retried](crate::RetryPolicy).
    pub const fn off() -> Self {
        Self { on: false, max_wait: Duration::ZERO }
    }

    /// Sets the longest wait of one call for its permits, retries included; one hour if not set.
    ///
    /// If a call cannot be sent in that time, it fails with
    /// [`Error::RateLimited`](crate::Error::RateLimited), which holds the time when it could be
    /// sent. If that time is known in advance, the call fails at once.
    ///
    /// A change of a room's members or invitation link also waits that long for another change of
    /// the same: see [`WaitedFor::OtherChange`](crate::error::WaitedFor::OtherChange).
    #[must_use]
    pub const fn max_wait(self, max_wait: Duration) -> Self {
        Self { max_wait, ..self }
    }

    /// Returns what [`max_wait`](Pacing::max_wait) set.
    pub(crate) const fn longest_wait(self) -> Duration {
        self.max_wait
    }
}

impl Default for Pacing {
    fn default() -> Self {
        Self { on: true, max_wait: Duration::from_secs(60 * 60) }
    }
}

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
    /// Whether the wait is the reply's `Retry-After`.
    pub(crate) from_server: bool,
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

/// The wait if the reset time has passed but the server still answers 429: clocks differ.
pub(crate) const SOON: Duration = Duration::from_secs(1);

/// Practically no limit: a later `Instant` could overflow.
pub(crate) const FOR_EVER: Duration = Duration::from_secs(100 * 365 * 24 * 60 * 60);

/// The margin at the end of a room's window: clocks tick in steps, and a request may overtake
/// the one before it.
const MARGIN: Duration = Duration::from_millis(50);

/// The largest jitter after a refusal, so that programs with one token do not return together.
const JITTER: Duration = Duration::from_millis(500);

/// The time after which another call may probe, if the probe has no reply.
const PROBE_PATIENCE: Duration = Duration::from_secs(5);
