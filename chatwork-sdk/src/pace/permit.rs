//! The permit of a call.
//!
//! `Idle` → `acquire` → `Queued` → `Granted` → `mark_sent` → `InFlight` → `complete` → `Idle`. A
//! permit that is dropped on the way is released, or counted if the request may have been sent.

use std::sync::Arc;
use std::time::Duration;

use chatwork_api::Operation;
use chatwork_api::types::RoomId;
use tokio::sync::Notify;
use tokio::time::{Instant, timeout_at};
use tracing::debug;

use super::limiter::RateLimiter;
#[cfg(feature = "limits")]
use super::remote::ANSWER_PATIENCE;
use super::{NoPermit, NotUntil, Outcome, UNSENT, Wait};
use crate::policy::Lease;
use crate::time::FOR_EVER;

/// Without a store there is no answer to wait for.
#[cfg(not(feature = "limits"))]
const ANSWER_PATIENCE: Duration = Duration::ZERO;
/// How often a call that has used up its `max_wait` looks whether the store has answered.
const RECHECK: Duration = Duration::from_millis(25);

/// The right of a call to send one request at a time. `Drop` releases it.
#[derive(Debug)]
pub(crate) struct Permit<'a> {
    limiter: &'a RateLimiter,
    ticket: u64,
    room: Option<RoomId>,
    wake: Option<Arc<Notify>>,
    /// The end of the wait, over all attempts of the call.
    deadline: Option<Instant>,
    phase: Phase,
}

#[derive(Clone, Copy, Debug)]
enum Phase {
    /// Neither queued nor in flight.
    Idle,
    /// In the queue, or granted and not yet noticed.
    Queued,
    /// Granted, and nothing was sent yet.
    Granted(Lease),
    /// The request may have been sent.
    InFlight(Lease),
}

impl<'a> Permit<'a> {
    pub(super) fn new(limiter: &'a RateLimiter, ticket: u64, room: Option<RoomId>) -> Self {
        Self { limiter, ticket, room, wake: None, deadline: None, phase: Phase::Idle }
    }

    /// Waits until both limits have capacity.
    ///
    /// Fails if that would take longer than `max_wait`, counted from the first wait of the call, or
    /// would be later than `latest`. How long the store of shared limits takes to answer is no wait
    /// for a limit: its first answer is awaited, whatever `max_wait` is. Also fails if the store of shared limits fails and is required.
    pub(crate) async fn acquire(
        &mut self,
        now: Instant,
        latest: Option<Instant>,
        operation: &'static Operation,
    ) -> Result<(), NoPermit> {
        if !self.limiter.pacing.on {
            return Ok(());
        }
        if let Some(lease) = self.limiter.lock().try_acquire(self.room, now) {
            self.phase = Phase::Granted(lease);
            return Ok(());
        }
        // Boxed, so that the future of a call that does not wait stays small.
        Box::pin(self.wait(now, latest, operation)).await
    }

    async fn wait(
        &mut self,
        now: Instant,
        latest: Option<Instant>,
        operation: &'static Operation,
    ) -> Result<(), NoPermit> {
        let wake = self.enter();
        let allowed = self.limiter.pacing.max_wait.min(FOR_EVER);
        let deadline = *self.deadline.get_or_insert(now + allowed);
        let deadline = latest.map_or(deadline, |latest| latest.min(deadline));
        let answer_by = now + ANSWER_PATIENCE;
        let answer_by = latest.map_or(answer_by, |latest| latest.min(answer_by));
        debug!("waiting for a turn");
        let mut reported = None;
        while let Some(until) = self.step(deadline, answer_by)? {
            self.report(operation, &mut reported);
            // Check again, whether notified or timed out.
            let _ = timeout_at(until, wake.notified()).await;
        }
        Ok(())
    }

    /// Tells the program which limit the call waits for. A wait that was reported and has the same
    /// end is not reported again.
    fn report(&self, operation: &'static Operation, reported: &mut Option<NotUntil>) {
        let Some(on_wait) = &self.limiter.on_wait else { return };
        let now = Instant::now();
        let held = self.limiter.lock().waits_for(self.ticket, self.room, now);
        let Some(held) = held.filter(|held| *reported != Some(*held)) else { return };
        *reported = Some(held);
        // The lock is released: the function may use the client.
        let expected = held.until.map(|until| until.saturating_duration_since(now));
        on_wait.report(&Wait { operation, limit: held.limit, room: self.room, expected });
    }

    /// Marks the request as sent: from here on the server may have received it.
    pub(crate) fn mark_sent(&mut self) {
        if let Phase::Granted(lease) = self.phase {
            self.phase = Phase::InFlight(lease);
        }
    }

    /// Reports how the attempt ended. Returns whether [`acquire`](Self::acquire) now waits for the
    /// limit that refused it.
    pub(crate) fn complete(&mut self, outcome: &Outcome) -> bool {
        let (Phase::Granted(lease) | Phase::InFlight(lease)) = self.phase else { return false };
        self.phase = Phase::Idle;
        self.limiter.lock().complete(&lease, outcome, Instant::now())
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
    fn step(&mut self, deadline: Instant, answer_by: Instant) -> Result<Option<Instant>, NoPermit> {
        let now = Instant::now();
        let mut state = self.limiter.lock();
        state.dispatch(now, Some(self.ticket));
        if let Some(lease) = state.take_granted(self.ticket) {
            #[cfg(feature = "limits")]
            if state.is_stale(&lease, now) {
                // This process stood still. The store grants another lease.
                state.complete(&lease, &UNSENT, now);
                let wake = self.wake.get_or_insert_default().clone();
                state.queue.push(self.ticket, self.room, wake);
                state.entered();
                return Ok(Some(now));
            }
            self.phase = Phase::Granted(lease);
            return Ok(None);
        }
        #[cfg(feature = "limits")]
        if let Some(error) = state.take_refused(self.ticket) {
            self.phase = Phase::Idle;
            return Err(NoPermit::Store(error));
        }
        let held = state.held(self.room, now);
        let hopeless = held.until.is_some_and(|until| until > deadline);
        let until = state.wakes_at(self.ticket, self.room, now);
        if !hopeless && now < deadline {
            return Ok(Some(until.min(deadline)));
        }
        if !hopeless && now < answer_by && state.awaits_store(self.ticket, self.room, now) {
            return Ok(Some(until.min(answer_by).min(now + RECHECK)));
        }
        Err(NoPermit::NotUntil(held))
    }
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        match self.phase {
            Phase::Idle => {}
            Phase::Granted(_) => {
                self.complete(&UNSENT);
            }
            // The server may have received it, so count it.
            Phase::InFlight(_) => {
                self.complete(&Outcome::default());
            }
            Phase::Queued => {
                let mut state = self.limiter.lock();
                if state.leave(self.ticket, self.room) {
                    return;
                }
                if let Some(lease) = state.take_unnoticed(self.ticket) {
                    state.complete(&lease, &UNSENT, Instant::now());
                }
            }
        }
    }
}

#[cfg(test)]
#[path = "permit_tests.rs"]
mod tests;
