//! Whose budget a client uses.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use chatwork_api::{Auth, Client as Api, ClientInfo, Error as Fault, RateLimit, Secret};
use hmac_sha256::{HMAC, Hash};
use tokio::sync::Mutex;
use tracing::debug;

use super::policy::{Lease, Outcome};
use super::store::{LimitStore, Settled, StoreError};
use crate::pace::headers::parse_reset;
use crate::token::Tokens;

/// What separates the hashes of tokens here from those of any other use.
const DOMAIN: &[u8] = b"chatwork-sdk limits 1";

/// A keyed hash of a token and of the API that it is for, in hexadecimal. The token cannot be found
/// from it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct TokenHash(String);

impl TokenHash {
    pub(super) fn new(token: &Secret, base_url: &str) -> Self {
        let mut mac = HMAC::new(DOMAIN);
        mac.update(base_url.as_bytes());
        mac.update([0]);
        mac.update(token.expose().as_bytes());
        Self(hex(&mac.finalize()))
    }

    /// Returns the hash: 64 hexadecimal digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for TokenHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Returns a name for files or keys that holds no character of the text.
pub(super) fn hashed(text: &str) -> String {
    let mut name = hex(&Hash::hash(text.as_bytes()));
    name.truncate(32);
    name
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Finds the account of a client: a name that the program gave, or one `GET /me`.
pub(crate) struct Accounts {
    store: Arc<dyn LimitStore>,
    api: Api,
    tokens: Tokens,
    token: Option<Secret>,
    /// Found once.
    name: Mutex<Option<Arc<str>>>,
}

impl Accounts {
    pub(crate) fn new(
        store: Arc<dyn LimitStore>,
        api: Api,
        tokens: Tokens,
        token: Option<Secret>,
        name: Option<String>,
    ) -> Self {
        let name = Mutex::new(name.map(Arc::from));
        Self { store, api, tokens, token, name }
    }

    /// Returns the name of the account in the store.
    ///
    /// If the token may not read its account, the token itself stands for the account.
    pub(crate) async fn name(&self) -> Result<Arc<str>, StoreError> {
        let mut name = self.name.lock().await;
        if let Some(name) = &*name {
            return Ok(name.clone());
        }
        let (auth, token) = match (self.tokens.ask(), &self.token) {
            (Some(asked), _) => {
                let token = asked.await?;
                (Auth::bearer(token.expose())?, token)
            }
            (None, Some(token)) => (self.api.inner().auth.clone(), token.clone()),
            (None, None) => return Err("the client has no token".into()),
        };
        let hash = TokenHash::new(&token, self.api.baseurl());
        let found: Arc<str> = self.find(auth, &hash).await?.into();
        *name = Some(found.clone());
        Ok(found)
    }

    async fn find(&self, auth: Auth, hash: &TokenHash) -> Result<String, StoreError> {
        let named = |id: i64| format!("{id} {}", self.api.baseurl());
        if let Some(account) = self.store.recall(hash).await? {
            return Ok(named(account.0));
        }
        let mut settings = self.api.inner().clone();
        settings.auth = auth;
        settings.timeout = Some(Duration::from_secs(10));
        match self.api.with_settings(settings).get_me().await {
            Ok(me) => {
                let account = me.account_id;
                self.store.remember(hash, account).await?;
                let limit = RateLimit::from_headers(me.headers());
                let limits = limit.and_then(|limit| parse_reset(limit, me.headers()));
                let outcome = Outcome { account: limits, answered: true, ..Outcome::default() };
                // This request had no lease: its account was not known yet.
                let lease = Lease { id: 0, room: None, granted: 0 };
                let name = named(account.0);
                self.store.settle(&name, &[Settled { lease, outcome }]).await?;
                Ok(name)
            }
            Err(Fault::Refused(refusal)) if matches!(refusal.status().as_u16(), 401 | 403) => {
                debug!("the token may not read its account: the token stands for it");
                Ok(hash.as_str().to_owned())
            }
            Err(fault) => Err(fault.into()),
        }
    }
}

impl fmt::Debug for Accounts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Accounts")
    }
}
