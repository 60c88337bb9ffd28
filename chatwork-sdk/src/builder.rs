//! Making a client.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use chatwork_api::operations::BASE_URL;
use chatwork_api::reqwest::header::HeaderValue;
use chatwork_api::reqwest::{self, ClientBuilder as HttpBuilder, Url, redirect};
use chatwork_api::{Auth, Settings};

use crate::client::{Client, Shared};
use crate::edits::Edits;
use crate::error::{Error, Result};
use crate::pace::{Pacer, Pacing};
use crate::retry::RetryPolicy;
use crate::token::{TokenSource, Tokens};

/// The environment variable that holds the API token.
pub const TOKEN_VARIABLE: &str = "CHATWORK_API_TOKEN";
/// The environment variable that holds another base URL, for example that of a sandbox.
pub const BASE_URL_VARIABLE: &str = "CHATWORK_API_BASE_URL";

pub(crate) const USER_AGENT: &str = concat!("chatwork-sdk/", env!("CARGO_PKG_VERSION"));
pub(crate) const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
const TIMEOUT: Duration = Duration::from_secs(60);

/// Makes a [`Client`]. A token, a bearer token or a token source is needed; all else has defaults.
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
#[derive(Clone, Debug)]
#[must_use]
pub struct ClientBuilder {
    token: Credential,
    base_url: String,
    timeout: Duration,
    connect_timeout: Duration,
    user_agent: Option<String>,
    retry: RetryPolicy,
    pacing: Pacing,
    http: Http,
}

/// What a program adds to the HTTP client that is made.
type Configure = dyn Fn(HttpBuilder) -> HttpBuilder + Send + Sync;

/// Where the HTTP client comes from.
#[derive(Clone)]
enum Http {
    Made(Option<Arc<Configure>>),
    Given(reqwest::Client),
    /// It was made here, for several clients.
    #[cfg(feature = "oauth")]
    Shared(reqwest::Client),
}

/// What was given as a token; checked when the client is built.
#[derive(Clone)]
enum Credential {
    None,
    Token(String),
    Bearer(String),
    Source(Arc<dyn TokenSource>),
}

impl Default for ClientBuilder {
    fn default() -> Self {
        Self {
            token: Credential::None,
            base_url: BASE_URL.to_owned(),
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
    /// The API token of an account.
    pub fn token(self, token: impl Into<String>) -> Self {
        Self { token: Credential::Token(token.into()), ..self }
    }

    /// An OAuth 2.0 access token, which ends after half an hour: see
    /// [`ClientBuilder::token_source`] for what lasts longer, as a grant of the feature `oauth` does.
    pub fn bearer(self, token: impl Into<String>) -> Self {
        Self { token: Credential::Bearer(token.into()), ..self }
    }

    /// Where to get access tokens, again and again.
    pub fn token_source(self, source: impl TokenSource) -> Self {
        Self { token: Credential::Source(Arc::new(source)), ..self }
    }

    /// Where the API is: `https://api.chatwork.com/v2` when not set.
    pub fn base_url(self, base_url: impl Into<String>) -> Self {
        Self { base_url: base_url.into(), ..self }
    }

    /// The most time that one try of a call may take, from connecting to the end of the reply; 60
    /// seconds when not set. Waiting for a turn does not count. One call can have
    /// [its own](crate::Request::timeout). A download may take longer, as long as no wait for its
    /// next piece does.
    pub fn timeout(self, timeout: Duration) -> Self {
        Self { timeout, ..self }
    }

    /// The most time that connecting may take; 10 seconds when not set. It has no effect on an
    /// [HTTP client that is there already](ClientBuilder::http_client).
    pub fn connect_timeout(self, connect_timeout: Duration) -> Self {
        Self { connect_timeout, ..self }
    }

    /// What calls say they come from, in front of this crate's own name and version.
    pub fn user_agent(self, user_agent: impl Into<String>) -> Self {
        Self { user_agent: Some(user_agent.into()), ..self }
    }

    /// Whether and how often calls are sent again.
    pub fn retry(self, retry: RetryPolicy) -> Self {
        Self { retry, ..self }
    }

    /// Whether and how long calls wait for the rate limits.
    pub fn pacing(self, pacing: Pacing) -> Self {
        Self { pacing, ..self }
    }

    /// A function that sets up the HTTP client: proxies, certificates and the like. Redirects,
    /// user agent and the time for connecting are set after it, as this builder says.
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
    pub fn configure_http(
        self,
        configure: impl Fn(reqwest::ClientBuilder) -> reqwest::ClientBuilder + Send + Sync + 'static,
    ) -> Self {
        Self { http: Http::Made(Some(Arc::new(configure))), ..self }
    }

    /// An HTTP client that is there already, to share its connections. It keeps its own user agent
    /// unless [one is set](ClientBuilder::user_agent) here.
    ///
    /// Make it with `redirect::Policy::none()`: otherwise reqwest takes `X-ChatWorkToken` along to
    /// whatever host a redirect names. Nobody can ask a client whether it was; so a write for which
    /// no connection could be made is not sent again, since the connection may be that of a redirect
    /// that came after the API had acted. [`ClientBuilder::configure_http`] has neither risk.
    pub fn http_client(self, http_client: reqwest::Client) -> Self {
        Self { http: Http::Given(http_client), ..self }
    }

    /// The client.
    ///
    /// # Errors
    ///
    /// [`Error::Config`] when there is no token, a token is empty or holds what no header can (a
    /// line break, for example), nor can the user agent, the base URL is none, or TLS cannot be set
    /// up.
    pub fn build(self) -> Result<Client> {
        let base_url = base_url(&self.base_url)?;
        let (auth, tokens) = self.token.check()?;
        let user_agent = user_agent(self.user_agent.as_deref())?;
        let mut settings = Settings::new(auth).timeout(self.timeout);
        let (http, keeps_target) = match &self.http {
            Http::Made(configure) => (self.make(configure.as_ref(), user_agent, &base_url)?, true),
            #[cfg(feature = "oauth")]
            Http::Shared(http) => (http.clone(), true),
            Http::Given(http) => {
                settings.user_agent = self.user_agent.is_some().then_some(user_agent);
                (http.clone(), false)
            }
        };
        let base = base_url.as_str().trim_end_matches('/');
        let api = chatwork_api::Client::new_with_client(base, http, settings);
        let shared = Shared {
            api,
            tokens,
            timeout: Some(self.timeout),
            retry: self.retry,
            pacer: Pacer::new(self.pacing),
            edits: Edits::default(),
            keeps_target,
            rate_limit: std::sync::Mutex::new(None),
        };
        Ok(Client::from_shared(shared))
    }

    /// The same builder with an HTTP client that all which it builds share.
    #[cfg(feature = "oauth")]
    pub(crate) fn with_one_http_client(self) -> Result<Self> {
        let Http::Made(configure) = &self.http else {
            return Ok(self);
        };
        let user_agent = user_agent(self.user_agent.as_deref())?;
        let base_url = base_url(&self.base_url)?;
        let http = Http::Shared(self.make(configure.as_ref(), user_agent, &base_url)?);
        Ok(Self { http, ..self })
    }

    fn make(
        &self,
        configure: Option<&Arc<Configure>>,
        user_agent: HeaderValue,
        base_url: &Url,
    ) -> Result<reqwest::Client> {
        let made = HttpBuilder::new();
        let made = match configure {
            Some(configure) => configure(made),
            None => made,
        };
        self.finish(made.user_agent(user_agent), base_url)
    }

    /// The HTTP client: a redirect from the API's host is an answer, not followed. Files come from
    /// other hosts, to which no token goes.
    fn finish(&self, http: HttpBuilder, base_url: &Url) -> Result<reqwest::Client> {
        let api = base_url.origin();
        let policy = redirect::Policy::custom(move |attempt| {
            let of_api = attempt.previous().first().is_none_or(|url| url.origin() == api);
            if of_api || attempt.previous().len() > 5 { attempt.stop() } else { attempt.follow() }
        });
        http.redirect(policy)
            .connect_timeout(self.connect_timeout)
            .build()
            .map_err(|error| Error::Config(error.to_string()))
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
            Self::Token(token) => fixed(Auth::api_token(token)),
            Self::Bearer(token) => fixed(Auth::bearer(token)),
            Self::Source(source) => Ok((Auth::none(), Tokens::Source(source.clone()))),
        }
    }
}

impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::None => "none",
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
            Self::Shared(_) => "shared",
            Self::Given(_) => "given",
        })
    }
}

fn user_agent(name: Option<&str>) -> Result<HeaderValue> {
    let whole = match name {
        Some(name) => format!("{name} {USER_AGENT}"),
        None => USER_AGENT.to_owned(),
    };
    HeaderValue::try_from(whole).map_err(|_| {
        let what = "the user agent cannot be sent: expected one line of visible ASCII";
        Error::Config(what.to_owned())
    })
}

fn base_url(text: &str) -> Result<Url> {
    let refuse = |why: &str| Err(Error::Config(format!("the base URL {why}")));
    let Ok(url) = Url::parse(text) else {
        return refuse("is no URL: expected one such as https://api.chatwork.com/v2");
    };
    if !["http", "https"].contains(&url.scheme()) || url.host_str().is_none() {
        return refuse("is not of http or https");
    }
    if !url.username().is_empty() || url.password().is_some() {
        return refuse("holds a user name or a password: expected none");
    }
    if url.query().is_some() || url.fragment().is_some() {
        return refuse("has a query or a fragment: expected none");
    }
    Ok(url)
}

/// A builder with what the environment says.
pub(crate) fn from_env() -> Result<ClientBuilder> {
    let read = |name: &str| match std::env::var(name) {
        Ok(value) => Ok(Some(value)),
        Err(std::env::VarError::NotPresent) => Ok(None),
        Err(_) => Err(Error::Config(format!("{name} is not UTF-8"))),
    };
    let Some(token) = read(TOKEN_VARIABLE)? else {
        return Err(Error::Config(format!("{TOKEN_VARIABLE} is not set: expected an API token")));
    };
    let builder = ClientBuilder::default().token(token);
    Ok(match read(BASE_URL_VARIABLE)? {
        Some(base_url) => builder.base_url(base_url),
        None => builder,
    })
}
