//! What can go wrong, told apart by what a program does about it.

mod api;
mod effect;
mod file;
mod input;
mod limited;
pub(crate) mod network;
pub(crate) mod place;
mod read;

use std::fmt;
use std::time::Duration;

use chatwork_api::reqwest::StatusCode;

pub use api::ApiError;
pub use effect::Effect;
pub use file::FileError;
pub use input::{InputError, Limit};
pub use limited::RateLimitedError;
pub use network::{NetworkError, NetworkFault};
pub use read::DecodeError;

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
    /// Refused before sending: names the field, the limit and what was given.
    Input(Box<InputError>),
    /// The API said no.
    Api(Box<ApiError>),
    /// Told to wait, or it would have taken longer than the caller allows.
    RateLimited(Box<RateLimitedError>),
    /// No reply, or not all of one.
    Network(Box<NetworkError>),
    /// A reply that is not what the API documents.
    Decode(Box<DecodeError>),
    /// The client cannot be built with what it was given.
    Config(String),
    /// A file on this machine could not be read or written.
    File(Box<FileError>),
    /// A token could not be had from its source.
    Token(Box<dyn std::error::Error + Send + Sync>),
}

impl Error {
    /// The status of the reply, if there was one.
    pub fn status(&self) -> Option<StatusCode> {
        match self {
            Self::Api(error) => Some(error.status()),
            Self::RateLimited(error) => error.status(),
            Self::Network(error) => error.status(),
            Self::Decode(error) => Some(error.status()),
            _ => None,
        }
    }

    /// What the API says is wrong, in its own words; empty when it said nothing.
    pub fn api_errors(&self) -> &[String] {
        match self {
            Self::Api(error) => error.errors(),
            Self::RateLimited(error) => error.errors(),
            _ => &[],
        }
    }

    /// The message, task, file or contact request is not there (404).
    ///
    /// A message that the plan hides is [`Error::is_hidden`] instead; a room that is not there, or
    /// that one is not in, is [`Error::is_forbidden`].
    pub fn is_not_found(&self) -> bool {
        self.has(StatusCode::NOT_FOUND) && !self.is_hidden()
    }

    /// The message may be there, but the free plan hides it (404 with a notice).
    pub fn is_hidden(&self) -> bool {
        let limited = |error: &ApiError| error.message_limitation().is_some();
        self.has(StatusCode::NOT_FOUND) && matches!(self, Self::Api(error) if limited(error))
    }

    /// The token is missing, wrong or expired (401).
    pub fn is_unauthorized(&self) -> bool {
        self.has(StatusCode::UNAUTHORIZED)
    }

    /// Not allowed, not in the room, or no such room (403).
    pub fn is_forbidden(&self) -> bool {
        self.has(StatusCode::FORBIDDEN)
    }

    /// Too many requests, said by the API or foreseen by the client.
    pub fn is_rate_limited(&self) -> bool {
        matches!(self, Self::RateLimited(_))
    }

    /// Refused before anything was sent.
    pub fn is_input(&self) -> bool {
        matches!(self, Self::Input(_))
    }

    /// The call took too long.
    pub fn is_timeout(&self) -> bool {
        matches!(self, Self::Network(error) if error.fault() == NetworkFault::Timeout)
    }

    /// What went wrong with the tokens of OAuth 2.0, where that is the error.
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

    /// How long to wait before it makes sense to try again, as far as anybody said.
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
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Network(error) => error.source(),
            Self::File(error) => error.source(),
            Self::Token(error) => Some(&**error),
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
