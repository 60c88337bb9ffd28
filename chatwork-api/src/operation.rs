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

impl Operation {
    /// What stands for a read that the document does not know: taken as safe to repeat.
    pub const UNDOCUMENTED_READ: Self = Self::undocumented(Method::GET, RetrySafety::Safe);

    /// What stands for a write that the document does not know.
    pub const UNDOCUMENTED_WRITE: Self = Self::undocumented(Method::POST, RetrySafety::Unsafe);

    const fn undocumented(method: Method, retry: RetrySafety) -> Self {
        let rate_limits = &[RateLimitName::Account];
        let reference = "https://developer.chatwork.com/reference";
        Self { id: "request", method, path: "", retry, rate_limits, scopes: &[], reference }
    }

    /// The operation that a method and a path, without its query, call.
    ///
    /// ```
    /// use chatwork_api::Operation;
    /// use reqwest::Method;
    ///
    /// let found = Operation::find(&Method::GET, "/rooms/42/messages");
    /// assert_eq!(found.map(|operation| operation.id), Some("listRoomMessages"));
    /// assert_eq!(found, Operation::find(&Method::GET, "/rooms/42/messages/"));
    /// ```
    pub fn find(method: &Method, path: &str) -> Option<&'static Self> {
        const ALL: &[Operation] = &crate::generated::operations::ALL;
        let found = ALL.iter().filter(|it| it.method == *method && it.matches(path));
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
            Self::SafeWhen { parameter: name, equals } => parameter(name) == Some(equals),
        }
    }
}
