//! How much of the account's rate limit a watch may use, so that other calls can still be made.

use std::time::Duration;

use chatwork_api::operations::RateLimitName;
use tokio::time::Instant;

use crate::pace::RateLimitHeaders;

/// The account's limit by the latest reply, and how much of it must remain.
#[derive(Clone, Copy, Debug)]
pub(super) struct Budget {
    reserve: u32,
    latest: Option<Latest>,
}

#[derive(Clone, Copy, Debug)]
struct Latest {
    limit: u32,
    remaining: u32,
    ends: Instant,
}

impl Budget {
    /// Leaves a fifth of the limit to other calls.
    pub(super) fn new() -> Self {
        let limit = u32::try_from(RateLimitName::Account.requests()).unwrap_or(u32::MAX);
        Self { reserve: limit / 5, latest: None }
    }

    pub(super) fn reserve(&mut self, requests: u32) {
        self.reserve = requests;
    }

    pub(super) fn update(&mut self, report: RateLimitHeaders, now: Instant) {
        let RateLimitHeaders { limit, remaining, reset_in, .. } = report;
        self.latest = Some(Latest { limit, remaining, ends: now + reset_in });
    }

    /// Returns until when no request may be made; `None` if enough requests remain.
    pub(super) fn exhausted_until(&self, now: Instant) -> Option<Instant> {
        let latest = self.latest.filter(|latest| now < latest.ends)?;
        (self.left(latest) == 0).then_some(latest.ends)
    }

    /// Returns the shortest time between rounds of `cost` requests each at which the remaining
    /// requests last until the window ends.
    pub(super) fn affords_every(&self, cost: u32, now: Instant) -> Duration {
        let Some(latest) = self.latest.filter(|latest| now < latest.ends) else {
            return Duration::ZERO;
        };
        let rest = latest.ends.duration_since(now);
        match self.left(latest) {
            left if left > cost => rest.mul_f64(f64::from(cost) / f64::from(left)),
            _ => rest,
        }
    }

    /// Returns how many requests the watch may make. A reserve of the whole limit would stop the
    /// watch, so one request is always allowed.
    fn left(&self, latest: Latest) -> u32 {
        latest.remaining.saturating_sub(self.reserve.min(latest.limit.saturating_sub(1)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn budget(reserve: u32, remaining: u32, now: Instant) -> Budget {
        let mut budget = Budget::new();
        budget.reserve(reserve);
        let reset_in = Duration::from_secs(100);
        budget.update(RateLimitHeaders { limit: 300, remaining, reset: 0, reset_in }, now);
        budget
    }

    #[test]
    fn no_request_waits_before_the_first_reply() {
        assert_eq!(Budget::new().exhausted_until(Instant::now()), None);
    }

    #[test]
    fn the_reserve_is_not_touched_until_the_window_ends() {
        let now = Instant::now();
        let end = now + Duration::from_secs(100);
        assert_eq!(budget(60, 61, now).exhausted_until(now), None);
        assert_eq!(budget(60, 60, now).exhausted_until(now), Some(end));
        assert_eq!(budget(60, 60, now).exhausted_until(end), None);
    }

    #[test]
    fn a_reserve_of_everything_leaves_one_request() {
        let now = Instant::now();
        assert_eq!(budget(u32::MAX, 300, now).exhausted_until(now), None);
        assert!(budget(u32::MAX, 299, now).exhausted_until(now).is_some());
    }

    #[test]
    fn costly_rounds_are_spread_over_the_rest_of_the_window() {
        let now = Instant::now();
        let budget = budget(60, 110, now);
        assert_eq!(budget.affords_every(1, now), Duration::from_secs(2));
        assert_eq!(budget.affords_every(25, now), Duration::from_secs(50));
        assert_eq!(budget.affords_every(50, now), Duration::from_secs(100));
    }
}
