//! The shape of a row in the table of [`operations`](crate::operations).

use reqwest::Method;

use crate::generated::operations::{RateLimitName, Scope};

/// What the document says of an operation besides its types.
///
/// ```
/// use chatwork_api::operation::RetrySafety;
/// use chatwork_api::operations;
///
/// assert_eq!(operations::LIST_ROOMS.path, "/rooms");
/// assert_eq!(operations::CREATE_ROOM.retry, RetrySafety::Unsafe);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Operation {
    /// The operationId of the document.
    pub id: &'static str,
    /// The method.
    pub method: Method,
    /// The path below the base address, with the names of parameters in braces.
    pub path: &'static str,
    /// Whether it may be repeated when nobody knows if the server acted on it.
    pub retry: RetrySafety,
    /// The rate limits that it counts against.
    pub rate_limits: &'static [RateLimitName],
    /// The OAuth 2.0 scopes of which a caller needs one.
    pub scopes: &'static [Scope],
    /// The address of its reference page.
    pub reference: &'static str,
}

/// Whether an operation may be repeated when nobody knows if the server acted on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RetrySafety {
    /// Repeating it changes nothing.
    Safe,
    /// It changes something each time.
    Unsafe,
    /// Repeating it changes nothing if a parameter has a value.
    SafeWhen {
        /// The name of the parameter.
        parameter: &'static str,
        /// Its value as it goes over the wire.
        equals: &'static str,
    },
}

impl RetrySafety {
    /// Whether a request with these parameters may be repeated.
    ///
    /// ```
    /// use chatwork_api::operations::LIST_ROOM_MESSAGES;
    ///
    /// assert!(LIST_ROOM_MESSAGES.retry.is_safe(|name| (name == "force").then_some("1")));
    /// assert!(!LIST_ROOM_MESSAGES.retry.is_safe(|_| None));
    /// ```
    pub fn is_safe<'a>(self, parameter: impl FnOnce(&str) -> Option<&'a str>) -> bool {
        match self {
            Self::Safe => true,
            Self::Unsafe => false,
            Self::SafeWhen {
                parameter: name,
                equals,
            } => parameter(name) == Some(equals),
        }
    }
}
