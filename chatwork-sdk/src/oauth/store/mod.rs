//! Stores for the tokens of a grant.

mod contract;
mod file;
mod lock;
mod memory;
mod stored;

use std::sync::Arc;

pub use contract::{StoreFault, check_store};
pub use file::FileStore;
pub use lock::StoreLock;
pub use memory::MemoryStore;
pub use stored::{Generation, SaveIf, SaveOutcome, StoredGrant};

use super::Grant;
use crate::token::TokenFuture;

/// Keeps the tokens of one grant: one person's consent for one app.
///
/// There is a [`MemoryStore`] and a [`FileStore`]. Implement this trait for a database: one row per
/// person, with the grant as JSON and a generation. [`check_store`] tests an implementation.
///
/// A [`GrantSource`](super::GrantSource) takes these steps:
///
/// 1. [`TokenStore::load`] once, for the first token.
/// 2. To refresh, [`TokenStore::lock`], then `load` again. If another process has refreshed in the
///    meantime, use its tokens and send nothing.
/// 3. [`TokenStore::save`] the new grant if the generation is still the loaded one, before any call
///    uses the new grant. If the generation has changed, drop the new grant and load again.
/// 4. [`StoreLock::release`].
///
/// A new consent is saved, and a sign-out removes the grant, without the lock: a refresh that is
/// running then must not undo it, and does not, because its save finds another generation.
///
/// # The contract
///
/// - **The lock saves requests, the generation protects the grant.** A lock may expire while its
///   holder hangs. The holder then saves too late, and the generation must refuse that.
/// - A save compares the generation and replaces the grant in one step: of two saves with one
///   generation, at most one succeeds.
/// - Each save makes a generation that no other grant of this store had, also not before
///   [`TokenStore::remove`].
/// - `load`, `save` and `remove` do not wait for the lock.
/// - A source drops the future of a `load`, `save` or `remove` after 30 seconds, and that of a
///   `lock` after 3 minutes, with [`Error::Store`](super::Error::Store). A grant that was not saved
///   in time is kept in memory, and saved before the next refresh. A future that blocks its thread
///   cannot be dropped: use `spawn_blocking`.
/// - The future of a `save` or `remove` may be dropped. Then either all of it happens or nothing. A
///   `lock` that is dropped must not stay locked.
///
/// ```
/// use std::sync::Arc;
/// use chatwork_sdk::TokenFuture;
/// use chatwork_sdk::oauth::{
///     Generation, Grant, SaveIf, SaveOutcome, StoreLock, StoredGrant, TokenStore, check_store,
/// };
/// use tokio::sync::Mutex;
///
/// /// Stands for a table with the columns `json` and `generation`, and a sequence.
/// #[derive(Clone, Default)]
/// struct Row {
///     row: Arc<Mutex<Option<(String, u64)>>>,
///     sequence: Arc<Mutex<u64>>,
///     lock: Arc<Mutex<()>>,
/// }
///
/// impl TokenStore for Row {
///     fn load(&self) -> TokenFuture<'_, Option<StoredGrant>> {
///         Box::pin(async {
///             let row = self.row.lock().await;
///             let Some((json, generation)) = &*row else { return Ok(None) };
///             let grant = serde_json::from_str(json)?;
///             Ok(Some(StoredGrant::new(grant, Generation::from(*generation))))
///         })
///     }
///
///     fn save<'a>(&'a self, grant: &'a Grant, condition: SaveIf<'a>) -> TokenFuture<'a, SaveOutcome> {
///         Box::pin(async move {
///             // In SQL: UPDATE … WHERE generation = …; no row changed: a conflict.
///             let mut row = self.row.lock().await;
///             let stored = row.as_ref().map(|(_, generation)| Generation::from(*generation));
///             if !condition.allows(stored.as_ref()) {
///                 return Ok(SaveOutcome::Conflict);
///             }
///             let mut sequence = self.sequence.lock().await;
///             *sequence += 1;
///             *row = Some((serde_json::to_string(grant)?, *sequence));
///             Ok(SaveOutcome::Saved(Generation::from(*sequence)))
///         })
///     }
///
///     fn remove(&self) -> TokenFuture<'_, ()> {
///         Box::pin(async {
///             *self.row.lock().await = None;
///             Ok(())
///         })
///     }
///
///     fn lock(&self) -> TokenFuture<'_, StoreLock> {
///         // For example `pg_advisory_lock` and, in the future, `pg_advisory_unlock`.
///         Box::pin(async {
///             let guard = self.lock.clone().lock_owned().await;
///             Ok(StoreLock::new(async move {
///                 drop(guard);
///                 Ok(())
///             }))
///         })
///     }
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let table = Row::default();
/// check_store(|| table.clone()).await?;
/// # Ok(())
/// # }
/// ```
pub trait TokenStore: Send + Sync + 'static {
    /// Returns the grant that was saved last, with its generation, or `None` if there is none.
    ///
    /// If the store is empty, a source sends nothing and asks for a new consent. So return an
    /// error, and not `None`, if the grant cannot be read.
    fn load(&self) -> TokenFuture<'_, Option<StoredGrant>>;

    /// Saves a grant in place of the stored one, all or nothing, if the condition is met. Returns
    /// the new generation, or [`SaveOutcome::Conflict`] if the condition is not met.
    ///
    /// When it returns, the grant has to survive a power failure: the server may accept the older
    /// refresh token no longer. After an error, the grant may be saved or not; the source finds out
    /// by the next `load`.
    fn save<'a>(&'a self, grant: &'a Grant, condition: SaveIf<'a>) -> TokenFuture<'a, SaveOutcome>;

    /// Removes the grant, of any generation. If there is none, it returns `Ok`.
    ///
    /// A later `save` with [`SaveIf::Unchanged`] and the generation of a removed grant is a
    /// conflict, so a refresh that is running cannot bring a grant back after a sign-out.
    fn remove(&self) -> TokenFuture<'_, ()>;

    /// Locks this grant against refreshes by other tasks and processes. If only one process uses
    /// the store, return [`StoreLock::none`].
    ///
    /// It should fail after a time limit. The end of its process should release the lock, at the
    /// latest after some time. It should also fail if a `save` would fail, for example because a
    /// disk is full: then the refresh token is not spent.
    fn lock(&self) -> TokenFuture<'_, StoreLock>;
}

/// Implements the trait for a pointer to a store.
macro_rules! forward {
    ($pointer:ident) => {
        impl<S: TokenStore + ?Sized> TokenStore for $pointer<S> {
            fn load(&self) -> TokenFuture<'_, Option<StoredGrant>> {
                (**self).load()
            }

            fn save<'a>(
                &'a self,
                grant: &'a Grant,
                condition: SaveIf<'a>,
            ) -> TokenFuture<'a, SaveOutcome> {
                (**self).save(grant, condition)
            }

            fn remove(&self) -> TokenFuture<'_, ()> {
                (**self).remove()
            }

            fn lock(&self) -> TokenFuture<'_, StoreLock> {
                (**self).lock()
            }
        }
    };
}

forward!(Arc);
forward!(Box);
