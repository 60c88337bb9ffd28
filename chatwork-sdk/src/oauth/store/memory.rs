//! Tokens in memory.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::{Generation, SaveIf, SaveOutcome, StoreLock, StoredGrant, TokenStore};
use crate::oauth::Grant;
use crate::token::TokenFuture;

/// Keeps tokens while the program runs. Clones share one grant. `Debug` shows no token.
///
/// The tokens are lost if the program ends, so the person has to consent again after each start. A
/// [`FileStore`](super::FileStore) or a database keeps them.
///
/// ```no_run
/// # use chatwork_sdk::oauth::{App, Grant, MemoryStore};
/// # fn example(app: App, grant: Grant) {
/// let source = app.source(MemoryStore::new(grant));
/// # }
/// ```
#[derive(Clone, Default)]
pub struct MemoryStore {
    content: Arc<Mutex<Content>>,
    lock: Arc<tokio::sync::Mutex<()>>,
}

#[derive(Default)]
struct Content {
    grant: Option<Grant>,
    /// Counts the saves. It never goes back, so no generation comes twice.
    saves: u64,
}

impl MemoryStore {
    /// Returns a store that holds a grant. [`Default`] makes an empty one.
    pub fn new(grant: Grant) -> Self {
        let content = Content { grant: Some(grant), saves: 0 };
        Self { content: Arc::new(Mutex::new(content)), ..Self::default() }
    }

    /// Returns the stored grant, or `None` if there is none.
    pub fn grant(&self) -> Option<Grant> {
        self.content().grant.clone()
    }

    fn content(&self) -> MutexGuard<'_, Content> {
        self.content.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Content {
    fn stored(&self) -> Option<StoredGrant> {
        let grant = self.grant.clone()?;
        Some(StoredGrant::new(grant, Generation::from(self.saves)))
    }

    fn save(&mut self, grant: &Grant, condition: SaveIf<'_>) -> SaveOutcome {
        let stored = self.stored().map(|stored| stored.generation);
        if !condition.allows(stored.as_ref()) {
            return SaveOutcome::Conflict;
        }
        self.saves += 1;
        self.grant = Some(grant.clone());
        SaveOutcome::Saved(Generation::from(self.saves))
    }
}

impl TokenStore for MemoryStore {
    fn load(&self) -> TokenFuture<'_, Option<StoredGrant>> {
        Box::pin(async { Ok(self.content().stored()) })
    }

    fn save<'a>(&'a self, grant: &'a Grant, condition: SaveIf<'a>) -> TokenFuture<'a, SaveOutcome> {
        Box::pin(async move { Ok(self.content().save(grant, condition)) })
    }

    fn remove(&self) -> TokenFuture<'_, ()> {
        Box::pin(async {
            self.content().grant = None;
            Ok(())
        })
    }

    fn lock(&self) -> TokenFuture<'_, StoreLock> {
        let lock = Arc::clone(&self.lock);
        Box::pin(async { Ok(StoreLock::guard(lock.lock_owned().await)) })
    }
}

impl fmt::Debug for MemoryStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MemoryStore")
    }
}
