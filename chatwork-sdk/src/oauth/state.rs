//! The state of a source: the cached grant, and the refresh that is running.
//!
//! Refreshes are single-flight: if a refresh is running, every call that needs a token waits for
//! its result.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chatwork_api::Secret;
use tokio::runtime::Handle;

use super::backoff::Backoff;
use super::cached_grant::CachedGrant;
use super::limited_store::LimitedStore;
use super::refresh_task::{self, RefreshReceiver, RefreshTask};
use super::rejection::RejectionBackoff;
use super::running::RunningTasks;
use super::{App, Error, Generation, Grant, SaveIf, TokenStore};

/// What the clones of a source share.
pub(super) struct Shared {
    pub(super) app: App,
    pub(super) store: LimitedStore,
    pub(super) tasks: RunningTasks,
    state: Mutex<State>,
}

#[derive(Default)]
pub(super) struct State {
    /// Counts consents and sign-outs. A refresh that started in an older epoch changes nothing
    /// here.
    pub(super) epoch: u64,
    pub(super) cached: Option<CachedGrant>,
    /// A grant that a refresh returned and that the store could not save.
    pub(super) unsaved: Option<Unsaved>,
    /// The refresh token that the server rejected, and the error.
    pub(super) rejected: Option<(Secret, Error)>,
    /// The refresh token to which the server has returned an empty 400 or 401 once.
    pub(super) doubted: Option<Secret>,
    pub(super) backoff: Option<Backoff>,
    pub(super) rejection_backoff: Option<RejectionBackoff>,
    /// The refresh that is running.
    pub(super) running: Option<RefreshReceiver>,
}

/// A grant that is not in the store yet.
#[derive(Clone)]
pub(super) struct Unsaved {
    pub(super) cached: CachedGrant,
    /// The stored generation whose refresh token was sent for this grant. The server may accept
    /// that refresh token no longer.
    pub(super) replaces: Generation,
}

impl State {
    /// Returns the error with which the server rejected this refresh token, if it did.
    pub(super) fn rejection_of(&self, token: &Secret) -> Option<Error> {
        let (rejected, error) = self.rejected.as_ref()?;
        (rejected == token).then(|| error.clone())
    }

    /// Notes that a refresh failed. Returns the error that the calls get.
    pub(super) fn note_failure(&mut self, token: Secret, error: Error) -> Error {
        let error = match error.is_empty_refusal() {
            // The backoff was between the two.
            true if self.doubted.as_ref() == Some(&token) => error.repeated(),
            true => {
                self.doubted = Some(token.clone());
                error
            }
            false => error,
        };
        if error.is_consent_needed() {
            self.rejected = Some((token, error.clone()));
        }
        error
    }

    /// Returns `true` if a refresh would not help: the API has rejected the token that replaced
    /// another rejected one shortly before.
    fn is_rejected_again(&self, rejected: Option<&Secret>) -> bool {
        let is_active = self.rejection_backoff.as_ref().is_some_and(RejectionBackoff::is_active);
        is_active && self.cached.as_ref().is_some_and(|cached| !cached.is_not(rejected))
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
    /// The API has rejected a new token: refreshing it again would not help.
    Rejected,
    /// Another call has started a refresh.
    Wait(RefreshReceiver),
    /// A refresh is needed, and this call has to start it.
    Start(RefreshTask, RefreshReceiver),
}

impl Shared {
    pub(super) fn new(app: App, store: Box<dyn TokenStore>) -> Self {
        let store = LimitedStore::new(store);
        Self { app, store, tasks: RunningTasks::default(), state: Mutex::default() }
    }

    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes the state, unless a consent or a sign-out came in between. Returns whether it did.
    pub(super) fn change(&self, epoch: u64, change: impl FnOnce(&mut State)) -> bool {
        let mut state = self.state();
        let is_current = state.epoch == epoch;
        if is_current {
            change(&mut state);
        }
        is_current
    }

    /// Returns a valid token.
    pub(super) async fn token(self: &Arc<Self>) -> Result<Secret, Error> {
        let result = match self.next(None).await {
            Ok(Some(token)) => Ok(token),
            Ok(None) => Err(Error::NoGrant),
            Err(error) => Err(error),
        };
        result.or_else(|error| self.fall_back(error, None))
    }

    /// Handles a token that the API rejected. Returns `true` if there is another one now.
    pub(super) async fn replace_rejected(
        self: &Arc<Self>,
        rejected: &Secret,
    ) -> Result<bool, Error> {
        let mut result = self.next(Some(rejected)).await;
        if matches!(&result, Ok(Some(token)) if token == rejected) {
            // Another call started that refresh and did not know of the rejection.
            result = self.next(Some(rejected)).await;
        }
        match result {
            Ok(token) => Ok(token.is_some()),
            Err(error) => self.fall_back(error, Some(rejected)).map(|_| true),
        }
    }

    /// Returns the cached token, or the token that a refresh returns. `None` if the API has
    /// rejected new tokens, too.
    async fn next(self: &Arc<Self>, rejected: Option<&Secret>) -> Result<Option<Secret>, Error> {
        let receiver = match self.ready(rejected) {
            Ready::Token(token) => return Ok(Some(token)),
            Ready::Failed(error) => return Err(error),
            Ready::Rejected => return Ok(None),
            Ready::Wait(receiver) => receiver,
            Ready::Start(task, receiver) => {
                task.spawn()?;
                receiver
            }
        };
        refresh_task::wait(receiver).await.map(Some)
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
        if state.is_rejected_again(rejected) {
            return Ready::Rejected;
        }
        let (task, receiver) = RefreshTask::new(Arc::clone(self), state.epoch, rejected);
        state.running = Some(receiver.clone());
        Ready::Start(task, receiver)
    }

    /// Returns the cached token after a refresh that failed, if that token is still valid. Also if
    /// the refresh succeeded and its grant cannot be saved: the old token does no harm.
    fn fall_back(&self, error: Error, rejected: Option<&Secret>) -> Result<Secret, Error> {
        let state = self.state();
        let usable = |cached: &&CachedGrant| cached.is_valid() && cached.is_not(rejected);
        match state.cached.as_ref().filter(usable) {
            Some(cached) => Ok(cached.grant.access_token.clone()),
            None => Err(error),
        }
    }

    /// Replaces the grant by a new consent, or removes it. A refresh that is running does not
    /// change it again: the store refuses its save, and [`State::epoch`] its change of the state.
    pub(super) async fn replace(self: &Arc<Self>, grant: Option<Grant>) -> Result<(), Error> {
        let shared = Arc::clone(self);
        self.in_task(async move { shared.put(grant).await }).await
    }

    /// Waits for the running tasks, and saves what could not be saved.
    pub(super) async fn settle(self: &Arc<Self>) -> Result<(), Error> {
        self.tasks.wait().await;
        let shared = Arc::clone(self);
        self.in_task(async move { shared.save_again().await }).await
    }

    /// Runs work in a task of its own, so it ends even if the caller is dropped.
    async fn in_task(
        &self,
        work: impl Future<Output = Result<(), Error>> + Send + 'static,
    ) -> Result<(), Error> {
        let runtime = Handle::try_current().map_err(|_| Error::Runtime)?;
        let running = self.tasks.start();
        let task = runtime.spawn(async move {
            let result = work.await;
            drop(running);
            result
        });
        task.await.unwrap_or(Err(Error::Runtime))
    }

    async fn put(&self, grant: Option<Grant>) -> Result<(), Error> {
        match &grant {
            Some(grant) => self.store.save(grant, SaveIf::Always).await.map(drop)?,
            None => self.store.remove().await?,
        }
        let mut state = self.state();
        let epoch = state.epoch + 1;
        *state = State { epoch, cached: grant.map(CachedGrant::new), ..State::default() };
        Ok(())
    }
}
