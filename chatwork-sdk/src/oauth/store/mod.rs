//! Stores for the tokens of a grant.

mod file;
mod memory;

use std::any::Any;
use std::fmt;
use std::sync::Arc;

pub use file::FileStore;
pub use memory::MemoryStore;

use super::Grant;
use crate::token::TokenFuture;

/// Keeps the tokens of one grant: one person's consent for one app.
///
/// There is a [`MemoryStore`] and a [`FileStore`]. Implement this trait for a database: one row per
/// person, with the grant as JSON. A [`GrantSource`](super::GrantSource) takes these steps:
///
/// 1. [`TokenStore::load`] once, for the first token.
/// 2. To refresh, [`TokenStore::lock`], then `load` again. If another process has refreshed in the
///    meantime, use its tokens and send nothing.
/// 3. [`TokenStore::save`] the new grant, before any call uses it.
/// 4. Drop the lock.
///
/// ```
/// use std::sync::Arc;
/// use chatwork_sdk::TokenFuture;
/// use chatwork_sdk::oauth::{Grant, StoreLock, TokenStore};
/// use tokio::sync::Mutex;
///
/// /// Stands for a database. There, the lock is `SELECT … FOR UPDATE` in a transaction.
/// #[derive(Clone, Default)]
/// struct Row {
///     json: Arc<Mutex<Option<String>>>,
///     lock: Arc<Mutex<()>>,
/// }
///
/// impl TokenStore for Row {
///     fn load(&self) -> TokenFuture<'_, Option<Grant>> {
///         Box::pin(async {
///             let json = self.json.lock().await;
///             Ok(json.as_deref().map(serde_json::from_str).transpose()?)
///         })
///     }
///
///     fn save<'a>(&'a self, grant: &'a Grant) -> TokenFuture<'a, ()> {
///         Box::pin(async move {
///             *self.json.lock().await = Some(serde_json::to_string(grant)?);
///             Ok(())
///         })
///     }
///
///     fn lock(&self) -> TokenFuture<'_, StoreLock> {
///         Box::pin(async { Ok(StoreLock::new(self.lock.clone().lock_owned().await)) })
///     }
/// }
/// ```
pub trait TokenStore: Send + Sync + 'static {
    /// Returns the grant that was saved last, or `None` if there is none.
    fn load(&self) -> TokenFuture<'_, Option<Grant>>;

    /// Saves a grant in place of the older one, all or nothing. When it returns, the grant has to
    /// survive a power failure: the server may accept the older refresh token no longer.
    fn save<'a>(&'a self, grant: &'a Grant) -> TokenFuture<'a, ()>;

    /// Locks this grant against refreshes by other tasks and processes, until the lock is dropped.
    /// If only one process uses the store, return [`StoreLock::none`].
    ///
    /// It should fail after a time limit, and the end of its process should release the lock.
    fn lock(&self) -> TokenFuture<'_, StoreLock>;
}

/// A lock of a store. Dropping it releases the lock.
pub struct StoreLock {
    _guard: Option<Box<dyn Any + Send>>,
}

impl StoreLock {
    /// Returns a lock that holds a guard, and drops it at its end.
    pub fn new(guard: impl Any + Send) -> Self {
        Self { _guard: Some(Box::new(guard)) }
    }

    /// Returns a lock that locks nothing, for a store that only one process uses.
    pub fn none() -> Self {
        Self { _guard: None }
    }
}

impl fmt::Debug for StoreLock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("StoreLock")
    }
}

/// Clones of the `Arc` share one store.
impl<S: TokenStore + ?Sized> TokenStore for Arc<S> {
    fn load(&self) -> TokenFuture<'_, Option<Grant>> {
        (**self).load()
    }

    fn save<'a>(&'a self, grant: &'a Grant) -> TokenFuture<'a, ()> {
        (**self).save(grant)
    }

    fn lock(&self) -> TokenFuture<'_, StoreLock> {
        (**self).lock()
    }
}

impl<S: TokenStore + ?Sized> TokenStore for Box<S> {
    fn load(&self) -> TokenFuture<'_, Option<Grant>> {
        (**self).load()
    }

    fn save<'a>(&'a self, grant: &'a Grant) -> TokenFuture<'a, ()> {
        (**self).save(grant)
    }

    fn lock(&self) -> TokenFuture<'_, StoreLock> {
        (**self).lock()
    }
}
