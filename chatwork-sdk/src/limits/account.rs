//! Whose budget a client uses.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use chatwork_api::reqwest::header::HeaderMap;
use chatwork_api::types::AccountId;
use chatwork_api::{Auth, Client as Api, ClientInfo, Error as Fault, Secret};
use hmac_sha256::{HMAC, Hash};
use tokio::sync::Mutex;
use tokio::time::Instant;
use tracing::{debug, warn};

use super::policy::{Lease, Outcome, RateLimitHeaders};
use super::store::{LimitStore, Settled, StoreError};
use crate::call::rate_limit::retry_after;
use crate::pace::headers;
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
    let digit = |half: u8| char::from_digit(half.into(), 16).unwrap_or_default();
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

/// How long to wait after a 429 that says nothing of it.
const WAIT: Duration = Duration::from_secs(60);

/// Whose budget it is.
pub(crate) enum Named {
    /// The name of the account in the store.
    Account(Arc<str>),
    /// The account has no capacity to ask the API: ask again later.
    Later(Duration),
}

/// What the API said of a token.
enum Found {
    Account(AccountId),
    /// The token may not read its account.
    Forbidden,
    /// The token is invalid, or not valid any more.
    Unauthorized,
    Later(Duration),
}

/// What is known of the account.
#[derive(Default)]
struct Known {
    /// Found once.
    name: Option<Arc<str>>,
    /// When the API may be asked again, after a 429.
    later: Option<Instant>,
}

/// Finds the account of a client: a name that the program gave, or one `GET /me`.
pub(crate) struct Accounts {
    store: Arc<dyn LimitStore>,
    api: Api,
    tokens: Tokens,
    token: Option<Secret>,
    known: Mutex<Known>,
}

impl Accounts {
    pub(crate) fn new(
        store: Arc<dyn LimitStore>,
        api: Api,
        tokens: Tokens,
        token: Option<Secret>,
        name: Option<String>,
    ) -> Self {
        let known = Mutex::new(Known { name: name.map(Arc::from), later: None });
        Self { store, api, tokens, token, known }
    }

    /// Returns the name of the account in the store.
    ///
    /// If the token may not read its account, the token itself stands for the account.
    pub(crate) async fn name(&self) -> Result<Named, StoreError> {
        let mut known = self.known.lock().await;
        if let Some(name) = &known.name {
            return Ok(Named::Account(name.clone()));
        }
        let rest = known.later.map(|later| later.saturating_duration_since(Instant::now()));
        if let Some(rest) = rest.filter(|rest| !rest.is_zero()) {
            return Ok(Named::Later(rest));
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
        let found: Arc<str> = match self.find(auth, &hash).await? {
            Found::Account(id) => format!("{id} {}", self.api.baseurl()).into(),
            Found::Forbidden => hash.as_str().into(),
            // The call will tell. A source then has another token, so the next call asks again.
            Found::Unauthorized if self.token.is_none() => {
                return Ok(Named::Account(hash.as_str().into()));
            }
            Found::Unauthorized => hash.as_str().into(),
            Found::Later(wait) => {
                known.later = Instant::now().checked_add(wait);
                return Ok(Named::Later(wait));
            }
        };
        known.name = Some(found.clone());
        Ok(Named::Account(found))
    }

    async fn find(&self, auth: Auth, hash: &TokenHash) -> Result<Found, StoreError> {
        if let Some(account) = self.store.recall(hash).await? {
            return Ok(Found::Account(account));
        }
        let mut settings = self.api.inner().clone();
        settings.auth = auth;
        settings.timeout = Some(Duration::from_secs(10));
        match self.api.with_settings(settings).get_me().await {
            Ok(me) => {
                let account = me.account_id;
                self.note(hash, account, headers::parse(me.headers())).await;
                Ok(Found::Account(account))
            }
            Err(Fault::Refused(refusal)) => match refusal.status().as_u16() {
                401 => Ok(Found::Unauthorized),
                403 => {
                    warn!(
                        "the token may not read its account: programs share its limits only while \
                         they have the same token. Set `limits_name`"
                    );
                    Ok(Found::Forbidden)
                }
                429 => Ok(Found::Later(wait_of(refusal.headers()))),
                _ => Err(Fault::Refused(refusal).into()),
            },
            Err(fault) => Err(fault.into()),
        }
    }

    /// Tells the store what `GET /me` said. If that fails, the account is known all the same.
    async fn note(&self, hash: &TokenHash, account: AccountId, report: Option<RateLimitHeaders>) {
        let name = format!("{account} {}", self.api.baseurl());
        let outcome = Outcome { account: report, answered: true, ..Outcome::default() };
        // This request had no lease: its account was not known yet.
        let lease = Lease { id: 0, room: None, granted: 0 };
        let noted = async {
            self.store.remember(hash, account).await?;
            self.store.settle(&name, &[Settled { lease, outcome }]).await
        };
        if let Err(error) = noted.await {
            debug!(%error, "the account of the token is not remembered");
        }
    }
}

/// Returns how long a 429 asks to wait.
fn wait_of(headers: &HeaderMap) -> Duration {
    let reset = || Some(headers::parse(headers)?.reset_in);
    retry_after(headers).or_else(reset).unwrap_or(WAIT)
}

impl fmt::Debug for Accounts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Accounts")
    }
}
