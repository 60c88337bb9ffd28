//! The policy of both limits: a pure function of state, time and event. Its rules stand in
//! `limits/policy.rs`, the page for those who write a store.

mod account;
#[cfg(feature = "limits")]
pub(crate) mod encode;
mod outcome;
mod room;
mod rules;
#[cfg(test)]
mod tests;

use std::time::Duration;

use chatwork_api::operations::RateLimitName;
use chatwork_api::types::RoomId;

use account::AccountWindow;
#[cfg(feature = "limits")]
pub use encode::{DecodeFault, STATE_VERSION};
pub(crate) use outcome::back_off;
pub use outcome::{Outcome, RateLimitHeaders, Refused, WaitSource};
use room::RoomWindow;
pub use rules::Rules;

use crate::sorted_map::SortedMap;

/// A point in time: milliseconds since a moment that the owner of the state chooses.
pub type Millis = u64;

/// How far the clock may go back without being set.
const CLOCK_TICK: Millis = 1000;

/// The number of rooms from which idle ones are forgotten.
const MANY_ROOMS: usize = 1024;

/// What is known of one account's limits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LimitState {
    rules: Rules,
    account: AccountWindow,
    rooms: SortedMap<RoomId, RoomWindow>,
    leases: SortedMap<u64, Held>,
    /// The number of the latest lease.
    latest: u64,
    /// The latest time that was seen.
    now: Millis,
    /// No lease ends earlier.
    next_deadline: Millis,
    /// The number of rooms at which idle ones are forgotten next.
    sweep_at: usize,
    /// How many rooms were looked at to forget some.
    #[cfg(test)]
    pub(crate) swept: usize,
}

/// A lease that is not settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Held {
    room: Option<RoomId>,
    granted: Millis,
    deadline: Millis,
}

/// The right to send one request, until its deadline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lease {
    /// The number of the lease. No two leases of one state have the same.
    pub id: u64,
    /// The room that the request posts to, if it counts against a room's limit.
    pub room: Option<RoomId>,
    /// When it was granted.
    pub granted: Millis,
}

/// Why no lease was granted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wait {
    /// The limit that has no capacity.
    pub limit: RateLimitName,
    /// When time alone brings capacity; `None` if only requests under way can bring it.
    pub until: Option<Millis>,
    /// Whether nothing can bring capacity earlier.
    pub exhausted: bool,
    /// Whether the limit was used up, so that several programs may wait for its end. They add
    /// jitter.
    pub crowded: bool,
}

/// What happens to the limits.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Event {
    /// A request asks for a lease.
    Acquire {
        /// The room that it posts to, if it counts against a room's limit.
        room: Option<RoomId>,
        /// How long the lease lasts if it is not settled.
        hold: Duration,
    },
    /// A request ended.
    Settle {
        /// The lease of the request.
        lease: Lease,
        /// How the request ended.
        outcome: Outcome,
    },
}

/// What follows an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Send one request.
    Go(Lease),
    /// Send nothing yet.
    Wait(Wait),
    /// The outcome is noted. Holds whether a limit now holds requests back because of a refusal.
    Settled(bool),
}

impl LimitState {
    /// Returns a state that knows only the documented limits.
    pub fn new() -> Self {
        Self::with_rules(Rules::default())
    }

    /// Returns a state with other figures, for a server with short windows.
    #[doc(hidden)]
    pub fn with_rules(rules: Rules) -> Self {
        Self {
            rules,
            account: AccountWindow::new(&rules),
            rooms: SortedMap::new(),
            leases: SortedMap::new(),
            latest: 0,
            now: 0,
            next_deadline: Millis::MAX,
            sweep_at: MANY_ROOMS,
            #[cfg(test)]
            swept: 0,
        }
    }

    /// Applies an event at a time.
    pub fn apply(&mut self, now: Millis, event: &Event) -> Answer {
        match event {
            Event::Acquire { room, hold } => match self.acquire(now, *room, *hold) {
                Ok(lease) => Answer::Go(lease),
                Err(wait) => Answer::Wait(wait),
            },
            Event::Settle { lease, outcome } => Answer::Settled(self.settle(now, lease, outcome)),
        }
    }

    /// Grants a lease, or returns why not.
    pub(crate) fn acquire(
        &mut self,
        now: Millis,
        room: Option<RoomId>,
        hold: Duration,
    ) -> Result<Lease, Wait> {
        let now = self.advance(now);
        self.check(now, room)?;
        self.account.take(&self.rules, now);
        if let Some(id) = room {
            self.rooms.change(id, |room| room.take(&self.rules, now));
        }
        // Numbers that follow the time stay different if the state is lost and begun anew.
        self.latest = now.saturating_mul(1000).max(self.latest + 1);
        let deadline = now.saturating_add(millis(hold));
        self.next_deadline = self.next_deadline.min(deadline);
        self.leases.insert(self.latest, Held { room, granted: now, deadline });
        Ok(Lease { id: self.latest, room, granted: now })
    }

    /// Returns why a request cannot be sent, without a lease for it.
    pub(crate) fn peek(&mut self, now: Millis, room: Option<RoomId>) -> Result<(), Wait> {
        let now = self.advance(now);
        self.check(now, room)
    }

    fn check(&mut self, now: Millis, room: Option<RoomId>) -> Result<(), Wait> {
        let leases = u32::try_from(self.leases.len()).unwrap_or(u32::MAX);
        if !self.account.has_capacity(leases, now) {
            return Err(Wait {
                limit: RateLimitName::Account,
                until: self.account.next(leases),
                exhausted: self.account.is_exhausted(),
                crowded: true,
            });
        }
        let Some(window) = room.and_then(|id| self.rooms.get_mut(id)) else { return Ok(()) };
        if window.has_capacity(&self.rules, now) {
            return Ok(());
        }
        Err(Wait {
            limit: RateLimitName::RoomPosting,
            until: window.next(&self.rules),
            exhausted: window.in_flight == 0,
            crowded: window.was_refused(),
        })
    }

    /// Ends a lease with what its reply said. Returns whether a limit now holds requests back
    /// because of a refusal.
    pub(crate) fn settle(&mut self, now: Millis, lease: &Lease, outcome: &Outcome) -> bool {
        let now = self.advance(now);
        let held = self.remove(lease);
        if outcome.unsent && held.is_none() {
            return false;
        }
        let sent = held.map_or(lease.granted, |held| held.granted);
        let mut holds_back = self.account.complete(&self.rules, outcome, sent, now);
        if let Some(id) = lease.room {
            let complete = |room: &mut RoomWindow| room.complete(&self.rules, outcome, sent, now);
            holds_back |= self.rooms.change(id, complete);
        }
        self.forget_idle(now);
        holds_back
    }

    /// Removes a lease. It may have ended, or be of a state that was lost.
    fn remove(&mut self, lease: &Lease) -> Option<Held> {
        let held = self.leases.get(lease.id).filter(|held| held.room == lease.room).copied()?;
        self.leases.remove(lease.id);
        self.release(lease.room);
        Some(held)
    }

    fn release(&mut self, room: Option<RoomId>) {
        if let Some(room) = room.and_then(|id| self.rooms.get_mut(id)) {
            room.release();
        }
    }

    /// Moves the time on, and counts the leases that ended.
    fn advance(&mut self, now: Millis) -> Millis {
        let back = self.now.saturating_sub(now);
        if back > CLOCK_TICK {
            self.move_back(back);
            self.now = now;
        }
        self.now = self.now.max(now);
        if self.next_deadline <= self.now {
            self.expire();
        }
        self.now
    }

    fn expire(&mut self) {
        let now = self.now;
        let (rules, account, rooms) = (&self.rules, &mut self.account, &mut self.rooms);
        self.leases.retain(|held| {
            if held.deadline > now {
                return true;
            }
            account.lose(rules, held.deadline);
            if let Some(room) = held.room.and_then(|id| rooms.get_mut(id)) {
                room.release();
                room.stamp(rules, held.deadline);
            }
            false
        });
        let next = self.leases.values().map(|held| held.deadline).min();
        self.next_deadline = next.unwrap_or(Millis::MAX);
    }

    /// Moves all known times back.
    fn move_back(&mut self, by: Millis) {
        let back = |at: &mut Millis| *at = at.saturating_sub(by);
        let AccountWindow { began, ends, probe, unreported_at, .. } = &mut self.account;
        [began, ends, probe].into_iter().flatten().for_each(back);
        back(unreported_at);
        for room in self.rooms.values_mut() {
            room.answered.iter_mut().for_each(back);
            [&mut room.probe, &mut room.refused_until].into_iter().flatten().for_each(back);
        }
        for held in self.leases.values_mut() {
            back(&mut held.granted);
            back(&mut held.deadline);
        }
        back(&mut self.next_deadline);
    }

    /// Drops the windows of rooms without a recent post: a program may post to any number of rooms.
    ///
    /// The next sweep comes when there are twice as many rooms as this one leaves. So each room is
    /// looked at a constant number of times.
    fn forget_idle(&mut self, now: Millis) {
        if self.rooms.len() >= self.sweep_at {
            self.sweep(now);
        }
    }

    fn sweep(&mut self, now: Millis) {
        #[cfg(test)]
        (self.swept += self.rooms.len());
        self.rooms.retain(|room| !room.is_idle(&self.rules, now));
        self.sweep_at = MANY_ROOMS.max(2 * self.rooms.len());
    }
}

impl Default for LimitState {
    fn default() -> Self {
        Self::new()
    }
}

/// Returns a duration in whole milliseconds.
pub(crate) fn millis(duration: Duration) -> Millis {
    let millis = u64::from(duration.subsec_millis());
    duration.as_secs().saturating_mul(1000).saturating_add(millis)
}
