//! The account's limit: so many requests in a window that the server counts.

use std::time::Duration;

use chatwork_api::operations::RateLimitName;
use tokio::time::Instant;

use super::{Outcome, Report, SOON};

/// How much later than the server says the next window is taken to begin. It speaks in whole
/// seconds, and nobody knows how it rounds.
const MARGIN: Duration = Duration::from_secs(1);

/// How many seconds the resets that are named for one window may lie apart: a server that counts
/// from the time of each reply rounds now to one second and now to the next.
const APART: u64 = 2;

/// What is known of the current window.
///
/// The server counts; we only know what it last said, and which calls it may not have counted yet.
/// So there is room while `remaining` exceeds the number of calls under way. That is never too
/// much, and exact again as soon as they are answered.
#[derive(Debug)]
pub(super) struct Account {
    limit: u32,
    remaining: u32,
    in_flight: u32,
    /// The end of the window; unknown until the first reply.
    ends: Option<Instant>,
    /// The reset time of the latest window that a reply spoke of.
    reset: Option<i64>,
    /// The window of that reset time is over.
    over: bool,
}

impl Account {
    pub(super) fn new() -> Self {
        let limit = u32::try_from(RateLimitName::Account.requests()).unwrap_or(u32::MAX);
        Self { limit, remaining: limit, in_flight: 0, ends: None, reset: None, over: false }
    }

    /// Whether one more call may go.
    pub(super) fn has_room(&mut self, now: Instant) -> bool {
        self.roll(now);
        self.remaining > self.in_flight
    }

    /// When the window ends and there is room again, as far as anybody knows. Calls under way may
    /// make room earlier when they are answered.
    pub(super) fn next(&self) -> Option<Instant> {
        self.ends
    }

    /// Before when there is certainly no room: the end of the window when it is used up, and nothing
    /// while calls under way decide.
    pub(super) fn closed_until(&self) -> Option<Instant> {
        self.ends.filter(|_| self.remaining == 0)
    }

    pub(super) fn take(&mut self) {
        self.in_flight += 1;
    }

    /// A call that was given its turn did not go.
    pub(super) fn give_back(&mut self) {
        self.in_flight = self.in_flight.saturating_sub(1);
    }

    /// A call has ended.
    pub(super) fn settle(&mut self, outcome: &Outcome, now: Instant) {
        self.roll(now);
        self.give_back();
        match outcome.account {
            Some(report) => self.learn(report, now),
            None if outcome.unsent => {}
            None => self.count(now),
        }
        if outcome.refused == Some(RateLimitName::Account) {
            self.remaining = 0;
            // A reset that should be over, and is not, is soon: clocks differ a little.
            let wait = outcome.account.map_or(window(), |report| report.reset_in.max(SOON));
            self.ends.get_or_insert(now + wait);
        }
    }

    /// The server's word. Replies overtake each other: within a window the lowest count is the
    /// latest, and the earliest end is the nearest to the truth, since each is measured from a date
    /// in whole seconds that was written before the reply came. What speaks of a window that is over
    /// says nothing of this one.
    fn learn(&mut self, report: Report, now: Instant) {
        // A limit of nothing would leave nobody who could ever learn of another.
        self.limit = report.limit.max(1);
        let ends = now + report.reset_in + MARGIN;
        if self.is_new(&report) {
            self.reset = Some(report.reset);
            self.over = false;
            self.remaining = report.remaining;
            self.ends = Some(ends);
        } else if !self.over && self.reset.is_some_and(|reset| is_same(reset, report.reset)) {
            self.remaining = self.remaining.min(report.remaining);
            self.ends = self.ends.map(|known| known.min(ends));
        }
    }

    /// Whether a reply speaks of a window that none has spoken of before. Windows follow each other;
    /// but when the known one is over, and its reset was a date gone wrong, an earlier one that has
    /// yet to come is as good.
    fn is_new(&self, report: &Report) -> bool {
        self.reset.is_none_or(|reset| {
            let is_next = report.reset > reset;
            let is_earlier = self.over && !report.reset_in.is_zero();
            !is_same(reset, report.reset) && (is_next || is_earlier)
        })
    }

    /// A reply without headers: it is counted here.
    fn count(&mut self, now: Instant) {
        self.remaining = self.remaining.saturating_sub(1);
        self.ends.get_or_insert(now + window() + MARGIN);
    }

    /// Begins a new window when the old one is over.
    fn roll(&mut self, now: Instant) {
        if self.ends.is_some_and(|ends| ends <= now) {
            self.ends = None;
            self.over = true;
            self.remaining = self.limit;
        }
    }
}

/// Whether two resets are those of one window.
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
        let account = Some(Report { limit: 300, remaining, reset, reset_in });
        Outcome { account, ..Outcome::default() }
    }

    fn room(account: &mut Account, now: Instant) -> u32 {
        let mut free = 0;
        while account.has_room(now) {
            account.take();
            free += 1;
        }
        (0..free).for_each(|_| account.give_back());
        free
    }

    #[test]
    fn before_the_first_reply_the_documented_limit_holds() {
        assert_eq!(room(&mut Account::new(), Instant::now()), 300);
    }

    #[test]
    fn what_others_spent_shows_in_the_next_reply() {
        let (mut account, now) = (Account::new(), Instant::now());
        account.take();
        account.settle(&report(120, 1000), now);
        assert_eq!(room(&mut account, now), 120);
    }

    #[test]
    fn calls_under_way_are_taken_as_not_counted_yet() {
        let (mut account, now) = (Account::new(), Instant::now());
        (0..5).for_each(|_| account.take());
        account.settle(&report(100, 1000), now);
        assert_eq!(room(&mut account, now), 96);
    }

    #[test]
    fn a_reply_that_was_overtaken_does_not_raise_the_count() {
        let (mut account, now) = (Account::new(), Instant::now());
        (0..2).for_each(|_| account.take());
        account.settle(&report(98, 1000), now);
        account.settle(&report(99, 1000), now);
        assert_eq!(room(&mut account, now), 98);
    }

    #[test]
    fn a_new_window_begins_when_the_old_one_ends() {
        let (mut account, now) = (Account::new(), Instant::now());
        account.take();
        account.settle(&report(0, 1000), now);
        assert_eq!(room(&mut account, now), 0);
        assert_eq!(room(&mut account, now + Duration::from_secs(302)), 300);
    }

    #[test]
    fn a_late_reply_of_the_old_window_says_nothing_of_the_new_one() {
        let (mut account, now) = (Account::new(), Instant::now());
        (0..2).for_each(|_| account.take());
        account.settle(&report(1, 1000), now);
        let later = now + Duration::from_secs(302);
        account.settle(&report(0, 1000), later);
        assert_eq!(room(&mut account, later), 300);
    }

    #[test]
    fn a_window_ends_as_early_as_any_of_its_replies_says() {
        let (mut account, now) = (Account::new(), Instant::now());
        (0..2).for_each(|_| account.take());
        account.settle(&report(1, 1000), now);
        // The same reset, and a date that has moved on by a second within half of one.
        let later = now + Duration::from_millis(500);
        let reset_in = Duration::from_secs(299);
        let sooner = Report { limit: 300, remaining: 0, reset: 1000, reset_in };
        account.settle(&Outcome { account: Some(sooner), ..Outcome::default() }, later);
        assert_eq!(account.next(), Some(later + reset_in + MARGIN));
    }

    #[test]
    fn a_reset_far_away_does_not_end_the_learning() {
        let (mut account, now) = (Account::new(), Instant::now());
        (0..2).for_each(|_| account.take());
        account.settle(&report(200, 999_999), now);
        let later = now + Duration::from_secs(302);
        account.settle(&report(120, 1000), later);
        assert_eq!(room(&mut account, later), 120);
    }

    #[test]
    fn a_reset_that_is_rounded_now_up_and_now_down_is_that_of_one_window() {
        let (mut account, now) = (Account::new(), Instant::now());
        (0..3).for_each(|_| account.take());
        account.settle(&report(200, 1001), now);
        account.settle(&report(120, 1000), now);
        account.settle(&report(121, 1001), now);
        assert_eq!(room(&mut account, now), 120);
    }

    #[test]
    fn a_reply_without_headers_is_counted_here() {
        let (mut account, now) = (Account::new(), Instant::now());
        account.take();
        account.settle(&Outcome::default(), now);
        assert_eq!(room(&mut account, now), 299);
    }

    #[test]
    fn a_connection_that_was_never_made_costs_nothing() {
        let (mut account, now) = (Account::new(), Instant::now());
        account.take();
        account.settle(&Outcome { unsent: true, ..Outcome::default() }, now);
        assert_eq!(room(&mut account, now), 300);
    }

    #[test]
    fn the_servers_refusal_is_right_whatever_was_counted() {
        let (mut account, now) = (Account::new(), Instant::now());
        account.take();
        let refused = Some(RateLimitName::Account);
        account.settle(&Outcome { refused, ..report(250, 1000) }, now);
        assert_eq!(room(&mut account, now), 0);
    }
}
