//! The error for an unknown scope.

use std::fmt;

/// The text is not the name of a [`Scope`](crate::operations::Scope).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownScope(String);

impl UnknownScope {
    pub(crate) fn new(name: &str) -> Self {
        Self(name.to_owned())
    }
}

impl fmt::Display for UnknownScope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is not a valid scope: expected one such as `rooms.all:read`", self.0)
    }
}

impl std::error::Error for UnknownScope {}
