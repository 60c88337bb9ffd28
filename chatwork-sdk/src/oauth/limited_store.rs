//! A store whose calls have a time limit.

use std::time::Duration;

use tokio::time::timeout;

use super::{Error, Grant, SaveIf, SaveOutcome, StoreLock, StoredGrant, TokenStore};
use crate::token::TokenFuture;

/// How long `load`, `save` and `remove` may take, each.
const STEP: Duration = Duration::from_secs(30);
/// How long `lock` may take. The holder may need that long for one refresh.
const LOCK: Duration = Duration::from_secs(180);

/// A store whose calls have a time limit. Without one, a store that hangs would keep the refresh
/// running for ever, and all calls would wait for it.
pub(super) struct LimitedStore(Box<dyn TokenStore>);

impl LimitedStore {
    pub(super) fn new(store: Box<dyn TokenStore>) -> Self {
        Self(store)
    }

    pub(super) async fn load(&self) -> Result<Option<StoredGrant>, Error> {
        within(STEP, "load", self.0.load()).await
    }

    /// After the time limit, the grant may be saved or not, as after any error.
    pub(super) async fn save(
        &self,
        grant: &Grant,
        condition: SaveIf<'_>,
    ) -> Result<SaveOutcome, Error> {
        within(STEP, "save", self.0.save(grant, condition)).await
    }

    pub(super) async fn remove(&self) -> Result<(), Error> {
        within(STEP, "remove", self.0.remove()).await
    }

    pub(super) async fn lock(&self) -> Result<StoreLock, Error> {
        within(LOCK, "lock", self.0.lock()).await
    }
}

async fn within<T>(limit: Duration, step: &str, work: TokenFuture<'_, T>) -> Result<T, Error> {
    match timeout(limit, work).await {
        Ok(result) => result.map_err(Error::store),
        Err(_) => {
            let seconds = limit.as_secs();
            Err(Error::store(format!("`{step}` did not end within {seconds} seconds").into()))
        }
    }
}
