//! A refusal by the consent page or the token endpoint.

use std::fmt;

use chatwork_api::reqwest::{StatusCode, Url};

use crate::text::is_invisible;

/// The most characters that are kept of a text from the server.
const KEPT: usize = 500;

/// An error code of RFC 6749 (4.1.2.1 and 5.2).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorCode {
    /// `invalid_request`: a parameter is missing, repeated or invalid.
    InvalidRequest,
    /// `invalid_client`: the client id or the secret is wrong, or was sent in the wrong place.
    InvalidClient,
    /// `invalid_grant`: the code or the refresh token is expired, used, revoked or another
    /// client's, or the redirect URI or the verifier does not belong to the code.
    InvalidGrant,
    /// `unauthorized_client`: the client may not use this grant.
    UnauthorizedClient,
    /// `unsupported_grant_type`: the server does not know this grant.
    UnsupportedGrantType,
    /// `invalid_scope`: a scope is unknown, or is not for this client.
    InvalidScope,
    /// `access_denied`: the person denied the consent.
    AccessDenied,
    /// `unsupported_response_type`: the server does not return codes.
    UnsupportedResponseType,
    /// `server_error`: the server failed.
    ServerError,
    /// `temporarily_unavailable`: the server is overloaded or under maintenance.
    TemporarilyUnavailable,
    /// A code that this version does not know.
    Other(String),
}

impl ErrorCode {
    /// Returns the code as the server sends it.
    pub fn as_str(&self) -> &str {
        match self {
            Self::InvalidRequest => "invalid_request",
            Self::InvalidClient => "invalid_client",
            Self::InvalidGrant => "invalid_grant",
            Self::UnauthorizedClient => "unauthorized_client",
            Self::UnsupportedGrantType => "unsupported_grant_type",
            Self::InvalidScope => "invalid_scope",
            Self::AccessDenied => "access_denied",
            Self::UnsupportedResponseType => "unsupported_response_type",
            Self::ServerError => "server_error",
            Self::TemporarilyUnavailable => "temporarily_unavailable",
            Self::Other(code) => code,
        }
    }
}

impl From<&str> for ErrorCode {
    fn from(code: &str) -> Self {
        match code {
            "invalid_request" => Self::InvalidRequest,
            "invalid_client" => Self::InvalidClient,
            "invalid_grant" => Self::InvalidGrant,
            "unauthorized_client" => Self::UnauthorizedClient,
            "unsupported_grant_type" => Self::UnsupportedGrantType,
            "invalid_scope" => Self::InvalidScope,
            "access_denied" => Self::AccessDenied,
            "unsupported_response_type" => Self::UnsupportedResponseType,
            "server_error" => Self::ServerError,
            "temporarily_unavailable" => Self::TemporarilyUnavailable,
            other => Self::Other(other.to_owned()),
        }
    }
}

impl fmt::Display for ErrorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A refusal by the consent page, in the callback, or by the token endpoint, in its reply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    pub(super) status: Option<StatusCode>,
    pub(super) code: Option<ErrorCode>,
    pub(super) description: Option<String>,
    pub(super) uri: Option<String>,
    /// Whether this is an empty 400 or 401 to a refresh.
    pub(super) is_empty_refresh: bool,
    /// Whether the same refresh token was refused so before.
    pub(super) is_repeated: bool,
}

impl Refusal {
    /// Returns the status of the token endpoint's reply, or `None` for the consent page.
    pub fn status(&self) -> Option<StatusCode> {
        self.status
    }

    /// Returns the code, or `None` if the reply was empty, HTML, or of another shape.
    pub fn code(&self) -> Option<&ErrorCode> {
        self.code.as_ref()
    }

    /// Returns the server's description: at most 500 characters in one line. Secrets of the request
    /// are masked.
    pub fn description(&self) -> Option<&str> {
        self.description.as_deref()
    }

    /// Returns the address of a page about the error: `http` or `https`, at most 500 characters.
    /// `None` if the server sent none, or something else.
    pub fn uri(&self) -> Option<&str> {
        self.uri.as_deref()
    }
}

/// Makes a text from the server safe to show: one line without invisible characters, at most
/// [`KEPT`] characters, secrets masked.
pub(super) fn shown(text: &str, secrets: &[&str]) -> String {
    let masked = secrets
        .iter()
        .filter(|secret| !secret.is_empty())
        .fold(text.to_owned(), |text, secret| text.replace(secret, "…"));
    let visible = |c: char| if c.is_control() || is_invisible(c) { ' ' } else { c };
    masked.chars().map(visible).take(KEPT).collect()
}

/// Returns the address of a page as [`shown`], or `None` if it is not `http` or `https`. A program
/// may make a link of it, and a `javascript:` link would run.
pub(super) fn page(address: &str, secrets: &[&str]) -> Option<String> {
    let address = shown(address, secrets);
    let url = Url::parse(&address).ok()?;
    matches!(url.scheme(), "http" | "https").then_some(address)
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.status {
            Some(status) => {
                write!(f, "the token endpoint refused with status {}", status.as_u16())?;
            }
            None => f.write_str("the consent page refused")?,
        }
        match (&self.code, &self.description) {
            (Some(code), Some(text)) => write!(f, ": {code} ({text})"),
            (Some(code), None) => write!(f, ": {code}"),
            (None, _) if self.is_empty_refresh && self.is_repeated => {
                f.write_str(" and an empty body, again: a new consent is needed")
            }
            (None, _) if self.is_empty_refresh => f.write_str(" and an empty body"),
            (None, _) => f.write_str(", without a reason"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_that_is_not_known_is_kept() {
        let code = ErrorCode::from("slow_down");
        assert_eq!((code.as_str(), &code), ("slow_down", &ErrorCode::Other("slow_down".into())));
    }

    #[test]
    fn every_code_of_the_rfc_has_a_name() {
        for code in [
            "invalid_request",
            "invalid_client",
            "invalid_grant",
            "unauthorized_client",
            "unsupported_grant_type",
            "invalid_scope",
            "access_denied",
            "unsupported_response_type",
            "server_error",
            "temporarily_unavailable",
        ] {
            let known = ErrorCode::from(code);
            assert_eq!(known.to_string(), code);
            assert!(!matches!(known, ErrorCode::Other(_)), "{code}");
        }
    }

    #[test]
    fn what_comes_from_outside_is_short_in_one_line_and_tells_no_secret_back() {
        let text = format!("code abc\nis\x1b[31m old {}", "x".repeat(600));
        let shown = shown(&text, &["abc", ""]);
        assert!(shown.starts_with("code … is [31m old x"), "{shown}");
        assert_eq!(shown.chars().count(), KEPT);
    }

    #[test]
    fn what_comes_from_outside_holds_no_line_separator_and_no_direction_mark() {
        let text = "a\u{2028}b\u{2029}c\u{202E}d\u{200B}e\u{85}f";
        assert_eq!(shown(text, &[]), "a b c d e f");
    }

    #[test]
    fn the_address_of_a_page_is_http_or_https() {
        for address in ["https://example.com/errors?a=b", "http://example.com/"] {
            assert_eq!(page(address, &[]).as_deref(), Some(address));
        }
        for address in
            ["javascript:alert(1)", "\tJavaScript:alert(1)", "data:text/html,a", "/a", ""]
        {
            assert_eq!(page(address, &[]), None, "{address}");
        }
    }
}
