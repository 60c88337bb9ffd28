//! Refusals of OAuth 2.0.
//!
//! Where a text of the vendor is known, it is that of an appendix of 2019.

use serde::Serialize;

/// A refusal with a code of RFC 6749.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct OAuthRefusal {
    /// The code.
    pub(crate) code: &'static str,
    /// The text for people: printable ASCII without `"` and `\`, as RFC 6749 demands.
    pub(crate) description: String,
    /// A detail for the log alone.
    detail: Option<String>,
}

impl OAuthRefusal {
    fn new(code: &'static str, description: &str) -> Self {
        Self { code, description: plain(description), detail: None }
    }

    /// Adds a detail for the log.
    pub(crate) fn of(self, detail: &str) -> Self {
        Self { detail: Some(plain(detail)), ..self }
    }

    /// `invalid_request`: a parameter is missing, repeated or malformed.
    pub(crate) fn request(description: &str) -> Self {
        Self::new("invalid_request", description)
    }

    /// `invalid_client`: the client cannot be authenticated.
    pub(crate) fn client(description: &str) -> Self {
        Self::new("invalid_client", description)
    }

    /// `invalid_client`: no app has this id.
    pub(crate) fn unknown_client(id: &str) -> Self {
        Self::client(&format!("The client ID `{id}` is unknown."))
    }

    /// `invalid_grant`: the code or refresh token is invalid, or belongs to another client.
    pub(crate) fn grant(description: &str) -> Self {
        Self::new("invalid_grant", description)
    }

    /// `invalid_scope`: a scope does not exist, or the client may not ask for it.
    pub(crate) fn scope(description: &str) -> Self {
        Self::new("invalid_scope", description)
    }

    /// `unsupported_grant_type`.
    pub(crate) fn grant_type() -> Self {
        let text = "invalid grant_type: expected authorization_code or refresh_token";
        Self::new("unsupported_grant_type", text)
    }

    /// `unsupported_response_type`.
    pub(crate) fn response_type() -> Self {
        Self::new("unsupported_response_type", "invalid response_type: expected code")
    }

    /// `invalid_request`: a parameter is missing.
    pub(crate) fn missing(name: &str) -> Self {
        let parameter = if name == "response_type" { " parameter" } else { "" };
        Self::request(&format!("`{name}`{parameter} is missing."))
    }

    /// The status at the token endpoint.
    pub(crate) fn status(&self) -> u16 {
        if self.code == "invalid_client" { 401 } else { 400 }
    }

    /// The reason in the log.
    pub(crate) fn reason(&self) -> String {
        let detail = self.detail.as_ref().map_or_else(String::new, |text| format!(" ({text})"));
        format!("{}: {}{detail}", self.code, self.description)
    }

    /// The value of `WWW-Authenticate`, which RFC 6749 wants with a 401. Some clients parse it and
    /// then drop the body, so the header has the error as well.
    pub(crate) fn challenge(&self) -> String {
        let (code, text) = (self.code, &self.description);
        let realm = "Basic realm=\"chatwork-sandbox\"";
        format!("{realm}, error=\"{code}\", error_description=\"{text}\"")
    }

    /// The body at the token endpoint. `error_uri` is always null.
    pub(crate) fn body(&self) -> ErrorBody<'_> {
        ErrorBody { error: self.code, error_description: &self.description, error_uri: () }
    }
}

/// The body of a refusal. The type of the API would leave `error_uri` out.
#[derive(Serialize)]
pub(crate) struct ErrorBody<'a> {
    error: &'a str,
    error_description: &'a str,
    error_uri: (),
}

fn plain(text: &str) -> String {
    let is_plain = |c: char| (c == ' ' || c.is_ascii_graphic()) && c != '"' && c != '\\';
    text.chars().take(LONGEST).map(|c| if is_plain(c) { c } else { '?' }).collect()
}

/// The most characters of a text: it may quote what the client sent.
const LONGEST: usize = 200;
