//! What a watch may spend of the account's limit, so that its owner can still call.

use std::time::Duration;

use chatwork_api::operations::RateLimitName;
use tokio::time::Instant;

use crate::pace::Report;

/// What the latest reply said of the account's limit, and what is to be left of it.
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
    /// A fifth of the limit is left to others.
    pub(super) fn new() -> Self {
        let limit = u32::try_from(RateLimitName::Account.requests()).unwrap_or(u32::MAX);
        Self { reserve: limit / 5, latest: None }
    }

    pub(super) fn reserve(&mut self, requests: u32) {
        self.reserve = requests;
    }

    pub(super) fn learn(&mut self, report: Report, now: Instant) {
        let Report { limit, remaining, reset_in, .. } = report;
        self.latest = Some(Latest { limit, remaining, ends: now + reset_in });
    }

    /// Until when to ask nothing more; nothing when there is enough.
    pub(super) fn exhausted_until(&self, now: Instant) -> Option<Instant> {
        let latest = self.latest.filter(|latest| now < latest.ends)?;
        (self.left(latest) == 0).then_some(latest.ends)
    }

    /// The least time between rounds that cost so many requests each, if they are to last until the
    /// limit's window ends.
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

    /// A reserve of the whole limit would leave a watch that never asks: it may always ask once.
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
        budget.learn(Report { limit: 300, remaining, reset: 0, reset_in }, now);
        budget
    }

    #[test]
    fn nothing_is_known_before_the_first_reply() {
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
    fn dear_rounds_are_spread_over_the_rest_of_the_window() {
        let now = Instant::now();
        let budget = budget(60, 110, now);
        assert_eq!(budget.affords_every(1, now), Duration::from_secs(2));
        assert_eq!(budget.affords_every(25, now), Duration::from_secs(50));
        assert_eq!(budget.affords_every(50, now), Duration::from_secs(100));
    }
}
