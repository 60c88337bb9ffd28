//! The hook that progenitor calls before every request, and the client's constructors.

use progenitor_client::{ClientHooks, ClientInfo, OperationInfo};
use reqwest::Request;
use reqwest::redirect::Policy;

use crate::auth::Settings;
use crate::error::Error;
use crate::generated::client::Client;
use crate::generated::operations::BASE_URL;

impl ClientHooks<Settings> for Client {
    async fn pre<E>(
        &self,
        request: &mut Request,
        _: &OperationInfo,
    ) -> Result<(), progenitor_client::Error<E>> {
        let settings = self.inner();
        settings.auth.apply(request);
        if settings.timeout.is_some() {
            *request.timeout_mut() = settings.timeout;
        }
        Ok(())
    }
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

    /// The same client with other settings; the connections are shared.
    #[must_use]
    pub fn with_settings(&self, settings: impl Into<Settings>) -> Self {
        Self::new_with_client(self.baseurl(), self.client().clone(), settings.into())
    }
}
