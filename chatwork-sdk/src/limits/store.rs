//! Where several processes keep the state of one account's limits.

use std::error::Error;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use chatwork_api::operations::RateLimitName;
use chatwork_api::types::{AccountId, RoomId};

use super::account::TokenHash;
use super::policy::{Lease, LimitState, Millis, Outcome, Rules, Wait};

/// The error of a [`LimitStore`].
pub type StoreError = Box<dyn Error + Send + Sync>;

/// The future of a [`LimitStore`].
pub type StoreFuture<'a, T> = Pin<Box<dyn Future<Output = Result<T, StoreError>> + Send + 'a>>;

/// Keeps the limits of accounts for all processes that use it.
///
/// A store holds one [`LimitState`] for each account, and applies [`policy`](super::policy) to it
/// with a clock of its own, one event at a time. So its answers are durations, and clocks of its
/// users may differ.
///
/// `contract::check` holds a store against the policy with random histories. Run it with your own.
pub trait LimitStore: Send + Sync + 'static {
    /// Asks for leases, in the order in which the calls are waiting. Returns one answer for each.
    ///
    /// # Errors
    ///
    /// An error makes the client pace by itself for a while.
    fn acquire<'a>(&'a self, account: &'a str, wants: &'a [Want]) -> StoreFuture<'a, Vec<Granted>>;

    /// Ends leases. One that the store does not hold any more still reports what its reply said. The
    /// id 0 is that of a request that went without a lease.
    ///
    /// # Errors
    ///
    /// After an error the client settles the same leases again, three times at most. Leases that
    /// were not settled are held until their deadlines.
    fn settle<'a>(&'a self, account: &'a str, settled: &'a [Settled]) -> StoreFuture<'a, ()>;

    /// Returns the figures of the limits, which differ for a server with short windows.
    #[doc(hidden)]
    fn rules(&self) -> Rules {
        Rules::default()
    }

    /// Returns the account of a token, if [`remember`](Self::remember) has stored it. The default
    /// remembers nothing: each client then asks the API once.
    fn recall<'a>(&'a self, token: &'a TokenHash) -> StoreFuture<'a, Option<AccountId>> {
        let _ = token;
        Box::pin(async { Ok(None) })
    }

    /// Stores the account of a token.
    fn remember<'a>(&'a self, token: &'a TokenHash, account: AccountId) -> StoreFuture<'a, ()> {
        let _ = (token, account);
        Box::pin(async { Ok(()) })
    }
}

/// A call that asks for a lease.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Want {
    /// The room that it posts to, if it counts against a room's limit.
    pub room: Option<RoomId>,
    /// How long the lease lasts if it is not settled.
    pub hold: Duration,
}

/// The answer to a [`Want`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Granted {
    /// Send one request.
    Go(Lease),
    /// Send nothing yet.
    Wait(Delay),
}

/// Why a call has no lease yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Delay {
    /// The limit that has no capacity.
    pub limit: RateLimitName,
    /// When time alone brings capacity; `None` if only requests under way can bring it.
    pub wait: Option<Duration>,
    /// Whether nothing can bring capacity earlier.
    pub exhausted: bool,
    /// Whether several programs may wait for the same time. They add jitter.
    pub crowded: bool,
}

/// A lease that ended.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Settled {
    /// The lease.
    pub lease: Lease,
    /// How the request ended.
    pub outcome: Outcome,
}

/// Asks a state for leases. For stores that hold a [`LimitState`] in this process.
pub(super) fn acquire(state: &mut LimitState, now: Millis, wants: &[Want]) -> Vec<Granted> {
    let grant = |want: &Want| match state.acquire(now, want.room, want.hold) {
        Ok(lease) => Granted::Go(lease),
        Err(wait) => Granted::Wait(Delay::of(&wait, now)),
    };
    wants.iter().map(grant).collect()
}

/// Ends leases of a state.
pub(super) fn settle(state: &mut LimitState, now: Millis, settled: &[Settled]) {
    for Settled { lease, outcome } in settled {
        state.settle(now, lease, outcome);
    }
}

impl Delay {
    /// Returns a wait as seen from a time.
    pub fn of(wait: &Wait, now: Millis) -> Self {
        let Wait { limit, until, exhausted, crowded } = *wait;
        let wait = until.map(|until| Duration::from_millis(until.saturating_sub(now)));
        Self { limit, wait, exhausted, crowded }
    }
}

/// Clones of the `Arc` share one store.
impl<S: LimitStore + ?Sized> LimitStore for Arc<S> {
    fn acquire<'a>(&'a self, account: &'a str, wants: &'a [Want]) -> StoreFuture<'a, Vec<Granted>> {
        (**self).acquire(account, wants)
    }

    fn settle<'a>(&'a self, account: &'a str, settled: &'a [Settled]) -> StoreFuture<'a, ()> {
        (**self).settle(account, settled)
    }

    fn rules(&self) -> Rules {
        (**self).rules()
    }

    fn recall<'a>(&'a self, token: &'a TokenHash) -> StoreFuture<'a, Option<AccountId>> {
        (**self).recall(token)
    }

    fn remember<'a>(&'a self, token: &'a TokenHash, account: AccountId) -> StoreFuture<'a, ()> {
        (**self).remember(token, account)
    }
}
