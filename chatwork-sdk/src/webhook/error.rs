//! Errors of webhooks: invalid tokens, and deliveries that are rejected.

use std::fmt;
use std::time::Duration;

use chatwork_api::types::UnixTime;

use super::headers::{SIGNATURE_HEADER, SIGNATURE_PARAMETER};

/// Why a delivery is rejected.
///
/// Neither `Display` nor `Debug` shows a token, a signature (received or expected) or any part of
/// the body.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum WebhookError {
    /// Neither the header nor the query carries a signature.
    MissingSignature,
    /// The signature does not have the form of one.
    MalformedSignature {
        /// How many characters were received.
        length: usize,
    },
    /// The signature is not that of the body, with any of the tokens.
    WrongSignature {
        /// How many tokens were tried.
        tokens: usize,
    },
    /// The signature is right, but the event's time is further from this machine's clock than
    /// [`Verifier::max_age`](super::Verifier::max_age) allows. The delivery is a replay, or a clock
    /// is wrong.
    TimestampOutOfTolerance {
        /// When the event was sent.
        event_time: UnixTime,
        /// The time on this machine's clock.
        now: UnixTime,
        /// The limit.
        max_age: Duration,
    },
    /// The signature is right, but the event has no time, which
    /// [`Verifier::max_age`](super::Verifier::max_age) needs.
    MissingTimestamp,
    /// The signature is right, but the body is not JSON.
    Unreadable(PayloadError),
}

impl WebhookError {
    /// Returns whether the signature is missing, malformed or wrong. Answer such a delivery with
    /// 401.
    ///
    /// Answer every other error with 200: the delivery is Chatwork's, Chatwork does not send it
    /// again, and after many error statuses Chatwork switches the webhook off. A wrong clock on
    /// your machine ([`WebhookError::TimestampOutOfTolerance`]) must not have that effect: do not
    /// act on the event, and log the error.
    ///
    /// ```
    /// use chatwork_sdk::webhook::WebhookError;
    ///
    /// assert!(WebhookError::MissingSignature.is_unauthenticated());
    /// assert!(!WebhookError::MissingTimestamp.is_unauthenticated());
    /// ```
    pub fn is_unauthenticated(&self) -> bool {
        matches!(
            self,
            Self::MissingSignature | Self::MalformedSignature { .. } | Self::WrongSignature { .. }
        )
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
                "invalid signature of {length} characters: expected 44 characters of base64, with \
                 padding"
            ),
            Self::WrongSignature { tokens } => write!(
                f,
                "the signature does not match the body with any of {tokens} tokens: expected the \
                 body byte for byte as it was received, and the token of this webhook"
            ),
            Self::TimestampOutOfTolerance { event_time, now, max_age } => write!(
                f,
                "the event's time {event_time} is more than {} s from this machine's time {now}: \
                 expected a new event, and a clock that is right",
                max_age.as_secs()
            ),
            Self::MissingTimestamp => f.write_str(
                "the event has no `webhook_event_time`: expected one, because a maximum age is set",
            ),
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

/// A signed body that is not JSON. It says where reading stopped, never what the body contains.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PayloadError {
    line: usize,
    column: usize,
}

impl PayloadError {
    pub(super) fn new(line: usize, column: usize) -> Self {
        Self { line, column }
    }

    /// The line at which reading stopped, counted from 1.
    pub fn line(&self) -> usize {
        self.line
    }

    /// The column in bytes at which reading stopped, counted from 1.
    pub fn column(&self) -> usize {
        self.column
    }
}

impl fmt::Display for PayloadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { line, column } = self;
        write!(f, "the signed body is not JSON: reading stopped at line {line}, column {column}")
    }
}

impl std::error::Error for PayloadError {}

/// An invalid webhook token. Holds its index and the reason, never its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidToken {
    position: usize,
    fault: TokenFault,
}

/// What is wrong with a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TokenFault {
    /// The token is empty, or the list of tokens is.
    Empty,
    /// It contains white space, most likely from copying.
    WhiteSpace,
    /// It has the form of an API token: 32 hexadecimal digits.
    ApiToken,
    /// It is shorter than a webhook's token, most likely cut off.
    TooShort {
        /// How many characters it has.
        length: usize,
    },
    /// It is not base64 in the standard alphabet, with padding.
    NotBase64,
    /// Its key has a zero byte too many at the end.
    TrailingByte,
}

impl InvalidToken {
    pub(super) fn new(position: usize, fault: TokenFault) -> Self {
        Self { position, fault }
    }

    /// The index of the token among those that were passed, counted from 0.
    pub fn position(&self) -> usize {
        self.position
    }

    /// What is wrong with the token.
    pub fn fault(&self) -> TokenFault {
        self.fault
    }
}

impl fmt::Display for TokenFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("is empty"),
            Self::WhiteSpace => f.write_str("contains white space"),
            Self::ApiToken => f.write_str("has the form of an API token (32 hexadecimal digits)"),
            Self::TooShort { length } => write!(f, "has only {length} characters"),
            Self::NotBase64 => f.write_str("is not base64 with padding"),
            Self::TrailingByte => f.write_str("has a character too many at its end"),
        }
    }
}

impl fmt::Display for InvalidToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { position, fault } = self;
        write!(
            f,
            "the webhook token at position {position} {fault}: expected the whole token from the \
             settings of the webhook, such as 44 characters that end in `=`"
        )
    }
}

impl std::error::Error for InvalidToken {}
