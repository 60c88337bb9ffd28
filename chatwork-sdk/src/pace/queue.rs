//! The queue of calls that wait for a permit.
//!
//! 1. `acquire` grants a permit at once if no call waits and both limits have capacity.
//! 2. Otherwise the call enters the queue with a ticket. Tickets are granted in FIFO order.
//! 3. `dispatch` grants permits. It passes over a room without capacity, and stops if the account
//!    has none.
//! 4. The call at the head sets a timer for the time when a limit gets capacity. The others set one
//!    a little later, in case the head is not polled.
//! 5. `complete` updates both limits with the reply, and dispatches again.
//! 6. A permit that is dropped is released, or counted if the request may have been sent.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use chatwork_api::operations::RateLimitName;
use chatwork_api::types::RoomId;
use tokio::sync::Notify;
use tokio::time::{Instant, timeout_at};
use tracing::debug;

use super::account::AccountWindow;
use super::room::RoomWindow;
use super::{FOR_EVER, LimitKey, NotUntil, Outcome, Pacing};

/// How much later than the head of the queue the other calls wake.
const BEHIND: Duration = Duration::from_millis(20);

/// Grants permits in FIFO order, skipping full rooms.
#[derive(Debug)]
pub(crate) struct RateLimiter {
    pacing: Pacing,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    next_ticket: u64,
    waiting: BTreeMap<u64, Waiting>,
    account: AccountWindow,
    rooms: HashMap<RoomId, RoomWindow>,
    /// Whether an event other than time may have made capacity since the last dispatch.
    changed: bool,
    /// When time alone makes capacity for a queued call, as of the last dispatch.
    until: Option<Instant>,
}

#[derive(Debug)]
struct Waiting {
    room: Option<RoomId>,
    wake: Arc<Notify>,
}

impl RateLimiter {
    pub(crate) fn new(pacing: Pacing) -> Self {
        let (waiting, rooms) = (BTreeMap::new(), HashMap::new());
        let (account, changed, until) = (AccountWindow::new(), false, None);
        let state = State { next_ticket: 0, waiting, account, rooms, changed, until };
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
        Permit {
            pacer: self,
            ticket,
            room: counts.room,
            wake: None,
            deadline: None,
            sent: None,
            phase: Phase::Idle,
        }
    }

    /// No change of the state can panic half-way, so a poisoned lock is usable.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The right of a call to send one request at a time. `Drop` releases it.
#[derive(Debug)]
pub(crate) struct Permit<'a> {
    pacer: &'a RateLimiter,
    ticket: u64,
    room: Option<RoomId>,
    wake: Option<Arc<Notify>>,
    /// The end of the wait, over all attempts of the call.
    deadline: Option<Instant>,
    /// When the permit of the current attempt was granted.
    sent: Option<Instant>,
    phase: Phase,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    /// Neither queued nor in flight.
    Idle,
    /// In the queue, or granted and not yet noticed.
    Queued,
    /// Granted, and nothing was sent yet.
    Granted,
    /// The request may have been sent.
    InFlight,
}

impl Permit<'_> {
    /// Waits until both limits have capacity.
    ///
    /// Fails if that would take longer than `max_wait`, counted from the first wait of the call, or
    /// would be later than `deadline`.
    pub(crate) async fn acquire(
        &mut self,
        now: Instant,
        latest: Option<Instant>,
    ) -> Result<(), NotUntil> {
        if !self.pacer.pacing.on {
            return Ok(());
        }
        if self.pacer.lock().try_acquire(self.room, now) {
            (self.phase, self.sent) = (Phase::Granted, Some(now));
            return Ok(());
        }
        let wake = self.enter();
        let allowed = self.pacer.pacing.max_wait.min(FOR_EVER);
        let deadline = *self.deadline.get_or_insert(now + allowed);
        let deadline = latest.map_or(deadline, |latest| latest.min(deadline));
        debug!("waiting for a turn");
        loop {
            let Some(wait) = self.step(deadline)? else { return Ok(()) };
            // Check again, whether notified or timed out.
            let until = wait.unwrap_or(deadline).min(deadline);
            let _ = Box::pin(timeout_at(until, wake.notified())).await;
        }
    }

    /// Marks the request as sent: from here on the server may have received it.
    pub(crate) fn mark_sent(&mut self) {
        if self.phase == Phase::Granted {
            self.phase = Phase::InFlight;
        }
    }

    /// Reports how the attempt ended. Returns whether [`acquire`](Self::acquire) now waits for the
    /// limit that refused it.
    pub(crate) fn complete(&mut self, outcome: &Outcome) -> bool {
        if matches!(self.phase, Phase::Granted | Phase::InFlight) {
            self.phase = Phase::Idle;
            let now = Instant::now();
            let mut state = self.pacer.lock();
            let sent = self.sent.unwrap_or(now);
            let mut held = state.account.complete(outcome, sent, now);
            state.room(self.room, |room| held |= room.complete(outcome, sent, now));
            state.forget_idle(self.room, now);
            state.changed = true;
            state.dispatch(now, None);
            return held;
        }
        false
    }

    fn enter(&mut self) -> Arc<Notify> {
        self.phase = Phase::Queued;
        let wake = self.wake.get_or_insert_default().clone();
        let waiting = Waiting { room: self.room, wake: wake.clone() };
        let mut state = self.pacer.lock();
        state.waiting.insert(self.ticket, waiting);
        state.changed = true;
        wake
    }

    /// Returns `None` if the permit is granted, or else when to check again. The head of the queue
    /// wakes first. The others wake a little later, since the head may not be polled.
    fn step(&mut self, deadline: Instant) -> Result<Option<Option<Instant>>, NotUntil> {
        let now = Instant::now();
        let mut state = self.pacer.lock();
        state.dispatch(now, Some(self.ticket));
        if !state.waiting.contains_key(&self.ticket) {
            (self.phase, self.sent) = (Phase::Granted, Some(now));
            return Ok(None);
        }
        let held = state.held(self.room, now);
        let hopeless = held.until.is_some_and(|until| until > deadline);
        if hopeless || now >= deadline {
            return Err(held);
        }
        let head = state.waiting.keys().next() == Some(&self.ticket);
        let patience = if head { Duration::ZERO } else { BEHIND };
        Ok(Some(state.until.map(|next| next + patience)))
    }
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        match self.phase {
            Phase::Idle => {}
            Phase::Granted => {
                self.complete(&Outcome { unsent: true, ..Outcome::default() });
            }
            // The server may have received it, so count it.
            Phase::InFlight => {
                self.complete(&Outcome::default());
            }
            Phase::Queued => {
                let now = Instant::now();
                let mut state = self.pacer.lock();
                if state.waiting.remove(&self.ticket).is_none() {
                    state.account.release();
                    state.room(self.room, RoomWindow::release);
                }
                state.changed = true;
                state.dispatch(now, None);
            }
        }
    }
}

impl State {
    /// Grants a permit at once if no call waits and both limits have capacity.
    fn try_acquire(&mut self, room: Option<RoomId>, now: Instant) -> bool {
        if !self.waiting.is_empty() || !self.account.has_capacity(now) {
            return false;
        }
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

    /// Grants permits in FIFO order and skips full rooms. Then wakes the head of the queue, unless
    /// it is the caller.
    ///
    /// Every waiting call wakes at the end of a window; only the first scans the queue.
    fn dispatch(&mut self, now: Instant, asking: Option<u64>) {
        if !self.changed && self.until.is_none_or(|until| now < until) {
            return;
        }
        self.give_turns(now);
        self.changed = false;
        self.until = self.next(now);
        if let Some((ticket, head)) = self.waiting.first_key_value()
            && Some(*ticket) != asking
        {
            head.wake.notify_one();
        }
    }

    fn give_turns(&mut self, now: Instant) {
        let mut going = Vec::new();
        for (ticket, waiting) in &self.waiting {
            if !self.account.has_capacity(now) {
                break;
            }
            if let Some(id) = waiting.room {
                let room = self.rooms.entry(id).or_default();
                if !room.has_capacity(now) {
                    continue;
                }
                room.take(now);
            }
            self.account.take(now);
            going.push(*ticket);
        }
        for ticket in going {
            if let Some(waiting) = self.waiting.remove(&ticket) {
                waiting.wake.notify_one();
            }
        }
    }

    /// Returns the limit that delays a call for this room.
    fn held(&mut self, room: Option<RoomId>, now: Instant) -> NotUntil {
        if !self.account.has_capacity(now) {
            return NotUntil {
                limit: RateLimitName::Account,
                until: self.account.exhausted_until(),
            };
        }
        let room = room.and_then(|id| self.rooms.get(&id));
        NotUntil { limit: RateLimitName::RoomPosting, until: room.and_then(RoomWindow::next) }
    }

    /// Returns when a queued call can be granted, if time alone decides.
    fn next(&mut self, now: Instant) -> Option<Instant> {
        if !self.account.has_capacity(now) {
            return self.account.next();
        }
        let rooms = self.waiting.values().filter_map(|waiting| waiting.room);
        rooms.filter_map(|id| self.rooms.get(&id).and_then(RoomWindow::next)).min()
    }

    fn room(&mut self, id: Option<RoomId>, change: impl FnOnce(&mut RoomWindow)) {
        if let Some(room) = id.and_then(|id| self.rooms.get_mut(&id)) {
            change(room);
        }
    }

    /// Drops the windows of rooms without a recent post: a program may post to any number of rooms.
    fn forget_idle(&mut self, settled: Option<RoomId>, now: Instant) {
        if settled.is_some() && self.rooms.len() > 1024 {
            self.rooms.retain(|_, room| !room.is_idle(now));
        }
    }
}
