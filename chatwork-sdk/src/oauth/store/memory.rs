//! Tokens in memory.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use super::{StoreLock, TokenStore};
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
    grant: Arc<Mutex<Option<Grant>>>,
    lock: Arc<tokio::sync::Mutex<()>>,
}

impl MemoryStore {
    /// Returns a store that holds a grant. [`Default`] makes an empty one.
    pub fn new(grant: Grant) -> Self {
        Self { grant: Arc::new(Mutex::new(Some(grant))), ..Self::default() }
    }

    /// Returns the stored grant, or `None` if there is none.
    pub fn grant(&self) -> Option<Grant> {
        self.grant.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl TokenStore for MemoryStore {
    fn load(&self) -> TokenFuture<'_, Option<Grant>> {
        Box::pin(async { Ok(self.grant()) })
    }

    fn save<'a>(&'a self, grant: &'a Grant) -> TokenFuture<'a, ()> {
        Box::pin(async move {
            *self.grant.lock().unwrap_or_else(PoisonError::into_inner) = Some(grant.clone());
            Ok(())
        })
    }

    fn lock(&self) -> TokenFuture<'_, StoreLock> {
        let lock = Arc::clone(&self.lock);
        Box::pin(async { Ok(StoreLock::new(lock.lock_owned().await)) })
    }
}

impl fmt::Debug for MemoryStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MemoryStore")
    }
}
