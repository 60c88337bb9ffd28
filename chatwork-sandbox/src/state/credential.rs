//! Tokens, and what they allow.
//!
//! OAuth 2.0 grants add access tokens here when they are issued, and removes them when they are
//! revoked.

use std::collections::HashMap;
use std::fmt;

use chatwork_api::operations::Scope;
use chatwork_api::types::AccountId;

use super::saved::Token;

/// Identifies a token.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub(crate) struct CredentialId(pub(crate) usize);

/// What a token allows.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Access {
    /// An API token, which allows everything that the account may do.
    Everything,
    /// An OAuth 2.0 access token.
    Scopes {
        /// Its scopes.
        scopes: Vec<Scope>,
        /// The Unix time at which it expires.
        expires: Option<i64>,
    },
}

/// A token's account and use.
#[derive(Clone, Debug)]
pub(crate) struct Credential {
    pub(crate) id: CredentialId,
    pub(crate) account: AccountId,
    pub(crate) access: Access,
}

/// All tokens.
#[derive(Clone, Default)]
pub(crate) struct Credentials {
    known: HashMap<String, Credential>,
    ids: usize,
}

impl Credentials {
    /// Adds a token.
    pub(crate) fn add(&mut self, token: String, account: AccountId, access: Access) {
        let id = self.next_id();
        self.add_as(id, token, account, access);
    }

    /// Returns a new id.
    pub(crate) fn next_id(&mut self) -> CredentialId {
        self.ids += 1;
        CredentialId(self.ids)
    }

    /// Adds a token that shares an id with other tokens.
    pub(crate) fn add_as(
        &mut self,
        id: CredentialId,
        token: String,
        account: AccountId,
        access: Access,
    ) {
        self.known.insert(token, Credential { id, account, access });
    }

    /// Removes a token.
    pub(crate) fn remove(&mut self, token: &str) {
        self.known.remove(token);
    }

    /// The account of a token of either kind, expired or not.
    #[cfg(feature = "workbench")]
    pub(crate) fn account_of(&self, token: &str) -> Option<AccountId> {
        self.known.get(token).map(|known| known.account)
    }

    /// Removes the API tokens of an account.
    #[cfg(feature = "workbench")]
    pub(super) fn remove_api_tokens(&mut self, account: AccountId) {
        self.known
            .retain(|_, known| known.account != account || known.access != Access::Everything);
    }

    /// The oldest API token of each account.
    pub(crate) fn api_tokens(&self) -> HashMap<AccountId, &str> {
        let all = self.known.iter().filter(|(_, known)| known.access == Access::Everything);
        let mut all: Vec<_> = all.collect();
        all.sort_by_key(|(_, known)| std::cmp::Reverse(known.id));
        all.into_iter().map(|(text, known)| (known.account, text.as_str())).collect()
    }

    /// The API token of this text.
    pub(crate) fn api_token(&self, token: &str) -> Option<&Credential> {
        self.known.get(token).filter(|known| known.access == Access::Everything)
    }

    /// The access token of this text, expired or not.
    pub(crate) fn bearer(&self, token: &str) -> Option<&Credential> {
        self.known.get(token).filter(|known| known.access != Access::Everything)
    }
}

impl Credentials {
    /// All tokens, in the order in which they came.
    pub(super) fn saved(&self) -> Vec<Token> {
        let mut tokens: Vec<_> = self.known.iter().map(|(text, known)| known.saved(text)).collect();
        tokens.sort_by(|one, other| (one.id, &one.token).cmp(&(other.id, &other.token)));
        tokens
    }

    /// Adds a token of a saved state.
    #[cfg(feature = "workbench")]
    pub(super) fn restore(&mut self, token: &Token) {
        let access = match &token.scopes {
            None => Access::Everything,
            Some(scopes) => Access::Scopes {
                scopes: scopes.iter().filter_map(|scope| scope.parse().ok()).collect(),
                expires: token.expires,
            },
        };
        self.id_taken(token.id);
        self.add_as(CredentialId(token.id), token.token.clone(), token.account_id, access);
    }

    /// New ids are above this one.
    #[cfg(feature = "workbench")]
    pub(super) fn id_taken(&mut self, id: usize) {
        self.ids = self.ids.max(id);
    }
}

impl Credential {
    fn saved(&self, text: &str) -> Token {
        let (scopes, expires) = match &self.access {
            Access::Everything => (None, None),
            Access::Scopes { scopes, expires } => (Some(scopes), *expires),
        };
        let name = |scope: &Scope| scope.as_str().to_owned();
        Token {
            token: text.to_owned(),
            id: self.id.0,
            account_id: self.account,
            scopes: scopes.map(|scopes| scopes.iter().map(name).collect()),
            expires,
        }
    }
}

/// Shows no token.
impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Credentials({})", self.known.len())
    }
}
