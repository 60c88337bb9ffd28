//! The queue of calls that wait for their turn.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use chatwork_api::operations::RateLimitName;
use chatwork_api::types::RoomId;
use tokio::sync::Notify;
use tokio::time::{Instant, timeout_at};
use tracing::debug;

use super::account::Account;
use super::room::Room;
use super::{Counts, FOR_EVER, Held, Outcome, Pacing};

/// How much later than the head of the queue the others look for themselves.
const BEHIND: Duration = Duration::from_millis(20);

/// Gives calls their turn, in the order in which they came.
#[derive(Debug)]
pub(crate) struct Pacer {
    pacing: Pacing,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    next_ticket: u64,
    waiting: BTreeMap<u64, Waiting>,
    account: Account,
    rooms: HashMap<RoomId, Room>,
    /// Something other than the time may have made room since the queue was last gone through.
    changed: bool,
    /// When time alone makes room for somebody in the queue, as it was then.
    until: Option<Instant>,
}

#[derive(Debug)]
struct Waiting {
    room: Option<RoomId>,
    wake: Arc<Notify>,
}

impl Pacer {
    pub(crate) fn new(pacing: Pacing) -> Self {
        let (waiting, rooms) = (BTreeMap::new(), HashMap::new());
        let (account, changed, until) = (Account::new(), false, None);
        let state = State { next_ticket: 0, waiting, account, rooms, changed, until };
        Self { pacing, state: Mutex::new(state) }
    }

    /// Whether calls wait here at all.
    pub(crate) fn is_on(&self) -> bool {
        self.pacing.on
    }

    /// A place at the end of the queue. A call keeps it when it is sent again.
    pub(crate) fn place(&self, counts: Counts) -> Place<'_> {
        let mut state = self.lock();
        let ticket = state.next_ticket;
        state.next_ticket += 1;
        Place {
            pacer: self,
            ticket,
            room: counts.room,
            wake: None,
            deadline: None,
            phase: Phase::Out,
        }
    }

    /// Nothing in here is left half changed: a panic elsewhere does not make it wrong.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A call's place in the queue. Dropped, it is given back.
#[derive(Debug)]
pub(crate) struct Place<'a> {
    pacer: &'a Pacer,
    ticket: u64,
    room: Option<RoomId>,
    wake: Option<Arc<Notify>>,
    /// Until when to wait, over all turns of the call.
    deadline: Option<Instant>,
    phase: Phase,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    /// Neither waiting nor under way.
    Out,
    /// In the queue, or given a turn that it has not taken yet.
    Waiting,
    /// It has its turn, and nothing was sent yet.
    Given,
    /// Under way.
    Going,
}

impl Place<'_> {
    /// Waits until both limits have room. Fails when that would take longer than allowed, counted
    /// from the first turn of the call, or would be later than `latest`.
    pub(crate) async fn turn(&mut self, now: Instant, latest: Option<Instant>) -> Result<(), Held> {
        if !self.pacer.pacing.on {
            return Ok(());
        }
        if self.pacer.lock().go(self.room, now) {
            self.phase = Phase::Given;
            return Ok(());
        }
        let wake = self.enter();
        let allowed = self.pacer.pacing.max_wait.min(FOR_EVER);
        let deadline = *self.deadline.get_or_insert(now + allowed);
        let deadline = latest.map_or(deadline, |latest| latest.min(deadline));
        debug!("waiting for a turn");
        loop {
            let Some(wait) = self.step(deadline)? else { return Ok(()) };
            // Woken or not, it looks again.
            let until = wait.unwrap_or(deadline).min(deadline);
            let _ = Box::pin(timeout_at(until, wake.notified())).await;
        }
    }

    /// The turn is used: from here on the server may have seen the call.
    pub(crate) fn begin(&mut self) {
        if self.phase == Phase::Given {
            self.phase = Phase::Going;
        }
    }

    /// Reports how the call ended.
    pub(crate) fn settle(&mut self, outcome: &Outcome) {
        if matches!(self.phase, Phase::Given | Phase::Going) {
            self.phase = Phase::Out;
            let now = Instant::now();
            let mut state = self.pacer.lock();
            state.account.settle(outcome, now);
            state.room(self.room, |room| room.settle(outcome, now));
            state.forget_idle(self.room, now);
            state.changed = true;
            state.dispatch(now, None);
        }
    }

    fn enter(&mut self) -> Arc<Notify> {
        self.phase = Phase::Waiting;
        let wake = self.wake.get_or_insert_default().clone();
        let waiting = Waiting { room: self.room, wake: wake.clone() };
        let mut state = self.pacer.lock();
        state.waiting.insert(self.ticket, waiting);
        state.changed = true;
        wake
    }

    /// Looks once: nothing when it is this call's turn, otherwise until when to wait. The head of
    /// the queue keeps the time for all, and the others a little later for themselves: the call in
    /// front may be one that nobody polls at the moment.
    fn step(&mut self, deadline: Instant) -> Result<Option<Option<Instant>>, Held> {
        let now = Instant::now();
        let mut state = self.pacer.lock();
        state.dispatch(now, Some(self.ticket));
        if !state.waiting.contains_key(&self.ticket) {
            self.phase = Phase::Given;
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

impl Drop for Place<'_> {
    fn drop(&mut self) {
        match self.phase {
            Phase::Out => {}
            Phase::Given => self.settle(&Outcome { unsent: true, ..Outcome::default() }),
            // Nobody knows whether the server has seen it: it is taken as counted.
            Phase::Going => self.settle(&Outcome::default()),
            Phase::Waiting => {
                let now = Instant::now();
                let mut state = self.pacer.lock();
                if state.waiting.remove(&self.ticket).is_none() {
                    state.account.give_back();
                    state.room(self.room, Room::give_back);
                }
                state.changed = true;
                state.dispatch(now, None);
            }
        }
    }
}

impl State {
    /// Gives a call its turn at once, when nobody waits and there is room.
    fn go(&mut self, room: Option<RoomId>, now: Instant) -> bool {
        if !self.waiting.is_empty() || !self.account.has_room(now) {
            return false;
        }
        if let Some(id) = room {
            let room = self.rooms.entry(id).or_default();
            if !room.has_room(now) {
                return false;
            }
            room.take();
        }
        self.account.take();
        true
    }

    /// Gives their turn to all who can go, first come, first served; a room that is full is passed
    /// over. Then the head of the queue is woken, unless it is the one who asks.
    ///
    /// Everybody who waits comes by here when a window ends: only the first goes through the queue.
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
            if !self.account.has_room(now) {
                break;
            }
            if let Some(id) = waiting.room {
                let room = self.rooms.entry(id).or_default();
                if !room.has_room(now) {
                    continue;
                }
                room.take();
            }
            self.account.take();
            going.push(*ticket);
        }
        for ticket in going {
            if let Some(waiting) = self.waiting.remove(&ticket) {
                waiting.wake.notify_one();
            }
        }
    }

    /// What holds up a call for this room.
    fn held(&mut self, room: Option<RoomId>, now: Instant) -> Held {
        if !self.account.has_room(now) {
            return Held { limit: RateLimitName::Account, until: self.account.closed_until() };
        }
        let room = room.and_then(|id| self.rooms.get(&id));
        Held { limit: RateLimitName::RoomPosting, until: room.and_then(Room::next) }
    }

    /// When somebody in the queue can go, if time alone decides.
    fn next(&mut self, now: Instant) -> Option<Instant> {
        if !self.account.has_room(now) {
            return self.account.next();
        }
        let rooms = self.waiting.values().filter_map(|waiting| waiting.room);
        rooms.filter_map(|id| self.rooms.get(&id).and_then(Room::next)).min()
    }

    fn room(&mut self, id: Option<RoomId>, change: impl FnOnce(&mut Room)) {
        if let Some(room) = id.and_then(|id| self.rooms.get_mut(&id)) {
            change(room);
        }
    }

    /// A program may post to any number of rooms: those of which nothing is left to know go.
    fn forget_idle(&mut self, settled: Option<RoomId>, now: Instant) {
        if settled.is_some() && self.rooms.len() > 1024 {
            self.rooms.retain(|_, room| !room.is_idle(now));
        }
    }
}
