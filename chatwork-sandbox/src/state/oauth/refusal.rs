//! Why an app does not get what it asks for.

use chatwork_api::types::OAuthError;

use crate::complete::complete;

/// A refusal, with a code of RFC 6749.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct OAuthRefusal {
    /// The code.
    pub(crate) code: &'static str,
    /// What is wrong, for people: printable ASCII without `"` and `\`, as RFC 6749 has it.
    pub(crate) description: String,
}

impl OAuthRefusal {
    fn new(code: &'static str, description: &str) -> Self {
        let plain = |c: char| (c == ' ' || c.is_ascii_graphic()) && c != '"' && c != '\\';
        let description = description.chars().map(|c| if plain(c) { c } else { '?' }).collect();
        Self { code, description }
    }

    /// A parameter is missing, there twice, or makes no sense.
    pub(crate) fn request(description: &str) -> Self {
        Self::new("invalid_request", description)
    }

    /// Nobody knows the client, or it does not say rightly who it is.
    pub(crate) fn client(description: &str) -> Self {
        Self::new("invalid_client", description)
    }

    /// The code or refresh token is not good, or not for this client.
    pub(crate) fn grant(description: &str) -> Self {
        Self::new("invalid_grant", description)
    }

    /// A scope that is not there, or that the client may not have.
    pub(crate) fn scope(description: &str) -> Self {
        Self::new("invalid_scope", description)
    }

    /// Another `grant_type` than the two.
    pub(crate) fn grant_type() -> Self {
        let text = "grant_type is authorization_code or refresh_token";
        Self::new("unsupported_grant_type", text)
    }

    /// Another `response_type` than `code`.
    pub(crate) fn response_type() -> Self {
        Self::new("unsupported_response_type", "response_type is code")
    }

    /// The person said no.
    pub(crate) fn denied() -> Self {
        Self::new("access_denied", "The resource owner denied the request")
    }

    /// A parameter that is not there.
    pub(crate) fn missing(name: &str) -> Self {
        Self::request(&format!("{name} is required"))
    }

    /// The status of the token endpoint.
    pub(crate) fn status(&self) -> u16 {
        if self.code == "invalid_client" { 401 } else { 400 }
    }

    /// What a log says of it.
    pub(crate) fn note(&self) -> String {
        format!("{}: {}", self.code, self.description)
    }

    /// The body of the token endpoint.
    pub(crate) fn body(&self) -> OAuthError {
        complete!(OAuthError {
            error: self.code.to_owned(),
            error_description: Some(self.description.clone()),
            error_uri: None,
        })
    }
}
