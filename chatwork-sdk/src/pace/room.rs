//! A room's limit: 10 posts in 10 seconds, over messages and tasks together.

use std::collections::VecDeque;
use std::time::Duration;

use chatwork_api::operations::RateLimitName;
use tokio::time::Instant;

use super::{MARGIN, Outcome, PROBE_PATIENCE};

/// The posts to one room.
///
/// The server counts a post at some time between its request and its reply. So a post counts here
/// from its request until a window after its reply. Then no window of the server holds more posts
/// than the limit, wherever that window begins.
#[derive(Debug, Default)]
pub(super) struct RoomWindow {
    in_flight: usize,
    answered: VecDeque<Instant>,
    /// Set by a refusal until a post is answered: posts then go one by one, the next one at this
    /// time if the one before has no reply.
    probe: Option<Instant>,
    /// The end of the latest refusal's wait.
    refused_until: Option<Instant>,
}

impl RoomWindow {
    /// Returns whether one more post may be sent.
    pub(super) fn has_capacity(&mut self, now: Instant) -> bool {
        while self.answered.front().is_some_and(|at| *at + window() <= now) {
            self.answered.pop_front();
        }
        let held = self.probe.is_some_and(|at| at > now);
        !held && self.in_flight + self.answered.len() < limit()
    }

    /// Returns when time alone brings capacity.
    pub(super) fn next(&self) -> Option<Instant> {
        let full = self.in_flight + self.answered.len() >= limit();
        let freed = self.answered.front().map(|at| *at + window());
        if full { freed.map(|at| self.probe.map_or(at, |probe| probe.max(at))) } else { self.probe }
    }

    pub(super) fn take(&mut self, now: Instant) {
        self.in_flight += 1;
        if self.probe.is_some() {
            self.probe = Some(now + PROBE_PATIENCE);
        }
    }

    /// Ends a post that was granted a permit and not sent.
    pub(super) fn release(&mut self) {
        self.in_flight = self.in_flight.saturating_sub(1);
    }

    /// Ends a post that was sent. Returns whether the room now holds further posts back because of
    /// this post's refusal.
    ///
    /// The server does not count a refused post; another program has used the room's limit up.
    pub(super) fn complete(&mut self, outcome: &Outcome, sent: Instant, now: Instant) -> bool {
        self.release();
        match outcome.refused {
            Some(refused) if refused.limit == RateLimitName::RoomPosting => {
                let until = now + refused.wait + MARGIN;
                self.refused_until = self.refused_until.max(Some(until));
                self.probe = self.refused_until;
                return true;
            }
            Some(_) => {}
            None if outcome.answered && self.refused_until <= Some(sent) => self.probe = None,
            None => {}
        }
        if outcome.refused.is_none() && !outcome.unsent {
            self.answered.push_back(now);
        }
        false
    }

    /// Returns whether another program uses the room's limit up.
    pub(super) fn was_refused(&self) -> bool {
        self.probe.is_some()
    }

    /// Returns whether a new window would say the same.
    pub(super) fn is_idle(&mut self, now: Instant) -> bool {
        self.has_capacity(now)
            && self.in_flight == 0
            && self.answered.is_empty()
            && self.probe.is_none()
    }
}

fn limit() -> usize {
    usize::try_from(RateLimitName::RoomPosting.requests()).unwrap_or(usize::MAX)
}

fn window() -> Duration {
    Duration::from_secs(RateLimitName::RoomPosting.seconds()) + MARGIN
}

#[cfg(test)]
mod tests {
    use super::*;

    fn posted(count: usize, now: Instant) -> RoomWindow {
        let mut room = RoomWindow::default();
        for _ in 0..count {
            room.take(now);
            room.complete(&Outcome::default(), now, now);
        }
        room
    }

    #[test]
    fn ten_posts_go_at_once() {
        let now = Instant::now();
        assert!(posted(9, now).has_capacity(now));
    }

    #[test]
    fn the_eleventh_waits_for_the_first_to_be_ten_seconds_old() {
        let now = Instant::now();
        let mut room = posted(10, now);
        assert!(!room.has_capacity(now + Duration::from_secs(10)));
        assert!(room.has_capacity(now + Duration::from_secs(10) + MARGIN));
    }

    #[test]
    fn a_post_under_way_counts() {
        let now = Instant::now();
        let mut room = posted(9, now);
        room.take(now);
        assert!(!room.has_capacity(now));
    }

    #[test]
    fn a_post_that_never_left_does_not_count() {
        let now = Instant::now();
        let mut room = posted(9, now);
        room.take(now);
        room.complete(&Outcome { unsent: true, ..Outcome::default() }, now, now);
        assert!(room.has_capacity(now));
    }

    fn refusal(limit: RateLimitName) -> Outcome {
        let wait = Duration::from_secs(limit.seconds());
        let refused =
            super::super::Refused { limit, wait, source: super::super::WaitSource::Window };
        Outcome { refused: Some(refused), answered: true, ..Outcome::default() }
    }

    #[test]
    fn after_a_refusal_one_post_probes_and_the_rest_follow_its_success() {
        let now = Instant::now();
        let mut room = RoomWindow::default();
        room.take(now);
        assert!(room.complete(&refusal(RateLimitName::RoomPosting), now, now));
        assert!(!room.has_capacity(now + Duration::from_secs(9)));
        let later = now + Duration::from_secs(11);
        assert!(room.has_capacity(later));
        room.take(later);
        assert!(!room.has_capacity(later), "one probe");
        room.complete(&Outcome { answered: true, ..Outcome::default() }, later, later);
        assert!(room.has_capacity(later));
    }

    #[test]
    fn a_probe_without_a_reply_does_not_close_the_room_for_good() {
        let now = Instant::now();
        let mut room = RoomWindow::default();
        room.take(now);
        room.complete(&refusal(RateLimitName::RoomPosting), now, now);
        let later = now + Duration::from_secs(11);
        room.take(later);
        assert!(room.has_capacity(later + PROBE_PATIENCE));
    }

    #[test]
    fn a_post_that_the_account_refused_does_not_count_against_the_room() {
        let now = Instant::now();
        let mut room = posted(9, now);
        room.take(now);
        assert!(!room.complete(&refusal(RateLimitName::Account), now, now));
        assert!(room.has_capacity(now));
    }

    #[test]
    fn a_room_with_a_post_in_flight_is_not_idle() {
        let now = Instant::now();
        let mut room = RoomWindow::default();
        assert!(room.is_idle(now));
        room.take(now);
        assert!(!room.is_idle(now));
    }
}
