//! What the headers of a reply say of limits.

use reqwest::header::{HeaderMap, HeaderName};

use crate::generated::headers::{
    CHATWORK_MESSAGE_LIMITATION, CHATWORK_MESSAGE_LIMITATION_SUMMARY, X_RATELIMIT_LIMIT,
    X_RATELIMIT_REMAINING, X_RATELIMIT_RESET,
};
use crate::types::UnixTime;

// These are looked up in every reply, and a name is found quicker than a text.
static LIMITATION: HeaderName = HeaderName::from_static(CHATWORK_MESSAGE_LIMITATION);
static SUMMARY: HeaderName = HeaderName::from_static(CHATWORK_MESSAGE_LIMITATION_SUMMARY);
static LIMIT: HeaderName = HeaderName::from_static(X_RATELIMIT_LIMIT);
static REMAINING: HeaderName = HeaderName::from_static(X_RATELIMIT_REMAINING);
static RESET: HeaderName = HeaderName::from_static(X_RATELIMIT_RESET);

/// The account's rate limit as a reply reports it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct RateLimit {
    /// How many requests fit into a window.
    pub limit: u32,
    /// How many of them are left.
    pub remaining: u32,
    /// When the next window begins, by the server's clock.
    pub reset: UnixTime,
}

impl RateLimit {
    /// Reads the three headers. Returns `None` if one of them is missing or not a number.
    ///
    /// ```
    /// use chatwork_api::RateLimit;
    /// use reqwest::header::{HeaderMap, HeaderValue};
    ///
    /// let mut headers = HeaderMap::new();
    /// headers.insert("x-ratelimit-limit", HeaderValue::from_static("300"));
    /// headers.insert("x-ratelimit-remaining", HeaderValue::from_static("299"));
    /// headers.insert("x-ratelimit-reset", HeaderValue::from_static("1763719500"));
    /// assert_eq!(RateLimit::from_headers(&headers).map(|it| it.remaining), Some(299));
    /// ```
    pub fn from_headers(headers: &HeaderMap) -> Option<Self> {
        Some(Self {
            limit: number(headers, &LIMIT)?,
            remaining: number(headers, &REMAINING)?,
            reset: UnixTime(number(headers, &RESET)?),
        })
    }
}

/// A plan hides part of a room's messages.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct MessageLimitation {
    /// Why, in the API's words.
    pub summary: Option<String>,
}

impl MessageLimitation {
    /// Reads the two headers. Returns `None` if messages are not limited.
    ///
    /// ```
    /// use chatwork_api::MessageLimitation;
    /// use reqwest::header::{HeaderMap, HeaderValue};
    ///
    /// let mut headers = HeaderMap::new();
    /// assert_eq!(MessageLimitation::from_headers(&headers), None);
    /// headers.insert("chatwork-message-limitation", HeaderValue::from_static("true"));
    /// assert!(MessageLimitation::from_headers(&headers).is_some());
    /// ```
    pub fn from_headers(headers: &HeaderMap) -> Option<Self> {
        let limited = headers.get(&LIMITATION)?;
        if !limited.as_bytes().eq_ignore_ascii_case(b"true") {
            return None;
        }
        let summary = headers.get(&SUMMARY);
        let summary = summary.map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
        Some(Self { summary })
    }
}

/// Parses a header as a whole number. By its bytes, since every reply has three of them.
fn number<T: TryFrom<i64>>(headers: &HeaderMap, name: &HeaderName) -> Option<T> {
    let digits = headers.get(name)?.as_bytes().trim_ascii();
    if digits.is_empty() {
        return None;
    }
    let number = digits.iter().try_fold(0_i64, |number, digit| {
        let digit = digit.is_ascii_digit().then(|| i64::from(digit - b'0'))?;
        number.checked_mul(10)?.checked_add(digit)
    });
    T::try_from(number?).ok()
}
