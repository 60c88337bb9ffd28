//! What the store answered, and what becomes of the calls that it was asked for.

use std::error::Error;
use std::sync::Arc;
use std::time::Duration;

use chatwork_api::operations::RateLimitName;
use tokio::time::Instant;
use tracing::{debug, warn};

use super::super::UNSENT;
use super::super::limiter::State;
use super::super::queue::Key;
use super::{Asked, Remote};
use crate::limits::{Granted, NoFolder, Settled, StoreError};
use crate::time::FOR_EVER;

/// The first and the longest time for which a store that failed is not asked.
const AWAY: (Duration, Duration) = (Duration::from_secs(1), Duration::from_secs(30));

impl State {
    /// Handles the store's answers to the calls with these tickets, for which it was asked at a time.
    pub(super) fn store_answered(
        &mut self,
        tickets: &[u64],
        answers: Result<Vec<Granted>, StoreError>,
        asked_at: Instant,
    ) {
        let now = Instant::now();
        let Some(mut remote) = self.remote.take() else { return };
        remote.asking = None;
        match answers {
            Ok(answers) => {
                (remote.failures, remote.away_until) = (0, None);
                self.apply(&mut remote, tickets, answers, (asked_at, now));
            }
            Err(error) if remote.required => self.refuse(&mut remote, error, now),
            Err(error) => self.go_alone(&mut remote, &error, now),
        }
        remote.flush();
        self.remote = Some(remote);
        self.changed = true;
        self.dispatch(now, None);
    }

    fn apply(
        &mut self,
        remote: &mut Remote,
        tickets: &[u64],
        answers: Vec<Granted>,
        (asked_at, now): (Instant, Instant),
    ) {
        let mut granted = false;
        let mut full: Vec<(Key, Instant)> = Vec::new();
        remote.closed = None;
        for (ticket, answer) in tickets.iter().zip(answers) {
            match (remote.asked.remove(ticket), answer) {
                (Some(call), Granted::Go(lease)) => {
                    granted = true;
                    remote.leases.insert(call.lease.id, (lease, asked_at));
                    self.let_go(*ticket, call.lease, &call.wake);
                }
                // The call was cancelled in the meantime.
                (None, Granted::Go(lease)) => {
                    remote.outbox.push((Settled { lease, outcome: UNSENT }, now));
                }
                (Some(call), Granted::Wait(delay)) => {
                    let until = later(now, remote.wait(&delay, self.jitter));
                    match delay.limit {
                        RateLimitName::RoomPosting => full.push((call.key, until)),
                        _ => remote.closed = Some((until, delay)),
                    }
                    self.put_back(*ticket, call, now);
                }
                (None, Granted::Wait(_)) => {}
            }
        }
        // A store that gave too few answers has not granted the rest.
        for (ticket, call) in std::mem::take(&mut remote.asked) {
            self.put_back(ticket, call, now);
        }
        remote.polls = if granted { 0 } else { remote.polls.saturating_add(1) };
        for (key, until) in full {
            self.queue.close(key, Some(until));
        }
    }

    /// Returns a call to its place in the queue.
    fn put_back(&mut self, ticket: u64, call: Asked, now: Instant) {
        let Asked { key, wake, lease } = call;
        let now = self.millis(now);
        self.limits.settle(now, &lease, &UNSENT);
        self.queue.push(ticket, key, wake);
        // Its room may have been full of the leases that were given back.
        self.queue.open(key);
    }

    /// Returns why the store refused a call, once.
    pub(in crate::pace) fn take_refused(
        &mut self,
        ticket: u64,
    ) -> Option<Arc<dyn Error + Send + Sync>> {
        self.remote.as_mut()?.refused.remove(&ticket)
    }

    /// Lets all waiting calls fail: the store has failed, and is required. The next call asks it
    /// again.
    fn refuse(&mut self, remote: &mut Remote, error: StoreError, now: Instant) {
        let error: Arc<dyn Error + Send + Sync> = Arc::from(error);
        let now = self.millis(now);
        remote.closed = None;
        for (ticket, call) in std::mem::take(&mut remote.asked) {
            self.limits.settle(now, &call.lease, &UNSENT);
            remote.refused.insert(ticket, Arc::clone(&error));
            call.wake.notify_one();
        }
        for (ticket, wake) in self.queue.drain() {
            remote.refused.insert(ticket, Arc::clone(&error));
            wake.notify_one();
        }
    }

    /// Lets all calls go that were asked for: the store has failed, and this process paces alone.
    fn go_alone(&mut self, remote: &mut Remote, error: &StoreError, now: Instant) {
        let (first, most) = AWAY;
        let away = first.saturating_mul(1 << remote.failures.min(5)).min(most);
        if error.is::<NoFolder>() {
            // As in many CI systems. Nobody wants to read it at each start.
            debug!(%error, "this process paces by itself");
        } else if remote.failures == 0 {
            warn!(%error, "the store of shared limits failed: this process paces by itself");
        }
        remote.failures = remote.failures.saturating_add(1);
        remote.away_until = Some(later(now, away));
        remote.closed = None;
        for (ticket, call) in std::mem::take(&mut remote.asked) {
            self.let_go(ticket, call.lease, &call.wake);
        }
    }
}

fn later(now: Instant, wait: Duration) -> Instant {
    now + wait.min(FOR_EVER)
}
