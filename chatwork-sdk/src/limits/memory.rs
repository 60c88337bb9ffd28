//! Limits that several clients of one process share.

use std::collections::HashMap;
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use chatwork_api::types::AccountId;
use tokio::time::Instant;

use super::account::TokenHash;
use super::contract::Clock;
use super::policy::{LimitState, Millis, Rules};
use super::store::{Granted, LimitStore, Settled, StoreFuture, Want, acquire, settle};
use crate::policy::millis;

/// Keeps limits in memory, for several clients of one process. Clones share one budget.
///
/// Clones of one [`Client`](crate::Client) share a budget without it.
#[derive(Clone)]
pub struct MemoryLimits {
    inner: Arc<Inner>,
}

struct Inner {
    rules: Rules,
    origin: Instant,
    clock: Option<Clock>,
    /// How far this machine's clock is ahead, in milliseconds.
    ahead: AtomicU64,
    accounts: Mutex<HashMap<String, LimitState>>,
    tokens: Mutex<HashMap<TokenHash, AccountId>>,
}

impl MemoryLimits {
    /// Returns a store that knows only the documented limits.
    pub fn new() -> Self {
        Self::with_rules(Rules::default())
    }

    /// Returns a store for a server with other windows.
    #[doc(hidden)]
    pub fn with_rules(rules: Rules) -> Self {
        Self::with(rules, None)
    }

    /// Returns a store with a clock that a test sets.
    #[doc(hidden)]
    pub fn with_clock(rules: Rules, clock: Clock) -> Self {
        Self::with(rules, Some(clock))
    }

    fn with(rules: Rules, clock: Option<Clock>) -> Self {
        let (accounts, tokens) = (Mutex::default(), Mutex::default());
        let (origin, ahead) = (Instant::now(), AtomicU64::new(0));
        let inner = Inner { rules, origin, clock, ahead, accounts, tokens };
        Self { inner: Arc::new(inner) }
    }

    /// Returns the states of all accounts, for tests of what a copy of the store has lost.
    #[doc(hidden)]
    pub fn snapshot(&self) -> HashMap<String, LimitState> {
        self.inner.accounts.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Goes back to states that were taken earlier, on a machine whose clock is so far ahead.
    #[doc(hidden)]
    pub fn restore(&self, accounts: HashMap<String, LimitState>, ahead: Millis) {
        self.inner.ahead.store(ahead, Ordering::SeqCst);
        *self.inner.accounts.lock().unwrap_or_else(PoisonError::into_inner) = accounts;
    }

    fn with_state<T>(&self, account: &str, work: impl FnOnce(&mut LimitState, Millis) -> T) -> T {
        let inner = &self.inner;
        let now = match &inner.clock {
            Some(clock) => clock.now(),
            None => millis(inner.origin.elapsed()) + inner.ahead.load(Ordering::SeqCst),
        };
        let mut accounts = inner.accounts.lock().unwrap_or_else(PoisonError::into_inner);
        match accounts.get_mut(account) {
            Some(state) => work(state, now),
            None => {
                let new = LimitState::with_rules(inner.rules);
                work(accounts.entry(account.to_owned()).or_insert(new), now)
            }
        }
    }
}

impl LimitStore for MemoryLimits {
    fn acquire<'a>(&'a self, account: &'a str, wants: &'a [Want]) -> StoreFuture<'a, Vec<Granted>> {
        Box::pin(
            async move { Ok(self.with_state(account, |state, now| acquire(state, now, wants))) },
        )
    }

    fn settle<'a>(&'a self, account: &'a str, settled: &'a [Settled]) -> StoreFuture<'a, ()> {
        Box::pin(async move {
            self.with_state(account, |state, now| settle(state, now, settled));
            Ok(())
        })
    }

    fn rules(&self) -> Rules {
        self.inner.rules
    }

    fn recall<'a>(&'a self, token: &'a TokenHash) -> StoreFuture<'a, Option<AccountId>> {
        Box::pin(async move {
            let tokens = self.inner.tokens.lock().unwrap_or_else(PoisonError::into_inner);
            Ok(tokens.get(token).copied())
        })
    }

    fn remember<'a>(&'a self, token: &'a TokenHash, account: AccountId) -> StoreFuture<'a, ()> {
        Box::pin(async move {
            let mut tokens = self.inner.tokens.lock().unwrap_or_else(PoisonError::into_inner);
            tokens.insert(token.clone(), account);
            Ok(())
        })
    }
}

impl Default for MemoryLimits {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for MemoryLimits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MemoryLimits")
    }
}
