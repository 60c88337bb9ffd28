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

#[cfg(test)]
mod tests {
    use tokio::time::advance;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn the_delay_doubles_from_a_minute_to_half_an_hour_and_ends_on_time() {
        let mut backoff = RejectionBackoff::after(None);
        for minutes in [1, 2, 4, 8, 16, 30, 30] {
            advance(Duration::from_secs(minutes * 60) - Duration::from_millis(1)).await;
            assert!(backoff.is_active(), "{minutes}");
            advance(Duration::from_millis(1)).await;
            assert!(!backoff.is_active(), "{minutes}");
            backoff = RejectionBackoff::after(Some(&backoff));
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_token_that_was_good_for_as_long_as_the_delay_starts_again() {
        for (good_for, delay) in [(59, 120), (60, 60)] {
            let first = RejectionBackoff::after(None);
            advance(FIRST + Duration::from_secs(good_for)).await;
            assert_eq!(RejectionBackoff::after(Some(&first)).delay.as_secs(), delay);
        }
    }
}
