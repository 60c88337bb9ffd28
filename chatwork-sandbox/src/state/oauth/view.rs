//! What the accounts have allowed, without tokens.

use chatwork_api::types::AccountId;
use serde::Serialize;

use super::State;

/// A consent of an account to an app.
#[derive(Debug, PartialEq, Serialize)]
pub(crate) struct ShownGrant {
    client_id: String,
    /// The name of the app.
    app: String,
    account_id: AccountId,
    scopes: Vec<&'static str>,
    /// When the newest refresh token expires, in Unix seconds; `None` if it does not.
    expires: Option<i64>,
}

impl State {
    /// The consents in the order in which they were given.
    pub(crate) fn grants(&self) -> Vec<ShownGrant> {
        let mut grants: Vec<_> = self.oauth.grants.iter().collect();
        grants.sort_by_key(|(id, _)| **id);
        let shown = grants.into_iter().map(|(id, grant)| {
            let tokens = self.oauth.refresh_tokens.values();
            let usable = tokens.filter(|token| token.grant == *id && !token.used);
            let app = self.oauth.app(&grant.client_id);
            ShownGrant {
                client_id: grant.client_id.clone(),
                app: app.map_or_else(String::new, |app| app.name.clone()),
                account_id: grant.account,
                scopes: grant.scopes.iter().map(|scope| scope.as_str()).collect(),
                expires: usable.filter_map(|token| token.expires).max(),
            }
        });
        shown.collect()
    }
}
