//! The delay after the API rejected an access token that was new.

use std::time::Duration;

use tokio::time::Instant;

/// The delay after the first refresh that a rejection caused.
const FIRST: Duration = Duration::from_secs(60);
/// The longest delay.
const LONGEST: Duration = Duration::from_secs(30 * 60);

/// A time in which another rejection causes no refresh.
///
/// A rejection means that the access token has expired early, and a refresh helps. If the API also
/// rejects the next token soon, no refresh helps: the app is disabled, for example. Without this
/// delay, each call would cost one refresh.
#[derive(Clone)]
pub(super) struct RejectionBackoff {
    until: Instant,
    delay: Duration,
}

impl RejectionBackoff {
    /// Starts a delay. It is twice as long as the previous one, at most 30 minutes, unless the
    /// token in between was good for a while.
    pub(super) fn after(previous: Option<&Self>) -> Self {
        let now = Instant::now();
        let recent = previous.filter(|previous| now < previous.until + previous.delay);
        let delay = recent.map_or(FIRST, |previous| (previous.delay * 2).min(LONGEST));
        Self { until: now + delay, delay }
    }

    /// Returns `true` until the delay has passed.
    pub(super) fn is_active(&self) -> bool {
        Instant::now() < self.until
    }
}
