//! The steps of one refresh: load, send, save, and their order.

use chatwork_api::Secret;

use super::cached_grant::CachedGrant;
use super::state::{Shared, Unsaved};
use super::{Error, Grant};

impl Shared {
    /// Returns the next grant: one that another process stored, or the result of a refresh.
    pub(super) async fn refresh(&self, rejected: Option<&Secret>) -> Result<CachedGrant, Error> {
        let is_first = {
            let state = self.state();
            state.cached.is_none() && state.unsaved.is_none()
        };
        if is_first {
            // The stored tokens may still be fresh. Reading them needs no lock.
            let stored = self.load().await?;
            if let Some(cached) = self.use_stored(stored.as_ref(), rejected) {
                return Ok(cached);
            }
        }
        let lock = self.store.lock().await.map_err(Error::store)?;
        let result = self.refresh_locked(rejected).await;
        drop(lock);
        result
    }

    /// Like [`Shared::refresh`], while this task holds the lock of the store.
    async fn refresh_locked(&self, rejected: Option<&Secret>) -> Result<CachedGrant, Error> {
        let stored = self.load().await?;
        let unsaved = self.state().unsaved.clone();
        if let Some(Unsaved { cached, spent_token }) = unsaved {
            let in_store = stored.as_ref().and_then(|stored| stored.refresh_token.as_ref());
            if in_store == Some(&spent_token) {
                let cached = self.save(cached, spent_token).await?;
                if cached.is_fresh() && cached.is_not(rejected) {
                    return Ok(cached);
                }
                return self.send_refresh(cached.grant).await;
            }
            // Another process has stored a newer grant.
            self.state().unsaved = None;
        }
        if let Some(cached) = self.use_stored(stored.as_ref(), rejected) {
            return Ok(cached);
        }
        self.send_refresh(stored.ok_or(Error::NoGrant)?).await
    }

    /// Caches the stored grant, and returns it if it is usable.
    fn use_stored(&self, stored: Option<&Grant>, rejected: Option<&Secret>) -> Option<CachedGrant> {
        let stored = stored?;
        let mut state = self.state();
        // The same grant keeps its deadlines: the machine's clock may have been set back since.
        let known = state.cached.take().filter(|cached| cached.grant == *stored);
        let cached = known.unwrap_or_else(|| CachedGrant::new(stored.clone()));
        let usable = cached.is_fresh() && cached.is_not(rejected);
        state.cached = Some(cached.clone());
        usable.then_some(cached)
    }

    async fn send_refresh(&self, old: Grant) -> Result<CachedGrant, Error> {
        let sent_token = old.refresh_token.clone().ok_or(Error::NoRefreshToken)?;
        if let Some(error) = self.state().rejection_of(&sent_token) {
            return Err(error);
        }
        match self.app.refresh(&old).await {
            Ok(grant) => self.save(CachedGrant::new(grant), sent_token).await,
            Err(error) => {
                if error.is_consent_needed() {
                    self.state().rejected = Some((sent_token, error.clone()));
                }
                Err(error)
            }
        }
    }

    /// Saves a grant before any call uses it. If this process ended without saving, the grant would
    /// be lost, and the server may accept the spent refresh token no longer. A grant that cannot be
    /// saved is kept for the next attempt.
    async fn save(&self, cached: CachedGrant, spent_token: Secret) -> Result<CachedGrant, Error> {
        self.state().unsaved = Some(Unsaved { cached: cached.clone(), spent_token });
        self.store.save(&cached.grant).await.map_err(Error::store)?;
        let mut state = self.state();
        state.unsaved = None;
        state.cached = Some(cached.clone());
        Ok(cached)
    }

    async fn load(&self) -> Result<Option<Grant>, Error> {
        self.store.load().await.map_err(Error::store)
    }
}
