//! A room's limit: 10 posts in 10 seconds, over messages and tasks together.

use std::collections::VecDeque;
use std::time::Duration;

use chatwork_api::operations::RateLimitName;
use tokio::time::Instant;

use super::{MARGIN, Outcome};

/// The posts to one room.
///
/// The server counts a post somewhere between its request and its reply, so a post counts from the
/// moment it is made until a window after its reply: then no window of the server's holds more
/// than the limit, wherever it begins.
#[derive(Debug, Default)]
pub(super) struct Room {
    in_flight: usize,
    answered: VecDeque<Instant>,
    blocked: Option<Instant>,
}

impl Room {
    /// Whether one more post may go.
    pub(super) fn has_room(&mut self, now: Instant) -> bool {
        while self.answered.front().is_some_and(|at| *at + window() <= now) {
            self.answered.pop_front();
        }
        self.blocked = self.blocked.filter(|until| *until > now);
        self.blocked.is_none() && self.in_flight + self.answered.len() < limit()
    }

    /// When there will be room, as far as anybody knows.
    pub(super) fn next(&self) -> Option<Instant> {
        self.blocked.or_else(|| self.answered.front().map(|at| *at + window()))
    }

    pub(super) fn take(&mut self) {
        self.in_flight += 1;
    }

    /// A post that was given its turn did not go.
    pub(super) fn give_back(&mut self) {
        self.in_flight = self.in_flight.saturating_sub(1);
    }

    /// A post has ended. One that the server refused for this limit was not counted there, but
    /// somebody else has used the room up.
    pub(super) fn settle(&mut self, outcome: &Outcome, now: Instant) {
        self.give_back();
        if outcome.refused == Some(RateLimitName::RoomPosting) {
            self.blocked = Some(now + window());
        } else if outcome.refused.is_none() && !outcome.unsent {
            self.answered.push_back(now);
        }
    }

    /// Nothing is known that a new room would not know.
    pub(super) fn is_idle(&mut self, now: Instant) -> bool {
        self.has_room(now) && self.in_flight == 0 && self.answered.is_empty()
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

    fn posted(count: usize, now: Instant) -> Room {
        let mut room = Room::default();
        for _ in 0..count {
            room.take();
            room.settle(&Outcome::default(), now);
        }
        room
    }

    #[test]
    fn ten_posts_go_at_once() {
        let now = Instant::now();
        assert!(posted(9, now).has_room(now));
    }

    #[test]
    fn the_eleventh_waits_for_the_first_to_be_ten_seconds_old() {
        let now = Instant::now();
        let mut room = posted(10, now);
        assert!(!room.has_room(now + Duration::from_secs(10)));
        assert!(room.has_room(now + Duration::from_secs(10) + MARGIN));
    }

    #[test]
    fn a_post_under_way_counts() {
        let now = Instant::now();
        let mut room = posted(9, now);
        room.take();
        assert!(!room.has_room(now));
    }

    #[test]
    fn a_post_that_never_left_does_not_count() {
        let now = Instant::now();
        let mut room = posted(9, now);
        room.take();
        room.settle(&Outcome { unsent: true, ..Outcome::default() }, now);
        assert!(room.has_room(now));
    }

    #[test]
    fn a_refusal_closes_the_room_for_a_window() {
        let now = Instant::now();
        let mut room = Room::default();
        room.take();
        let refused = Some(RateLimitName::RoomPosting);
        room.settle(&Outcome { refused, ..Outcome::default() }, now);
        assert!(!room.has_room(now + Duration::from_secs(9)));
        assert!(room.has_room(now + Duration::from_secs(11)));
    }
}
