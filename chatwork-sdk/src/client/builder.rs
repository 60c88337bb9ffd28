//! The settings of a client.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use chatwork_api::Secret;
use chatwork_api::operations::BASE_URL;
use chatwork_api::reqwest;

use super::address;
use super::credential::Credential;
use super::http::CONNECT_TIMEOUT;
use super::transport::Http;
#[cfg(feature = "limits")]
use crate::limits::LimitStore;
use crate::pace::{OnWait, Pacing, Wait};
use crate::retry::RetryPolicy;
use crate::token::TokenSource;

const TIMEOUT: Duration = Duration::from_secs(60);

/// Makes a [`Client`](crate::Client).
///
/// A token, a bearer token or a token source is needed. All other settings have defaults. A later
/// call of a method replaces an earlier one. The settings are checked by
/// [`build`](ClientBuilder::build).
///
/// ```
/// use std::time::Duration;
/// use chatwork_sdk::{Client, Pacing, RetryPolicy};
///
/// let chatwork = Client::builder()
///     .token("0123456789abcdef")
///     .base_url("http://127.0.0.1:8080/v2")
///     .timeout(Duration::from_secs(20))
///     .user_agent("deploy-bot/1.0")
///     .retry(RetryPolicy::default())
///     .pacing(Pacing::default())
///     .build()?;
/// # Ok::<(), chatwork_sdk::Error>(())
/// ```
#[derive(Clone)]
#[must_use]
pub struct ClientBuilder {
    pub(super) token: Credential,
    pub(super) base_url: String,
    pub(super) allow_http: bool,
    pub(super) timeout: Duration,
    pub(super) connect_timeout: Duration,
    pub(super) user_agent: Option<String>,
    pub(super) retry: RetryPolicy,
    pub(super) pacing: Pacing,
    pub(super) on_wait: Option<OnWait>,
    #[cfg(feature = "limits")]
    pub(super) limits: Option<Arc<dyn LimitStore>>,
    #[cfg(feature = "limits")]
    pub(super) limits_name: Option<String>,
    #[cfg(feature = "limits")]
    pub(super) limits_required: bool,
    pub(super) http: Http,
}

impl Default for ClientBuilder {
    fn default() -> Self {
        Self {
            token: Credential::None,
            base_url: BASE_URL.to_owned(),
            allow_http: false,
            timeout: TIMEOUT,
            connect_timeout: CONNECT_TIMEOUT,
            user_agent: None,
            retry: RetryPolicy::default(),
            pacing: Pacing::default(),
            on_wait: None,
            #[cfg(feature = "limits")]
            limits: None,
            #[cfg(feature = "limits")]
            limits_name: None,
            #[cfg(feature = "limits")]
            limits_required: false,
            http: Http::Made(None),
        }
    }
}

impl ClientBuilder {
    /// Sets the API token of an account.
    #[doc(alias = "api_key")]
    #[doc(alias = "api_token")]
    pub fn token(self, token: impl Into<Secret>) -> Self {
        Self { token: Credential::Token(token.into()), ..self }
    }

    /// Sets an OAuth 2.0 access token.
    ///
    /// An access token is valid for half an hour. For longer use a
    /// [`token_source`](ClientBuilder::token_source), such as a grant of the feature `oauth`.
    #[doc(alias = "access_token")]
    pub fn bearer(self, token: impl Into<Secret>) -> Self {
        Self { token: Credential::Bearer(token.into()), ..self }
    }

    /// Sets a source of access tokens, which is asked before every attempt.
    pub fn token_source(self, source: impl TokenSource) -> Self {
        Self { token: Credential::Source(Arc::new(source)), ..self }
    }

    /// Sets the base URL of the API. Default: `https://api.chatwork.com/v2`.
    ///
    /// A base URL on this machine (`localhost`, 127.0.0.0/8, `::1`) never goes through a proxy that
    /// the environment or the system names. A base URL with `http://` must be on this machine,
    /// unless [`allow_insecure_http`](ClientBuilder::allow_insecure_http) is set.
    #[doc(alias = "endpoint")]
    pub fn base_url(self, base_url: impl Into<String>) -> Self {
        Self { base_url: base_url.into(), ..self }
    }

    /// Allows a base URL with `http://` to another machine. Default: not allowed.
    ///
    /// The token and all messages then cross the network in clear text. Use it only in a network
    /// that you trust, as between containers of one test.
    ///
    /// ```
    /// let builder = chatwork_sdk::Client::builder().token("0123").base_url("http://sandbox:8899/v2");
    /// assert!(builder.clone().build().is_err());
    /// assert!(builder.allow_insecure_http(true).build().is_ok());
    /// ```
    pub fn allow_insecure_http(self, allow: bool) -> Self {
        Self { allow_http: allow, ..self }
    }

    /// Sets the time limit of one attempt. Default: 60 seconds.
    ///
    /// An attempt begins with asking the [token source](crate::TokenSource), if there is one, and
    /// ends with the last byte of the reply. Waiting for a rate limit, for another change of the
    /// same room and between retries does not count. A single call can have
    /// [its own limit](crate::Request::timeout). A download may take longer: the limit holds for
    /// each piece of the file.
    pub fn timeout(self, timeout: Duration) -> Self {
        Self { timeout, ..self }
    }

    /// Sets the time limit for connecting. Default: 10 seconds.
    ///
    /// It has no effect on a client set by [`http_client`](ClientBuilder::http_client).
    pub fn connect_timeout(self, connect_timeout: Duration) -> Self {
        Self { connect_timeout, ..self }
    }

    /// Sets the name of the program for the header `User-Agent`. This crate's name and version
    /// follow it.
    pub fn user_agent(self, user_agent: impl Into<String>) -> Self {
        Self { user_agent: Some(user_agent.into()), ..self }
    }

    /// Sets whether and how often calls are retried.
    pub fn retry(self, retry: RetryPolicy) -> Self {
        Self { retry, ..self }
    }

    /// Sets whether and how long calls wait for the rate limits.
    pub fn pacing(self, pacing: Pacing) -> Self {
        Self { pacing, ..self }
    }

    /// Sets a function that is called when a call begins to wait for a rate limit, for example to
    /// tell a person why nothing happens.
    ///
    /// A call may wait several times, and for both limits: the function is called for each wait. It
    /// is not called for a call that is sent at once, nor for a call that waits for the answer of a
    /// store of shared limits. It runs in the task of the call, so it must return soon.
    ///
    /// ```
    /// let chatwork = chatwork_sdk::Client::builder()
    ///     .token("0123456789abcdef")
    ///     .on_wait(|wait| match wait.expected {
    ///         Some(time) => eprintln!("{} waits {} s", wait.operation.id, time.as_secs()),
    ///         None => eprintln!("{} waits for other requests", wait.operation.id),
    ///     })
    ///     .build()?;
    /// # Ok::<(), chatwork_sdk::Error>(())
    /// ```
    pub fn on_wait(self, report: impl Fn(&Wait) + Send + Sync + 'static) -> Self {
        Self { on_wait: Some(OnWait::new(report)), ..self }
    }

    /// Sets a store by which programs with the same account share its rate limits.
    ///
    /// The account is found with one `GET /me`, which the store remembers, or by
    /// [`limits_name`](ClientBuilder::limits_name). Without [pacing](ClientBuilder::pacing) the
    /// store is not used. A short program calls
    /// [`Client::settle_limits`](crate::Client::settle_limits) at its end.
    ///
    /// ```no_run
    /// use chatwork_sdk::limits::FileLimits;
    ///
    /// let builder = chatwork_sdk::Client::builder().limits(FileLimits::shared());
    /// ```
    #[cfg(feature = "limits")]
    pub fn limits(self, store: impl LimitStore) -> Self {
        Self { limits: Some(Arc::new(store)), ..self }
    }

    /// Sets the name of the account in the store of shared limits. All programs with the account
    /// must use the same name. No `GET /me` is then sent.
    #[cfg(feature = "limits")]
    pub fn limits_name(self, name: impl Into<String>) -> Self {
        Self { limits_name: Some(name.into()), ..self }
    }

    /// Sets whether calls fail if the store of shared limits fails. By default the client then paces
    /// by itself, and logs one warning: a 429 did nothing, and the call is sent again.
    ///
    /// With `true`, all calls that wait then return [`Error::LimitStore`](crate::Error::LimitStore),
    /// at the latest after two seconds, and nothing of them is sent. The next call asks the store
    /// again. The first call of a client may take twelve seconds, if a `GET /me` has to tell the
    /// account and is not answered.
    #[cfg(feature = "limits")]
    pub fn limits_required(self, required: bool) -> Self {
        Self { limits_required: required, ..self }
    }

    /// Sets a function that changes the HTTP client: proxies, certificates, TLS.
    ///
    /// The function runs before this builder sets redirects, user agent and the time limit for
    /// connecting. A proxy that the function sets is used for a base URL on this machine, too.
    ///
    /// ```
    /// use chatwork_sdk::{Client, reqwest};
    ///
    /// let proxy = reqwest::Proxy::all("http://127.0.0.1:3128")?;
    /// let chatwork = Client::builder()
    ///     .token("0123456789abcdef")
    ///     .configure_http(move |http| http.proxy(proxy.clone()))
    ///     .build()?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[doc(alias = "proxy")]
    pub fn configure_http(
        self,
        configure: impl Fn(reqwest::ClientBuilder) -> reqwest::ClientBuilder + Send + Sync + 'static,
    ) -> Self {
        Self { http: Http::Made(Some(Arc::new(configure))), ..self }
    }

    /// Sets the HTTP client, for example to share its connections.
    ///
    /// The client keeps its proxies, its TLS, and its user agent unless
    /// [one is set](ClientBuilder::user_agent) here.
    ///
    /// Make the client with `redirect::Policy::none()`. Otherwise reqwest sends `X-ChatWorkToken`
    /// to any host that a redirect names. A `reqwest::Client` does not reveal its redirect policy,
    /// so writes are not retried after a connect error.
    /// [`configure_http`](ClientBuilder::configure_http) has neither drawback.
    pub fn http_client(self, http_client: reqwest::Client) -> Self {
        Self { http: Http::Given(http_client), ..self }
    }
}

/// Shows no token, and no password of the base URL.
impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("token", &self.token)
            .field("base_url", &address::without_credentials(&self.base_url))
            .field("allow_insecure_http", &self.allow_http)
            .field("timeout", &self.timeout)
            .field("connect_timeout", &self.connect_timeout)
            .field("user_agent", &self.user_agent)
            .field("retry", &self.retry)
            .field("pacing", &self.pacing)
            .field("on_wait", &self.on_wait.is_some())
            .field("http", &self.http)
            .finish()
    }
}
