//! OAuth 2.0: registered apps, codes, grants. Every check is here; `http/oauth` only reads and writes
//! HTTP.

mod authorize;
mod client;
mod exchange;
mod grant;
mod jwt;
mod opaque;
mod pkce;
mod redirect;
mod refresh;
mod refusal;
mod saved;
#[cfg(feature = "page")]
mod view;

pub(crate) use authorize::{Ask, AskRefusal, Asked};
pub(crate) use client::PresentedClient;
pub(crate) use exchange::CodeForm;
pub(crate) use grant::Issued;
pub(crate) use refusal::OAuthRefusal;

use std::collections::HashMap;
use std::fmt;

use authorize::Code;
use chatwork_api::operations::Scope;
use grant::{Grant, GrantId, RefreshToken};
use opaque::Opaque;

use super::State;
use crate::world::{AppSeed, RefreshTokens};

/// How long a code is valid, in seconds.
const CODE_VALIDITY: i64 = 60;
/// How long an access token is valid, in seconds.
const ACCESS_VALIDITY: i64 = 30 * 60;
/// How long a refresh token is valid, in seconds. With `offline_access` it does not expire.
const REFRESH_VALIDITY: i64 = 14 * 24 * 60 * 60;

/// All apps, codes, grants and refresh tokens.
#[derive(Clone, Default)]
pub(crate) struct OAuth {
    pub(super) apps: Vec<AppSeed>,
    pub(super) refresh: RefreshTokens,
    codes: HashMap<String, Code>,
    grants: HashMap<GrantId, Grant>,
    refresh_tokens: HashMap<String, RefreshToken>,
    opaque: Opaque,
}

impl OAuth {
    /// A new random text that begins with its kind.
    #[cfg(feature = "workbench")]
    pub(super) fn opaque_text(&mut self, kind: &str) -> String {
        self.opaque.next(kind)
    }

    fn app(&self, client_id: &str) -> Option<&AppSeed> {
        self.apps.iter().find(|app| app.client_id == client_id)
    }
}

/// Shows no code, token or secret.
impl fmt::Debug for OAuth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "OAuth({} apps, {} grants)", self.apps.len(), self.grants.len())
    }
}

impl State {
    /// The registered apps.
    pub(crate) fn apps(&self) -> &[AppSeed] {
        &self.oauth.apps
    }

    /// Sets what a refresh does to the refresh token.
    #[cfg(feature = "workbench")]
    pub(crate) fn set_refresh_tokens(&mut self, mode: RefreshTokens) {
        self.oauth.refresh = mode;
    }
}

/// A random text that begins with its kind.
#[cfg(feature = "workbench")]
pub(crate) fn random_text(kind: &str) -> String {
    Opaque::default().next(kind)
}

/// Parses scopes with spaces between them. Drops repeated ones.
fn scopes(text: &str) -> Result<Vec<Scope>, OAuthRefusal> {
    let mut scopes = Vec::new();
    for name in text.split(' ').filter(|name| !name.is_empty()) {
        let scope = name.parse::<Scope>();
        let scope = scope.map_err(|_| OAuthRefusal::scope("The scope is unknown.").of(name))?;
        if !scopes.contains(&scope) {
            scopes.push(scope);
        }
    }
    Ok(scopes)
}

/// Joins scopes with spaces.
fn joined(scopes: &[Scope]) -> String {
    let names: Vec<_> = scopes.iter().map(|scope| scope.as_str()).collect();
    names.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scope_that_comes_twice_counts_once() {
        let scopes = scopes("rooms.all:read  users.all:read rooms.all:read").unwrap();
        assert_eq!(joined(&scopes), "rooms.all:read users.all:read");
    }
}
