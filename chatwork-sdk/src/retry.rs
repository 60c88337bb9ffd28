//! Retries calls where that is safe.

use std::time::Duration;

use tokio::time::Instant;

use crate::pace::back_off;
use crate::rng;

/// The largest jitter after a 429, so that programs with one token do not return together.
const RATE_LIMIT_JITTER: Duration = Duration::from_millis(500);

/// Whether and how often a call is retried.
///
/// - Every operation is retried after a 429: the server did nothing. The limit sets the delay, and
///   up to half a second of jitter is added.
/// - Every operation is retried if no connection could be made.
/// - After a 5xx, a timeout or a reply that broke off, only idempotent reads are retried. Never
///   retried is [`new_messages`](crate::RoomHandle::new_messages), which moves a mark on the
///   server.
///
/// The delay grows by exponential backoff with jitter.
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
    /// Turns retries off. A [token source](crate::TokenSource::refresh) with a new token still gets
    /// one more attempt after a 401.
    pub const fn off() -> Self {
        Self {
            max_retries: 0,
            max_rate_limit_retries: 0,
            first_delay: Duration::ZERO,
            max_delay: Duration::ZERO,
            max_elapsed: Duration::ZERO,
        }
    }

    /// Sets how often a call is retried after a failure that may pass; 4 if not set.
    #[must_use]
    pub const fn max_retries(self, max_retries: u32) -> Self {
        Self { max_retries, ..self }
    }

    /// Sets how often a call is retried after a 429; 20 if not set. Other programs with the same
    /// token may use the capacity first.
    #[must_use]
    pub const fn max_rate_limit_retries(self, max_rate_limit_retries: u32) -> Self {
        Self { max_rate_limit_retries, ..self }
    }

    /// Sets the delay before the first retry; 0.5 s if not set. Each further delay doubles
    /// (backoff). Each delay has up to 50 % random jitter, so that many clients do not return
    /// together.
    #[must_use]
    pub const fn first_delay(self, first_delay: Duration) -> Self {
        Self { first_delay, ..self }
    }

    /// Sets the longest delay between two attempts; 10 seconds if not set. A 429 may demand more.
    #[must_use]
    pub const fn max_delay(self, max_delay: Duration) -> Self {
        Self { max_delay, ..self }
    }

    /// Sets the time after the start of the call at which no retry begins any more, waiting for
    /// permits included; one hour if not set.
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

/// Why an attempt failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// A 429: the server did nothing.
    RateLimited {
        /// The delay that the limit demands.
        wait: Duration,
        /// Whether the delay is a guess, which grows with each further refusal.
        guessed: bool,
    },
    /// Nothing reached the server.
    Unsent,
    /// A failure that may pass; the server may have processed the call.
    Transient {
        /// The delay that the server asks for.
        retry_after: Option<Duration>,
    },
    /// A failure that a retry does not change.
    Permanent,
}

/// The attempts of one call.
#[derive(Debug)]
pub(crate) struct RetryState<'a> {
    /// By reference: the state is part of the future of every call.
    policy: &'a RetryPolicy,
    since: Instant,
    retries: u32,
    rate_limited: u32,
    /// The refusals whose delay was a guess.
    guesses: u32,
    refreshed: bool,
}

impl<'a> RetryState<'a> {
    pub(crate) fn new(policy: &'a RetryPolicy) -> Self {
        let (retries, rate_limited, guesses, refreshed) = (0, 0, 0, false);
        Self { policy, since: Instant::now(), retries, rate_limited, guesses, refreshed }
    }

    /// Returns when the current attempt asks for its permit. For the first attempt that is the
    /// start of the call: reading the clock again is a notable part of what a call costs.
    pub(crate) fn asks_at(&self) -> Instant {
        if self.number() > 1 { Instant::now() } else { self.since }
    }

    /// Returns the number of the current attempt, from 1.
    pub(crate) fn number(&self) -> u32 {
        self.retries + self.rate_limited + u32::from(self.refreshed) + 1
    }

    /// Returns `true` once: the call may get one new token. That is no retry of the policy.
    pub(crate) fn may_refresh(&mut self) -> bool {
        !std::mem::replace(&mut self.refreshed, true)
    }

    /// Returns until when the current attempt may begin, or `None` for the first attempt.
    pub(crate) fn deadline(&self) -> Option<Instant> {
        let again = self.retries + self.rate_limited > 0;
        again.then(|| self.since.checked_add(self.policy.max_elapsed)).flatten()
    }

    /// Returns the delay before the next attempt, or `None` if there is no further attempt.
    pub(crate) fn next(&mut self, failure: Failure, safe: bool) -> Option<Duration> {
        let wait = match failure {
            Failure::RateLimited { wait, guessed }
                if self.rate_limited < self.policy.max_rate_limit_retries =>
            {
                if guessed {
                    self.guess(wait)
                } else {
                    wait.saturating_add(RATE_LIMIT_JITTER.mul_f64(rng::fraction()))
                }
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
            Failure::RateLimited { guessed, .. } => {
                self.rate_limited += 1;
                self.guesses += u32::from(guessed);
            }
            _ => self.retries += 1,
        }
        Some(wait)
    }

    /// Doubles a guessed delay with each refusal, and adds up to 50 % jitter.
    fn guess(&self, wait: Duration) -> Duration {
        back_off(wait, self.guesses).mul_f64(1.0 + rng::fraction() / 2.0)
    }

    /// Doubles the delay each time, with up to 50 % jitter.
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
    use tokio::time::advance;

    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    fn state(policy: RetryPolicy) -> RetryState<'static> {
        RetryState::new(Box::leak(Box::new(policy)))
    }

    #[tokio::test(start_paused = true)]
    async fn a_write_is_not_repeated_when_the_server_may_have_acted() {
        assert_eq!(
            state(RetryPolicy::default()).next(Failure::Transient { retry_after: None }, false),
            None
        );
    }

    #[tokio::test(start_paused = true)]
    async fn a_write_is_repeated_when_nothing_was_sent() {
        assert!(state(RetryPolicy::default()).next(Failure::Unsent, false).is_some());
    }

    #[tokio::test(start_paused = true)]
    async fn a_write_is_repeated_after_429_when_its_limit_allows() {
        let next = state(RetryPolicy::default())
            .next(Failure::RateLimited { wait: 7 * SECOND, guessed: false }, false);
        assert!(next.unwrap() >= 7 * SECOND);
    }

    #[tokio::test(start_paused = true)]
    async fn programs_that_were_refused_together_do_not_return_together() {
        let next = || {
            let mut attempts = state(RetryPolicy::default());
            attempts.next(Failure::RateLimited { wait: 7 * SECOND, guessed: false }, true).unwrap()
        };
        let waits: Vec<Duration> = (0..100).map(|_| next()).collect();
        let (least, most) = (waits.iter().min().unwrap(), waits.iter().max().unwrap());
        assert!(*least >= 7 * SECOND && *most <= 7 * SECOND + SECOND / 2, "{least:?}, {most:?}");
        assert!(*most - *least > SECOND / 10, "{least:?}, {most:?}");
    }

    #[tokio::test(start_paused = true)]
    async fn the_first_attempt_asks_for_its_permit_when_the_call_begins() {
        let attempts = state(RetryPolicy::default());
        let since = Instant::now();
        advance(SECOND).await;
        assert_eq!(attempts.asks_at(), since);
    }

    #[tokio::test(start_paused = true)]
    async fn a_retry_asks_for_its_permit_when_it_begins() {
        let mut attempts = state(RetryPolicy::default());
        attempts.next(Failure::Unsent, true).unwrap();
        advance(SECOND).await;
        assert_eq!(attempts.asks_at(), Instant::now());
    }

    #[tokio::test(start_paused = true)]
    async fn an_attempt_with_a_new_token_asks_for_its_permit_when_it_begins() {
        let mut attempts = state(RetryPolicy::default());
        assert!(attempts.may_refresh());
        advance(SECOND).await;
        assert_eq!(attempts.asks_at(), Instant::now());
    }

    #[tokio::test(start_paused = true)]
    async fn attempts_are_counted_from_1_whatever_their_reason() {
        let mut attempts = state(RetryPolicy::default());
        assert_eq!(attempts.number(), 1);
        attempts.next(Failure::Unsent, true).unwrap();
        attempts.next(Failure::RateLimited { wait: SECOND, guessed: false }, true).unwrap();
        attempts.may_refresh();
        assert_eq!(attempts.number(), 4);
    }

    #[tokio::test(start_paused = true)]
    async fn only_retries_have_a_deadline() {
        let mut attempts = state(RetryPolicy::default().max_elapsed(60 * SECOND));
        let since = Instant::now();
        assert_eq!(attempts.deadline(), None);
        attempts.next(Failure::Unsent, true).unwrap();
        assert_eq!(attempts.deadline(), Some(since + 60 * SECOND));
    }

    #[tokio::test(start_paused = true)]
    async fn a_429_has_retries_of_its_own() {
        let policy = RetryPolicy::default().max_retries(1).max_rate_limit_retries(2);
        let mut attempts = state(policy);
        let refused = Failure::RateLimited { wait: SECOND, guessed: false };
        assert!(attempts.next(Failure::Unsent, true).is_some());
        assert!(attempts.next(refused, true).is_some());
        assert!(attempts.next(refused, true).is_some());
        assert_eq!(attempts.next(refused, true), None);
        assert_eq!(attempts.next(Failure::Unsent, true), None);
    }

    #[tokio::test(start_paused = true)]
    async fn what_the_server_asks_for_is_the_least_delay() {
        let mut attempts = state(RetryPolicy::default());
        let failure = Failure::Transient { retry_after: Some(30 * SECOND) };
        assert_eq!(attempts.next(failure, true), Some(30 * SECOND));
    }

    #[tokio::test(start_paused = true)]
    async fn the_backoff_is_not_cut_by_a_shorter_retry_after() {
        let policy = RetryPolicy::default().first_delay(8 * SECOND);
        let mut attempts = state(policy);
        let failure = Failure::Transient { retry_after: Some(SECOND) };
        assert!(attempts.next(failure, true).unwrap() >= 4 * SECOND);
    }

    #[tokio::test(start_paused = true)]
    async fn a_failure_that_stays_is_not_repeated() {
        let mut attempts = state(RetryPolicy::default());
        assert_eq!(attempts.next(Failure::Permanent, true), None);
    }

    #[tokio::test(start_paused = true)]
    async fn a_guessed_wait_doubles_up_to_64_times_and_is_never_shorter() {
        let mut attempts = state(RetryPolicy::default());
        for expected in [1, 2, 4, 8, 16, 32, 64, 64].map(|factor| factor * SECOND) {
            let wait = attempts.next(Failure::RateLimited { wait: SECOND, guessed: true }, false);
            let wait = wait.unwrap();
            assert!(wait >= expected && wait <= expected * 3 / 2, "{wait:?} of {expected:?}");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn waits_double_up_to_the_longest_and_keep_a_half() {
        let policy =
            RetryPolicy::default().max_retries(6).first_delay(SECOND).max_delay(5 * SECOND);
        let mut attempts = state(policy);
        for expected in [1, 2, 4, 5, 5, 5].map(|factor| factor * SECOND) {
            let wait = attempts.next(Failure::Transient { retry_after: None }, true).unwrap();
            assert!(wait >= expected / 2 && wait <= expected, "{wait:?} of {expected:?}");
        }
        assert_eq!(attempts.next(Failure::Transient { retry_after: None }, true), None);
    }

    #[tokio::test(start_paused = true)]
    async fn no_attempt_begins_after_the_total_time() {
        let mut attempts = state(RetryPolicy::default().max_elapsed(60 * SECOND));
        assert_eq!(
            attempts.next(Failure::RateLimited { wait: 61 * SECOND, guessed: false }, true),
            None
        );
        advance(30 * SECOND).await;
        assert_eq!(
            attempts.next(Failure::RateLimited { wait: 31 * SECOND, guessed: false }, true),
            None
        );
        assert!(
            attempts
                .next(Failure::RateLimited { wait: 29 * SECOND, guessed: false }, true)
                .is_some()
        );
    }

    #[tokio::test(start_paused = true)]
    async fn off_means_never() {
        let mut attempts = state(RetryPolicy::off());
        let failures = [
            Failure::Unsent,
            Failure::Transient { retry_after: None },
            Failure::RateLimited { wait: SECOND, guessed: false },
        ];
        assert!(failures.into_iter().all(|failure| attempts.next(failure, true).is_none()));
    }
}
