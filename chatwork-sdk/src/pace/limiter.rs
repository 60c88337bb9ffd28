//! Both limits and the calls that wait for them.
//!
//! 1. `try_acquire` grants a permit at once if no call waits and both limits have capacity.
//! 2. Otherwise the call enters the [`Queue`].
//! 3. `dispatch` grants permits to the oldest calls. It closes the line of a room without capacity,
//!    and stops if the account has none. It runs when a call enters an empty line, when a request
//!    ends, and when time makes capacity; at any other time it returns at once.
//! 4. Each waiting call sets a timer for the time when a limit gets capacity. The timer of the
//!    oldest call is exact, and those of the others are later by their rank. So one call dispatches
//!    for all, and if it is not polled, the next one does.
//! 5. `complete` updates both limits with the reply, and dispatches again.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use chatwork_api::operations::RateLimitName;
use chatwork_api::types::RoomId;
use tokio::time::Instant;

use super::account::AccountWindow;
use super::permit::Permit;
use super::queue::{Key, Queue};
use super::room::RoomWindow;
use super::{JITTER, LimitKey, NotUntil, Outcome, Pacing};
use crate::rng;

/// How much later than the call before it in the queue a call wakes.
const BEHIND: Duration = Duration::from_millis(20);

/// When a waiting call checks again if only requests in flight can make capacity. They wake it
/// earlier.
const UNKNOWN: Duration = Duration::from_secs(5);

/// The number of rooms from which idle ones are forgotten.
const MANY_ROOMS: usize = 1024;

/// Grants permits in FIFO order, skipping full rooms.
#[derive(Debug)]
pub(crate) struct RateLimiter {
    pub(super) pacing: Pacing,
    state: Mutex<State>,
}

#[derive(Debug)]
pub(super) struct State {
    next_ticket: u64,
    pub(super) queue: Queue,
    account: AccountWindow,
    rooms: HashMap<RoomId, RoomWindow>,
    /// The number of rooms at which idle ones are forgotten next.
    sweep_at: usize,
    /// How much later than others this process returns to a limit that was used up.
    jitter: Duration,
    /// Whether an event other than time may have made capacity since the last dispatch.
    changed: bool,
    /// When time alone makes capacity for a waiting call, as of the last dispatch.
    until: Option<Instant>,
}

impl RateLimiter {
    pub(crate) fn new(pacing: Pacing) -> Self {
        let state = State {
            next_ticket: 0,
            queue: Queue::default(),
            account: AccountWindow::new(),
            rooms: HashMap::new(),
            sweep_at: MANY_ROOMS,
            jitter: JITTER.mul_f64(rng::fraction()),
            changed: false,
            until: None,
        };
        Self { pacing, state: Mutex::new(state) }
    }

    /// Whether calls wait for permits.
    pub(crate) fn is_on(&self) -> bool {
        self.pacing.on
    }

    /// Returns a permit at the end of the queue. A call keeps its place for its retries.
    pub(crate) fn permit(&self, counts: LimitKey) -> Permit<'_> {
        let mut state = self.lock();
        let ticket = state.next_ticket;
        state.next_ticket += 1;
        Permit::new(self, ticket, counts.room)
    }

    /// No change of the state can panic half-way, so a poisoned lock is usable.
    pub(super) fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// Grants a permit at once if no call waits and both limits have capacity.
    pub(super) fn try_acquire(&mut self, room: Key, now: Instant) -> bool {
        self.queue.is_empty() && self.account.has_capacity(now) && self.take(room, now)
    }

    /// Takes a permit if the room has capacity, as the account has.
    fn take(&mut self, room: Key, now: Instant) -> bool {
        if let Some(id) = room {
            let room = self.rooms.entry(id).or_default();
            if !room.has_capacity(now) {
                return false;
            }
            room.take(now);
        }
        self.account.take(now);
        true
    }

    /// Grants permits to the oldest calls. Then wakes the oldest that still waits, unless it is the
    /// caller.
    pub(super) fn dispatch(&mut self, now: Instant, asking: Option<u64>) {
        if !self.changed && self.until.is_none_or(|until| now < until) {
            return;
        }
        self.grant(now);
        self.changed = false;
        self.until = self.next(now);
        self.queue.wake_oldest(asking);
    }

    fn grant(&mut self, now: Instant) {
        self.queue.open_due(now);
        while self.account.has_capacity(now) {
            let Some(key) = self.queue.first_ready() else { break };
            if self.take(key, now) {
                self.queue.pop(key).inspect(|wake| wake.notify_one());
            } else {
                let until = self.room_opens(key);
                self.queue.close(key, until);
                self.queue.wake_head(key);
            }
        }
    }

    /// Handles a call that has entered an empty line: its room may have capacity.
    pub(super) fn entered(&mut self) {
        self.changed = true;
    }

    /// Ends a granted permit whose request was sent, or may have been. Returns whether a limit now
    /// holds further calls back because of a refusal.
    pub(super) fn complete(
        &mut self,
        room: Key,
        outcome: &Outcome,
        sent: Instant,
        now: Instant,
    ) -> bool {
        let mut held = self.account.complete(outcome, sent, now);
        self.room(room, |room| held |= room.complete(outcome, sent, now));
        self.forget_idle(now);
        self.ended(room, now);
        held
    }

    /// Takes back a permit that was granted to a call that is gone.
    pub(super) fn release(&mut self, room: Key, now: Instant) {
        self.account.release();
        self.room(room, RoomWindow::release);
        self.ended(room, now);
    }

    fn ended(&mut self, room: Key, now: Instant) {
        self.queue.open(room);
        self.changed = true;
        self.dispatch(now, None);
    }

    /// Removes a waiting call. Returns whether it was waiting.
    pub(super) fn leave(&mut self, ticket: u64, room: Key) -> bool {
        let waited = self.queue.remove(ticket, room);
        if waited {
            // Whoever is first now has a timer that is later by its rank.
            self.queue.wake_head(room);
        }
        waited
    }

    /// Returns when a waiting call checks again.
    pub(super) fn wakes_at(&self, ticket: u64, room: Key, now: Instant) -> Instant {
        let rank = self.queue.rank(ticket, room);
        let later = BEHIND.saturating_mul(u32::try_from(rank).unwrap_or(u32::MAX));
        let until = self.until.unwrap_or(now + UNKNOWN);
        until.checked_add(later).unwrap_or(until)
    }

    /// Returns the limit that delays a call for this room.
    pub(super) fn held(&mut self, room: Key, now: Instant) -> NotUntil {
        if !self.account.has_capacity(now) {
            let until = self.account.exhausted_until();
            return NotUntil { limit: RateLimitName::Account, until };
        }
        let until = room.and_then(|id| self.rooms.get(&id)).and_then(RoomWindow::next);
        NotUntil { limit: RateLimitName::RoomPosting, until }
    }

    /// Returns when time alone lets a waiting call go.
    fn next(&mut self, now: Instant) -> Option<Instant> {
        if self.account.has_capacity(now) {
            return self.queue.next_due();
        }
        self.account.next().map(|at| at + self.jitter)
    }

    /// Returns when time alone gives a room capacity.
    fn room_opens(&self, key: Key) -> Option<Instant> {
        let room = self.rooms.get(&key?)?;
        let jitter = if room.was_refused() { self.jitter } else { Duration::ZERO };
        room.next().map(|at| at + jitter)
    }

    fn room(&mut self, key: Key, change: impl FnOnce(&mut RoomWindow)) {
        if let Some(room) = key.and_then(|id| self.rooms.get_mut(&id)) {
            change(room);
        }
    }

    /// Drops the windows of rooms without a recent post: a program may post to any number of rooms.
    ///
    /// The next sweep comes when there are twice as many rooms as this one leaves. So each room is
    /// looked at a constant number of times.
    fn forget_idle(&mut self, now: Instant) {
        if self.rooms.len() >= self.sweep_at {
            #[cfg(test)]
            (self.queue.visited += self.rooms.len());
            self.rooms.retain(|_, room| !room.is_idle(now));
            self.sweep_at = MANY_ROOMS.max(2 * self.rooms.len());
        }
    }
}

#[cfg(test)]
#[path = "limiter_tests.rs"]
mod tests;
