use std::sync::Arc;

use super::*;

const ROOM: Key = Some(RoomId(1));

fn state() -> State {
    let mut state = RateLimiter::new(Pacing::default()).state.into_inner().unwrap();
    state.jitter = Duration::ZERO;
    state
}

/// Fills a room with ten posts that were just answered.
fn fill(state: &mut State, now: Instant) {
    for _ in 0..10 {
        assert!(state.try_acquire(ROOM, now));
        state.complete(ROOM, &Outcome { answered: true, ..Outcome::default() }, now, now);
    }
}

/// As a permit that has to wait.
fn enter(state: &mut State, ticket: u64, now: Instant) {
    if state.queue.push(ticket, ROOM, Arc::default()) {
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
    (0..COUNT).for_each(|ticket| enter(&mut state, ticket, now));
    assert!(state.queue.visited < 3 * COUNT as usize, "{}", state.queue.visited);
    state.queue.visited = 0;
    (0..COUNT).for_each(|ticket| assert!(state.leave(ticket, ROOM)));
    assert!(state.queue.visited < 3 * COUNT as usize, "{}", state.queue.visited);
}

#[test]
fn a_room_that_opens_costs_what_it_grants_however_many_wait() {
    let (mut state, now) = (state(), Instant::now());
    fill(&mut state, now);
    (0..8_000).for_each(|ticket| enter(&mut state, ticket, now));
    state.queue.visited = 0;
    let later = now + Duration::from_secs(11);
    state.dispatch(later, None);
    assert!(state.queue.visited < 40, "{}", state.queue.visited);
    let waiting = (0..8_000).filter(|ticket| state.queue.contains(*ticket, ROOM)).count();
    assert_eq!(waiting, 7_990);
}

#[test]
fn each_room_is_looked_at_a_constant_number_of_times_before_it_is_forgotten() {
    let (mut state, now) = (state(), Instant::now());
    const COUNT: i64 = 40_000;
    for room in 0..COUNT {
        let room = Some(RoomId(room));
        // Released and not completed: the account's limit is not what is tested.
        state.account = AccountWindow::new();
        assert!(state.try_acquire(room, now));
        let outcome = Outcome { answered: true, ..Outcome::default() };
        state.complete(room, &outcome, now, now);
    }
    // Each completed post opens its line, which is one visit.
    assert!(state.queue.visited < 4 * COUNT as usize, "{}", state.queue.visited);
    state.account = AccountWindow::new();
    let later = now + Duration::from_secs(11);
    state.sweep_at = 0;
    assert!(state.try_acquire(ROOM, later));
    state.complete(ROOM, &Outcome { unsent: true, ..Outcome::default() }, later, later);
    assert!(state.rooms.is_empty(), "{}", state.rooms.len());
}

#[test]
fn programs_return_to_a_used_up_account_at_different_times() {
    let mut jitters: Vec<Duration> =
        (0..50).map(|_| RateLimiter::new(Pacing::default()).lock().jitter).collect();
    jitters.sort_unstable();
    jitters.dedup();
    assert!(jitters.len() > 40 && jitters.iter().all(|it| *it <= JITTER));

    let (mut state, now) = (state(), Instant::now());
    state.jitter = Duration::from_millis(400);
    (0..300).for_each(|_| assert!(state.try_acquire(None, now)));
    (0..300).for_each(|_| _ = state.complete(None, &Outcome::default(), now, now));
    let ends = state.account.next().unwrap();
    state.queue.push(0, None, Arc::default());
    state.entered();
    state.dispatch(now, None);
    assert_eq!(state.until, Some(ends + state.jitter));
}
