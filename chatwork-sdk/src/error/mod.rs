//! Errors, distinguished by what a program does about them.

mod api;
mod effect;
mod file;
mod input;
pub(crate) mod json_path;
#[cfg(feature = "limits")]
mod limit_store;
mod limited;
pub(crate) mod network;
mod read;
mod wait;

use std::fmt;
use std::time::Duration;

use chatwork_api::reqwest::StatusCode;

pub use api::ApiError;
pub use effect::Effect;
pub use file::FileError;
pub use input::{InputError, Limit};
#[cfg(feature = "limits")]
pub use limit_store::LimitStoreError;
pub use limited::RateLimitedError;
pub use network::{NetworkError, NetworkFault};
pub use read::DecodeError;
pub use wait::{WaitError, WaitedFor};

/// The result of a call.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// The error of every call.
///
/// Neither `Display` nor `Debug` shows a token, the text of a message or the content of a file.
///
/// ```no_run
/// # async fn example(room: chatwork_sdk::RoomHandle) {
/// match room.post("Build is green").await {
///     Ok(id) => println!("posted {id}"),
///     Err(error) if error.is_forbidden() => println!("not in that room: {error}"),
///     Err(error) => println!("{error}"),
/// }
/// # }
/// ```
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// Refused before sending. Names the field, the limit and the size of what was given.
    Input(Box<InputError>),
    /// The API refused the call.
    Api(Box<ApiError>),
    /// A rate limit delays the call for longer than the caller allows.
    RateLimited(Box<RateLimitedError>),
    /// No reply arrived, or only a part of it.
    Network(Box<NetworkError>),
    /// The reply is not of the form that the API documents.
    Decode(Box<DecodeError>),
    /// The client cannot be built with the given options.
    Config(String),
    /// A local file, or the source of an upload, could not be read or written.
    File(Box<FileError>),
    /// The token source returned an error.
    Token(Box<dyn std::error::Error + Send + Sync>),
    /// The call waited too long before it was sent: for the token source, or for another change of
    /// the same room.
    Wait(Box<WaitError>),
    /// The store of shared limits failed, and is
    /// [required](crate::ClientBuilder::limits_required). Nothing was sent.
    #[cfg(feature = "limits")]
    LimitStore(Box<LimitStoreError>),
}

impl Error {
    /// Returns the status of the reply, if there was one.
    pub fn status(&self) -> Option<StatusCode> {
        match self {
            Self::Api(error) => Some(error.status()),
            Self::RateLimited(error) => error.status(),
            Self::Network(error) => error.status(),
            Self::Decode(error) => Some(error.status()),
            _ => None,
        }
    }

    /// Returns the error texts of the API. Empty if the reply had none.
    pub fn api_errors(&self) -> &[String] {
        match self {
            Self::Api(error) => error.errors(),
            Self::RateLimited(error) => error.errors(),
            _ => &[],
        }
    }

    /// Returns `true` if the message, task, file or contact request does not exist (404).
    ///
    /// For a message that the plan hides, see [`Error::is_hidden`]. For a room that does not exist,
    /// or that the account is not in, see [`Error::is_forbidden`].
    pub fn is_not_found(&self) -> bool {
        self.has(StatusCode::NOT_FOUND) && !self.is_hidden()
    }

    /// Returns `true` if the free plan hides the message (404 with a notice). The message may exist.
    pub fn is_hidden(&self) -> bool {
        let limited = |error: &ApiError| error.message_limitation().is_some();
        self.has(StatusCode::NOT_FOUND) && matches!(self, Self::Api(error) if limited(error))
    }

    /// Returns `true` if the token is missing, wrong or expired (401).
    pub fn is_unauthorized(&self) -> bool {
        self.has(StatusCode::UNAUTHORIZED)
    }

    /// Returns `true` if the account has no permission, is not in the room, or the room does not
    /// exist (403).
    pub fn is_forbidden(&self) -> bool {
        self.has(StatusCode::FORBIDDEN)
    }

    /// Returns `true` if a rate limit delays the call: the API answered 429, or would have.
    pub fn is_rate_limited(&self) -> bool {
        matches!(self, Self::RateLimited(_))
    }

    /// Returns `true` if the call was refused before anything was sent.
    pub fn is_input(&self) -> bool {
        matches!(self, Self::Input(_))
    }

    /// Returns `true` if the call took longer than its time limit, before or after it was sent:
    /// see [`effect`](Error::effect).
    pub fn is_timeout(&self) -> bool {
        match self {
            Self::Network(error) => error.fault() == NetworkFault::Timeout,
            Self::Wait(_) => true,
            _ => false,
        }
    }

    /// Returns the OAuth 2.0 error, if one is the cause.
    #[cfg(feature = "oauth")]
    pub fn oauth(&self) -> Option<&crate::oauth::Error> {
        match self {
            Self::Token(error) => error.downcast_ref(),
            _ => None,
        }
    }

    /// Returns `true` if only a new consent of the person helps: see
    /// [`oauth::Error::is_consent_needed`](crate::oauth::Error::is_consent_needed).
    #[cfg(feature = "oauth")]
    pub fn is_consent_needed(&self) -> bool {
        self.oauth().is_some_and(crate::oauth::Error::is_consent_needed)
    }

    /// Returns how long to wait before a retry, if the limit or the reply says so.
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::RateLimited(error) => Some(error.retry_after()),
            Self::Api(error) => crate::call::rate_limit::retry_after(error.headers()),
            _ => None,
        }
    }

    fn has(&self, status: StatusCode) -> bool {
        matches!(self, Self::Api(error) if error.status() == status)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Input(error) => error.fmt(f),
            Self::Api(error) => error.fmt(f),
            Self::RateLimited(error) => error.fmt(f),
            Self::Network(error) => error.fmt(f),
            Self::Decode(error) => error.fmt(f),
            Self::Config(what) => write!(f, "the client cannot be built: {what}"),
            Self::File(error) => error.fmt(f),
            Self::Token(error) => write!(f, "the token source returned no token: {error}"),
            Self::Wait(error) => error.fmt(f),
            #[cfg(feature = "limits")]
            Self::LimitStore(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Network(error) => error.source(),
            Self::File(error) => error.source(),
            Self::Token(error) => Some(&**error),
            #[cfg(feature = "limits")]
            Self::LimitStore(error) => error.source(),
            _ => None,
        }
    }
}

impl From<InputError> for Error {
    fn from(error: InputError) -> Self {
        Self::Input(Box::new(error))
    }
}

impl From<FileError> for Error {
    fn from(error: FileError) -> Self {
        Self::File(Box::new(error))
    }
}
