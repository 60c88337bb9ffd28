//! The steps of one refresh: lock, load, send, save, and their order.

use std::time::Duration;

use chatwork_api::Secret;
use tokio::time::{Instant, timeout};

use super::cached_grant::CachedGrant;
use super::state::{Shared, Unsaved};
use super::{Error, Generation, Grant, SaveIf, SaveOutcome, StoreLock, StoredGrant};

/// How often a refresh starts again because the stored grant changed.
const ROUNDS: u32 = 3;
/// How long to wait for the release of a lock.
const RELEASE: Duration = Duration::from_secs(10);

impl Shared {
    /// Returns the next grant: one that another process stored, or the result of a refresh. Also
    /// returns the lock of the store. Release it after the waiting calls have got their token.
    pub(super) async fn refresh(
        &self,
        rejected: Option<&Secret>,
    ) -> (Result<CachedGrant, Error>, StoreLock) {
        let is_first = {
            let state = self.state();
            state.cached.is_none() && state.unsaved.is_none()
        };
        if is_first {
            // The stored tokens may still be fresh, or missing. Reading them needs no lock.
            match self.load_first(rejected).await {
                Ok(None) => {}
                Ok(Some(cached)) => return (Ok(cached), StoreLock::none()),
                Err(error) => return (Err(error), StoreLock::none()),
            }
        }
        match self.store.lock().await {
            Ok(lock) => (self.refresh_locked(rejected, lock.until()).await, lock),
            Err(error) => (Err(error), StoreLock::none()),
        }
    }

    async fn load_first(&self, rejected: Option<&Secret>) -> Result<Option<CachedGrant>, Error> {
        let epoch = self.state().epoch;
        let stored = self.store.load().await?.ok_or(Error::NoGrant)?;
        Ok(self.use_stored(epoch, &stored.grant, rejected))
    }

    /// Refreshes while this task holds the lock of the store. If another consent or a sign-out
    /// comes in between, starts again with what is stored then.
    async fn refresh_locked(
        &self,
        rejected: Option<&Secret>,
        until: Option<Instant>,
    ) -> Result<CachedGrant, Error> {
        for _ in 0..ROUNDS {
            if let Some(cached) = self.round(rejected, until).await? {
                return Ok(cached);
            }
        }
        Err(Error::store("the stored grant was replaced again and again during a refresh".into()))
    }

    /// Returns `None` if the grant was replaced or removed in the meantime.
    async fn round(
        &self,
        rejected: Option<&Secret>,
        until: Option<Instant>,
    ) -> Result<Option<CachedGrant>, Error> {
        let epoch = self.state().epoch;
        let mut stored = self.store.load().await?.ok_or_else(|| self.store_is_empty(epoch))?;
        if let Some(unsaved) = self.unsaved(epoch, &stored) {
            let cached = unsaved.cached.clone();
            let Some(generation) = self.save(epoch, unsaved).await? else { return Ok(None) };
            stored = StoredGrant { grant: cached.grant, generation };
        }
        if let Some(cached) = self.use_stored(epoch, &stored.grant, rejected) {
            return Ok(Some(cached));
        }
        if self.state().epoch != epoch {
            return Ok(None);
        }
        if until.is_some_and(|until| Instant::now() >= until) {
            let late = "the lock was held for too long before the refresh began: nothing was sent";
            return Err(Error::store(late.into()));
        }
        self.send_refresh(epoch, stored).await
    }

    /// Forgets the grant: another process has removed it.
    fn store_is_empty(&self, epoch: u64) -> Error {
        let mut state = self.state();
        if state.epoch == epoch {
            state.cached = None;
            state.unsaved = None;
        }
        Error::NoGrant
    }

    /// Returns the grant that could not be saved, if the store still holds the grant that it
    /// replaces. Otherwise another process has stored a newer one.
    fn unsaved(&self, epoch: u64, stored: &StoredGrant) -> Option<Unsaved> {
        let mut state = self.state();
        if state.epoch != epoch {
            return None;
        }
        let is_next = |unsaved: &Unsaved| unsaved.replaces == stored.generation;
        state.unsaved = state.unsaved.take().filter(is_next);
        state.unsaved.clone()
    }

    /// Caches the stored grant, and returns it if it is usable.
    fn use_stored(
        &self,
        epoch: u64,
        stored: &Grant,
        rejected: Option<&Secret>,
    ) -> Option<CachedGrant> {
        let mut state = self.state();
        if state.epoch != epoch {
            return None;
        }
        // The same grant keeps its deadlines: the machine's clock may have been set back since.
        let known = state.cached.take().filter(|cached| cached.grant == *stored);
        let cached = known.unwrap_or_else(|| CachedGrant::new(stored.clone()));
        let usable = cached.is_fresh() && cached.is_not(rejected);
        state.cached = Some(cached.clone());
        usable.then_some(cached)
    }

    async fn send_refresh(
        &self,
        epoch: u64,
        old: StoredGrant,
    ) -> Result<Option<CachedGrant>, Error> {
        let StoredGrant { grant: old, generation: replaces } = old;
        let sent_token = old.refresh_token.clone().ok_or(Error::NoRefreshToken)?;
        if let Some(error) = self.state().rejection_of(&sent_token) {
            return Err(error);
        }
        match self.app.refresh(&old).await {
            Ok(grant) => {
                self.state().doubted = None;
                let cached = CachedGrant::new(grant);
                let unsaved = Unsaved { cached: cached.clone(), replaces };
                let is_saved = self.save(epoch, unsaved).await?.is_some();
                Ok(is_saved.then_some(cached))
            }
            Err(error) => Err(self.state().note_failure(sent_token, error)),
        }
    }

    /// Saves a grant before any call uses it. If this process ended without saving, the grant would
    /// be lost, and the server may accept the spent refresh token no longer. A grant that cannot be
    /// saved is kept for the next attempt.
    ///
    /// Returns `None` if the stored grant was replaced or removed in the meantime: then this grant
    /// must not be used.
    async fn save(&self, epoch: u64, unsaved: Unsaved) -> Result<Option<Generation>, Error> {
        let Unsaved { cached, replaces } = unsaved.clone();
        self.change(epoch, |state| state.unsaved = Some(unsaved));
        let saved = self.store.save(&cached.grant, SaveIf::Unchanged(&replaces)).await;
        match saved? {
            SaveOutcome::Saved(generation) => {
                let is_current = self.change(epoch, |state| {
                    state.unsaved = None;
                    state.cached = Some(cached);
                });
                Ok(is_current.then_some(generation))
            }
            SaveOutcome::Conflict => {
                self.change(epoch, |state| state.unsaved = None);
                Ok(None)
            }
        }
    }

    /// Makes another attempt to save the grant that could not be saved. Sends nothing.
    pub(super) async fn save_again(&self) -> Result<(), Error> {
        if self.state().unsaved.is_none() {
            return Ok(());
        }
        let lock = self.store.lock().await?;
        let result = self.save_again_locked().await;
        release(lock).await;
        result
    }

    async fn save_again_locked(&self) -> Result<(), Error> {
        let epoch = self.state().epoch;
        let stored = self.store.load().await?;
        if let Some(unsaved) = stored.and_then(|stored| self.unsaved(epoch, &stored)) {
            self.save(epoch, unsaved).await?;
        }
        Ok(())
    }
}

/// Releases a lock. If that fails, the store's time limit ends the lock.
pub(super) async fn release(lock: StoreLock) {
    match timeout(RELEASE, lock.release()).await {
        Ok(Ok(())) => {}
        Ok(Err(_)) => tracing::debug!("the lock of the token store was not released"),
        Err(_) => tracing::debug!("the lock of the token store was not released in time"),
    }
}
