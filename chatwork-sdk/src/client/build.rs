//! Checks the settings of a client, and makes it.

use std::sync::{Arc, Mutex};

use chatwork_api::Settings;
use chatwork_api::reqwest::header::HeaderValue;
use chatwork_api::reqwest::{self, Url};

use super::environment::INSECURE_HTTP_VARIABLE;
use super::http;
use super::transport::{Configure, Http};
use super::{Client, ClientBuilder, Shared, address};
use crate::error::{Error, Result};
#[cfg(feature = "limits")]
use crate::limits::Accounts;
use crate::pace::RateLimiter;
use crate::room_locks::RoomLocks;
#[cfg(feature = "limits")]
use crate::token::Tokens;

impl ClientBuilder {
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
        let proxy_use = self.http.proxy_use(&base_url);
        let base = base_url.as_str().trim_end_matches('/');
        let api = chatwork_api::Client::new_with_client(base, http, settings);
        let rate_limiter = RateLimiter::new(self.pacing).reporting(self.on_wait.clone());
        #[cfg(feature = "limits")]
        let rate_limiter = self.share(rate_limiter, &api, &tokens);
        Ok(Client::from_shared(Shared {
            api,
            tokens,
            timeout: Some(self.timeout),
            retry: self.retry,
            rate_limiter,
            max_wait: self.pacing.longest_wait(),
            room_locks: RoomLocks::default(),
            redirects_disabled,
            proxy: proxy_use.find(&base_url),
            proxy_use,
            rate_limit: Mutex::new(None),
        }))
    }

    #[cfg(feature = "limits")]
    fn share(
        &self,
        rate_limiter: RateLimiter,
        api: &chatwork_api::Client,
        tokens: &Tokens,
    ) -> RateLimiter {
        let Some(store) = self.limits.clone() else { return rate_limiter };
        let (token, name) = (self.token.secret(), self.limits_name.clone());
        let accounts = Accounts::new(store.clone(), api.clone(), tokens.clone(), token, name);
        rate_limiter.share(store, accounts, self.timeout, self.limits_required)
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
            None => {
                http::require_provider().map_err(Error::Config)?;
                http
            }
        };
        http.user_agent(user_agent)
            .redirect(http::redirects(base_url))
            .connect_timeout(self.connect_timeout)
            .build()
            .map_err(|error| Error::Config(error.to_string()))
    }
}
