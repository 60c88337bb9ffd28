//! The client, and what can be asked without naming a room.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use chatwork_api::RateLimit;

use crate::builder::{self, ClientBuilder};
use crate::edits::Edits;
use crate::error::Result;
use crate::pace::Pacer;
use crate::retry::RetryPolicy;
use crate::token::Tokens;

/// A client for Chatwork. It is cheap to clone, and all clones share connections, rate limits and
/// tokens.
///
/// ```no_run
/// # async fn example() -> Result<(), chatwork_sdk::Error> {
/// use chatwork_sdk::Client;
///
/// let chatwork = Client::from_env()?;
/// for room in chatwork.rooms().await? {
///     println!("{} {}", room.room_id, room.name);
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Client {
    shared: Arc<Shared>,
}

/// What all clones of a client share.
pub(crate) struct Shared {
    pub(crate) api: chatwork_api::Client,
    pub(crate) tokens: Tokens,
    pub(crate) timeout: Option<Duration>,
    pub(crate) retry: RetryPolicy,
    pub(crate) pacer: Pacer,
    pub(crate) edits: Edits,
    /// The HTTP client is known to follow no redirect from the API.
    pub(crate) keeps_target: bool,
    pub(crate) rate_limit: Mutex<Option<RateLimit>>,
}

impl Client {
    /// A client with an API token and defaults for all else.
    ///
    /// # Errors
    ///
    /// As [`ClientBuilder::build`].
    pub fn new(token: impl Into<String>) -> Result<Self> {
        Self::builder().token(token).build()
    }

    /// A client with the API token in `CHATWORK_API_TOKEN`, and the base URL in
    /// `CHATWORK_API_BASE_URL` if that is set.
    ///
    /// # Errors
    ///
    /// As [`ClientBuilder::build`], and [`Error::Config`](crate::Error::Config) when the variable
    /// is not set.
    pub fn from_env() -> Result<Self> {
        builder::from_env()?.build()
    }

    /// A client with settings of your own.
    pub fn builder() -> ClientBuilder {
        ClientBuilder::default()
    }

    /// The account's rate limit as the latest reply reported it; nothing before the first.
    pub fn rate_limit(&self) -> Option<RateLimit> {
        *self.shared.rate_limit.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The generated client, which neither waits nor repeats. With a
    /// [token source](ClientBuilder::token_source) it has no token.
    pub fn raw(&self) -> &chatwork_api::Client {
        &self.shared.api
    }

    pub(crate) fn from_shared(shared: Shared) -> Self {
        Self { shared: Arc::new(shared) }
    }

    pub(crate) fn shared(&self) -> &Shared {
        &self.shared
    }
}

impl Shared {
    /// Remembers what a reply said of the account's limit.
    pub(crate) fn note(&self, rate_limit: Option<RateLimit>) {
        if rate_limit.is_some() {
            *self.rate_limit.lock().unwrap_or_else(PoisonError::into_inner) = rate_limit;
        }
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        use chatwork_api::ClientInfo;
        f.debug_struct("Client")
            .field("base_url", &self.shared.api.baseurl())
            .field("tokens", &self.shared.tokens)
            .field("retry", &self.shared.retry)
            .finish_non_exhaustive()
    }
}
