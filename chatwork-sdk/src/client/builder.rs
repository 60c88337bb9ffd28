//! The settings of a client.

use std::env::{self, VarError};
use std::fmt;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use chatwork_api::operations::BASE_URL;
use chatwork_api::reqwest::header::HeaderValue;
use chatwork_api::reqwest::{self, ClientBuilder as HttpBuilder, Url};
use chatwork_api::{Auth, Secret, Settings};

use super::http::{self, CONNECT_TIMEOUT, ProxyHint};
use super::{Client, Shared, address};
use crate::error::{Error, Result};
use crate::pace::{Pacing, RateLimiter};
use crate::retry::RetryPolicy;
use crate::room_locks::RoomLocks;
use crate::token::{TokenSource, Tokens};

/// The environment variable that holds the API token.
pub const TOKEN_VARIABLE: &str = "CHATWORK_API_TOKEN";
/// The environment variable that holds another base URL, for example that of a sandbox.
pub const BASE_URL_VARIABLE: &str = "CHATWORK_API_BASE_URL";
/// The environment variable that, set to `1`, allows a base URL with `http://` to another machine:
/// see [`ClientBuilder::allow_insecure_http`].
pub const INSECURE_HTTP_VARIABLE: &str = "CHATWORK_API_ALLOW_INSECURE_HTTP";

const TIMEOUT: Duration = Duration::from_secs(60);

/// Makes a [`Client`].
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
    token: Credential,
    base_url: String,
    allow_http: bool,
    timeout: Duration,
    connect_timeout: Duration,
    user_agent: Option<String>,
    retry: RetryPolicy,
    pacing: Pacing,
    http: Http,
}

/// What a program changes in the HTTP client.
type Configure = dyn Fn(HttpBuilder) -> HttpBuilder + Send + Sync;

/// Where the HTTP client comes from.
#[derive(Clone)]
enum Http {
    /// This builder makes it.
    Made(Option<Arc<Configure>>),
    /// The program made it.
    Given(reqwest::Client),
    /// This crate made it before, for several clients.
    #[cfg(feature = "oauth")]
    Shared { http: reqwest::Client, configured: bool },
}

/// What was given as a token; checked by `build`.
#[derive(Clone)]
enum Credential {
    None,
    /// The environment was asked and holds no token.
    NotInEnvironment,
    Token(Secret),
    Bearer(Secret),
    Source(Arc<dyn TokenSource>),
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
            http: Http::Made(None),
        }
    }
}

impl ClientBuilder {
    /// Starts a builder with the settings in the environment.
    ///
    /// | variable | setting |
    /// |---|---|
    /// | `CHATWORK_API_TOKEN` | [`token`](ClientBuilder::token) |
    /// | `CHATWORK_API_BASE_URL` | [`base_url`](ClientBuilder::base_url) |
    /// | `CHATWORK_API_ALLOW_INSECURE_HTTP` | [`allow_insecure_http`](Self::allow_insecure_http) |
    ///
    /// Methods that are called afterwards win over the environment, and the environment wins over
    /// the defaults. A variable that is not set changes nothing. If no token is in the environment,
    /// a method can still set one.
    ///
    /// # Errors
    ///
    /// [`Error::Config`] if a variable is not UTF-8, or the third is not `1`, `true`, `0` or
    /// `false`.
    ///
    /// ```no_run
    /// use std::time::Duration;
    /// use chatwork_sdk::ClientBuilder;
    ///
    /// let chatwork = ClientBuilder::from_env()?.timeout(Duration::from_secs(20)).build()?;
    /// # Ok::<(), chatwork_sdk::Error>(())
    /// ```
    #[doc(alias = "CHATWORK_API_TOKEN")]
    #[doc(alias = "CHATWORK_API_BASE_URL")]
    #[doc(alias = "CHATWORK_API_ALLOW_INSECURE_HTTP")]
    pub fn from_env() -> Result<Self> {
        let mut builder = Self { token: Credential::NotInEnvironment, ..Self::default() };
        if let Some(token) = variable(TOKEN_VARIABLE)? {
            builder.token = Credential::Token(token.into());
        }
        if let Some(base_url) = variable(BASE_URL_VARIABLE)? {
            builder.base_url = base_url;
        }
        builder.allow_http = match variable(INSECURE_HTTP_VARIABLE)?.as_deref() {
            None | Some("0" | "false") => false,
            Some("1" | "true") => true,
            Some(_) => {
                let what = format!("invalid {INSECURE_HTTP_VARIABLE}: expected 1 or 0");
                return Err(Error::Config(what));
            }
        };
        Ok(builder)
    }

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

    /// Checks the settings and makes the client. Sends no request.
    ///
    /// # Errors
    ///
    /// [`Error::Config`] if
    ///
    /// - there is no token, or a token is empty or not visible ASCII,
    /// - the base URL is invalid, or sends the token in clear text to another machine,
    /// - the user agent is not one line of visible ASCII,
    /// - TLS cannot be set up.
    pub fn build(self) -> Result<Client> {
        let base_url = self.checked_base_url()?;
        let (auth, tokens) = self.token.check()?;
        let user_agent = http::user_agent(self.user_agent.as_deref()).map_err(Error::Config)?;
        let mut settings = Settings::new(auth).timeout(self.timeout);
        let (http, redirects_disabled) = match &self.http {
            Http::Made(configure) => (self.make(configure.as_ref(), user_agent, &base_url)?, true),
            #[cfg(feature = "oauth")]
            Http::Shared { http, .. } => (http.clone(), true),
            Http::Given(http) => {
                settings.user_agent = self.user_agent.is_some().then_some(user_agent);
                (http.clone(), false)
            }
        };
        let base = base_url.as_str().trim_end_matches('/');
        let api = chatwork_api::Client::new_with_client(base, http, settings);
        Ok(Client::from_shared(Shared {
            api,
            tokens,
            timeout: Some(self.timeout),
            retry: self.retry,
            rate_limiter: RateLimiter::new(self.pacing),
            max_wait: self.pacing.longest_wait(),
            room_locks: RoomLocks::default(),
            redirects_disabled,
            proxy: ProxyHint::find(&base_url, self.http.is_default()),
            rate_limit: Mutex::new(None),
        }))
    }

    /// Makes the HTTP client now, for all clients that copies of this builder build.
    #[cfg(feature = "oauth")]
    pub(crate) fn with_one_http_client(self) -> Result<Self> {
        let Http::Made(configure) = &self.http else {
            return Ok(self);
        };
        let user_agent = http::user_agent(self.user_agent.as_deref()).map_err(Error::Config)?;
        let base_url = self.checked_base_url()?;
        let http = self.make(configure.as_ref(), user_agent, &base_url)?;
        let http = Http::Shared { http, configured: configure.is_some() };
        Ok(Self { http, ..self })
    }

    fn checked_base_url(&self) -> Result<Url> {
        let allowed_by = format!("`allow_insecure_http` ({INSECURE_HTTP_VARIABLE}=1)");
        let url = address::service_url(&self.base_url, self.allow_http, &allowed_by);
        let url = url.and_then(|url| match url.query() {
            None => Ok(url),
            Some(_) => Err("it holds a query: expected none".to_owned()),
        });
        url.map_err(|what| Error::Config(format!("invalid base URL: {what}")))
    }

    fn make(
        &self,
        configure: Option<&Arc<Configure>>,
        user_agent: HeaderValue,
        base_url: &Url,
    ) -> Result<reqwest::Client> {
        let http = http::builder(base_url).map_err(Error::Config)?;
        let http = match configure {
            Some(configure) => configure(http),
            None => http,
        };
        http.user_agent(user_agent)
            .redirect(http::redirects(base_url))
            .connect_timeout(self.connect_timeout)
            .build()
            .map_err(|error| Error::Config(error.to_string()))
    }
}

impl Http {
    /// Whether the program changed nothing in the HTTP client.
    fn is_default(&self) -> bool {
        match self {
            Self::Made(configure) => configure.is_none(),
            Self::Given(_) => false,
            #[cfg(feature = "oauth")]
            Self::Shared { configured, .. } => !configured,
        }
    }
}

impl Credential {
    fn check(&self) -> Result<(Auth, Tokens)> {
        let fixed = |auth: std::result::Result<Auth, chatwork_api::Error>| match auth {
            Ok(auth) => Ok((auth, Tokens::Fixed)),
            Err(chatwork_api::Error::Invalid(what)) => Err(Error::Config(what)),
            Err(other) => Err(Error::Config(other.to_string())),
        };
        match self {
            Self::None => Err(Error::Config(format!(
                "there is no token: expected `token`, `bearer` or `token_source`, \
                 or {TOKEN_VARIABLE} in the environment with `Client::from_env`"
            ))),
            Self::NotInEnvironment => {
                Err(Error::Config(format!("{TOKEN_VARIABLE} is not set: expected an API token")))
            }
            Self::Token(token) => fixed(Auth::api_token(token.expose())),
            Self::Bearer(token) => fixed(Auth::bearer(token.expose())),
            Self::Source(source) => Ok((Auth::none(), Tokens::Source(source.clone()))),
        }
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
            .field("http", &self.http)
            .finish()
    }
}

impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::None | Self::NotInEnvironment => "none",
            Self::Token(_) => "API token",
            Self::Bearer(_) => "bearer",
            Self::Source(_) => "source",
        })
    }
}

impl fmt::Debug for Http {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Made(None) => "default",
            Self::Made(Some(_)) => "configured",
            #[cfg(feature = "oauth")]
            Self::Shared { .. } => "shared",
            Self::Given(_) => "given",
        })
    }
}

/// Reads an environment variable.
fn variable(name: &str) -> Result<Option<String>> {
    match env::var(name) {
        Ok(value) => Ok(Some(value)),
        Err(VarError::NotPresent) => Ok(None),
        Err(VarError::NotUnicode(_)) => {
            Err(Error::Config(format!("invalid {name}: expected UTF-8")))
        }
    }
}
