//! The settings of the rate limiter.

use std::time::Duration;

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
    pub(super) on: bool,
    pub(super) max_wait: Duration,
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
