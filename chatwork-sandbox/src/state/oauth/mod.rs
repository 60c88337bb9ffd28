//! OAuth 2.0: registered apps, codes, grants. Whatever is checked is checked here.

mod authorize;
mod client;
mod exchange;
mod grant;
mod opaque;
mod pkce;
mod redirect;
mod refresh;
mod refusal;

pub(crate) use authorize::{Ask, AskRefusal, Asked};
pub(crate) use client::Presented;
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
use crate::world::AppSeed;

/// How long a code is good for, in seconds.
const CODE_LIFE: i64 = 60;
/// How long an access token is good for, in seconds.
const ACCESS_LIFE: i64 = 30 * 60;
/// How long a refresh token is good for, in seconds; with `offline_access` it does not end.
const REFRESH_LIFE: i64 = 14 * 24 * 60 * 60;

/// All apps, and what they were given.
#[derive(Clone, Default)]
pub(crate) struct OAuth {
    pub(super) apps: Vec<AppSeed>,
    codes: HashMap<String, Code>,
    grants: HashMap<GrantId, Grant>,
    refresh_tokens: HashMap<String, RefreshToken>,
    opaque: Opaque,
}

impl OAuth {
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
}

/// The scopes of a text with spaces between them, each once.
fn scopes(text: &str) -> Result<Vec<Scope>, OAuthRefusal> {
    let mut scopes = Vec::new();
    for name in text.split(' ').filter(|name| !name.is_empty()) {
        let scope = name.parse::<Scope>();
        let scope = scope.map_err(|_| OAuthRefusal::scope(&format!("There is no scope {name}")))?;
        if !scopes.contains(&scope) {
            scopes.push(scope);
        }
    }
    Ok(scopes)
}

/// The other way round.
fn joined(scopes: &[Scope]) -> String {
    let names: Vec<_> = scopes.iter().map(|scope| scope.as_str()).collect();
    names.join(" ")
}
