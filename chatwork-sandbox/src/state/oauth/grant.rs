//! Grants and their tokens.

use std::collections::VecDeque;

use chatwork_api::operations::Scope;
use chatwork_api::types::AccountId;

use super::jwt::{self, Claims};
use super::{ACCESS_VALIDITY, REFRESH_VALIDITY, joined};
use crate::state::State;
use crate::state::credential::{Access, CredentialId};

/// How long an expired access token is kept, in seconds.
const KEPT: i64 = 24 * 60 * 60;
/// How many used refresh tokens of a grant are kept.
const USED: usize = 100;

/// One consent of one account. All its access tokens share the cursor of `force`.
pub(super) type GrantId = CredentialId;

/// One consent of one account.
#[derive(Clone)]
pub(super) struct Grant {
    pub(super) client_id: String,
    pub(super) account: AccountId,
    pub(super) scopes: Vec<Scope>,
    /// Its access tokens with the times from which on they are expired, oldest first.
    pub(super) access_tokens: VecDeque<(i64, String)>,
    /// Its used refresh tokens, oldest first.
    pub(super) used: VecDeque<String>,
}

/// An issued refresh token.
#[derive(Clone)]
pub(super) struct RefreshToken {
    pub(super) grant: GrantId,
    pub(super) expires: Option<i64>,
    /// Whether a newer one replaces it.
    pub(super) used: bool,
}

/// New tokens.
#[derive(Clone)]
pub(crate) struct Issued {
    pub(crate) access_token: String,
    /// `None` if the refresh token stays the same.
    pub(crate) refresh_token: Option<String>,
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
        let (access_tokens, used) = (VecDeque::new(), VecDeque::new());
        let client_id = client_id.to_owned();
        let grant = Grant { client_id, account, scopes, access_tokens, used };
        self.oauth.grants.insert(id, grant);
        id
    }

    /// Issues an access token and a refresh token; `None` if the grant was revoked.
    pub(super) fn issue(&mut self, id: GrantId, scopes: &[Scope], now: i64) -> Option<Issued> {
        let mut issued = self.issue_access_token(id, scopes, now)?;
        let lasts = self.oauth.grants.get(&id)?.scopes.contains(&Scope::OfflineAccess);
        let expires = (!lasts).then(|| now.saturating_add(REFRESH_VALIDITY));
        let refresh_token = self.oauth.opaque.next("refresh");
        let known = RefreshToken { grant: id, expires, used: false };
        self.oauth.refresh_tokens.insert(refresh_token.clone(), known);
        issued.refresh_token = Some(refresh_token);
        Some(issued)
    }

    /// Issues an access token alone.
    pub(super) fn issue_access_token(
        &mut self,
        id: GrantId,
        scopes: &[Scope],
        now: i64,
    ) -> Option<Issued> {
        let grant = self.oauth.grants.get_mut(&id)?;
        let expires = now.saturating_add(ACCESS_VALIDITY);
        let names: Vec<_> = scopes.iter().map(|scope| scope.as_str()).collect();
        let (client_id, account) = (grant.client_id.as_str(), grant.account);
        let claims = Claims { client_id, account: account.0, scope: &names, expires };
        let access_token = jwt::token(&claims, &mut self.oauth.opaque);
        grant.access_tokens.push_back((expires, access_token.clone()));
        // A token is kept for a day after its end, so that it is refused as expired.
        while grant.access_tokens.front().is_some_and(|(end, _)| end.saturating_add(KEPT) < now) {
            let dropped = grant.access_tokens.pop_front();
            dropped.into_iter().for_each(|(_, token)| self.credentials.remove(&token));
        }
        let access = Access::Scopes { scopes: scopes.to_vec(), expires: Some(expires) };
        self.credentials.add_as(id, access_token.clone(), account, access);
        let scope = joined(scopes);
        Some(Issued { access_token, refresh_token: None, expires_in: ACCESS_VALIDITY, scope })
    }

    /// Marks a refresh token as used. The newest used ones are kept, so that they are refused as
    /// used; older ones are refused as unknown.
    pub(super) fn use_up(&mut self, token: &str) {
        let Some(known) = self.oauth.refresh_tokens.get_mut(token) else {
            return;
        };
        known.used = true;
        let Some(grant) = self.oauth.grants.get_mut(&known.grant) else {
            return;
        };
        grant.used.push_back(token.to_owned());
        if grant.used.len() > USED
            && let Some(oldest) = grant.used.pop_front()
        {
            self.oauth.refresh_tokens.remove(&oldest);
        }
    }

    /// Ends a grant with all its tokens.
    pub(super) fn end_grant(&mut self, id: GrantId) {
        let Some(grant) = self.oauth.grants.remove(&id) else {
            return;
        };
        for (_, token) in &grant.access_tokens {
            self.credentials.remove(token);
        }
        self.oauth.refresh_tokens.retain(|_, token| token.grant != id);
    }

    /// Revokes what an account has granted to an app. Returns whether there was a grant.
    pub(crate) fn revoke(&mut self, client_id: &str, account: AccountId) -> bool {
        let of_both = |grant: &Grant| grant.client_id == client_id && grant.account == account;
        let grants = self.oauth.grants.iter().filter(|(_, grant)| of_both(grant));
        let ids: Vec<_> = grants.map(|(id, _)| *id).collect();
        ids.iter().for_each(|id| self.end_grant(*id));
        !ids.is_empty()
    }
}
