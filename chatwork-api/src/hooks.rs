//! The hook that progenitor calls before every request, and the client's constructors.

use progenitor_client::{ClientHooks, ClientInfo, OperationInfo, ResponseValue};
use reqwest::header::{CONTENT_LENGTH, HeaderValue};
use reqwest::redirect::Policy;
use reqwest::{Method, Request, RequestBuilder, StatusCode};
use serde::de::DeserializeOwned;

use crate::auth::Settings;
use crate::error::Error;
use crate::generated::client::Client;
use crate::generated::operations::BASE_URL;
use crate::reply;

impl ClientHooks<Settings> for Client {
    async fn pre<E>(
        &self,
        request: &mut Request,
        _: &OperationInfo,
    ) -> Result<(), progenitor_client::Error<E>> {
        let settings = self.inner();
        settings.auth.apply(request);
        if carries_nothing(request) {
            request.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
        }
        if settings.timeout.is_some() {
            *request.timeout_mut() = settings.timeout;
        }
        Ok(())
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
        let http = reqwest::Client::builder()
            .redirect(Policy::none())
            .build()?;
        Ok(Self::new_with_client(BASE_URL, http, settings.into()))
    }

    /// Sends a request that no method of this client stands for: with the token and the time limit
    /// of the client, and read as all replies are. A success without a body is `None`.
    ///
    /// # Errors
    ///
    /// Any [`Error`]; every status outside 200 to 299 is [`Error::Refused`].
    pub async fn send<T: DeserializeOwned>(
        &self,
        request: RequestBuilder,
    ) -> Result<ResponseValue<Option<T>>, Error> {
        let mut request = request.build()?;
        let info = OperationInfo { operation_id: "request" };
        self.pre::<()>(&mut request, &info).await?;
        let response = self.exec(request, &info).await?;
        match response.status() {
            StatusCode::NO_CONTENT => Ok(reply::none(response)),
            status if status.is_success() => reply::some(response).await,
            _ => Err(reply::refused(response).await),
        }
    }

    /// The same client with other settings; the connections are shared.
    #[must_use]
    pub fn with_settings(&self, settings: impl Into<Settings>) -> Self {
        Self::new_with_client(self.baseurl(), self.client().clone(), settings.into())
    }
}
