//! The account's limit: a number of requests in a window that the server counts.

use std::time::Duration;

use chatwork_api::operations::RateLimitName;
use tokio::time::Instant;

use super::{Outcome, PROBE_PATIENCE, RateLimitHeaders, Refused, WaitSource, back_off};

/// The delay between the reset time and the window that is expected next. The server names whole
/// seconds, and how it rounds is not documented.
const MARGIN: Duration = Duration::from_secs(1);

/// How many seconds the reset times of one window may differ: a server that counts from the time of
/// each reply rounds differently in each of them.
const APART: u64 = 2;

/// What is known of the current window.
///
/// The server counts. Known are its last report and the calls that it may not have counted yet. So
/// the capacity is `remaining` minus the calls in flight.
#[derive(Debug)]
pub(super) struct AccountWindow {
    limit: u32,
    remaining: u32,
    in_flight: u32,
    /// When the first call of this window was sent.
    began: Option<Instant>,
    /// The end of the window; `None` until the first reply.
    ends: Option<Instant>,
    /// The reset time of the latest window that a reply reported.
    reset: Option<i64>,
    /// Whether the window of that reset time has ended.
    expired: bool,
    /// Set after a used-up window until a reply arrives: calls then go one by one, the next one at
    /// this time if the one before has no reply.
    probe: Option<Instant>,
    /// The refusals with a guessed wait since the last success.
    guesses: u32,
}

impl AccountWindow {
    pub(super) fn new() -> Self {
        let limit = u32::try_from(RateLimitName::Account.requests()).unwrap_or(u32::MAX);
        Self {
            limit,
            remaining: limit,
            in_flight: 0,
            began: None,
            ends: None,
            reset: None,
            expired: false,
            probe: None,
            guesses: 0,
        }
    }

    /// Returns whether one more call may be sent.
    pub(super) fn has_capacity(&mut self, now: Instant) -> bool {
        self.reset_if_elapsed(now);
        self.remaining > self.in_flight && self.probe.is_none_or(|at| at <= now)
    }

    /// Returns when time alone brings capacity. Calls in flight may bring it earlier.
    pub(super) fn next(&self) -> Option<Instant> {
        if self.remaining > self.in_flight { self.probe } else { self.ends }
    }

    /// Returns the window's end if its quota is used up, or `None` if calls in flight decide.
    pub(super) fn exhausted_until(&self) -> Option<Instant> {
        self.ends.filter(|_| self.remaining == 0)
    }

    pub(super) fn take(&mut self, now: Instant) {
        self.in_flight += 1;
        if self.probe.is_some() {
            self.probe = Some(now + PROBE_PATIENCE);
        }
    }

    /// Ends a call that was granted a permit and not sent.
    pub(super) fn release(&mut self) {
        self.in_flight = self.in_flight.saturating_sub(1);
    }

    /// Ends a call that was sent. Returns whether the window now holds further calls back because
    /// of this call's refusal.
    pub(super) fn complete(&mut self, outcome: &Outcome, sent: Instant, now: Instant) -> bool {
        self.reset_if_elapsed(now);
        self.release();
        if outcome.answered && !self.is_older(sent) {
            self.probe = None;
        }
        if outcome.answered && outcome.refused.is_none() {
            self.guesses = 0;
        }
        let refused = outcome.refused.filter(|it| it.limit == RateLimitName::Account);
        let current = match outcome.account {
            Some(report) => self.update(report, sent, now),
            None => true,
        };
        // A refused request is not counted by the server.
        let counted = outcome.refused.is_none() && !outcome.unsent;
        if counted && (outcome.account.is_none() || (!current && !self.is_older(sent))) {
            self.count(now);
        }
        let empty = outcome.account.is_none_or(|report| report.remaining == 0);
        match refused {
            Some(refused) if current && empty => self.exhaust(refused, outcome, now),
            _ => return false,
        }
        true
    }

    /// A refusal of the current window. The server's count is right, not ours.
    fn exhaust(&mut self, refused: Refused, outcome: &Outcome, now: Instant) {
        self.remaining = 0;
        let mut until = now + refused.wait;
        if refused.source == WaitSource::Guess {
            until = now + back_off(refused.wait, self.guesses);
            self.guesses = self.guesses.saturating_add(1);
        }
        match (outcome.account, refused.source) {
            (None, WaitSource::RetryAfter) => {
                self.ends = Some(self.ends.map_or(until, |ends| ends.min(until)))
            }
            _ => _ = self.ends.get_or_insert(until),
        }
    }

    /// Applies the server's report. Returns whether it is of the current window.
    ///
    /// Responses can arrive out of order. Within a window, keep the lowest `remaining` and the
    /// earliest end. Ignore reports of an older window.
    fn update(&mut self, report: RateLimitHeaders, sent: Instant, now: Instant) -> bool {
        // A limit of 0 would allow no call, so that no reply could ever report another limit.
        self.limit = report.limit.max(1);
        let ends = now + report.reset_in + MARGIN;
        if self.is_new(&report) {
            self.reset = Some(report.reset);
            self.expired = false;
            self.remaining = report.remaining;
            (self.began, self.ends) = (Some(sent), Some(ends));
            return true;
        }
        let current = !self.expired && self.reset.is_some_and(|reset| is_same(reset, report.reset));
        if current {
            self.remaining = self.remaining.min(report.remaining);
            self.ends = self.ends.map(|known| known.min(ends));
        }
        current
            || self.expired
                && self.reset.is_some_and(|reset| is_same(reset, report.reset))
                && !self.is_older(sent)
                && self.adopt(&report)
    }

    /// A reset time that has passed, and that the server still names for a call sent after it: the
    /// clocks differ. The refusal is believed, the reset time is not.
    fn adopt(&self, report: &RateLimitHeaders) -> bool {
        report.remaining == 0 && self.ends.is_none()
    }

    /// Returns whether a call was sent before the current window began.
    fn is_older(&self, sent: Instant) -> bool {
        self.began.is_some_and(|began| sent < began)
    }

    /// Returns whether a report is of a window that no earlier reply reported.
    ///
    /// Windows follow each other. But if the known window has ended, and its reset time was wrong,
    /// an earlier reset time that is still to come counts, too.
    fn is_new(&self, report: &RateLimitHeaders) -> bool {
        self.reset.is_none_or(|reset| {
            let is_next = report.reset > reset;
            let is_earlier = self.expired && !report.reset_in.is_zero();
            !is_same(reset, report.reset) && (is_next || is_earlier)
        })
    }

    /// Counts a call whose reply reported nothing usable.
    fn count(&mut self, now: Instant) {
        self.remaining = self.remaining.saturating_sub(1);
        self.ends.get_or_insert(now + window() + MARGIN);
    }

    /// Begins a new window if the old one has ended.
    fn reset_if_elapsed(&mut self, now: Instant) {
        if let Some(ends) = self.ends.filter(|ends| *ends <= now) {
            if self.remaining == 0 {
                self.probe = Some(now);
            }
            (self.began, self.ends) = (Some(ends), None);
            self.expired = true;
            self.remaining = self.limit;
        }
    }
}

/// Returns whether two reset times are of one window.
fn is_same(one: i64, other: i64) -> bool {
    one.abs_diff(other) <= APART
}

fn window() -> Duration {
    Duration::from_secs(RateLimitName::Account.seconds())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(remaining: u32, reset: i64) -> Outcome {
        let reset_in = Duration::from_secs(300);
        let account = Some(RateLimitHeaders { limit: 300, remaining, reset, reset_in });
        Outcome { account, answered: true, ..Outcome::default() }
    }

    fn room(account: &mut AccountWindow, now: Instant) -> u32 {
        let mut free = 0;
        while account.has_capacity(now) {
            account.take(now);
            free += 1;
        }
        (0..free).for_each(|_| account.release());
        free
    }

    #[test]
    fn before_the_first_reply_the_documented_limit_holds() {
        assert_eq!(room(&mut AccountWindow::new(), Instant::now()), 300);
    }

    #[test]
    fn what_others_spent_shows_in_the_next_reply() {
        let (mut account, now) = (AccountWindow::new(), Instant::now());
        account.take(now);
        account.complete(&report(120, 1000), now, now);
        assert_eq!(room(&mut account, now), 120);
    }

    #[test]
    fn calls_under_way_are_taken_as_not_counted_yet() {
        let (mut account, now) = (AccountWindow::new(), Instant::now());
        (0..5).for_each(|_| account.take(now));
        account.complete(&report(100, 1000), now, now);
        assert_eq!(room(&mut account, now), 96);
    }

    #[test]
    fn a_reply_that_was_overtaken_does_not_raise_the_count() {
        let (mut account, now) = (AccountWindow::new(), Instant::now());
        (0..2).for_each(|_| account.take(now));
        account.complete(&report(98, 1000), now, now);
        account.complete(&report(99, 1000), now, now);
        assert_eq!(room(&mut account, now), 98);
    }

    #[test]
    fn a_new_window_begins_when_the_old_one_ends() {
        let (mut account, now) = (AccountWindow::new(), Instant::now());
        account.take(now);
        account.complete(&report(0, 1000), now, now);
        assert_eq!(room(&mut account, now), 0);
        let later = now + Duration::from_secs(302);
        assert_eq!(room(&mut account, later), 1, "one call probes");
        account.take(later);
        account.complete(&report(299, 1300), later, later);
        assert_eq!(room(&mut account, later), 299);
    }

    #[test]
    fn a_late_reply_of_the_old_window_says_nothing_of_the_new_one() {
        let (mut account, now) = (AccountWindow::new(), Instant::now());
        (0..2).for_each(|_| account.take(now));
        account.complete(&report(1, 1000), now, now);
        let later = now + Duration::from_secs(302);
        account.complete(&report(0, 1000), now, later);
        assert_eq!(room(&mut account, later), 300);
    }

    #[test]
    fn a_window_ends_as_early_as_any_of_its_replies_says() {
        let (mut account, now) = (AccountWindow::new(), Instant::now());
        (0..2).for_each(|_| account.take(now));
        account.complete(&report(1, 1000), now, now);
        // The same reset, and a date that has moved on by a second within half of one.
        let later = now + Duration::from_millis(500);
        let reset_in = Duration::from_secs(299);
        let sooner = RateLimitHeaders { limit: 300, remaining: 0, reset: 1000, reset_in };
        account.complete(&Outcome { account: Some(sooner), ..Outcome::default() }, now, later);
        assert_eq!(account.next(), Some(later + reset_in + MARGIN));
    }

    #[test]
    fn a_reset_far_away_does_not_end_the_learning() {
        let (mut account, now) = (AccountWindow::new(), Instant::now());
        (0..2).for_each(|_| account.take(now));
        account.complete(&report(200, 999_999), now, now);
        let later = now + Duration::from_secs(302);
        account.complete(&report(120, 1000), now, later);
        assert_eq!(room(&mut account, later), 120);
    }

    #[test]
    fn a_reset_that_is_rounded_now_up_and_now_down_is_that_of_one_window() {
        let (mut account, now) = (AccountWindow::new(), Instant::now());
        (0..3).for_each(|_| account.take(now));
        account.complete(&report(200, 1001), now, now);
        account.complete(&report(120, 1000), now, now);
        account.complete(&report(121, 1001), now, now);
        assert_eq!(room(&mut account, now), 120);
    }

    #[test]
    fn a_reply_without_headers_is_counted_here() {
        let (mut account, now) = (AccountWindow::new(), Instant::now());
        account.take(now);
        account.complete(&Outcome::default(), now, now);
        assert_eq!(room(&mut account, now), 299);
    }

    #[test]
    fn a_connection_that_was_never_made_costs_nothing() {
        let (mut account, now) = (AccountWindow::new(), Instant::now());
        account.take(now);
        account.complete(&Outcome { unsent: true, ..Outcome::default() }, now, now);
        assert_eq!(room(&mut account, now), 300);
    }

    #[test]
    fn the_servers_refusal_is_right_whatever_was_counted() {
        let (mut account, now) = (AccountWindow::new(), Instant::now());
        account.take(now);
        account.complete(&refusal(0, 1000), now, now);
        assert_eq!(room(&mut account, now), 0);
    }

    fn refusal(remaining: u32, reset: i64) -> Outcome {
        let wait = Duration::from_secs(300);
        let refused = Refused { limit: RateLimitName::Account, wait, source: WaitSource::Window };
        Outcome { refused: Some(refused), ..report(remaining, reset) }
    }

    #[test]
    fn a_refusal_with_requests_left_does_not_empty_the_account() {
        let (mut account, now) = (AccountWindow::new(), Instant::now());
        account.take(now);
        assert!(!account.complete(&refusal(250, 1000), now, now));
        assert_eq!(room(&mut account, now), 250);
    }

    #[test]
    fn a_refusal_of_an_older_window_does_not_empty_the_new_one() {
        let (mut account, now) = (AccountWindow::new(), Instant::now());
        (0..3).for_each(|_| account.take(now));
        account.complete(&report(2, 1000), now, now);
        account.complete(&report(299, 1300), now, now);
        assert!(!account.complete(&refusal(0, 1000), now, now));
        assert_eq!(room(&mut account, now), 299);
    }

    #[test]
    fn replies_whose_report_cannot_be_used_are_counted() {
        let (mut account, now) = (AccountWindow::new(), Instant::now());
        account.take(now);
        account.complete(&report(300, 1300), now, now);
        for _ in 0..300 {
            account.take(now);
            account.complete(&report(7, 1290), now, now);
        }
        assert_eq!(room(&mut account, now), 0);
    }

    #[test]
    fn replies_without_headers_begin_a_window_that_ends() {
        let (mut account, now) = (AccountWindow::new(), Instant::now());
        (0..300).for_each(|_| account.take(now));
        (0..300).for_each(|_| _ = account.complete(&Outcome::default(), now, now));
        assert_eq!(room(&mut account, now), 0);
        assert!(account.has_capacity(now + window() + MARGIN));
    }

    #[test]
    fn a_limit_of_0_leaves_one_call() {
        let (mut account, now) = (AccountWindow::new(), Instant::now());
        account.take(now);
        let mut zero = report(0, 1000);
        zero.account.as_mut().unwrap().limit = 0;
        account.complete(&zero, now, now);
        assert!(account.has_capacity(now + window() + MARGIN));
    }
}
