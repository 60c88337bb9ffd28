//! Tokens, and what they allow.
//!
//! OAuth 2.0 grants add access tokens here when they are issued, and removes them when they are
//! revoked.

use std::collections::HashMap;
use std::fmt;

use chatwork_api::operations::Scope;
use chatwork_api::types::AccountId;

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

    /// The API token of this text.
    pub(crate) fn api_token(&self, token: &str) -> Option<&Credential> {
        self.known.get(token).filter(|known| known.access == Access::Everything)
    }

    /// The access token of this text, expired or not.
    pub(crate) fn bearer(&self, token: &str) -> Option<&Credential> {
        self.known.get(token).filter(|known| known.access != Access::Everything)
    }
}

/// Shows no token.
impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Credentials({})", self.known.len())
    }
}
