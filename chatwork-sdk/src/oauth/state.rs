//! The state of a source: the cached grant, and the refresh that is running.
//!
//! Refreshes are single-flight: if a refresh is running, every call that needs a token waits for
//! its result.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chatwork_api::Secret;
use tokio::runtime::Handle;

use super::backoff::Backoff;
use super::cached_grant::CachedGrant;
use super::refresh_task::{self, RefreshReceiver, RefreshTask};
use super::{App, Error, Grant, TokenStore};

/// What the clones of a source share.
pub(super) struct Shared {
    pub(super) app: App,
    pub(super) store: Box<dyn TokenStore>,
    state: Mutex<State>,
}

#[derive(Default)]
pub(super) struct State {
    pub(super) cached: Option<CachedGrant>,
    /// A grant that a refresh returned and that the store could not save.
    pub(super) unsaved: Option<Unsaved>,
    /// The refresh token that the server rejected, and the error.
    pub(super) rejected: Option<(Secret, Error)>,
    pub(super) backoff: Option<Backoff>,
    /// The refresh that is running.
    pub(super) running: Option<RefreshReceiver>,
}

/// A grant that is not in the store yet.
#[derive(Clone)]
pub(super) struct Unsaved {
    pub(super) cached: CachedGrant,
    /// The refresh token that was sent for this grant. The server may accept it no longer.
    pub(super) spent_token: Secret,
}

impl State {
    /// Returns the error with which the server rejected this refresh token, if it did.
    pub(super) fn rejection_of(&self, token: &Secret) -> Option<Error> {
        let (rejected, error) = self.rejected.as_ref()?;
        (rejected == token).then(|| error.clone())
    }

    /// Returns the cached token if it is usable. After a 401, any token except the rejected one is
    /// usable.
    fn token(&self, rejected: Option<&Secret>) -> Option<Secret> {
        let cached = self.cached.as_ref().filter(|cached| cached.is_not(rejected))?;
        let usable = cached.is_fresh() || (rejected.is_some() && cached.is_valid());
        (usable && self.unsaved.is_none()).then(|| cached.grant.access_token.clone())
    }
}

/// What is known without waiting.
pub(super) enum Ready {
    Token(Secret),
    Failed(Error),
    /// Another call has started a refresh.
    Wait(RefreshReceiver),
    /// A refresh is needed, and this call has to start it.
    Start(RefreshTask, RefreshReceiver),
}

impl Shared {
    pub(super) fn new(app: App, store: Box<dyn TokenStore>) -> Self {
        Self { app, store, state: Mutex::default() }
    }

    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns a valid token that is not the rejected one.
    pub(super) async fn token(
        self: &Arc<Self>,
        rejected: Option<&Secret>,
    ) -> Result<Secret, Error> {
        let mut result = self.next(rejected).await;
        if matches!(&result, Ok(token) if rejected == Some(token)) {
            // Another call started that refresh and did not know of the rejection.
            result = self.next(rejected).await;
        }
        result.or_else(|error| self.fall_back(error, rejected))
    }

    /// Returns the cached token, or the token that a refresh returns.
    async fn next(self: &Arc<Self>, rejected: Option<&Secret>) -> Result<Secret, Error> {
        let receiver = match self.ready(rejected) {
            Ready::Token(token) => return Ok(token),
            Ready::Failed(error) => return Err(error),
            Ready::Wait(receiver) => receiver,
            Ready::Start(task, receiver) => {
                task.spawn(rejected.cloned())?;
                receiver
            }
        };
        refresh_task::wait(receiver).await
    }

    pub(super) fn ready(self: &Arc<Self>, rejected: Option<&Secret>) -> Ready {
        let mut state = self.state();
        if let Some(token) = state.token(rejected) {
            return Ready::Token(token);
        }
        if let Some(receiver) = &state.running {
            return Ready::Wait(receiver.clone());
        }
        if let Some(backoff) = state.backoff.as_ref().filter(|backoff| backoff.is_active()) {
            return Ready::Failed(backoff.error.clone());
        }
        let (task, receiver) = RefreshTask::new(Arc::clone(self));
        state.running = Some(receiver.clone());
        Ready::Start(task, receiver)
    }

    /// Returns the cached token after a refresh that failed, if that token is still valid.
    fn fall_back(&self, error: Error, rejected: Option<&Secret>) -> Result<Secret, Error> {
        let state = self.state();
        let usable = |cached: &&CachedGrant| cached.is_valid() && cached.is_not(rejected);
        match state.cached.as_ref().filter(usable).filter(|_| state.unsaved.is_none()) {
            Some(cached) => Ok(cached.grant.access_token.clone()),
            None => Err(error),
        }
    }

    /// Replaces the grant, in a task of its own. If the caller is dropped, the task still holds the
    /// lock until the store has saved.
    pub(super) async fn replace(self: &Arc<Self>, grant: Grant) -> Result<(), Error> {
        let runtime = Handle::try_current().map_err(|_| Error::Runtime)?;
        let shared = Arc::clone(self);
        let task = runtime.spawn(async move { shared.put(grant).await });
        task.await.unwrap_or(Err(Error::Runtime))
    }

    async fn put(&self, grant: Grant) -> Result<(), Error> {
        let lock = self.store.lock().await.map_err(Error::store)?;
        self.store.save(&grant).await.map_err(Error::store)?;
        let mut state = self.state();
        let running = state.running.take();
        *state = State { cached: Some(CachedGrant::new(grant)), running, ..State::default() };
        drop(lock);
        Ok(())
    }
}
