//! One refresh: what is looked at, what is sent, what is saved, in which order.

use chatwork_api::Secret;

use super::flight::Shared;
use super::held::Held;
use super::{Error, Grant};

impl Shared {
    /// The next grant: that of another process, or that of a refresh.
    pub(super) async fn renew(&self, refused: Option<&Secret>) -> Result<Held, Error> {
        let (begun, unsaved) = {
            let state = self.state();
            (state.held.is_some(), state.unsaved.is_some())
        };
        if !begun && !unsaved {
            // At the start the tokens may be good as they are: no lock is needed to see that.
            let stored = self.load().await?;
            if let Some(held) = self.take_over(stored.as_ref(), refused) {
                return Ok(held);
            }
        }
        let lock = self.store.lock().await.map_err(Error::store)?;
        let result = self.renew_alone(refused).await;
        drop(lock);
        result
    }

    /// The same, while nobody else refreshes.
    async fn renew_alone(&self, refused: Option<&Secret>) -> Result<Held, Error> {
        let stored = self.load().await?;
        let unsaved = self.state().unsaved.clone();
        if let Some((held, cost)) = unsaved {
            if stored.as_ref().and_then(|stored| stored.refresh_token.as_ref()) == Some(&cost) {
                let held = self.save(held, cost).await?;
                if held.is_fresh() && held.is_not(refused) {
                    return Ok(held);
                }
                return self.refresh(held.grant).await;
            }
            // Somebody else has stored newer ones in the meantime.
            self.state().unsaved = None;
        }
        if let Some(held) = self.take_over(stored.as_ref(), refused) {
            return Ok(held);
        }
        self.refresh(stored.ok_or(Error::NoGrant)?).await
    }

    /// What somebody else has stored, if it will do.
    fn take_over(&self, stored: Option<&Grant>, refused: Option<&Secret>) -> Option<Held> {
        let stored = stored?;
        // What is known already keeps its times: the machine's clock may have been set back since.
        let known = self.state().held.clone().filter(|held| held.grant == *stored);
        let held = known.unwrap_or_else(|| Held::of(stored.clone()));
        let will_do = held.is_fresh() && held.is_not(refused);
        self.state().held = Some(held.clone());
        will_do.then_some(held)
    }

    async fn refresh(&self, old: Grant) -> Result<Held, Error> {
        let cost = old.refresh_token.clone().ok_or(Error::NoRefreshToken)?;
        if let Some(error) = self.state().refusal_of(&cost) {
            return Err(error);
        }
        let held = match self.app.refresh(&old).await {
            Ok(grant) => Held::of(grant),
            Err(error) => {
                if error.is_consent_needed() {
                    self.state().dead = Some((cost, error.clone()));
                }
                return Err(error);
            }
        };
        self.save(held, cost).await
    }

    /// Nobody gets tokens that are not stored: if this process died, they would be lost, and the
    /// old refresh token is good no longer. What cannot be stored is kept for the next attempt.
    async fn save(&self, held: Held, cost: Secret) -> Result<Held, Error> {
        self.state().unsaved = Some((held.clone(), cost));
        self.store.save(&held.grant).await.map_err(Error::store)?;
        let mut state = self.state();
        state.unsaved = None;
        state.held = Some(held.clone());
        Ok(held)
    }

    async fn load(&self) -> Result<Option<Grant>, Error> {
        self.store.load().await.map_err(Error::store)
    }
}
