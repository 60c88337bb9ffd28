//! Keeping both rate limits, so that no call is told to wait.
//!
//! All clones of a client share one [`Pacer`]. A call takes a place in the queue, waits until both
//! limits have room for it, and reports afterwards what the reply said. Nothing runs in the
//! background: whoever waits keeps the time, and gives their turn to all whose turn has come.

mod account;
mod queue;
mod room;

use std::time::Duration;

use chatwork_api::operations::RateLimitName;
use chatwork_api::types::RoomId;
use tokio::time::Instant;

pub(crate) use queue::{Pacer, Place};

/// Whether and how long calls wait so that the rate limits are kept.
///
/// Two limits are kept, in memory, for all clones of a client:
///
/// - the account's, as the headers of the replies report it (300 requests in 5 minutes until
///   the first of them does);
/// - each room's, 10 posts in 10 seconds over messages and tasks together.
///
/// No call waits while there is room, calls go in the order in which they were made, and a room
/// that is full holds up no other room.
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

/// Why a call cannot go yet, and when it can as far as anybody knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Held {
    pub(crate) limit: RateLimitName,
    pub(crate) until: Option<Instant>,
}

/// What is to be learnt from the end of a call.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Outcome {
    /// What the headers said of the account's limit.
    pub(crate) account: Option<Report>,
    /// The limit that the server said was exceeded.
    pub(crate) refused: Option<RateLimitName>,
    /// Nothing reached the server.
    pub(crate) unsent: bool,
}

/// The account's limit in a reply.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Report {
    pub(crate) limit: u32,
    pub(crate) remaining: u32,
    /// When the window ends by the server's clock, which tells windows apart.
    pub(crate) reset: i64,
    /// How far that was away when the reply was written.
    pub(crate) reset_in: Duration,
}

/// What a call counts against.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Counts {
    /// The room whose posting limit it counts against.
    pub(crate) room: Option<RoomId>,
}

/// How long to wait when the server still refuses after the time at which it said it would not.
pub(crate) const SOON: Duration = Duration::from_secs(1);

/// As good as for ever: a clock cannot say when any longer time is over.
pub(crate) const FOR_EVER: Duration = Duration::from_secs(100 * 365 * 24 * 60 * 60);

/// How much later than the last moment of a room's window the next one is taken to begin: clocks
/// tick in steps, and a request may be quicker on its way than the one before it.
const MARGIN: Duration = Duration::from_millis(50);
