//! The permit of a call.
//!
//! `Idle` → `acquire` → `Queued` → `Granted` → `mark_sent` → `InFlight` → `complete` → `Idle`. A
//! permit that is dropped on the way is released, or counted if the request may have been sent.

use std::sync::Arc;

use chatwork_api::types::RoomId;
use tokio::sync::Notify;
use tokio::time::{Instant, timeout_at};
use tracing::debug;

use super::limiter::RateLimiter;
use super::{NotUntil, Outcome};
use crate::time::FOR_EVER;

/// The right of a call to send one request at a time. `Drop` releases it.
#[derive(Debug)]
pub(crate) struct Permit<'a> {
    limiter: &'a RateLimiter,
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

impl<'a> Permit<'a> {
    pub(super) fn new(limiter: &'a RateLimiter, ticket: u64, room: Option<RoomId>) -> Self {
        let (wake, deadline, sent, phase) = (None, None, None, Phase::Idle);
        Self { limiter, ticket, room, wake, deadline, sent, phase }
    }

    /// Waits until both limits have capacity.
    ///
    /// Fails if that would take longer than `max_wait`, counted from the first wait of the call, or
    /// would be later than `deadline`.
    pub(crate) async fn acquire(
        &mut self,
        now: Instant,
        latest: Option<Instant>,
    ) -> Result<(), NotUntil> {
        if !self.limiter.pacing.on {
            return Ok(());
        }
        if self.limiter.lock().try_acquire(self.room, now) {
            (self.phase, self.sent) = (Phase::Granted, Some(now));
            return Ok(());
        }
        let wake = self.enter();
        let allowed = self.limiter.pacing.max_wait.min(FOR_EVER);
        let deadline = *self.deadline.get_or_insert(now + allowed);
        let deadline = latest.map_or(deadline, |latest| latest.min(deadline));
        debug!("waiting for a turn");
        while let Some(until) = self.step(deadline)? {
            // Check again, whether notified or timed out.
            let _ = Box::pin(timeout_at(until.min(deadline), wake.notified())).await;
        }
        Ok(())
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
        if !matches!(self.phase, Phase::Granted | Phase::InFlight) {
            return false;
        }
        self.phase = Phase::Idle;
        let now = Instant::now();
        let sent = self.sent.unwrap_or(now);
        self.limiter.lock().complete(self.room, outcome, sent, now)
    }

    fn enter(&mut self) -> Arc<Notify> {
        self.phase = Phase::Queued;
        let wake = self.wake.get_or_insert_default().clone();
        let mut state = self.limiter.lock();
        if state.queue.push(self.ticket, self.room, wake.clone()) {
            state.entered();
        }
        wake
    }

    /// Returns `None` if the permit is granted, or else when to check again.
    fn step(&mut self, deadline: Instant) -> Result<Option<Instant>, NotUntil> {
        let now = Instant::now();
        let mut state = self.limiter.lock();
        state.dispatch(now, Some(self.ticket));
        if !state.queue.contains(self.ticket, self.room) {
            (self.phase, self.sent) = (Phase::Granted, Some(now));
            return Ok(None);
        }
        let held = state.held(self.room, now);
        let hopeless = held.until.is_some_and(|until| until > deadline);
        if hopeless || now >= deadline {
            return Err(held);
        }
        Ok(Some(state.wakes_at(self.ticket, self.room, now)))
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
                let mut state = self.limiter.lock();
                if !state.leave(self.ticket, self.room) {
                    state.release(self.room, Instant::now());
                }
            }
        }
    }
}
