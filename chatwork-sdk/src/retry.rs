//! Sending again what failed, where that is safe.

use std::time::Duration;

use tokio::time::Instant;

use crate::rng;

/// Whether and how often a call is sent again.
///
/// - A 429 is sent again for every operation: the server did nothing. The wait is what the limit
///   demands.
/// - So is a call for which no connection could be made.
/// - 5xx, timeouts and replies that break off are sent again for reads only, and never for
///   [new messages](crate::RoomHandle::new_messages), which move a mark on the server.
///
/// ```
/// use std::time::Duration;
/// use chatwork_sdk::RetryPolicy;
///
/// let persistent = RetryPolicy::default().max_retries(8);
/// let none = RetryPolicy::off();
/// # let _ = (persistent, none);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RetryPolicy {
    max_retries: u32,
    max_rate_limit_retries: u32,
    first_delay: Duration,
    max_delay: Duration,
    max_elapsed: Duration,
}

impl RetryPolicy {
    /// No call is ever sent again, but for the one time that a
    /// [token source](crate::TokenSource::renew) has a new token when the API refuses the old one.
    pub const fn off() -> Self {
        Self {
            max_retries: 0,
            max_rate_limit_retries: 0,
            first_delay: Duration::ZERO,
            max_delay: Duration::ZERO,
            max_elapsed: Duration::ZERO,
        }
    }

    /// How often a call is sent again after a failure that may pass; 4 when not set.
    #[must_use]
    pub const fn max_retries(self, max_retries: u32) -> Self {
        Self { max_retries, ..self }
    }

    /// How often a call is sent again after a 429; 20 when not set. Other programs that use the
    /// same token may take every place before this one.
    #[must_use]
    pub const fn max_rate_limit_retries(self, max_rate_limit_retries: u32) -> Self {
        Self { max_rate_limit_retries, ..self }
    }

    /// The wait before the first retry, which doubles with each further one; half a second when
    /// not set. Up to a half of each wait is left to chance, so that many clients do not come back
    /// at the same moment.
    #[must_use]
    pub const fn first_delay(self, first_delay: Duration) -> Self {
        Self { first_delay, ..self }
    }

    /// The longest wait between two tries; 10 seconds when not set. It does not hold for a 429.
    #[must_use]
    pub const fn max_delay(self, max_delay: Duration) -> Self {
        Self { max_delay, ..self }
    }

    /// No retry is begun later than this after the call was made, waiting for its turn included; an
    /// hour when not set.
    #[must_use]
    pub const fn max_elapsed(self, max_elapsed: Duration) -> Self {
        Self { max_elapsed, ..self }
    }
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self {
            max_retries: 4,
            max_rate_limit_retries: 20,
            first_delay: Duration::from_millis(500),
            max_delay: Duration::from_secs(10),
            max_elapsed: Duration::from_secs(60 * 60),
        }
    }
}

/// How a try failed, as far as retries care.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// 429: the server did nothing, and says when it would.
    RateLimited {
        /// How long its limit demands to wait.
        wait: Duration,
    },
    /// Nothing reached the server.
    Unsent,
    /// It may pass, and the server may have acted.
    Transient {
        /// How long the server asks to wait.
        retry_after: Option<Duration>,
    },
    /// It will not pass.
    Permanent,
}

/// The tries of one call.
#[derive(Debug)]
pub(crate) struct RetryState {
    policy: RetryPolicy,
    since: Instant,
    retries: u32,
    rate_limited: u32,
    renewed: bool,
}

impl RetryState {
    pub(crate) fn new(policy: RetryPolicy) -> Self {
        let (retries, rate_limited, renewed) = (0, 0, false);
        Self { policy, since: Instant::now(), retries, rate_limited, renewed }
    }

    /// When the current try asks for its turn. For the first one that is when the call was made:
    /// looking at the clock once more is a good part of what a call costs here.
    pub(crate) fn asks_at(&self) -> Instant {
        if self.number() > 1 { Instant::now() } else { self.since }
    }

    /// The number of the current try, from 1.
    pub(crate) fn number(&self) -> u32 {
        self.retries + self.rate_limited + u32::from(self.renewed) + 1
    }

    /// Whether the call may get a new token: once. That is no retry, and is not in the policy.
    pub(crate) fn renew(&mut self) -> bool {
        !std::mem::replace(&mut self.renewed, true)
    }

    /// Until when the current try may begin; nothing as long as it is no retry.
    pub(crate) fn deadline(&self) -> Option<Instant> {
        let again = self.retries + self.rate_limited > 0;
        again.then(|| self.since.checked_add(self.policy.max_elapsed)).flatten()
    }

    /// How long to wait before the next try; nothing when there is none.
    pub(crate) fn next(&mut self, failure: Failure, safe: bool) -> Option<Duration> {
        let wait = match failure {
            Failure::RateLimited { wait }
                if self.rate_limited < self.policy.max_rate_limit_retries =>
            {
                wait
            }
            Failure::Unsent => self.delay()?,
            Failure::Transient { retry_after } if safe => {
                self.delay()?.max(retry_after.unwrap_or_default())
            }
            _ => return None,
        };
        if self.since.elapsed().saturating_add(wait) > self.policy.max_elapsed {
            return None;
        }
        match failure {
            Failure::RateLimited { .. } => self.rate_limited += 1,
            _ => self.retries += 1,
        }
        Some(wait)
    }

    /// Twice as long each time, between a half and the whole of it.
    fn delay(&self) -> Option<Duration> {
        if self.retries >= self.policy.max_retries {
            return None;
        }
        let doubled = self.policy.first_delay.saturating_mul(1 << self.retries.min(16));
        Some(doubled.min(self.policy.max_delay).mul_f64(0.5 + rng::fraction() / 2.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    #[tokio::test(start_paused = true)]
    async fn a_write_is_not_repeated_when_the_server_may_have_acted() {
        assert_eq!(
            RetryState::new(RetryPolicy::default())
                .next(Failure::Transient { retry_after: None }, false),
            None
        );
    }

    #[tokio::test(start_paused = true)]
    async fn a_write_is_repeated_when_nothing_was_sent() {
        assert!(RetryState::new(RetryPolicy::default()).next(Failure::Unsent, false).is_some());
    }

    #[tokio::test(start_paused = true)]
    async fn a_write_is_repeated_after_429_when_its_limit_allows() {
        let next = RetryState::new(RetryPolicy::default())
            .next(Failure::RateLimited { wait: 7 * SECOND }, false);
        assert_eq!(next, Some(7 * SECOND));
    }

    #[tokio::test(start_paused = true)]
    async fn waits_double_up_to_the_longest_and_keep_a_half() {
        let policy =
            RetryPolicy::default().max_retries(6).first_delay(SECOND).max_delay(5 * SECOND);
        let mut tries = RetryState::new(policy);
        for expected in [1, 2, 4, 5, 5, 5].map(|factor| factor * SECOND) {
            let wait = tries.next(Failure::Transient { retry_after: None }, true).unwrap();
            assert!(wait >= expected / 2 && wait <= expected, "{wait:?} of {expected:?}");
        }
        assert_eq!(tries.next(Failure::Transient { retry_after: None }, true), None);
    }

    #[tokio::test(start_paused = true)]
    async fn no_try_begins_after_the_total_time() {
        let mut tries = RetryState::new(RetryPolicy::default().max_elapsed(60 * SECOND));
        assert_eq!(tries.next(Failure::RateLimited { wait: 61 * SECOND }, true), None);
    }

    #[tokio::test(start_paused = true)]
    async fn off_means_never() {
        let mut tries = RetryState::new(RetryPolicy::off());
        let failures = [
            Failure::Unsent,
            Failure::Transient { retry_after: None },
            Failure::RateLimited { wait: SECOND },
        ];
        assert!(failures.into_iter().all(|failure| tries.next(failure, true).is_none()));
    }
}
