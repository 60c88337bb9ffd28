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

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use chatwork_api::operations::RateLimitName;
use tokio::sync::Notify;
use tokio::time::Instant;

use super::permit::Permit;
use super::queue::{Key, Queue};
#[cfg(feature = "limits")]
use super::remote::{BATCH, Remote};
use super::{JITTER, LimitKey, NotUntil, OnWait, Outcome, Pacing};
#[cfg(feature = "limits")]
use crate::limits::{Accounts, LimitStore};
use crate::policy::{Lease, LimitState, Millis, Wait, millis};
use crate::rng;
use crate::sorted_map::SortedMap;

/// How much later than the call before it in the queue a call wakes.
const BEHIND: Duration = Duration::from_millis(20);

/// When a waiting call checks again if only requests in flight can make capacity. They wake it
/// earlier.
const UNKNOWN: Duration = Duration::from_secs(5);

/// How long a program that ends waits until all is settled.
#[cfg(feature = "limits")]
const SETTLE_PATIENCE: Duration = Duration::from_secs(5);

/// How often a program that ends looks whether all is settled, besides being woken.
#[cfg(feature = "limits")]
const SETTLE_POLL: Duration = Duration::from_millis(20);

/// Grants permits in FIFO order, skipping full rooms.
#[derive(Debug)]
pub(crate) struct RateLimiter {
    pub(super) pacing: Pacing,
    /// What the program is told of calls that wait. Read only when a call waits.
    pub(crate) on_wait: Option<OnWait>,
    state: Arc<Mutex<State>>,
}

#[derive(Debug)]
pub(super) struct State {
    next_ticket: u64,
    pub(super) queue: Queue,
    pub(super) limits: LimitState,
    /// The beginning of the time of `limits`.
    origin: Instant,
    /// The leases of calls that were waiting and have not noticed that they may go, by ticket.
    granted: SortedMap<u64, Lease>,
    /// How much later than others this process returns to a limit that was used up.
    pub(super) jitter: Duration,
    /// Whether an event other than time may have made capacity since the last dispatch.
    pub(super) changed: bool,
    /// When time alone makes capacity for a waiting call, as of the last dispatch.
    until: Option<Instant>,
    /// The store that other processes share.
    #[cfg(feature = "limits")]
    pub(super) remote: Option<Remote>,
}

impl RateLimiter {
    pub(crate) fn new(pacing: Pacing) -> Self {
        let state = State {
            next_ticket: 0,
            queue: Queue::default(),
            limits: LimitState::new(),
            origin: Instant::now(),
            granted: SortedMap::new(),
            jitter: JITTER.mul_f64(rng::fraction()),
            changed: false,
            until: None,
            #[cfg(feature = "limits")]
            remote: None,
        };
        Self { pacing, on_wait: None, state: Arc::new(Mutex::new(state)) }
    }

    /// Reports calls that wait to a function of the program.
    pub(crate) fn reporting(self, on_wait: Option<OnWait>) -> Self {
        Self { on_wait, ..self }
    }

    /// Shares the limits with other processes. With `required`, calls fail if the store fails.
    #[cfg(feature = "limits")]
    pub(crate) fn share(
        self,
        store: Arc<dyn LimitStore>,
        accounts: Accounts,
        time_limit: Duration,
        required: bool,
    ) -> Self {
        let state = Arc::downgrade(&self.state);
        self.lock().limits = LimitState::with_rules(store.rules());
        let remote = Remote::new(store, accounts, time_limit, required, state);
        self.lock().remote = Some(remote);
        self
    }

    /// Waits until the store knows how all requests have ended, or for five seconds.
    #[cfg(feature = "limits")]
    pub(crate) async fn settled(&self) {
        let end = Instant::now() + SETTLE_PATIENCE;
        while Instant::now() < end {
            let unsettled = self.lock().remote.as_ref().and_then(Remote::unsettled);
            let Some(settled) = unsettled else { return };
            // Woken between the look and the wait, it looks again after a moment.
            let _ = tokio::time::timeout(SETTLE_POLL, settled.notified()).await;
        }
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
    pub(super) fn try_acquire(&mut self, room: Key, now: Instant) -> Option<Lease> {
        #[cfg(feature = "limits")]
        if self.remote.as_ref().is_some_and(|remote| !remote.is_away(now)) {
            return None;
        }
        if self.queue.is_empty() { self.acquire(room, now).ok() } else { None }
    }

    /// Leases of one process need no deadline: a permit that is dropped ends its lease.
    fn acquire(&mut self, room: Key, now: Instant) -> Result<Lease, Wait> {
        self.limits.acquire(self.millis(now), room, Duration::MAX)
    }

    /// Grants permits to the oldest calls. Then wakes the oldest that still waits, unless it is the
    /// caller.
    pub(super) fn dispatch(&mut self, now: Instant, asking: Option<u64>) {
        if !self.changed && self.until.is_none_or(|until| now < until) {
            return;
        }
        self.changed = false;
        self.until = self.grant(now);
        self.queue.wake_oldest(asking);
    }

    /// Returns when time alone lets a waiting call go.
    fn grant(&mut self, now: Instant) -> Option<Instant> {
        self.queue.open_due(now);
        #[cfg(feature = "limits")]
        if let Some(closed) = self.remote.as_ref().and_then(|remote| remote.closed(now)) {
            return closed;
        }
        let until = self.grant_alone(now);
        #[cfg(feature = "limits")]
        self.remote.iter_mut().for_each(Remote::ask);
        until
    }

    /// Grants permits as far as this process sees capacity.
    fn grant_alone(&mut self, now: Instant) -> Option<Instant> {
        #[cfg(feature = "limits")]
        let mut batch = 0..BATCH;
        while let Some(key) = self.queue.first_ready() {
            #[cfg(feature = "limits")]
            if self.remote.is_some() && batch.next().is_none() {
                return Some(now);
            }
            match self.acquire(key, now) {
                Ok(lease) => {
                    if let Some((ticket, wake)) = self.queue.pop(key) {
                        self.granted(ticket, key, wake, lease, now);
                    }
                }
                Err(wait) => {
                    let until = self.instant(&wait);
                    if wait.limit == RateLimitName::Account {
                        return until;
                    }
                    self.queue.close(key, until);
                    self.queue.wake_head(key);
                }
            }
        }
        self.queue.next_due()
    }

    /// Lets a call go, if there is no store to ask first.
    fn granted(&mut self, ticket: u64, _key: Key, wake: Arc<Notify>, lease: Lease, _now: Instant) {
        #[cfg(feature = "limits")]
        if let Some(remote) = self.remote.as_mut().filter(|remote| !remote.is_away(_now)) {
            return remote.add(ticket, _key, wake, lease);
        }
        self.let_go(ticket, lease, &wake);
    }

    /// Wakes a call that has its lease.
    pub(super) fn let_go(&mut self, ticket: u64, lease: Lease, wake: &Notify) {
        self.granted.insert(ticket, lease);
        wake.notify_one();
    }

    /// Handles a call that has entered an empty line: its room may have capacity.
    pub(super) fn entered(&mut self) {
        self.changed = true;
    }

    /// Returns the lease that was granted to a waiting call.
    pub(super) fn take_granted(&mut self, ticket: u64) -> Option<Lease> {
        self.granted.remove(ticket)
    }

    /// Returns whether the store's lease of a call is so old that the call could outlive it.
    #[cfg(feature = "limits")]
    pub(super) fn is_stale(&self, lease: &Lease, now: Instant) -> bool {
        self.remote.as_ref().is_some_and(|remote| remote.is_stale(lease, now))
    }

    /// Returns the lease of a call that is gone before it noticed that it may go.
    pub(super) fn take_unnoticed(&mut self, ticket: u64) -> Option<Lease> {
        let granted = self.take_granted(ticket);
        #[cfg(feature = "limits")]
        let granted = granted.or_else(|| self.remote.as_mut()?.cancel(ticket));
        granted
    }

    /// Ends a granted permit. Returns whether a limit now holds further calls back because of a
    /// refusal.
    pub(super) fn complete(&mut self, lease: &Lease, outcome: &Outcome, now: Instant) -> bool {
        let held = self.limits.settle(self.millis(now), lease, outcome);
        #[cfg(feature = "limits")]
        self.remote.iter_mut().for_each(|remote| remote.complete(lease, outcome));
        self.queue.open(lease.room);
        self.changed = true;
        self.dispatch(now, None);
        held
    }

    /// Removes a waiting call. Returns whether it was waiting.
    pub(super) fn leave(&mut self, ticket: u64, room: Key) -> bool {
        let waited = self.queue.remove(ticket, room);
        if waited {
            // The call that is first now has a timer that is later by its rank.
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

    /// Returns the limit that delays a call for this room, with a time only if it is certain.
    pub(super) fn held(&mut self, room: Key, now: Instant) -> NotUntil {
        #[cfg(feature = "limits")]
        if let Some(held) = self.remote.as_ref().and_then(|remote| remote.exhausted(now)) {
            return held;
        }
        match self.limits.peek(self.millis(now), room) {
            Ok(()) => NotUntil { limit: RateLimitName::RoomPosting, until: None },
            Err(wait) => {
                let until = self.instant(&wait).filter(|_| wait.exhausted);
                NotUntil { limit: wait.limit, until }
            }
        }
    }

    /// Returns the limit that a waiting call waits for, and when it is tried again. `None` if the
    /// call waits for an answer of the store, or only for the calls before it.
    pub(super) fn waits_for(&mut self, ticket: u64, room: Key, now: Instant) -> Option<NotUntil> {
        // Only the store's side needs it.
        let _ = ticket;
        #[cfg(feature = "limits")]
        if let Some(remote) = self.remote.as_ref().filter(|remote| !remote.is_away(now)) {
            if let Some(until) = remote.closed_by_account(now) {
                return Some(NotUntil { limit: RateLimitName::Account, until: Some(until) });
            }
            if remote.is_asked(ticket) {
                return None;
            }
        }
        if let Some(until) = self.queue.full_until(room).filter(|until| now < *until) {
            return Some(NotUntil { limit: RateLimitName::RoomPosting, until: Some(until) });
        }
        let wait = self.limits.peek(self.millis(now), room).err()?;
        Some(NotUntil { limit: wait.limit, until: self.instant(&wait) })
    }

    /// Returns whether a call waits for an answer of the store, and for no limit that is known here.
    pub(super) fn awaits_store(&mut self, ticket: u64, room: Key, now: Instant) -> bool {
        #[cfg(feature = "limits")]
        if let Some(remote) = self.remote.as_ref().filter(|remote| !remote.is_away(now)) {
            if remote.is_asked(ticket) {
                return true;
            }
            // Behind the calls for which the store is asked now.
            let is_full = self.queue.full_until(room).is_some_and(|until| now < until);
            let is_asking = remote.is_asking(now);
            return is_asking && !is_full && self.limits.peek(self.millis(now), room).is_ok();
        }
        let _ = (ticket, room, now);
        false
    }

    /// Returns when a wait ends, if time alone decides.
    fn instant(&self, wait: &Wait) -> Option<Instant> {
        let jitter = if wait.crowded { self.jitter } else { Duration::ZERO };
        let until = self.origin.checked_add(Duration::from_millis(wait.until?))?;
        until.checked_add(jitter)
    }

    pub(super) fn millis(&self, at: Instant) -> Millis {
        millis(at.saturating_duration_since(self.origin))
    }
}

#[cfg(test)]
#[path = "limiter_tests.rs"]
mod tests;
