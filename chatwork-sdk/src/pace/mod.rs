//! Keeping both rate limits, so that no call is told to wait.
//!
//! All clones of a client share one [`RateLimiter`]. A call acquires a permit, which waits until both
//! limits have capacity, and completes the permit with what the reply reported. There is no
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
    /// No waiting: a call that comes too early is answered with 429 and
    /// [retried](crate::RetryPolicy).
    pub const fn off() -> Self {
        Self { on: false, max_wait: Duration::ZERO }
    }

    /// The longest that one call waits for its turn, counted from its first wait when it is sent
    /// again; an hour when not set. A call that cannot go in that time fails with
    /// [`Error::RateLimited`](crate::Error::RateLimited), which says when it could: at once when
    /// that is known, and when the time is over otherwise.
    #[must_use]
    pub const fn max_wait(self, max_wait: Duration) -> Self {
        Self { max_wait, ..self }
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

/// How a call ended, as far as the limits care.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Outcome {
    /// The account's limit in the headers of the reply.
    pub(crate) account: Option<RateLimitHeaders>,
    /// The limit that a 429 is of.
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
    /// When the window ends by the server's clock, which tells windows apart.
    pub(crate) reset: i64,
    /// How far that was away when the reply was written.
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

/// As good as for ever: a clock cannot say when any longer time is over.
pub(crate) const FOR_EVER: Duration = Duration::from_secs(100 * 365 * 24 * 60 * 60);

/// How much later than the last moment of a room's window the next one is taken to begin: clocks
/// tick in steps, and a request may be quicker on its way than the one before it.
const MARGIN: Duration = Duration::from_millis(50);

/// The most random delay after a refusal, so that programs which share a token do not return
/// together.
const JITTER: Duration = Duration::from_millis(500);

/// How long a probe may take until another call may probe, too.
const PROBE_PATIENCE: Duration = Duration::from_secs(5);
