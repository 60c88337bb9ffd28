//! The error of OAuth 2.0: of the app, the consent and the token endpoint.

use std::fmt;
use std::sync::Arc;

use chatwork_api::reqwest::{self, StatusCode};

use super::refusal::{ErrorCode, Refusal};
use crate::client::http::ProxyHint;
use crate::error::{NetworkFault, network};

/// The error of everything in this module.
///
/// Neither `Display` nor `Debug` shows a code, a verifier, a token or a client secret. An error is
/// cheap to clone: all calls that waited for one refresh get clones of its error.
///
/// ```
/// use chatwork_sdk::oauth;
///
/// fn what_to_do(error: &oauth::Error) -> &'static str {
///     match error {
///         error if error.is_denied() => "the person denied the consent",
///         error if error.is_consent_needed() => "ask the person again",
///         error if error.is_uncertain() => "the server may have done it",
///         _ => "look into the log",
///     }
/// }
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Error {
    /// The app's settings or the scopes are invalid. Nothing was sent.
    Config(String),
    /// The callback has no `state`, or not that of the request: it answers another request.
    State,
    /// The callback has neither a code nor an error, or repeats a parameter.
    Callback(&'static str),
    /// The consent page or the token endpoint refused.
    Refused(Arc<Refusal>),
    /// The token endpoint cannot be reached, or did not answer.
    Network(Arc<TokenEndpointError>),
    /// The token endpoint returned a reply that is not a valid token.
    Reply(StatusCode, &'static str),
    /// The store cannot be read, written or locked.
    Store(Arc<dyn std::error::Error + Send + Sync>),
    /// The store is empty: no person has consented yet, or the grant was removed.
    NoGrant,
    /// The access token has expired, and there is no refresh token.
    NoRefreshToken,
    /// The tokio runtime in which tokens were refreshed or stored has ended, or there is none.
    Runtime,
}

impl Error {
    /// Returns the code of the refusal, or `None` if there is none.
    pub fn code(&self) -> Option<&ErrorCode> {
        match self {
            Self::Refused(refusal) => refusal.code(),
            _ => None,
        }
    }

    /// Returns the status of the token endpoint's reply, or `None` without a reply.
    pub fn status(&self) -> Option<StatusCode> {
        match self {
            Self::Refused(refusal) => refusal.status(),
            Self::Reply(status, _) => Some(*status),
            _ => None,
        }
    }

    /// Returns `true` if the person denied the consent.
    pub fn is_denied(&self) -> bool {
        self.code() == Some(&ErrorCode::AccessDenied)
    }

    /// Returns `true` if only a new consent helps: the code or the refresh token is invalid
    /// (`invalid_grant`), or there is none.
    ///
    /// A 400 or 401 with an empty body counts, too, if a [`GrantSource`](super::GrantSource) has
    /// got it twice for the same refresh token, with at least 5 seconds between. The service does
    /// not document that reply; clients have met it when a refresh token had expired. Once, it may
    /// be a fault of a gateway.
    pub fn is_consent_needed(&self) -> bool {
        match self {
            Self::NoGrant | Self::NoRefreshToken => true,
            Self::Refused(refusal) if refusal.is_empty_refresh && refusal.is_repeated => true,
            _ => self.code() == Some(&ErrorCode::InvalidGrant),
        }
    }

    /// Returns `true` if the token endpoint may have processed the request although its reply was
    /// lost or is unreadable. The server may then accept the code or the refresh token no longer.
    pub fn is_uncertain(&self) -> bool {
        match self {
            Self::Network(error) => error.fault() != NetworkFault::Connect,
            Self::Reply(..) => true,
            Self::Refused(_) => self.status().is_some_and(|status| status.is_server_error()),
            _ => false,
        }
    }

    /// Returns `true` for an empty 400 or 401 to a refresh.
    pub(super) fn is_empty_refusal(&self) -> bool {
        matches!(self, Self::Refused(refusal) if refusal.is_empty_refresh)
    }

    /// Returns the error of a refusal that came for the same refresh token before.
    pub(super) fn repeated(self) -> Self {
        match self {
            Self::Refused(refusal) => {
                Self::Refused(Arc::new(Refusal { is_repeated: true, ..(*refusal).clone() }))
            }
            other => other,
        }
    }

    pub(super) fn config(what: impl Into<String>) -> Self {
        Self::Config(what.into())
    }

    pub(super) fn network(error: reqwest::Error, proxy: Option<ProxyHint>) -> Self {
        Self::Network(Arc::new(TokenEndpointError { cause: error.without_url(), proxy }))
    }

    pub(super) fn store(error: Box<dyn std::error::Error + Send + Sync>) -> Self {
        Self::Store(Arc::from(error))
    }
}

/// A request to the token endpoint without a complete reply.
#[derive(Debug)]
pub struct TokenEndpointError {
    cause: reqwest::Error,
    /// The proxy to the token endpoint.
    proxy: Option<ProxyHint>,
}

impl TokenEndpointError {
    /// Returns what failed.
    pub fn fault(&self) -> NetworkFault {
        network::fault(&self.cause)
    }
}

impl fmt::Display for TokenEndpointError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.fault() {
            NetworkFault::Connect => "the token endpoint cannot be reached",
            NetworkFault::Timeout => "the token endpoint did not answer in time",
            _ => "the connection to the token endpoint failed",
        })?;
        match &self.proxy {
            Some(proxy) => write!(f, ", {proxy}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for TokenEndpointError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.cause)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Config(what) => f.write_str(what),
            Self::State => f.write_str(
                "the callback does not answer this request: its `state` is missing or differs",
            ),
            Self::Callback(what) => write!(f, "invalid callback: {what}"),
            Self::Refused(refusal) => refusal.fmt(f),
            Self::Network(error) => error.fmt(f),
            Self::Reply(status, what) => {
                let status = status.as_u16();
                write!(f, "invalid reply of the token endpoint with status {status}: {what}")
            }
            Self::Store(error) => write!(f, "the token store failed: {error}"),
            Self::NoGrant => f.write_str("the store holds no tokens: a consent is needed"),
            Self::NoRefreshToken => f.write_str(
                "the access token has expired, without a refresh token: a new consent is needed",
            ),
            Self::Runtime => {
                f.write_str("there is no tokio runtime for the tokens: call it from one")
            }
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            // `Display` shows the texts of these errors already.
            Self::Network(error) => error.source(),
            Self::Store(error) => error.source(),
            _ => None,
        }
    }
}
