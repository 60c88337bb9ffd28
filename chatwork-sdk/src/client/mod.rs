//! The client: how to make one, and what all its clones share.
//!
//! | file | holds |
//! |---|---|
//! | `builder` | the settings of a client |
//! | `environment` | the settings in the environment |
//! | `credential` | what was given as a token |
//! | `transport` | where the HTTP client comes from |
//! | `build` | the checks of the settings |
//! | `address` | valid base URLs |
//! | `http` | TLS, proxies, redirects and user agent of the HTTP client |
//! | `shared` | what all clones of a client share |

pub(crate) mod address;
mod build;
mod builder;
mod credential;
mod environment;
pub(crate) mod http;
mod shared;
mod transport;

use std::fmt;
use std::sync::{Arc, PoisonError};

use chatwork_api::{ClientInfo, RateLimit, Secret};

pub use builder::ClientBuilder;
pub use environment::{BASE_URL_VARIABLE, INSECURE_HTTP_VARIABLE, TOKEN_VARIABLE};
pub(crate) use shared::Shared;

use crate::error::Result;

/// A client for Chatwork.
///
/// Clones are cheap. All clones share connections, rate limits and tokens.
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
#[doc(alias = "ChatWork")]
#[doc(alias = "Chatwork")]
#[derive(Clone)]
pub struct Client {
    shared: Arc<Shared>,
}

impl Client {
    /// Makes a client with an API token, and defaults for all other settings.
    ///
    /// # Errors
    ///
    /// As [`ClientBuilder::build`].
    pub fn new(token: impl Into<Secret>) -> Result<Self> {
        Self::builder().token(token).build()
    }

    /// Makes a client with the settings in the environment: [`ClientBuilder::from_env`], built.
    ///
    /// `CHATWORK_API_TOKEN` holds the API token. `CHATWORK_API_BASE_URL` holds another base URL,
    /// for example that of a sandbox.
    ///
    /// # Errors
    ///
    /// As [`ClientBuilder::from_env`] and [`ClientBuilder::build`];
    /// [`Error::Config`](crate::Error::Config) if `CHATWORK_API_TOKEN` is not set.
    #[doc(alias = "CHATWORK_API_TOKEN")]
    #[doc(alias = "CHATWORK_API_BASE_URL")]
    pub fn from_env() -> Result<Self> {
        ClientBuilder::from_env()?.build()
    }

    /// Starts a builder with the default settings.
    pub fn builder() -> ClientBuilder {
        ClientBuilder::default()
    }

    /// Returns the account's rate limit as the latest reply reported it, or `None` before the
    /// first reply. Sends no request.
    pub fn rate_limit(&self) -> Option<RateLimit> {
        *self.shared.rate_limit.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns the generated client, which neither waits nor retries.
    ///
    /// If this client has a [token source](ClientBuilder::token_source), the generated client has
    /// no token.
    pub fn raw(&self) -> &chatwork_api::Client {
        &self.shared.api
    }

    /// Waits until the store of [shared limits](ClientBuilder::limits) has taken how all calls have
    /// ended, or for five seconds. Nothing fails.
    ///
    /// A program that ends calls it last. Otherwise the leases of its latest calls count as posts
    /// until their deadline.
    #[cfg(feature = "limits")]
    pub async fn settle_limits(&self) {
        self.shared.rate_limiter.settled().await;
    }

    pub(crate) fn from_shared(shared: Shared) -> Self {
        Self { shared: Arc::new(shared) }
    }

    pub(crate) fn shared(&self) -> &Shared {
        &self.shared
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("base_url", &self.shared.api.baseurl())
            .field("tokens", &self.shared.tokens)
            .field("retry", &self.shared.retry)
            .finish_non_exhaustive()
    }
}
