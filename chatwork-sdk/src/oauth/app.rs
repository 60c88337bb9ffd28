//! A registered app.

use std::fmt;
use std::time::Duration;

use chatwork_api::Secret;
use chatwork_api::operations::{AUTHORIZATION_URL, TOKEN_URL};
use chatwork_api::reqwest::{self, Url, redirect};

use super::{Error, GrantSource, TokenStore};
use crate::client::http::{CONNECT_TIMEOUT, USER_AGENT};

/// The most time that one request to the token endpoint may take.
const TIMEOUT: Duration = Duration::from_secs(30);

/// An app (OAuth 2.0 client) that is registered with Chatwork. It is cheap to clone; `Debug` shows
/// no secret.
///
/// ```
/// use chatwork_sdk::oauth::App;
///
/// let app = App::builder("the client id")
///     .secret("the client secret") // left out: a public client, which cannot keep one
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
    /// Whether a connection that was not made means that nothing was sent: a client of somebody
    /// else's may have followed a redirect first.
    pub(super) keeps_target: bool,
}

/// Makes an [`App`].
#[derive(Clone)]
#[must_use]
pub struct AppBuilder {
    client_id: String,
    secret: Option<String>,
    redirect_uri: Option<String>,
    authorization_url: String,
    token_url: String,
    http: Option<reqwest::Client>,
}

impl App {
    /// Begins with the client id that Chatwork gave the app.
    pub fn builder(client_id: impl Into<String>) -> AppBuilder {
        AppBuilder {
            client_id: client_id.into(),
            secret: None,
            redirect_uri: None,
            authorization_url: AUTHORIZATION_URL.to_owned(),
            token_url: TOKEN_URL.to_owned(),
            http: None,
        }
    }

    /// Whether the app keeps a secret: a confidential client.
    pub fn is_confidential(&self) -> bool {
        self.secret.is_some()
    }

    /// Gives access tokens of one grant, from a store, and refreshes them: see [`GrantSource`].
    pub fn source(&self, store: impl TokenStore) -> GrantSource {
        GrantSource::new(self.clone(), Box::new(store))
    }
}

impl AppBuilder {
    /// The client secret of a confidential client. Without it the app is a public client, as a
    /// program on people's own machines is: who has the program would have the secret, too.
    pub fn secret(self, secret: impl Into<String>) -> Self {
        Self { secret: Some(secret.into()), ..self }
    }

    /// Where people come back to, exactly as it is registered. It is needed when several are.
    pub fn redirect_uri(self, redirect_uri: impl Into<String>) -> Self {
        Self { redirect_uri: Some(redirect_uri.into()), ..self }
    }

    /// Other addresses than the service's: those of a sandbox, for example.
    pub fn endpoints(
        self,
        authorization_url: impl Into<String>,
        token_url: impl Into<String>,
    ) -> Self {
        let (authorization_url, token_url) = (authorization_url.into(), token_url.into());
        Self { authorization_url, token_url, ..self }
    }

    /// An HTTP client of your own for the token endpoint. It should follow no redirects, and give
    /// up on what takes too long.
    pub fn http_client(self, http: reqwest::Client) -> Self {
        Self { http: Some(http), ..self }
    }

    /// The app.
    ///
    /// # Errors
    ///
    /// [`Error::Config`] when the client id or the secret is empty, an address is none, the
    /// redirect URI has a fragment, or TLS cannot be set up.
    pub fn build(self) -> Result<App, Error> {
        require(!self.client_id.is_empty(), "the client id is empty")?;
        let secret = self.secret.as_deref();
        require(secret != Some(""), "the client secret is empty: a public client has none")?;
        if let Some(uri) = &self.redirect_uri {
            let fits = Url::parse(uri).is_ok_and(|uri| uri.fragment().is_none());
            require(fits, "the redirect URI is not an absolute address without a fragment")?;
        }
        let token_url = endpoint("token", &self.token_url)?;
        let keeps_target = self.http.is_none();
        let http = match self.http {
            Some(http) => http,
            None => http(&token_url)?,
        };
        Ok(App {
            client_id: self.client_id,
            secret: self.secret.map(Secret::from),
            redirect_uri: self.redirect_uri,
            authorization_url: endpoint("authorization", &self.authorization_url)?,
            token_url,
            http,
            keeps_target,
        })
    }
}

fn require(holds: bool, what: &str) -> Result<(), Error> {
    if holds { Ok(()) } else { Err(Error::config(what)) }
}

fn endpoint(name: &str, text: &str) -> Result<Url, Error> {
    let refuse = |why: &str| Error::config(format!("the address of the {name} endpoint {why}"));
    let url = Url::parse(text).map_err(|_| refuse("is no URL"))?;
    if !["http", "https"].contains(&url.scheme()) || url.host_str().is_none() {
        return Err(refuse("is not of http or https"));
    }
    if url.fragment().is_some() || !url.username().is_empty() || url.password().is_some() {
        return Err(refuse("has a fragment, a user name or a password: expected none"));
    }
    Ok(url)
}

fn http(token_url: &Url) -> Result<reqwest::Client, Error> {
    crate::client::http::builder(token_url)
        .map_err(Error::config)?
        .redirect(redirect::Policy::none())
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
