//! Grants in a saved state. Codes are not saved: they are valid for a minute.

use super::OAuth;
#[cfg(feature = "workbench")]
use super::grant::{Grant, RefreshToken};
#[cfg(feature = "workbench")]
use crate::state::credential::CredentialId;
use crate::state::saved;

impl OAuth {
    /// The grants in the order in which they were given.
    pub(in crate::state) fn saved(&self) -> Vec<saved::Grant> {
        let mut grants: Vec<_> = self.grants.iter().collect();
        grants.sort_by_key(|(id, _)| **id);
        let saved = grants.into_iter().map(|(id, grant)| {
            let of_grant = self.refresh_tokens.iter().filter(|(_, token)| token.grant == *id);
            let mut tokens: Vec<_> = of_grant.collect();
            // A used one at its place in the order of use, the usable ones after them.
            let place = |text: &String| grant.used.iter().position(|used| used == text);
            tokens.sort_by_key(|(text, _)| (place(text).unwrap_or(usize::MAX), *text));
            saved::Grant {
                id: id.0,
                client_id: grant.client_id.clone(),
                account_id: grant.account,
                scopes: grant.scopes.iter().map(|scope| scope.as_str().to_owned()).collect(),
                refresh_tokens: tokens
                    .into_iter()
                    .map(|(text, token)| saved::RefreshToken {
                        token: text.clone(),
                        expires: token.expires,
                        used: token.used,
                    })
                    .collect(),
            }
        });
        saved.collect()
    }

    /// Adds a grant of a saved state, with its access tokens.
    #[cfg(feature = "workbench")]
    pub(in crate::state) fn restore<'a>(
        &mut self,
        grant: &saved::Grant,
        access: impl Iterator<Item = &'a saved::Token>,
    ) {
        let id = CredentialId(grant.id);
        let mut access: Vec<_> =
            access.map(|it| (it.expires.unwrap_or(i64::MAX), it.token.clone())).collect();
        access.sort();
        for token in &grant.refresh_tokens {
            let known = RefreshToken { grant: id, expires: token.expires, used: token.used };
            self.refresh_tokens.insert(token.token.clone(), known);
        }
        let used = grant.refresh_tokens.iter().filter(|token| token.used);
        let restored = Grant {
            client_id: grant.client_id.clone(),
            account: grant.account_id,
            scopes: grant.scopes.iter().filter_map(|scope| scope.parse().ok()).collect(),
            access_tokens: access.into(),
            used: used.map(|token| token.token.clone()).collect(),
        };
        self.grants.insert(id, restored);
    }
}
