//! Points in time that are computed from durations of any length, and from whole seconds.

use std::time::Duration;

#[cfg(feature = "watch")]
use chatwork_api::types::UnixTime;
#[cfg(feature = "watch")]
use tokio::time::Instant;

/// Practically no limit: a later `Instant` could overflow.
pub(crate) const FOR_EVER: Duration = Duration::from_secs(100 * 365 * 24 * 60 * 60);

/// For how many seconds after a second messages of that second may still appear. Times have whole
/// seconds, and the clocks of the service's machines differ.
#[cfg(feature = "watch")]
pub(crate) const SETTLE: i64 = 5;

/// Returns a time after `now`, as late as the clock can represent.
#[cfg(feature = "watch")]
pub(crate) fn later(now: Instant, wait: Duration) -> Instant {
    now + wait.min(FOR_EVER)
}

/// Returns whether no more messages or edits of this second can come, at that date.
#[cfg(feature = "watch")]
pub(crate) fn is_over(time: UnixTime, date: UnixTime) -> bool {
    time.0.saturating_add(SETTLE) <= date.0
}
