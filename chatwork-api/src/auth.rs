//! Authentication of a request.

use std::fmt;
use std::time::Duration;

use reqwest::Request;
use reqwest::header::{AUTHORIZATION, HeaderName, HeaderValue};

use crate::error::Error;
use crate::generated::headers::X_CHAT_WORK_TOKEN;

static API_TOKEN: HeaderName = HeaderName::from_static(X_CHAT_WORK_TOKEN);

/// The token that a client sends: an API token or an OAuth 2.0 access token, never both.
///
/// `Debug` shows which of the two it is, and hides the token.
#[derive(Clone)]
pub struct Auth(Kind);

#[derive(Clone)]
enum Kind {
    None,
    ApiToken(HeaderValue),
    Bearer(HeaderValue),
}

impl Auth {
    /// Takes an API token, which is sent in the header `X-ChatWorkToken`.
    ///
    /// # Errors
    ///
    /// [`Error::Invalid`] if the token is empty, or has a character that a header cannot hold:
    /// a line break, a space, or a character outside ASCII.
    ///
    /// ```
    /// assert!(chatwork_api::Auth::api_token("0123456789abcdef").is_ok());
    /// assert!(chatwork_api::Auth::api_token("0123\n").is_err());
    /// ```
    pub fn api_token(token: &str) -> Result<Self, Error> {
        header(token, "").map(|value| Self(Kind::ApiToken(value)))
    }

    /// Takes an OAuth 2.0 access token, which is sent in the header `Authorization`.
    ///
    /// # Errors
    ///
    /// As [`Auth::api_token`].
    pub fn bearer(token: &str) -> Result<Self, Error> {
        header(token, "Bearer ").map(|value| Self(Kind::Bearer(value)))
    }

    /// Sends no token: every operation answers 401.
    pub fn none() -> Self {
        Self(Kind::None)
    }

    /// Whether it is an OAuth 2.0 access token, which has scopes.
    pub fn is_bearer(&self) -> bool {
        matches!(self.0, Kind::Bearer(_))
    }

    /// Adds the token to a request.
    pub(crate) fn apply(&self, request: &mut Request) {
        let (name, value) = match &self.0 {
            Kind::None => return,
            Kind::ApiToken(value) => (API_TOKEN.clone(), value),
            Kind::Bearer(value) => (AUTHORIZATION, value),
        };
        request.headers_mut().insert(name, value.clone());
    }
}

fn header(token: &str, prefix: &str) -> Result<HeaderValue, Error> {
    let invalid = |why: &str| Error::Invalid(format!("the token cannot be sent: {why}"));
    if token.is_empty() {
        return Err(invalid("it is empty"));
    }
    if let Some(place) = token.bytes().position(|byte| !byte.is_ascii_graphic()) {
        let why = format!("byte {place} is a space, a control character or not ASCII");
        return Err(invalid(&why));
    }
    let mut value = HeaderValue::from_str(&format!("{prefix}{token}"))
        .map_err(|_| invalid("a header cannot hold it"))?;
    value.set_sensitive(true);
    Ok(value)
}

impl fmt::Debug for Auth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0 {
            Kind::None => "Auth(none)",
            Kind::ApiToken(_) => "Auth(API token)",
            Kind::Bearer(_) => "Auth(bearer)",
        })
    }
}

/// What a client adds to every request.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Settings {
    /// The token.
    pub auth: Auth,
    /// The time limit of a call, from connecting to the last byte of the reply. `None` leaves the
    /// limit of the HTTP client in place.
    pub timeout: Option<Duration>,
    /// The user agent. `None` leaves the user agent of the HTTP client in place.
    pub user_agent: Option<HeaderValue>,
}

impl Settings {
    /// Creates settings with a token, without a time limit and without a user agent.
    pub fn new(auth: Auth) -> Self {
        Self { auth, timeout: None, user_agent: None }
    }

    /// Sets the time limit of a call.
    #[must_use]
    pub fn timeout(self, timeout: Duration) -> Self {
        Self { timeout: Some(timeout), ..self }
    }

    /// Sets the user agent.
    #[must_use]
    pub fn user_agent(self, user_agent: HeaderValue) -> Self {
        Self { user_agent: Some(user_agent), ..self }
    }
}

impl From<Auth> for Settings {
    fn from(auth: Auth) -> Self {
        Self::new(auth)
    }
}

#[cfg(test)]
mod tests {
    use super::{Auth, Settings};

    #[test]
    fn debug_shows_no_token() {
        let auth = Auth::api_token("secret-token").unwrap();
        assert_eq!(
            format!("{:?}", Settings::new(auth)),
            "Settings { auth: Auth(API token), timeout: None, user_agent: None }"
        );
    }

    #[test]
    fn debug_shows_no_bearer() {
        assert_eq!(format!("{:?}", Auth::bearer("secret-token").unwrap()), "Auth(bearer)");
    }

    #[test]
    fn an_empty_token_is_refused() {
        let error = Auth::api_token("").unwrap_err();
        assert_eq!(error.to_string(), "invalid request: the token cannot be sent: it is empty");
    }

    #[test]
    fn a_line_break_is_refused_with_its_place_and_without_the_token() {
        let error = Auth::bearer("abc\r\nX: y").unwrap_err().to_string();
        assert!(error.contains("byte 3") && !error.contains("abc"), "{error}");
    }
}
