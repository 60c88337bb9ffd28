//! The part of the limiter that asks a store of shared limits.
//!
//! 1. `dispatch` takes calls from the queue that this process would let go, with leases of its own
//!    state, and asks the store for leases for all of them at once.
//! 2. A call whose lease is granted may go. The others return to their places in the queue: the
//!    line of a full room is closed, or the whole queue if the account has no capacity.
//! 3. When a call ends, its lease is settled in the background, together with others.
//! 4. If the store fails, calls go with the leases of this process alone, and the store is asked
//!    again after a while. If the store is required, these calls fail instead.
//!
//! Requests to the store run in tasks of their own, so a call that is cancelled loses no lease.

mod answers;

use std::collections::{BTreeMap, HashMap};
use std::error::Error;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;

use chatwork_api::operations::RateLimitName;
use tokio::runtime::Handle;
use tokio::sync::Notify;
use tokio::time::{Instant, sleep, timeout};
use tracing::debug;

use super::limiter::State;
use super::queue::Key;
use super::{NotUntil, Outcome};
use crate::limits::{
    Accounts, Delay, Granted, LimitStore, Named, Settled, StoreError, StoreFuture, Want,
};
use crate::policy::Lease;
use crate::rng;

/// The calls for which leases are asked at once.
pub(super) const BATCH: usize = 32;
/// How long to wait for the store.
const PATIENCE: Duration = Duration::from_secs(2);
/// How long to wait for the store and the API to say whose budget it is.
const ACCOUNT_PATIENCE: Duration = Duration::from_secs(12);
/// How long a call waits at most for the store's answer beyond its own `max_wait`.
pub(super) const ANSWER_PATIENCE: Duration = ACCOUNT_PATIENCE.saturating_add(PATIENCE);
/// The first and the longest wait before the store is asked again, if only other processes'
/// requests under way can make capacity.
const POLLS: (Duration, Duration) = (Duration::from_millis(25), Duration::from_secs(1));
/// How much longer than the time limit of a call its lease lasts. A call that begins later than this
/// after its lease was granted could end after its lease.
const HOLD_MARGIN: Duration = Duration::from_secs(15);
/// When to ask again if a task that asks or settles has not ended: its runtime has, or it panicked.
const LOST: Duration = Duration::from_secs(60);
/// The waits after a store has not settled leases, before it is asked once more.
const SETTLE_AGAIN: [Duration; 2] = [Duration::from_millis(500), Duration::from_secs(2)];
/// How old the end of a call may be when it is settled. What an older reply said of the limits is not
/// true any more.
const FRESH: Duration = Duration::from_secs(10);

/// What the limiter needs to ask a store.
pub(super) struct Remote {
    store: Arc<dyn LimitStore>,
    accounts: Arc<Accounts>,
    hold: Duration,
    /// Whether calls fail if the store fails.
    required: bool,
    /// The calls that fail because the store failed, by ticket.
    refused: HashMap<u64, Arc<dyn Error + Send + Sync>>,
    state: Weak<Mutex<State>>,
    runtime: Option<Handle>,
    /// Set while an answer of the store is awaited: until when.
    asking: Option<Instant>,
    /// The calls that are asked for, by ticket.
    asked: BTreeMap<u64, Asked>,
    /// The store's leases and when they were asked for, by the numbers of this process's.
    leases: HashMap<u64, (Lease, Instant)>,
    /// When the account has capacity, as the store says.
    closed: Option<(Instant, Delay)>,
    /// The polls without a lease in a row.
    polls: u32,
    /// When a store that failed is asked again.
    away_until: Option<Instant>,
    failures: u32,
    /// The leases that ended, for the store, and when they did.
    outbox: Vec<(Settled, Instant)>,
    /// Set while leases are settled: until when.
    settling: Option<Instant>,
    settled: Arc<Notify>,
}

/// A call that is asked for.
pub(super) struct Asked {
    key: Key,
    wake: Arc<Notify>,
    lease: Lease,
}

impl Remote {
    pub(super) fn new(
        store: Arc<dyn LimitStore>,
        accounts: Accounts,
        time_limit: Duration,
        required: bool,
        state: Weak<Mutex<State>>,
    ) -> Self {
        Self {
            store,
            accounts: Arc::new(accounts),
            hold: time_limit.saturating_add(HOLD_MARGIN),
            required,
            refused: HashMap::new(),
            state,
            runtime: None,
            asking: None,
            asked: BTreeMap::new(),
            leases: HashMap::new(),
            closed: None,
            polls: 0,
            away_until: None,
            failures: 0,
            outbox: Vec::new(),
            settling: None,
            settled: Arc::default(),
        }
    }

    /// Returns whether calls go without the store for now.
    pub(super) fn is_away(&self, now: Instant) -> bool {
        self.away_until.is_some_and(|until| now < until)
    }

    /// Returns `Some` if no call can be asked for, with the time when one can.
    pub(super) fn closed(&self, now: Instant) -> Option<Option<Instant>> {
        if let Some(until) = self.asking.filter(|until| now < *until) {
            return Some(Some(until));
        }
        let (until, _) = self.closed.filter(|(until, _)| now < *until)?;
        (!self.is_away(now)).then_some(Some(until))
    }

    /// Returns the time when the account has capacity, if nothing can bring it earlier.
    pub(super) fn exhausted(&self, now: Instant) -> Option<NotUntil> {
        let closed = self.closed.filter(|(until, delay)| now < *until && delay.exhausted);
        closed.map(|(until, _)| NotUntil { limit: RateLimitName::Account, until: Some(until) })
    }

    /// Returns when the account is asked for again, if it had no capacity.
    pub(super) fn closed_by_account(&self, now: Instant) -> Option<Instant> {
        self.closed.map(|(until, _)| until).filter(|until| now < *until)
    }

    /// Returns whether an answer of the store is awaited.
    pub(super) fn is_asking(&self, now: Instant) -> bool {
        self.asking.is_some_and(|until| now < until)
    }

    /// Returns whether a call is one that the store is asked for.
    pub(super) fn is_asked(&self, ticket: u64) -> bool {
        self.asked.contains_key(&ticket)
    }

    /// Adds a call to those that are asked for next.
    pub(super) fn add(&mut self, ticket: u64, key: Key, wake: Arc<Notify>, lease: Lease) {
        self.asked.insert(ticket, Asked { key, wake, lease });
    }

    /// Removes a call that was cancelled, and returns its lease of this process.
    pub(super) fn cancel(&mut self, ticket: u64) -> Option<Lease> {
        self.refused.remove(&ticket);
        self.asked.remove(&ticket).map(|asked| asked.lease)
    }

    /// Ends a lease.
    pub(super) fn complete(&mut self, lease: &Lease, outcome: &Outcome) {
        if let Some((lease, _)) = self.leases.remove(&lease.id) {
            self.outbox.push((Settled { lease, outcome: *outcome }, Instant::now()));
        }
        // The capacity that this call leaves may be the one that is waited for.
        if self.closed.is_some_and(|(_, delay)| !delay.exhausted) {
            self.closed = None;
        }
        self.flush();
    }

    /// Returns whether a lease was asked for so long ago that a call could outlive it.
    pub(super) fn is_stale(&self, lease: &Lease, now: Instant) -> bool {
        let granted = self.leases.get(&lease.id).map(|(_, granted)| *granted);
        granted.is_some_and(|granted| now.saturating_duration_since(granted) > HOLD_MARGIN)
    }

    /// Asks the store for leases for the calls that were added.
    pub(super) fn ask(&mut self) {
        let now = Instant::now();
        if self.asking.is_some_and(|until| now < until) || self.asked.is_empty() {
            return;
        }
        let Some(runtime) = self.runtime() else { return };
        let tickets: Vec<u64> = self.asked.keys().copied().collect();
        let want = |asked: &Asked| Want { room: asked.key, hold: self.hold };
        let wants: Vec<Want> = self.asked.values().map(want).collect();
        self.asking = Some(now + LOST);
        let (store, accounts) = (self.store.clone(), self.accounts.clone());
        let state = self.state.clone();
        runtime.spawn(async move {
            let answers = acquire(&*store, &accounts, &wants).await;
            if let Some(state) = state.upgrade() {
                let mut state = state.lock().unwrap_or_else(PoisonError::into_inner);
                state.store_answered(&tickets, answers, now);
            }
        });
    }

    /// Settles what ended, in the background.
    fn flush(&mut self) {
        let now = Instant::now();
        let is_settling = self.settling.is_some_and(|until| now < until);
        if is_settling || self.outbox.is_empty() {
            return;
        }
        let Some(runtime) = self.runtime() else { return };
        self.settling = Some(now + LOST);
        let (store, accounts) = (self.store.clone(), self.accounts.clone());
        let (state, done) = (self.state.clone(), self.settled.clone());
        runtime.spawn(async move {
            while let Some(batch) = next_batch(&state) {
                settle(&*store, &accounts, &batch).await;
            }
            done.notify_waiters();
        });
    }

    /// The runtime of the caller, or the latest one: a permit may be dropped outside.
    fn runtime(&mut self) -> Option<Handle> {
        self.runtime = Handle::try_current().ok().or(self.runtime.take());
        self.runtime.clone()
    }

    /// Returns what tells that everything is settled, or `None` if it is.
    pub(super) fn unsettled(&self) -> Option<Arc<Notify>> {
        self.settling.map(|_| self.settled.clone())
    }

    /// Returns how long to wait after an answer without a lease.
    fn wait(&mut self, delay: &Delay, jitter: Duration) -> Duration {
        let jitter = if delay.crowded { jitter } else { Duration::ZERO };
        let known = delay.wait.map(|wait| wait.saturating_add(jitter));
        match known {
            Some(wait) if delay.exhausted => wait,
            _ => {
                let (first, most) = POLLS;
                let poll = first.saturating_mul(1 << self.polls.min(8)).min(most);
                let poll = poll.mul_f64(0.5 + rng::fraction() / 2.0);
                known.map_or(poll, |wait| wait.min(poll))
            }
        }
    }
}

/// Takes what is to be settled, or marks that nothing is.
fn next_batch(state: &Weak<Mutex<State>>) -> Option<Vec<Settled>> {
    let state = state.upgrade()?;
    let mut state = state.lock().unwrap_or_else(PoisonError::into_inner);
    let remote = state.remote.as_mut()?;
    let now = Instant::now();
    let ended = std::mem::take(&mut remote.outbox).into_iter();
    let fresh = ended.filter(|(_, at)| now.saturating_duration_since(*at) <= FRESH);
    let batch: Vec<Settled> = fresh.map(|(settled, _)| settled).collect();
    remote.settling = (!batch.is_empty()).then(|| Instant::now() + LOST);
    remote.settling.map(|_| batch)
}

async fn acquire(
    store: &dyn LimitStore,
    accounts: &Accounts,
    wants: &[Want],
) -> Result<Vec<Granted>, StoreError> {
    match name(accounts).await? {
        Named::Account(account) => in_time(store.acquire(&account, wants)).await,
        Named::Later(wait) => {
            let limit = RateLimitName::Account;
            let delay = Delay { limit, wait: Some(wait), exhausted: true, crowded: true };
            Ok(wants.iter().map(|_| Granted::Wait(delay)).collect())
        }
    }
}

/// Settles leases. If the store fails, it is asked again: what a refusal said must reach the others.
async fn settle(store: &dyn LimitStore, accounts: &Accounts, settled: &[Settled]) {
    let mut waits = SETTLE_AGAIN.into_iter();
    while let Err(error) = settle_once(store, accounts, settled).await {
        let Some(wait) = waits.next() else {
            debug!(%error, "leases were not settled: they are held until their deadlines");
            return;
        };
        sleep(wait).await;
    }
}

async fn settle_once(
    store: &dyn LimitStore,
    accounts: &Accounts,
    settled: &[Settled],
) -> Result<(), StoreError> {
    match name(accounts).await? {
        Named::Account(account) => in_time(store.settle(&account, settled)).await,
        Named::Later(_) => Err("the account is not known yet".into()),
    }
}

async fn name(accounts: &Accounts) -> Result<Named, StoreError> {
    timeout(ACCOUNT_PATIENCE, accounts.name()).await.map_err(|_| {
        let seconds = ACCOUNT_PATIENCE.as_secs();
        format!("`GET /me`, which tells whose limits these are, took longer than {seconds} seconds")
    })?
}

async fn in_time<T>(answer: StoreFuture<'_, T>) -> Result<T, StoreError> {
    let late = |_| format!("it did not answer within {} seconds", PATIENCE.as_secs());
    timeout(PATIENCE, answer).await.map_err(late)?
}

impl fmt::Debug for Remote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Remote").field("asking", &self.asking.is_some()).finish_non_exhaustive()
    }
}
