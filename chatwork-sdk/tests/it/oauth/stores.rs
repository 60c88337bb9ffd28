//! What every store of tokens promises, and how a source relies on it.

use std::sync::Arc;

use chatwork_sdk::oauth::{
    Error, FileStore, Generation, Grant, MemoryStore, SaveIf, SaveOutcome, StoreFault, StoreLock,
    StoredGrant, TokenStore, check_store,
};
use chatwork_sdk::{TokenError, TokenFuture};
use tokio::sync::Notify;

use super::party::{app, given, good, old, put};
use crate::support::Server;

#[tokio::test]
async fn the_store_in_memory_keeps_the_contract() {
    let store = MemoryStore::default();
    check_store(|| store.clone()).await.unwrap();
}

#[tokio::test]
async fn the_store_in_a_file_keeps_the_contract() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("tokens.json");
    check_store(|| FileStore::new(&path)).await.unwrap();
}

#[tokio::test]
async fn pointers_to_a_store_keep_the_contract() {
    let store = Arc::new(MemoryStore::default());
    check_store(|| Arc::clone(&store)).await.unwrap();
    let store = MemoryStore::default();
    check_store(|| Box::new(store.clone()) as Box<dyn TokenStore>).await.unwrap();
}

/// How a store can break the contract.
#[derive(Clone, Copy, PartialEq)]
enum Fault {
    SavesAlways,
    SavesNever,
    OneGeneration,
    KeepsRemoved,
    LocksNothing,
    LocksForEver,
    LocksSaves,
    Fails,
}

/// A store with a fault.
#[derive(Clone)]
struct Faulty {
    store: MemoryStore,
    fault: Fault,
}

impl Faulty {
    fn generation(&self, real: Generation) -> Generation {
        if self.fault == Fault::OneGeneration { Generation::from(7) } else { real }
    }
}

impl TokenStore for Faulty {
    fn load(&self) -> TokenFuture<'_, Option<StoredGrant>> {
        Box::pin(async {
            let stored = self.store.load().await?;
            Ok(stored.map(|it| StoredGrant::new(it.grant, self.generation(it.generation))))
        })
    }

    fn save<'a>(&'a self, grant: &'a Grant, condition: SaveIf<'a>) -> TokenFuture<'a, SaveOutcome> {
        Box::pin(async move {
            match self.fault {
                Fault::SavesNever => return Ok(SaveOutcome::Conflict),
                Fault::Fails => return Err(TokenError::from("the disk is full")),
                Fault::LocksSaves => self.store.lock().await?.release().await?,
                _ => {}
            }
            let always = [Fault::SavesAlways, Fault::OneGeneration].contains(&self.fault);
            let is_empty = self.store.load().await?.is_none();
            let condition = if always && !is_empty { SaveIf::Always } else { condition };
            Ok(match self.store.save(grant, condition).await? {
                SaveOutcome::Saved(generation) => SaveOutcome::Saved(self.generation(generation)),
                SaveOutcome::Conflict => SaveOutcome::Conflict,
            })
        })
    }

    fn remove(&self) -> TokenFuture<'_, ()> {
        match self.fault {
            Fault::KeepsRemoved => Box::pin(async { Ok(()) }),
            _ => self.store.remove(),
        }
    }

    fn lock(&self) -> TokenFuture<'_, StoreLock> {
        match self.fault {
            Fault::LocksNothing => Box::pin(async { Ok(StoreLock::none()) }),
            Fault::LocksForEver => Box::pin(async {
                std::mem::forget(self.store.lock().await?);
                Ok(StoreLock::none())
            }),
            _ => self.store.lock(),
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_store_that_breaks_the_contract_is_told_which_part_it_breaks() {
    for (fault, part) in [
        (Fault::SavesAlways, "a save of an old generation is a conflict"),
        (Fault::SavesNever, "a save whose condition is met succeeds"),
        (Fault::OneGeneration, "each save makes another generation"),
        (Fault::KeepsRemoved, "`load` returns `None` after `remove`"),
        (Fault::LocksNothing, "a lock excludes all others"),
        (Fault::LocksForEver, "a lock is free after its release or drop"),
        (Fault::LocksSaves, "`load`, `save` and `remove` do not wait for the lock"),
    ] {
        let store = Faulty { store: MemoryStore::default(), fault };
        let error = check_store(|| store.clone()).await.unwrap_err();
        assert!(matches!(error, StoreFault::Broken(it) if it == part), "{part}: {error}");
        assert_eq!(error.to_string(), format!("the token store breaks its contract: {part}"));
    }
    let store = Faulty { store: MemoryStore::default(), fault: Fault::Fails };
    let error = check_store(|| store.clone()).await.unwrap_err();
    assert!(matches!(error, StoreFault::Store(_)), "{error}");
    assert_eq!(error.to_string(), "the token store failed: the disk is full");
}

/// A store whose lock has expired, so it keeps nobody out. A save waits for a word.
#[derive(Clone)]
struct Expired {
    store: MemoryStore,
    saving: Arc<Notify>,
    go: Arc<Notify>,
}

impl Expired {
    fn new(grant: Grant) -> Self {
        let (saving, go) = (Arc::default(), Arc::default());
        Self { store: MemoryStore::new(grant), saving, go }
    }
}

impl TokenStore for Expired {
    fn load(&self) -> TokenFuture<'_, Option<StoredGrant>> {
        self.store.load()
    }

    fn save<'a>(&'a self, grant: &'a Grant, condition: SaveIf<'a>) -> TokenFuture<'a, SaveOutcome> {
        Box::pin(async move {
            self.saving.notify_one();
            self.go.notified().await;
            self.store.save(grant, condition).await
        })
    }

    fn remove(&self) -> TokenFuture<'_, ()> {
        self.store.remove()
    }

    fn lock(&self) -> TokenFuture<'_, StoreLock> {
        Box::pin(async { Ok(StoreLock::none()) })
    }
}

/// Refreshes, and does something between the reply and the save.
async fn late(store: &Expired, meanwhile: impl Future<Output = ()>) -> Result<String, Error> {
    let server = Server::always(given(1)).await;
    let source = app(&server).source(store.clone());
    let token = tokio::spawn(async move { source.access_token().await });
    store.saving.notified().await;
    meanwhile.await;
    store.go.notify_one();
    token.await.unwrap().map(|token| token.expose().to_owned())
}

#[tokio::test]
async fn a_late_holder_of_an_expired_lock_does_not_overwrite_a_newer_grant() {
    let store = Expired::new(old());
    let token = late(&store, put(&store.store, &good())).await.unwrap();
    assert_eq!((token.as_str(), store.store.grant()), ("access-0", Some(good())));
}

#[tokio::test]
async fn a_late_holder_of_an_expired_lock_does_not_bring_back_a_removed_grant() {
    let store = Expired::new(old());
    let token = late(&store, async { store.store.remove().await.unwrap() }).await;
    assert!(matches!(token, Err(Error::NoGrant)), "{token:?}");
    assert_eq!(store.store.grant(), None);
}

#[tokio::test(start_paused = true)]
async fn a_lock_is_released_by_its_future_even_if_it_is_dropped() {
    for drops in [false, true] {
        let released = Arc::new(Notify::new());
        let lock = StoreLock::new({
            let released = Arc::clone(&released);
            async move {
                released.notify_one();
                Ok(())
            }
        });
        if drops {
            drop(lock)
        } else {
            lock.release().await.unwrap()
        }
        let time = std::time::Duration::from_secs(1);
        tokio::time::timeout(time, released.notified()).await.unwrap();
    }
}

#[tokio::test]
async fn a_guard_is_dropped_at_the_release() {
    let mutex = Arc::new(tokio::sync::Mutex::new(()));
    let lock = StoreLock::guard(Arc::clone(&mutex).lock_owned().await);
    assert!(mutex.try_lock().is_err());
    lock.release().await.unwrap();
    assert!(mutex.try_lock().is_ok());
}

#[test]
fn a_lock_that_is_dropped_without_a_runtime_does_not_panic() {
    drop(StoreLock::new(async { Ok(()) }));
}
