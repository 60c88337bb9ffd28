//! What can go wrong between an app, a person and the token endpoint.

use std::fmt;
use std::sync::Arc;

use chatwork_api::reqwest::{self, StatusCode};

use super::refusal::{ErrorCode, Refusal};
use crate::error::{NetworkFault, network};

/// The error of everything in this module.
///
/// Neither `Display` nor `Debug` shows a code, a verifier, a token or a client secret. An error is
/// cheap to clone: all calls that waited for one refresh get the same.
///
/// ```
/// use chatwork_sdk::oauth;
///
/// fn what_to_do(error: &oauth::Error) -> &'static str {
///     match error {
///         error if error.is_denied() => "the person said no",
///         error if error.is_consent_needed() => "ask the person again",
///         error if error.is_uncertain() => "nobody knows whether it was done",
///         _ => "look into the log",
///     }
/// }
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Error {
    /// What the app was given makes no sense; nothing was sent.
    Config(String),
    /// The callback bears another `state` than the request, or none: it is not its answer.
    State,
    /// The callback has neither a code nor an error, or has something twice.
    Callback(&'static str),
    /// The consent page or the token endpoint said no.
    Refused(Arc<Refusal>),
    /// The token endpoint was not reached, or did not answer.
    Network(Arc<reqwest::Error>),
    /// The token endpoint answered something that is no token.
    Reply(StatusCode, &'static str),
    /// The store could not be read, written or locked.
    Store(Arc<dyn std::error::Error + Send + Sync>),
    /// The store is empty: nobody has given a consent, or it was removed.
    NoGrant,
    /// The access token has ended, and there is no refresh token.
    NoRefreshToken,
    /// The tokio runtime in which tokens were refreshed or stored has ended, or there is none.
    Runtime,
}

impl Error {
    /// The code of the refusal, if it had one.
    pub fn code(&self) -> Option<&ErrorCode> {
        match self {
            Self::Refused(refusal) => refusal.code(),
            _ => None,
        }
    }

    /// The status of the token endpoint's reply, if there was one.
    pub fn status(&self) -> Option<StatusCode> {
        match self {
            Self::Refused(refusal) => refusal.status(),
            Self::Reply(status, _) => Some(*status),
            Self::Network(error) => error.status(),
            _ => None,
        }
    }

    /// The person said no.
    pub fn is_denied(&self) -> bool {
        self.code() == Some(&ErrorCode::AccessDenied)
    }

    /// Returns `true` if only a new consent helps: the code or the refresh token is invalid
    /// (`invalid_grant`), or there is none.
    ///
    /// A 400 or 401 with an empty body counts, too, if it answers a refresh. The service does not
    /// document that reply; clients have met it when a refresh token had expired.
    pub fn is_consent_needed(&self) -> bool {
        match self {
            Self::NoGrant | Self::NoRefreshToken => true,
            Self::Refused(refusal) if refusal.is_empty_refresh => true,
            _ => self.code() == Some(&ErrorCode::InvalidGrant),
        }
    }

    /// The token endpoint may have done what it was asked for, although nobody has its answer: a
    /// code or a refresh token may be used up.
    pub fn is_uncertain(&self) -> bool {
        match self {
            Self::Network(error) => network::fault(error) != NetworkFault::Connect,
            Self::Reply(..) => true,
            Self::Refused(_) => self.status().is_some_and(|status| status.is_server_error()),
            _ => false,
        }
    }

    pub(super) fn config(what: impl Into<String>) -> Self {
        Self::Config(what.into())
    }

    pub(super) fn network(error: reqwest::Error) -> Self {
        Self::Network(Arc::new(error.without_url()))
    }

    pub(super) fn store(error: Box<dyn std::error::Error + Send + Sync>) -> Self {
        Self::Store(Arc::from(error))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Config(what) => f.write_str(what),
            Self::State => f.write_str(
                "the callback does not answer this request: its `state` is missing or another one",
            ),
            Self::Callback(what) => write!(f, "the callback cannot be used: {what}"),
            Self::Refused(refusal) => refusal.fmt(f),
            Self::Network(error) => f.write_str(match network::fault(error) {
                NetworkFault::Connect => "the token endpoint cannot be reached",
                NetworkFault::Timeout => "the token endpoint did not answer in time",
                _ => "the connection to the token endpoint failed",
            }),
            Self::Reply(status, what) => {
                write!(f, "the token endpoint answered {} and no token: {what}", status.as_u16())
            }
            Self::Store(error) => write!(f, "the token store failed: {error}"),
            Self::NoGrant => f.write_str("there are no tokens: the consent of a person is needed"),
            Self::NoRefreshToken => f.write_str(
                "the access token has ended and there is no refresh token: a new consent is needed",
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
            Self::Network(error) => Some(&**error),
            // `Display` shows the store's own error already.
            Self::Store(error) => error.source(),
            _ => None,
        }
    }
}
