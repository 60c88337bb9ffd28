//! The shape of a row in the table of [`operations`](crate::operations).

use std::fmt;
use std::str::FromStr;

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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Operation {
    /// The operationId of the document.
    pub id: &'static str,
    /// The method.
    pub method: Method,
    /// The path below the base address, with the names of parameters in braces.
    pub path: &'static str,
    /// Whether a retry is safe if the server may have processed the call.
    pub retry: RetrySafety,
    /// The rate limits that it counts against.
    pub rate_limits: &'static [RateLimitName],
    /// The OAuth 2.0 scopes of which a caller needs one.
    pub scopes: &'static [Scope],
    /// The address of its reference page.
    pub reference: &'static str,
}

impl Operation {
    /// A read that the document does not list: safe to repeat.
    pub const UNDOCUMENTED_READ: Self = Self::undocumented(Method::Get, RetrySafety::Safe);

    /// A write that the document does not list: not safe to repeat.
    pub const UNDOCUMENTED_WRITE: Self = Self::undocumented(Method::Post, RetrySafety::Unsafe);

    const fn undocumented(method: Method, retry: RetrySafety) -> Self {
        let rate_limits = &[RateLimitName::Account];
        let reference = "https://developer.chatwork.com/reference";
        Self { id: "request", method, path: "", retry, rate_limits, scopes: &[], reference }
    }

    /// The operation that a method and a path, without its query, call.
    ///
    /// ```
    /// use chatwork_api::{Method, Operation};
    ///
    /// let found = Operation::find(Method::Get, "/rooms/42/messages");
    /// assert_eq!(found.map(|operation| operation.id), Some("listRoomMessages"));
    /// assert_eq!(found, Operation::find(Method::Get, "/rooms/42/messages/"));
    /// ```
    pub fn find(method: Method, path: &str) -> Option<&'static Self> {
        const ALL: &[Operation] = &crate::generated::operations::ALL;
        let found = ALL.iter().filter(|it| it.method == method && it.matches(path));
        // `/messages/read` is, to the template of one message, a message of that name.
        found.min_by_key(|it| it.path.matches('{').count())
    }

    /// The value of a parameter in a path, for example of `room_id`.
    pub fn path_parameter<'a>(&self, path: &'a str, name: &str) -> Option<&'a str> {
        let mut pairs = self.path.split('/').zip(path.split('/'));
        pairs.find(|(segment, _)| hole(segment) == Some(name)).map(|(_, value)| value)
    }

    fn matches(&self, path: &str) -> bool {
        let path = path.strip_suffix('/').unwrap_or(path);
        let mut pairs = self.path.split('/').zip(path.split('/'));
        self.path.split('/').count() == path.split('/').count()
            && pairs.all(|(segment, value)| segment.starts_with('{') || segment == value)
    }
}

/// The name in `{name}`.
fn hole(segment: &str) -> Option<&str> {
    segment.strip_prefix('{')?.strip_suffix('}')
}

/// The HTTP method of an operation.
///
/// With the feature `client` it converts to the method of reqwest, and back with `TryFrom`.
///
/// ```
/// use chatwork_api::Method;
///
/// assert_eq!(Method::Get.as_str(), "GET");
/// assert_eq!("PUT".parse(), Ok(Method::Put));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Method {
    /// `GET`.
    Get,
    /// `PUT`.
    Put,
    /// `POST`.
    Post,
    /// `DELETE`.
    Delete,
    /// `OPTIONS`.
    Options,
    /// `HEAD`.
    Head,
    /// `PATCH`.
    Patch,
    /// `TRACE`.
    Trace,
}

impl Method {
    /// Every method that an OpenAPI document can have.
    pub const ALL: [Self; 8] = [
        Self::Get,
        Self::Put,
        Self::Post,
        Self::Delete,
        Self::Options,
        Self::Head,
        Self::Patch,
        Self::Trace,
    ];

    /// The name in a request line, in upper case.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Put => "PUT",
            Self::Post => "POST",
            Self::Delete => "DELETE",
            Self::Options => "OPTIONS",
            Self::Head => "HEAD",
            Self::Patch => "PATCH",
            Self::Trace => "TRACE",
        }
    }
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// The text is not the name of a [`Method`]. Names are in upper case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownMethod(String);

impl fmt::Display for UnknownMethod {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "unknown method `{}`: expected one such as GET, in upper case", self.0)
    }
}

impl std::error::Error for UnknownMethod {}

impl FromStr for Method {
    type Err = UnknownMethod;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        let found = Self::ALL.into_iter().find(|method| method.as_str() == name);
        found.ok_or_else(|| UnknownMethod(name.to_owned()))
    }
}

#[cfg(feature = "client")]
impl From<Method> for reqwest::Method {
    fn from(method: Method) -> Self {
        match method {
            Method::Get => Self::GET,
            Method::Put => Self::PUT,
            Method::Post => Self::POST,
            Method::Delete => Self::DELETE,
            Method::Options => Self::OPTIONS,
            Method::Head => Self::HEAD,
            Method::Patch => Self::PATCH,
            Method::Trace => Self::TRACE,
        }
    }
}

#[cfg(feature = "client")]
impl TryFrom<&reqwest::Method> for Method {
    type Error = UnknownMethod;

    fn try_from(method: &reqwest::Method) -> Result<Self, Self::Error> {
        method.as_str().parse()
    }
}

/// Whether a retry is safe if the server may have processed the call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RetrySafety {
    /// Idempotent: a repeat has no further effect.
    Safe,
    /// It changes something each time.
    Unsafe,
    /// Idempotent if a parameter has a value.
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
            Self::SafeWhen { parameter: name, equals } => parameter(name) == Some(equals),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Method;

    #[test]
    fn every_method_is_read_from_its_name() {
        for method in Method::ALL {
            assert_eq!(method.as_str().parse(), Ok(method));
        }
    }

    #[test]
    fn a_method_in_lower_case_is_refused_with_what_is_right() {
        let error = "get".parse::<Method>().unwrap_err().to_string();
        assert_eq!(error, "unknown method `get`: expected one such as GET, in upper case");
    }

    #[cfg(feature = "client")]
    #[test]
    fn a_method_goes_to_reqwest_and_back() {
        for method in Method::ALL {
            assert_eq!(Method::try_from(&reqwest::Method::from(method)), Ok(method));
        }
        assert!(Method::try_from(&reqwest::Method::CONNECT).is_err());
    }
}
