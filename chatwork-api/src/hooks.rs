//! What every request gets before it is sent, and the client's constructors.

use crate::runtime::{ClientInfo, ResponseValue};
use reqwest::header::{CONTENT_LENGTH, HeaderValue, USER_AGENT};
use reqwest::redirect::Policy;
use reqwest::{Method, Request, RequestBuilder, Url};
use serde::de::DeserializeOwned;

use crate::auth::Settings;
use crate::error::Error;
use crate::generated::client::Client;
use crate::generated::operations::BASE_URL;
use crate::reply;

impl Client {
    /// Adds what every request needs: token, user agent, time limit.
    pub(crate) fn prepare(&self, request: &mut Request) {
        let settings = self.inner();
        settings.auth.apply(request);
        if carries_nothing(request) {
            request.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
        }
        if let Some(name) = &settings.user_agent {
            request.headers_mut().insert(USER_AGENT, name.clone());
        }
        if settings.timeout.is_some() {
            *request.timeout_mut() = settings.timeout;
        }
    }
}

/// Whether a request that usually has a body has none, or an empty one. The HTTP library then says
/// no length, and some servers and proxies answer that with 411.
fn carries_nothing(request: &Request) -> bool {
    let method = request.method();
    let body = request.body();
    (method == Method::POST || method == Method::PUT)
        && body.is_none_or(|body| body.as_bytes().is_some_and(<[u8]>::is_empty))
}

impl Client {
    /// A client for the service, with an HTTP client of its own that follows no redirects: a
    /// redirect to another host would take the token along.
    ///
    /// # Errors
    ///
    /// [`Error::Invalid`] when TLS cannot be set up.
    ///
    /// ```
    /// use chatwork_api::{Auth, Client};
    ///
    /// let client = Client::new(Auth::api_token("0123456789abcdef")?)?;
    /// assert!(!format!("{client:?}").contains("0123456789abcdef"));
    /// # Ok::<(), chatwork_api::Error>(())
    /// ```
    pub fn new(settings: impl Into<Settings>) -> Result<Self, Error> {
        let http = reqwest::Client::builder().redirect(Policy::none()).build()?;
        Ok(Self::new_with_client(BASE_URL, http, settings.into()))
    }

    /// Sends a request that no method of this client stands for: with the token and the time limit
    /// of the client, and read as all replies are. A success without a body is `None`.
    ///
    /// # Errors
    ///
    /// Any [`Error`]; every status outside 200 to 299 is [`Error::Refused`]. [`Error::Invalid`]
    /// when the request goes anywhere but below the base URL: the token would go there, too. A
    /// file's download address is such a place.
    ///
    /// ```no_run
    /// # async fn example(client: chatwork_api::Client) -> Result<(), chatwork_api::Error> {
    /// use chatwork_api::ClientInfo;
    /// use chatwork_api::types::Message;
    ///
    /// let url = format!("{}/rooms/1/messages?force=1", client.baseurl());
    /// let reply = client.send::<Vec<Message>>(client.client().get(url)).await?;
    /// println!("{} messages", reply.into_inner().unwrap_or_default().len());
    /// # Ok(())
    /// # }
    /// ```
    pub async fn send<T: DeserializeOwned>(
        &self,
        request: RequestBuilder,
    ) -> Result<ResponseValue<Option<T>>, Error> {
        let request = request.build()?;
        self.check_target(request.url())?;
        let response = reply::exchange(self, request).await?;
        match response.status() {
            status if status.is_success() && response.is_empty() => Ok(response.none()),
            status if status.is_success() => response.some(),
            _ => Err(response.refused()),
        }
    }

    /// Refuses an address that is not below the base URL.
    fn check_target(&self, url: &Url) -> Result<(), Error> {
        let below = self.base.url().is_some_and(|base| {
            let path = url.path().strip_prefix(base.path().trim_end_matches('/'));
            base.origin() == url.origin() && path.is_some_and(|rest| rest.starts_with('/'))
        });
        if below {
            return Ok(());
        }
        Err(Error::Invalid("the address is not below the base URL: the token is for that".into()))
    }

    /// The same client with other settings. It is cheap to make: connections and base URL are
    /// shared.
    #[must_use]
    pub fn with_settings(&self, settings: impl Into<Settings>) -> Self {
        let (client, base) = (self.client.clone(), self.base.clone());
        Self { client, inner: settings.into(), base }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Auth;

    fn checked(url: &str) -> Result<(), Error> {
        let client = Client::new(Auth::none()).unwrap();
        client.check_target(&Url::parse(url).unwrap())
    }

    #[test]
    fn a_request_goes_below_the_base_url() {
        assert!(checked("https://api.chatwork.com/v2/rooms/1?force=1").is_ok());
    }

    #[test]
    fn the_token_goes_nowhere_else() {
        for url in [
            "https://example.com/v2/me",
            "http://api.chatwork.com/v2/me",
            "https://api.chatwork.com:8443/v2/me",
            "https://api.chatwork.com/v20/me",
            "https://api.chatwork.com/v2/../me",
        ] {
            let error = checked(url).unwrap_err().to_string();
            assert!(error.contains("not below the base URL"), "{url}: {error}");
        }
    }
}
