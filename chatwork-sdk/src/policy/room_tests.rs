use std::time::Duration;

use super::super::{Refused, WaitSource};
use super::*;

const NOW: Millis = 1_000_000;

/// A window with its rules.
struct Room {
    window: RoomWindow,
    rules: Rules,
}

impl Room {
    fn new() -> Self {
        Self { window: RoomWindow::default(), rules: Rules::default() }
    }

    fn has_capacity(&mut self, now: Millis) -> bool {
        self.window.has_capacity(&self.rules, now)
    }

    fn is_idle(&mut self, now: Millis) -> bool {
        self.window.is_idle(&self.rules, now)
    }

    fn take(&mut self, now: Millis) {
        self.window.take(&self.rules, now);
    }

    fn complete(&mut self, outcome: &Outcome, sent: Millis, now: Millis) -> bool {
        self.window.release();
        self.window.complete(&self.rules, outcome, sent, now)
    }
}

fn posted(count: usize, now: Millis) -> Room {
    let mut room = Room::new();
    for _ in 0..count {
        room.take(now);
        room.complete(&Outcome::default(), now, now);
    }
    room
}

#[test]
fn ten_posts_go_at_once() {
    let now = NOW;
    assert!(posted(9, now).has_capacity(now));
}

#[test]
fn the_eleventh_waits_for_the_first_to_be_ten_seconds_old() {
    let now = NOW;
    let mut room = posted(10, now);
    assert!(!room.has_capacity(now + 10_000));
    assert!(room.has_capacity(now + 10_000 + Rules::default().room_margin));
}

#[test]
fn a_post_under_way_counts() {
    let now = NOW;
    let mut room = posted(9, now);
    room.take(now);
    assert!(!room.has_capacity(now));
}

#[test]
fn a_post_that_never_left_does_not_count() {
    let now = NOW;
    let mut room = posted(9, now);
    room.take(now);
    room.complete(&Outcome { unsent: true, ..Outcome::default() }, now, now);
    assert!(room.has_capacity(now));
}

fn refusal(limit: RateLimitName) -> Outcome {
    let wait = Duration::from_secs(limit.seconds());
    let refused = Refused { limit, wait, source: WaitSource::Window };
    Outcome { refused: Some(refused), answered: true, ..Outcome::default() }
}

#[test]
fn after_a_refusal_one_post_probes_and_the_rest_follow_its_success() {
    let now = NOW;
    let mut room = Room::new();
    room.take(now);
    assert!(room.complete(&refusal(RateLimitName::RoomPosting), now, now));
    assert!(!room.has_capacity(now + 9_000));
    let later = now + 11_000;
    assert!(room.has_capacity(later));
    room.take(later);
    assert!(!room.has_capacity(later), "one probe");
    room.complete(&Outcome { answered: true, ..Outcome::default() }, later, later);
    assert!(room.has_capacity(later));
}

#[test]
fn a_probe_without_a_reply_does_not_close_the_room_for_good() {
    let now = NOW;
    let mut room = Room::new();
    room.take(now);
    room.complete(&refusal(RateLimitName::RoomPosting), now, now);
    let later = now + 11_000;
    room.take(later);
    assert!(room.has_capacity(later + Rules::default().probe_patience));
}

#[test]
fn a_post_that_the_account_refused_does_not_count_against_the_room() {
    let now = NOW;
    let mut room = posted(9, now);
    room.take(now);
    assert!(!room.complete(&refusal(RateLimitName::Account), now, now));
    assert!(room.has_capacity(now));
}

#[test]
fn a_room_with_a_post_in_flight_is_not_idle() {
    let now = NOW;
    let mut room = Room::new();
    assert!(room.is_idle(now));
    room.take(now);
    assert!(!room.is_idle(now));
}

#[test]
fn a_room_is_forgotten_a_minute_after_a_refusal_without_another_post() {
    let now = NOW;
    let mut room = Room::new();
    room.take(now);
    room.complete(&refusal(RateLimitName::RoomPosting), now, now);
    assert!(!room.is_idle(now + 60_000));
    assert!(room.is_idle(now + 71_000));
}

#[test]
fn posts_that_are_stamped_out_of_order_count_in_order() {
    let (mut room, rules) = (RoomWindow::default(), Rules::default());
    [5, 1, 3].into_iter().for_each(|at| room.stamp(&rules, NOW + at));
    assert_eq!(room.answered, [NOW + 1, NOW + 3, NOW + 5]);
}

#[test]
fn a_probe_that_is_given_back_lets_another_post_probe_after_the_refusals_wait() {
    let now = NOW;
    let mut room = Room::new();
    (0..2).for_each(|_| room.take(now));
    room.complete(&refusal(RateLimitName::RoomPosting), now, now);
    let unsent = Outcome { unsent: true, ..Outcome::default() };
    room.complete(&unsent, now, now);
    assert!(!room.has_capacity(now + 9_000), "the refusal's wait is kept");
    let later = now + 11_000;
    room.take(later);
    room.complete(&unsent, later, later);
    assert!(room.has_capacity(later));
}

#[test]
fn a_refusal_with_an_endless_wait_does_not_overflow() {
    let (mut room, now) = (Room::new(), NOW);
    let mut endless = refusal(RateLimitName::RoomPosting);
    endless.refused.as_mut().unwrap().wait = Duration::MAX;
    room.take(now);
    assert!(room.complete(&endless, now, now));
}
