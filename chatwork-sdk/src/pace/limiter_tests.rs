use std::sync::Arc;

use chatwork_api::types::RoomId;

use super::*;
use crate::pace::UNSENT;
use crate::policy::Rules;

const ROOM: Key = Some(RoomId(1));
const ANSWERED: Outcome = Outcome { account: None, refused: None, unsent: false, answered: true };

impl State {
    pub(in crate::pace) fn queue_len(&self) -> usize {
        self.queue.len()
    }
}

fn state() -> State {
    let mut state =
        Arc::into_inner(RateLimiter::new(Pacing::default()).state).unwrap().into_inner().unwrap();
    state.jitter = Duration::ZERO;
    state
}

/// Fills a room with ten posts that were just answered.
fn fill(state: &mut State, now: Instant) {
    for _ in 0..10 {
        let lease = state.try_acquire(ROOM, now).unwrap();
        state.complete(&lease, &ANSWERED, now);
    }
}

/// As a permit that has to wait.
fn enter(state: &mut State, ticket: u64, room: Key, now: Instant) {
    if state.queue.push(ticket, room, Arc::default()) {
        state.entered();
    }
    state.dispatch(now, Some(ticket));
}

#[test]
fn entering_and_leaving_a_full_room_costs_the_same_however_many_wait() {
    let (mut state, now) = (state(), Instant::now());
    fill(&mut state, now);
    const COUNT: u64 = 8_000;
    state.queue.visited = 0;
    (0..COUNT).for_each(|ticket| enter(&mut state, ticket, ROOM, now));
    assert!(state.queue.visited < 3 * COUNT as usize, "{}", state.queue.visited);
    state.queue.visited = 0;
    (0..COUNT).for_each(|ticket| assert!(state.leave(ticket, ROOM)));
    assert!(state.queue.visited < 3 * COUNT as usize, "{}", state.queue.visited);
}

#[test]
fn a_room_that_opens_costs_what_it_grants_however_many_wait() {
    let (mut state, now) = (state(), Instant::now());
    fill(&mut state, now);
    (0..8_000).for_each(|ticket| enter(&mut state, ticket, ROOM, now));
    state.queue.visited = 0;
    state.dispatch(now + Duration::from_secs(11), None);
    assert!(state.queue.visited < 40, "{}", state.queue.visited);
    assert_eq!(state.queue.len(), 7_990);
}

#[test]
fn each_room_is_looked_at_a_constant_number_of_times_before_it_is_forgotten() {
    let (mut state, now) = (state(), Instant::now());
    const COUNT: i64 = 40_000;
    let rules = Rules { account_requests: u32::MAX, ..Rules::default() };
    state.limits = LimitState::with_rules(rules);
    for room in 0..COUNT {
        let lease = state.try_acquire(Some(RoomId(room)), now).unwrap();
        state.complete(&lease, &ANSWERED, now);
    }
    let visited = state.queue.visited + state.limits.swept;
    assert!(visited < 4 * COUNT as usize, "{visited}");
}

#[test]
fn idle_rooms_are_forgotten_when_there_are_many() {
    let (mut state, now) = (state(), Instant::now());
    state.limits = LimitState::with_rules(Rules { account_requests: u32::MAX, ..Rules::default() });
    for room in 0..5_000 {
        let now = now + Duration::from_secs(room);
        let lease = state.try_acquire(Some(RoomId(room as i64)), now).unwrap();
        state.complete(&lease, &ANSWERED, now);
    }
    assert!(state.limits.rooms_len() <= 1024, "{}", state.limits.rooms_len());
}

#[test]
fn a_new_call_does_not_overtake_those_that_wait() {
    let (mut state, now) = (state(), Instant::now());
    let leases: Vec<_> = (0..300).map(|_| state.try_acquire(None, now).unwrap()).collect();
    enter(&mut state, 0, None, now);
    // The waiting call has not noticed yet that it may go.
    state.limits.settle(state.millis(now), &leases[0], &UNSENT);
    assert!(state.try_acquire(None, now).is_none());
    state.changed = true;
    state.dispatch(now, None);
    assert!(state.take_granted(0).is_some());
}

#[test]
fn programs_return_to_a_used_up_account_at_different_times() {
    let mut jitters: Vec<Duration> =
        (0..50).map(|_| RateLimiter::new(Pacing::default()).lock().jitter).collect();
    jitters.sort_unstable();
    jitters.dedup();
    assert!(jitters.len() > 40 && jitters.iter().all(|it| *it <= JITTER));

    let (mut state, now) = (state(), Instant::now());
    state.origin = now;
    state.jitter = Duration::from_millis(400);
    for _ in 0..300 {
        let lease = state.try_acquire(None, now).unwrap();
        state.complete(&lease, &Outcome::default(), now);
    }
    enter(&mut state, 0, None, now);
    assert_eq!(state.until, Some(now + Duration::from_millis(301_400)));
}
