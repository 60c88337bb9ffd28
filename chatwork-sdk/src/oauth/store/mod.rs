//! Where the tokens of a grant are kept.

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
/// There is a [`MemoryStore`] and a [`FileStore`]. A database is a store, too: one row a person,
/// with the grant as JSON. What a [`GrantSource`](super::GrantSource) does with it, and in this
/// order:
///
/// 1. [`TokenStore::load`] once, when the first token is needed.
/// 2. To refresh, [`TokenStore::lock`]; then `load` again. If somebody else has refreshed in the
///    meantime, their tokens are taken over, and nothing is sent.
/// 3. [`TokenStore::save`] what the refresh gave, before anybody gets to use it.
/// 4. Drop the lock.
///
/// ```
/// use std::sync::Arc;
/// use chatwork_sdk::TokenFuture;
/// use chatwork_sdk::oauth::{Grant, StoreLock, TokenStore};
/// use tokio::sync::Mutex;
///
/// /// What a database would do; its lock would be `SELECT … FOR UPDATE` in a transaction.
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
    /// What was saved last; none when there is nothing.
    fn load(&self) -> TokenFuture<'_, Option<Grant>>;

    /// Saves tokens in the place of older ones. When it returns, they have to outlive a power
    /// failure: the older refresh token is good no longer. It should do all or nothing.
    fn save<'a>(&'a self, grant: &'a Grant) -> TokenFuture<'a, ()>;

    /// Waits until nobody else, in this or another process, refreshes this grant, and keeps them
    /// from it until the lock is dropped. Where there is surely nobody, [`StoreLock::none`] will
    /// do.
    ///
    /// It should give up after a while, and come free by itself when its process ends.
    fn lock(&self) -> TokenFuture<'_, StoreLock>;
}

/// Keeps others from refreshing the same grant until it is dropped.
pub struct StoreLock {
    _guard: Option<Box<dyn Any + Send>>,
}

impl StoreLock {
    /// A lock that is free again when the guard is dropped.
    pub fn new(guard: impl Any + Send) -> Self {
        Self { _guard: Some(Box::new(guard)) }
    }

    /// No lock: nobody else has this store.
    pub fn none() -> Self {
        Self { _guard: None }
    }
}

impl fmt::Debug for StoreLock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("StoreLock")
    }
}

/// Clones of the `Arc` are the same store.
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
