//! What an app was given, and the tokens of it.

use chatwork_api::operations::Scope;
use chatwork_api::types::AccountId;

use super::{ACCESS_LIFE, REFRESH_LIFE, joined};
use crate::state::State;
use crate::state::credential::{Access, CredentialId};

/// One consent of one account. All its access tokens share its cursor.
pub(super) type GrantId = CredentialId;

/// One consent of one account.
#[derive(Clone)]
pub(super) struct Grant {
    pub(super) client_id: String,
    pub(super) account: AccountId,
    pub(super) scopes: Vec<Scope>,
    /// All access tokens that it has had.
    access_tokens: Vec<String>,
}

/// A refresh token that was given.
#[derive(Clone)]
pub(super) struct RefreshToken {
    pub(super) grant: GrantId,
    pub(super) expires: Option<i64>,
    /// Whether there is a newer one in its place.
    pub(super) used: bool,
}

/// Tokens that have just been made.
#[derive(Clone)]
pub(crate) struct Issued {
    pub(crate) access_token: String,
    pub(crate) refresh_token: String,
    pub(crate) expires_in: i64,
    pub(crate) scope: String,
}

impl State {
    pub(super) fn begin_grant(
        &mut self,
        client_id: &str,
        account: AccountId,
        scopes: Vec<Scope>,
    ) -> GrantId {
        let id = self.credentials.next_id();
        let client_id = client_id.to_owned();
        let grant = Grant { client_id, account, scopes, access_tokens: Vec::new() };
        self.oauth.grants.insert(id, grant);
        id
    }

    /// Makes new tokens for a grant; none if there is no such one any more.
    pub(super) fn issue(&mut self, id: GrantId, scopes: &[Scope], now: i64) -> Option<Issued> {
        let grant = self.oauth.grants.get_mut(&id)?;
        let access_token = self.oauth.opaque.next("access");
        grant.access_tokens.push(access_token.clone());
        let access = Access::Scopes {
            scopes: scopes.to_vec(),
            expires: Some(now.saturating_add(ACCESS_LIFE)),
        };
        self.credentials.add_as(id, access_token.clone(), grant.account, access);
        let lasts = grant.scopes.contains(&Scope::OfflineAccess);
        let expires = (!lasts).then(|| now.saturating_add(REFRESH_LIFE));
        let refresh_token = self.oauth.opaque.next("refresh");
        let known = RefreshToken { grant: id, expires, used: false };
        self.oauth.refresh_tokens.insert(refresh_token.clone(), known);
        let scope = joined(scopes);
        Some(Issued { access_token, refresh_token, expires_in: ACCESS_LIFE, scope })
    }

    /// Takes a consent back, with all its tokens.
    pub(super) fn end_grant(&mut self, id: GrantId) {
        let Some(grant) = self.oauth.grants.remove(&id) else {
            return;
        };
        for token in &grant.access_tokens {
            self.credentials.remove(token);
        }
        self.oauth.refresh_tokens.retain(|_, token| token.grant != id);
    }

    /// Takes back what an account has allowed an app; says whether there was anything.
    pub(crate) fn revoke(&mut self, client_id: &str, account: AccountId) -> bool {
        let of_both = |grant: &Grant| grant.client_id == client_id && grant.account == account;
        let grants = self.oauth.grants.iter().filter(|(_, grant)| of_both(grant));
        let ids: Vec<_> = grants.map(|(id, _)| *id).collect();
        ids.iter().for_each(|id| self.end_grant(*id));
        !ids.is_empty()
    }
}
