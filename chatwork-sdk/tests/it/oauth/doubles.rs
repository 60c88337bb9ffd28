//! Stores that do something else than a store.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use chatwork_sdk::TokenFuture;
use chatwork_sdk::oauth::{
    Grant, MemoryStore, SaveIf, SaveOutcome, StoreLock, StoredGrant, TokenStore,
};
use tokio::sync::Notify;

use super::party::old;

/// A disk that is full so many times.
#[derive(Clone)]
pub(super) struct Full {
    pub(super) store: MemoryStore,
    times: Arc<AtomicUsize>,
}

impl Full {
    pub(super) fn times(times: usize) -> Self {
        Self::with(old(), times)
    }

    pub(super) fn with(grant: Grant, times: usize) -> Self {
        Self { store: MemoryStore::new(grant), times: Arc::new(AtomicUsize::new(times)) }
    }
}

impl TokenStore for Full {
    fn load(&self) -> TokenFuture<'_, Option<StoredGrant>> {
        self.store.load()
    }

    fn save<'a>(&'a self, grant: &'a Grant, condition: SaveIf<'a>) -> TokenFuture<'a, SaveOutcome> {
        let full =
            self.times.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |n| n.checked_sub(1));
        Box::pin(async move {
            match full {
                Ok(_) => Err("the disk is full".into()),
                Err(_) => self.store.save(grant, condition).await,
            }
        })
    }

    fn remove(&self) -> TokenFuture<'_, ()> {
        self.store.remove()
    }

    fn lock(&self) -> TokenFuture<'_, StoreLock> {
        self.store.lock()
    }
}

/// Where a save waits.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Order {
    GateThenSave,
    SaveThenGate,
}

/// A store whose first save waits for a word. Its lock excludes, as that of [`MemoryStore`].
#[derive(Clone)]
pub(super) struct Gated {
    store: MemoryStore,
    order: Order,
    is_open: Arc<AtomicBool>,
    reached: Arc<Notify>,
    go: Arc<Notify>,
}

impl Gated {
    pub(super) fn new(grant: Grant, order: Order) -> Self {
        let store = MemoryStore::new(grant);
        let (is_open, reached, go) = (Arc::default(), Arc::default(), Arc::default());
        Self { store, order, is_open, reached, go }
    }

    pub(super) fn inner(&self) -> MemoryStore {
        self.store.clone()
    }

    /// Waits until the first save waits.
    pub(super) async fn reached(&self) {
        self.reached.notified().await;
    }

    /// Lets the first save go on.
    pub(super) fn go(&self) {
        self.go.notify_one();
    }
}

impl TokenStore for Gated {
    fn load(&self) -> TokenFuture<'_, Option<StoredGrant>> {
        self.store.load()
    }

    fn save<'a>(&'a self, grant: &'a Grant, condition: SaveIf<'a>) -> TokenFuture<'a, SaveOutcome> {
        Box::pin(async move {
            if self.is_open.swap(true, Ordering::Relaxed) {
                return self.store.save(grant, condition).await;
            }
            let saved = match self.order {
                Order::GateThenSave => None,
                Order::SaveThenGate => Some(self.store.save(grant, condition).await?),
            };
            self.reached.notify_one();
            self.go.notified().await;
            match saved {
                Some(saved) => Ok(saved),
                None => self.store.save(grant, condition).await,
            }
        })
    }

    fn remove(&self) -> TokenFuture<'_, ()> {
        self.store.remove()
    }

    fn lock(&self) -> TokenFuture<'_, StoreLock> {
        self.store.lock()
    }
}
