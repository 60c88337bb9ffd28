//! Exchanges refresh tokens for new tokens.

use chatwork_api::operations::Scope;

use super::grant::GrantId;
use super::{Issued, OAuthRefusal, PresentedClient, scopes};
use crate::state::State;
use crate::world::RefreshTokens;

impl State {
    /// Exchanges a refresh token. A new one replaces it, unless the world keeps refresh tokens.
    pub(crate) fn refresh(
        &mut self,
        client: &PresentedClient<'_>,
        token: Option<&str>,
        scope: Option<&str>,
        now: i64,
    ) -> Result<Issued, OAuthRefusal> {
        let app = self.client(client)?;
        let token = token.ok_or_else(|| OAuthRefusal::missing("refresh_token"))?;
        let (id, granted) = self.refreshable(&app.client_id, token, now)?;
        let wanted = narrowed(granted, scope)?;
        let issued = match self.oauth.refresh {
            RefreshTokens::Rotate => {
                self.use_up(token);
                self.issue(id, &wanted, now)
            }
            RefreshTokens::Keep => self.issue_access_token(id, &wanted, now),
        };
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
            return Err(OAuthRefusal::grant("The refresh token is unknown for this client"));
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

/// The scopes of the new access token: at most those of the grant.
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
