//! The account's limit: a number of requests in a window that the server counts.

use chatwork_api::operations::RateLimitName;

use super::outcome::back_off;
use super::{Millis, Outcome, RateLimitHeaders, Refused, Rules, WaitSource, millis};

/// How many seconds the reset times of one window may differ: a server that counts from the time of
/// each reply rounds differently in each of them.
const APART: u64 = 2;

/// What is known of the current window.
///
/// The server counts. Known are its lowest report, the leases that it may not have counted yet, and
/// the requests that ended without a report and may not be part of any. So the capacity is
/// `remaining` minus the leases and those requests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct AccountWindow {
    pub(super) limit: u32,
    pub(super) remaining: u32,
    /// The requests that ended without a report, and that no report is known to include.
    pub(super) unreported: u32,
    /// When the latest of them ended. The report of a request that is sent later includes them.
    pub(super) unreported_at: Millis,
    /// When the first request of this window was sent.
    pub(super) began: Option<Millis>,
    /// The end of the window; `None` until the first reply.
    pub(super) ends: Option<Millis>,
    /// The reset time of the latest window that a reply reported.
    pub(super) reset: Option<i64>,
    /// Whether the window of that reset time has ended.
    pub(super) expired: bool,
    /// Set after a used-up window until a reply arrives: requests then go one by one, the next one
    /// at this time if the one before has no reply.
    pub(super) probe: Option<Millis>,
    /// The refusals with a guessed wait since the last success.
    pub(super) guesses: u32,
}

impl AccountWindow {
    pub(super) fn new(rules: &Rules) -> Self {
        Self {
            limit: rules.account_requests,
            remaining: rules.account_requests,
            unreported: 0,
            unreported_at: 0,
            began: None,
            ends: None,
            reset: None,
            expired: false,
            probe: None,
            guesses: 0,
        }
    }

    /// Returns whether one more request may be sent beside those under way.
    pub(super) fn has_capacity(&mut self, leases: u32, now: Millis) -> bool {
        self.reset_if_elapsed(now);
        self.left() > leases && self.probe.is_none_or(|at| at <= now)
    }

    /// Returns when time alone brings capacity. Leases that end may bring it earlier.
    pub(super) fn next(&self, leases: u32) -> Option<Millis> {
        if self.left() > leases { self.probe } else { self.ends }
    }

    /// Returns whether no lease that ends can bring capacity before the window's end.
    pub(super) fn is_exhausted(&self) -> bool {
        self.left() == 0
    }

    /// Returns how many requests are left for leases in this window.
    pub(super) fn left(&self) -> u32 {
        self.remaining.saturating_sub(self.unreported)
    }

    pub(super) fn take(&mut self, rules: &Rules, now: Millis) {
        if self.probe.is_some() {
            self.probe = Some(now + rules.probe_patience);
        }
    }

    /// Ends a request that was sent. Returns whether the window now holds further requests back
    /// because of this request's refusal.
    pub(super) fn complete(
        &mut self,
        rules: &Rules,
        outcome: &Outcome,
        sent: Millis,
        now: Millis,
    ) -> bool {
        self.reset_if_elapsed(now);
        if outcome.unsent {
            // Another request may probe instead.
            self.probe = self.probe.map(|at| at.min(now));
        }
        if outcome.answered && !self.is_older(sent) {
            self.probe = None;
        }
        if outcome.answered && outcome.refused.is_none() {
            self.guesses = 0;
        }
        let refused = outcome.refused.filter(|it| it.limit == RateLimitName::Account);
        let current = match outcome.account {
            Some(report) => self.update(rules, report, refused.is_some(), sent, now),
            None => !self.is_older(sent),
        };
        // A refused request is not counted by the server.
        let counted = outcome.refused.is_none() && !outcome.unsent;
        if counted && (outcome.account.is_none() || (!current && !self.is_older(sent))) {
            self.count(rules, now);
        }
        let empty = outcome.account.is_none_or(|report| report.remaining == 0);
        match refused {
            Some(refused) if current && empty => self.exhaust(refused, outcome, now),
            _ => return false,
        }
        true
    }

    /// Counts a request whose process is gone: it may have been sent, at its deadline at the latest.
    /// So it counts in the window of the deadline, whenever it was granted.
    pub(super) fn lose(&mut self, rules: &Rules, deadline: Millis) {
        self.reset_if_elapsed(deadline);
        self.count(rules, deadline);
    }

    /// A refusal of the current window. The server's count is right, not ours.
    fn exhaust(&mut self, refused: Refused, outcome: &Outcome, now: Millis) {
        self.remaining = 0;
        let mut wait = refused.wait;
        if refused.source == WaitSource::Guess {
            wait = back_off(wait, self.guesses);
            self.guesses = self.guesses.saturating_add(1);
        }
        let until = now.saturating_add(millis(wait));
        match (outcome.account, refused.source) {
            (None, WaitSource::RetryAfter) => {
                self.ends = Some(self.ends.map_or(until, |ends| ends.min(until)))
            }
            _ => _ = self.ends.get_or_insert(until),
        }
    }

    /// Applies the server's report. Returns whether it is of the current window.
    ///
    /// Replies can arrive out of order. Within a window, keep the lowest `remaining` and the
    /// earliest end. Ignore reports of an older window.
    fn update(
        &mut self,
        rules: &Rules,
        report: RateLimitHeaders,
        refused: bool,
        sent: Millis,
        now: Millis,
    ) -> bool {
        // A limit of 0 would allow no request, so that no reply could ever report another limit.
        self.limit = report.limit.max(1);
        let ends = now.saturating_add(millis(report.reset_in).saturating_add(rules.account_margin));
        let includes_all = sent > self.unreported_at;
        if self.is_new(&report) {
            self.reset = Some(report.reset);
            self.expired = false;
            self.remaining = report.remaining;
            (self.began, self.ends) = (Some(sent), Some(ends));
            self.forget_unreported(includes_all);
            return true;
        }
        let same = self.reset.is_some_and(|reset| is_same(reset, report.reset));
        // The server says that the window goes on: the clock here went ahead.
        if same && self.expired && !report.reset_in.is_zero() && !self.is_older(sent) {
            self.expired = false;
            self.remaining = report.remaining;
            (self.began, self.ends) = (Some(sent), Some(ends));
            self.forget_unreported(includes_all);
            return true;
        }
        let current = same && !self.expired;
        if current {
            self.remaining = self.remaining.min(report.remaining);
            self.ends = self.ends.map(|known| known.min(ends));
            self.forget_unreported(includes_all);
        }
        current || (refused && same && self.expired && !self.is_older(sent) && self.adopt(&report))
    }

    /// A reset time that has passed, and that the server still names for a request sent after it:
    /// the clocks differ. The refusal is believed, the reset time is not.
    fn adopt(&self, report: &RateLimitHeaders) -> bool {
        report.remaining == 0 && self.ends.is_none()
    }

    /// Returns whether a request was sent before the current window began.
    fn is_older(&self, sent: Millis) -> bool {
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

    fn forget_unreported(&mut self, included: bool) {
        if included {
            self.unreported = 0;
        }
    }

    /// Counts a request whose reply reported nothing usable.
    fn count(&mut self, rules: &Rules, now: Millis) {
        self.unreported = self.unreported.saturating_add(1);
        self.unreported_at = self.unreported_at.max(now);
        self.ends.get_or_insert(now + rules.account_window + rules.account_margin);
    }

    /// Begins a new window if the old one has ended.
    fn reset_if_elapsed(&mut self, now: Millis) {
        if let Some(ends) = self.ends.filter(|ends| *ends <= now) {
            if self.left() == 0 {
                self.probe = Some(now);
            }
            self.unreported = 0;
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

#[cfg(test)]
#[path = "account_tests.rs"]
mod tests;
