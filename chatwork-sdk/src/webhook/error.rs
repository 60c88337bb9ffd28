//! Why a delivery is not taken.

use std::fmt;
use std::time::Duration;

use chatwork_api::types::UnixTime;

use super::signature::{SIGNATURE_HEADER, SIGNATURE_PARAMETER};

/// Why a delivery is not taken.
///
/// Neither `Display` nor `Debug` shows a token, a signature (neither the one that came nor the one
/// that was expected) or anything of the body.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum WebhookError {
    /// There is no signature, in neither of its places.
    MissingSignature,
    /// What came as a signature cannot be one.
    MalformedSignature {
        /// How many characters came.
        length: usize,
    },
    /// The signature is not that of the body, with any of the tokens.
    WrongSignature {
        /// How many tokens were tried.
        tokens: usize,
    },
    /// The event is older than [`Verifier::max_age`](super::Verifier::max_age) allows, or from as
    /// far in the future, which a clock that is wrong explains.
    TimestampOutOfTolerance {
        /// When the event was sent.
        event_time: UnixTime,
        /// What this machine's clock said.
        now: UnixTime,
        /// The limit.
        max_age: Duration,
    },
    /// The signature is good, but the body is no event.
    Unreadable(PayloadError),
}

impl WebhookError {
    /// Whether nothing shows that the delivery comes from Chatwork, now: everything but
    /// [`WebhookError::Unreadable`]. Answer it with 401.
    ///
    /// ```
    /// use chatwork_sdk::webhook::WebhookError;
    ///
    /// assert!(WebhookError::MissingSignature.is_unauthenticated());
    /// ```
    pub fn is_unauthenticated(&self) -> bool {
        !matches!(self, Self::Unreadable(_))
    }
}

impl fmt::Display for WebhookError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MissingSignature => write!(
                f,
                "the delivery is not signed: expected the header `{SIGNATURE_HEADER}` or the \
                 query parameter `{SIGNATURE_PARAMETER}`"
            ),
            Self::MalformedSignature { length } => write!(
                f,
                "the signature of {length} characters cannot be one: expected 44 characters of \
                 base64, with padding"
            ),
            Self::WrongSignature { tokens } => write!(
                f,
                "the signature is not that of the body with any of {tokens} tokens: expected the \
                 body byte for byte as it came, and the token of this very webhook"
            ),
            Self::TimestampOutOfTolerance { event_time, now, max_age } => {
                let limit = max_age.as_secs();
                write!(
                    f,
                    "the event of {event_time} is not within {limit} s of {now}, the time here"
                )
            }
            Self::Unreadable(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for WebhookError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Unreadable(error) => Some(error),
            _ => None,
        }
    }
}

/// A body that is no event: where in it, and never what stands there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PayloadError {
    path: String,
}

impl PayloadError {
    pub(super) fn new(path: String) -> Self {
        Self { path }
    }

    /// The place in the body, for example `webhook_event.room_id`; `.` is the whole of it. Empty
    /// when the body is no JSON.
    pub fn path(&self) -> &str {
        &self.path
    }
}

impl fmt::Display for PayloadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.path.as_str() {
            "" => f.write_str("the signed body is no JSON"),
            path => write!(f, "the signed body is of another shape than an event's ({path})"),
        }
    }
}

impl std::error::Error for PayloadError {}
