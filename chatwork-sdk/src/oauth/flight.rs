//! One refresh at a time, whoever wants it, and whoever stops waiting.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chatwork_api::Secret;
use tokio::runtime::Handle;
use tokio::sync::watch;

use super::held::{Held, Rest};
use super::{App, Error, ErrorCode, Grant, TokenStore};

/// What the clones of a source share.
pub(super) struct Shared {
    pub(super) app: App,
    pub(super) store: Box<dyn TokenStore>,
    state: Mutex<State>,
}

#[derive(Default)]
pub(super) struct State {
    pub(super) held: Option<Held>,
    /// What a refresh gave and the store did not take, and the refresh token that it cost.
    pub(super) unsaved: Option<(Held, Secret)>,
    /// A refresh token that the server has refused, and how.
    pub(super) dead: Option<(Secret, Error)>,
    rest: Option<Rest>,
    flight: Option<Landing>,
}

impl State {
    /// How the server has refused a refresh token, if it has.
    pub(super) fn refusal_of(&self, token: &Secret) -> Option<Error> {
        let (dead, error) = self.dead.as_ref()?;
        (dead == token).then(|| error.clone())
    }

    /// The token in memory, if it will do. To who has been refused, any other one is news.
    fn token(&self, refused: Option<&Secret>) -> Option<Secret> {
        let held = self.held.as_ref().filter(|held| held.is_not(refused))?;
        let will_do = held.is_fresh() || (refused.is_some() && held.lives());
        (will_do && self.unsaved.is_none()).then(|| held.grant.access_token.clone())
    }
}

/// Where all who wait for a refresh hear of it.
type Landing = watch::Receiver<Option<Result<Secret, Error>>>;

/// What there is without waiting.
enum Ready {
    Token(Secret),
    Failed(Error),
    /// A refresh is under way.
    Wait(Landing),
    /// A refresh is needed, and nobody else has begun it.
    Begin(Flight, Landing),
}

impl Shared {
    pub(super) fn new(app: App, store: Box<dyn TokenStore>) -> Self {
        Self { app, store, state: Mutex::default() }
    }

    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A token that is good, and not the one that was refused.
    pub(super) async fn token(self: &Arc<Self>, refused: Option<&Secret>) -> Result<Secret, Error> {
        let mut result = self.next(refused).await;
        if matches!(&result, Ok(token) if refused == Some(token)) {
            // It was under way for somebody else, who did not know of the refusal.
            result = self.next(refused).await;
        }
        result.or_else(|error| self.despite(error, refused))
    }

    /// The token in memory, or the one that a refresh gives.
    async fn next(self: &Arc<Self>, refused: Option<&Secret>) -> Result<Secret, Error> {
        let landing = match self.ready(refused) {
            Ready::Token(token) => return Ok(token),
            Ready::Failed(error) => return Err(error),
            Ready::Wait(landing) => landing,
            Ready::Begin(flight, landing) => {
                flight.take_off(refused.cloned())?;
                landing
            }
        };
        wait(landing).await
    }

    fn ready(self: &Arc<Self>, refused: Option<&Secret>) -> Ready {
        let mut state = self.state();
        if let Some(token) = state.token(refused) {
            return Ready::Token(token);
        }
        if let Some(landing) = &state.flight {
            return Ready::Wait(landing.clone());
        }
        if let Some(rest) = state.rest.as_ref().filter(|rest| rest.lasts()) {
            return Ready::Failed(rest.error.clone());
        }
        let (sender, landing) = watch::channel(None);
        state.flight = Some(landing.clone());
        Ready::Begin(Flight { shared: Arc::clone(self), sender }, landing)
    }

    /// The old token, if a new one cannot be had and the old one has not ended yet.
    fn despite(&self, error: Error, refused: Option<&Secret>) -> Result<Secret, Error> {
        let state = self.state();
        let held = state.held.as_ref().filter(|held| held.lives() && held.is_not(refused));
        match held.filter(|_| state.unsaved.is_none()) {
            Some(held) => Ok(held.grant.access_token.clone()),
            None => Err(error),
        }
    }

    /// Puts a new grant in the place of the old one, in a task of its own: who stops waiting halfway
    /// would otherwise let go of the lock while the store is still being written.
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
        *state =
            State { held: Some(Held::of(grant)), flight: state.flight.take(), ..State::default() };
        drop(lock);
        Ok(())
    }
}

/// A refresh under way. Dropped without having landed, with its runtime for example, it makes room
/// for the next one.
struct Flight {
    shared: Arc<Shared>,
    sender: watch::Sender<Option<Result<Secret, Error>>>,
}

impl Flight {
    /// Begins in a task of its own: whoever waits may stop waiting. A runtime that is ending drops
    /// the task at once, so no lock may be held here.
    fn take_off(self, refused: Option<Secret>) -> Result<(), Error> {
        let runtime = Handle::try_current().map_err(|_| Error::Runtime)?;
        runtime.spawn(async move {
            let result = self.shared.renew(refused.as_ref()).await;
            if let Err(error) = &result {
                tell(error);
            }
            self.land(result);
        });
        Ok(())
    }

    fn land(&self, result: Result<Held, Error>) {
        let mut state = self.shared.state();
        state.flight = None;
        state.rest = match &result {
            Ok(_) => None,
            // Nothing was sent, or nothing will be: a new consent is to help at once.
            Err(error) if error.is_consent_needed() => None,
            Err(error) => Some(Rest::after(error.clone(), state.rest.as_ref())),
        };
        let token = result.map(|held| held.grant.access_token);
        // Nobody may be waiting any more. It has landed all the same: this drop makes no room, which
        // somebody else's refresh could have taken by then.
        self.sender.send_replace(Some(token));
    }
}

impl Drop for Flight {
    fn drop(&mut self) {
        if self.sender.borrow().is_none() {
            self.shared.state().flight = None;
        }
    }
}

/// What a log gets to see of a refresh that failed: nothing that the server wrote itself. That a
/// person has to consent again is no fault.
fn tell(error: &Error) {
    let status = error.status().map(|status| status.as_u16());
    let code = error.code().filter(|code| !matches!(code, ErrorCode::Other(_)));
    let code = code.map(ErrorCode::as_str);
    if error.is_consent_needed() {
        tracing::debug!(status, code, "a new consent is needed");
    } else {
        tracing::warn!(status, code, "the tokens were not refreshed");
    }
}

async fn wait(mut landing: Landing) -> Result<Secret, Error> {
    match landing.wait_for(Option::is_some).await {
        Ok(landed) => landed.clone().unwrap_or(Err(Error::Runtime)),
        // The runtime of the refresh has ended.
        Err(_) => Err(Error::Runtime),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::oauth::MemoryStore;

    #[test]
    fn a_refresh_for_which_nobody_waits_any_more_has_landed_all_the_same() {
        let app = App::builder("a").build().unwrap();
        let shared = Arc::new(Shared::new(app, Box::new(MemoryStore::default())));
        let Ready::Begin(flight, landing) = shared.ready(None) else { panic!("it is the first") };
        let sender = flight.sender.clone();
        drop(landing);
        flight.land(Err(Error::NoGrant));
        assert!(sender.borrow().is_some() && shared.state().flight.is_none());
    }
}
