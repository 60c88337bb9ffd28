//! The delay after a refresh that failed.

use std::time::Duration;

use tokio::time::Instant;

use super::Error;

/// The delay after the first failure.
const FIRST: Duration = Duration::from_secs(5);
/// The longest delay.
const LONGEST: Duration = Duration::from_secs(300);

/// A time without attempts after a refresh that failed.
#[derive(Clone)]
pub(super) struct Backoff {
    /// The error that calls get during the delay.
    pub(super) error: Error,
    until: Instant,
    delay: Duration,
}

impl Backoff {
    /// Starts a delay that is twice as long as the previous one, at most 5 minutes.
    pub(super) fn after(error: Error, previous: Option<&Self>) -> Self {
        let delay = previous.map_or(FIRST, |previous| (previous.delay * 2).min(LONGEST));
        Self { error, until: Instant::now() + delay, delay }
    }

    /// Returns `true` until the delay has passed.
    pub(super) fn is_active(&self) -> bool {
        Instant::now() < self.until
    }
}

#[cfg(test)]
mod tests {
    use tokio::time::advance;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn the_delay_doubles_from_five_seconds_to_five_minutes_and_ends_on_time() {
        let mut backoff = Backoff::after(Error::NoGrant, None);
        for seconds in [5, 10, 20, 40, 80, 160, 300, 300] {
            advance(Duration::from_secs(seconds) - Duration::from_millis(1)).await;
            assert!(backoff.is_active(), "{seconds}");
            advance(Duration::from_millis(1)).await;
            assert!(!backoff.is_active(), "{seconds}");
            backoff = Backoff::after(Error::NoGrant, Some(&backoff));
        }
    }
}
