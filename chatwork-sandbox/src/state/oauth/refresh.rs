//! A refresh token is turned into new tokens.

use chatwork_api::operations::Scope;

use super::grant::GrantId;
use super::{Issued, OAuthRefusal, Presented, scopes};
use crate::state::State;

impl State {
    /// The tokens for a refresh token, which is good once: there is a new one in its place.
    pub(crate) fn refresh(
        &mut self,
        client: &Presented<'_>,
        token: Option<&str>,
        scope: Option<&str>,
        now: i64,
    ) -> Result<Issued, OAuthRefusal> {
        let app = self.client(client)?;
        let token = token.ok_or_else(|| OAuthRefusal::missing("refresh_token"))?;
        let (id, granted) = self.refreshable(&app.client_id, token, now)?;
        let wanted = narrowed(granted, scope)?;
        if let Some(known) = self.oauth.refresh_tokens.get_mut(token) {
            known.used = true;
        }
        let issued = self.issue(id, &wanted, now);
        issued.ok_or_else(|| OAuthRefusal::grant("The grant was revoked"))
    }

    fn refreshable(
        &self,
        client_id: &str,
        token: &str,
        now: i64,
    ) -> Result<(GrantId, Vec<Scope>), OAuthRefusal> {
        let known = self.oauth.refresh_tokens.get(token);
        let found = known.and_then(|known| {
            let grant = self.oauth.grants.get(&known.grant)?;
            (grant.client_id == client_id).then_some((known, grant))
        });
        let Some((known, grant)) = found else {
            return Err(OAuthRefusal::grant("There is no such refresh token for this client"));
        };
        if known.used {
            return Err(OAuthRefusal::grant("The refresh token was used before"));
        }
        if known.expires.is_some_and(|expires| expires <= now) {
            return Err(OAuthRefusal::grant("The refresh token expired"));
        }
        Ok((known.grant, grant.scopes.clone()))
    }
}

/// What the new access token is for: no more than was granted.
fn narrowed(granted: Vec<Scope>, asked: Option<&str>) -> Result<Vec<Scope>, OAuthRefusal> {
    let asked = scopes(asked.unwrap_or_default())?;
    if asked.is_empty() {
        return Ok(granted);
    }
    match asked.iter().find(|scope| !granted.contains(scope)) {
        Some(scope) => Err(OAuthRefusal::scope(&format!("{scope} was not granted"))),
        None => Ok(asked),
    }
}
