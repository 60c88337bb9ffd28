//! A registered app.

use std::fmt;
use std::time::Duration;

use chatwork_api::Secret;
use chatwork_api::operations::{AUTHORIZATION_URL, TOKEN_URL};
use chatwork_api::reqwest::redirect::Policy;
use chatwork_api::reqwest::{self, Url};

use super::{Error, GrantSource, TokenStore, redirect};
use crate::client::address::service_url;
use crate::client::http::{CONNECT_TIMEOUT, USER_AGENT};

/// The timeout of one request to the token endpoint.
const TIMEOUT: Duration = Duration::from_secs(30);

/// An app (OAuth 2.0 client) that is registered with Chatwork. Clones are cheap. `Debug` shows no
/// secret.
///
/// ```
/// use chatwork_sdk::oauth::App;
///
/// let app = App::builder("the client id")
///     .secret("the client secret") // a public client has none
///     .redirect_uri("https://report.example/callback")
///     .build()?;
/// # Ok::<(), chatwork_sdk::oauth::Error>(())
/// ```
#[derive(Clone)]
pub struct App {
    pub(super) client_id: String,
    pub(super) secret: Option<Secret>,
    pub(super) redirect_uri: Option<String>,
    pub(super) authorization_url: Url,
    pub(super) token_url: Url,
    pub(super) http: reqwest::Client,
    /// Whether a connect error proves that nothing was sent. A client that the program set may have
    /// followed a redirect first.
    pub(super) redirects_disabled: bool,
}

/// Builds an [`App`].
#[derive(Clone)]
#[must_use]
pub struct AppBuilder {
    client_id: String,
    secret: Option<String>,
    redirect_uri: Option<String>,
    authorization_url: String,
    token_url: String,
    allow_http_redirect_uri: bool,
    allow_insecure_http: bool,
    http: Option<reqwest::Client>,
}

impl App {
    /// Starts a builder with the client id of a registered app.
    pub fn builder(client_id: impl Into<String>) -> AppBuilder {
        AppBuilder {
            client_id: client_id.into(),
            secret: None,
            redirect_uri: None,
            authorization_url: AUTHORIZATION_URL.to_owned(),
            token_url: TOKEN_URL.to_owned(),
            allow_http_redirect_uri: false,
            allow_insecure_http: false,
            http: None,
        }
    }

    /// Returns `true` if the app has a secret and so is a confidential client.
    pub fn is_confidential(&self) -> bool {
        self.secret.is_some()
    }

    /// Returns a source of the access tokens of one stored grant. It refreshes them: see
    /// [`GrantSource`].
    pub fn source(&self, store: impl TokenStore) -> GrantSource {
        GrantSource::new(self.clone(), Box::new(store))
    }
}

impl AppBuilder {
    /// Sets the client secret of a confidential client.
    ///
    /// Without a secret the app is a public client, such as a program that runs on its users'
    /// machines. A secret in such a program would be no secret: every user could read it.
    pub fn secret(self, secret: impl Into<String>) -> Self {
        Self { secret: Some(secret.into()), ..self }
    }

    /// Sets the address to which the consent page sends the browser, exactly as it is registered.
    /// It is required if several addresses are registered.
    ///
    /// Chatwork registers one to five addresses: for a confidential client `https://` only, for a
    /// public client anything but `http://`.
    pub fn redirect_uri(self, redirect_uri: impl Into<String>) -> Self {
        Self { redirect_uri: Some(redirect_uri.into()), ..self }
    }

    /// Allows a redirect address with `http://` to this machine, for tests. Default: not allowed.
    ///
    /// Chatwork registers no such address. A sandbox accepts one that its `test_redirect_uris`
    /// lists.
    ///
    /// ```
    /// use chatwork_sdk::oauth::App;
    ///
    /// let app = App::builder("sandbox-public-app").redirect_uri("http://127.0.0.1:8765/callback");
    /// assert!(app.clone().build().is_err());
    /// assert!(app.allow_http_redirect_uri(true).build().is_ok());
    /// ```
    pub fn allow_http_redirect_uri(self, allow: bool) -> Self {
        Self { allow_http_redirect_uri: allow, ..self }
    }

    /// Replaces the addresses of the consent page and of the token endpoint, for example by those
    /// of a sandbox.
    ///
    /// Codes, tokens and the client secret go there. So [`AppBuilder::build`] refuses `http://` to
    /// another machine, unless [`AppBuilder::allow_insecure_http`] is set.
    pub fn endpoints(
        self,
        authorization_url: impl Into<String>,
        token_url: impl Into<String>,
    ) -> Self {
        let (authorization_url, token_url) = (authorization_url.into(), token_url.into());
        Self { authorization_url, token_url, ..self }
    }

    /// Allows endpoints with `http://` to another machine. Default: not allowed.
    ///
    /// Codes, tokens and the client secret then cross the network in clear text. Use it only in a
    /// network that you trust, as between containers of one test.
    ///
    /// ```
    /// use chatwork_sdk::oauth::App;
    ///
    /// let app = App::builder("sandbox-public-app");
    /// let app = app.endpoints("http://sandbox:8899/login", "http://sandbox:8899/token");
    /// assert!(app.clone().build().is_err());
    /// assert!(app.allow_insecure_http(true).build().is_ok());
    /// ```
    pub fn allow_insecure_http(self, allow: bool) -> Self {
        Self { allow_insecure_http: allow, ..self }
    }

    /// Sets the HTTP client for the token endpoint. It should follow no redirects and have a
    /// timeout.
    pub fn http_client(self, http: reqwest::Client) -> Self {
        Self { http: Some(http), ..self }
    }

    /// Builds the app.
    ///
    /// # Errors
    ///
    /// [`Error::Config`] if the client id or the secret is empty, an endpoint's address is invalid
    /// or [insecure](AppBuilder::endpoints), Chatwork does not register such a
    /// [redirect address](AppBuilder::redirect_uri), or TLS cannot be set up.
    pub fn build(self) -> Result<App, Error> {
        self.check()?;
        let authorization_url = self.endpoint("authorization", &self.authorization_url)?;
        let token_url = self.endpoint("token", &self.token_url)?;
        let redirects_disabled = self.http.is_none();
        let http = match self.http {
            Some(http) => http,
            None => http(&token_url)?,
        };
        Ok(App {
            client_id: self.client_id,
            secret: self.secret.map(Secret::from),
            redirect_uri: self.redirect_uri,
            authorization_url,
            token_url,
            http,
            redirects_disabled,
        })
    }

    fn check(&self) -> Result<(), Error> {
        require(!self.client_id.is_empty(), "the client id is empty")?;
        let secret = self.secret.as_deref();
        require(secret != Some(""), "the client secret is empty: a public client has none")?;
        match &self.redirect_uri {
            Some(uri) => redirect::check(uri, secret.is_some(), self.allow_http_redirect_uri),
            None => Ok(()),
        }
    }

    fn endpoint(&self, name: &str, text: &str) -> Result<Url, Error> {
        service_url(text, self.allow_insecure_http, "`allow_insecure_http`").map_err(|what| {
            Error::config(format!("invalid address of the {name} endpoint: {what}"))
        })
    }
}

fn require(holds: bool, what: &str) -> Result<(), Error> {
    if holds { Ok(()) } else { Err(Error::config(what)) }
}

fn http(token_url: &Url) -> Result<reqwest::Client, Error> {
    crate::client::http::require_provider().map_err(Error::config)?;
    crate::client::http::builder(token_url)
        .map_err(Error::config)?
        .redirect(Policy::none())
        .user_agent(USER_AGENT)
        .connect_timeout(CONNECT_TIMEOUT)
        .timeout(TIMEOUT)
        .build()
        .map_err(|error| Error::config(error.to_string()))
}

impl fmt::Debug for App {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("App")
            .field("client_id", &self.client_id)
            .field("confidential", &self.is_confidential())
            .field("redirect_uri", &self.redirect_uri)
            .field("token_url", &self.token_url.as_str())
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for AppBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AppBuilder").field("client_id", &self.client_id).finish_non_exhaustive()
    }
}
