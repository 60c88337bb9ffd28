//! Arguments that are refused before a request is sent.

use std::fmt;

use chatwork_api::types::AccountId;

/// An argument that the API would refuse.
///
/// The error names the field and the size of the argument, never its content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InputError {
    field: &'static str,
    limit: Limit,
}

/// The limit that an argument does not keep.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Limit {
    /// Fewer or more characters than the API accepts.
    Length {
        /// The least number of characters.
        min: u64,
        /// The largest number of characters.
        max: u64,
        /// The number of characters that were given.
        given: u64,
    },
    /// More bytes than the API accepts.
    Bytes {
        /// The largest number of bytes.
        max: u64,
        /// The number of bytes that were given.
        given: u64,
    },
    /// A character that is not allowed.
    Character {
        /// Its position, counted in characters from 0.
        position: usize,
        /// The characters that are allowed.
        allowed: &'static str,
    },
    /// An empty list where at least one item is needed.
    Empty,
    /// An account that is in two lists and may be in one only.
    Twice {
        /// The other list.
        other: &'static str,
        /// The account.
        id: AccountId,
    },
    /// Any other limit, described in words.
    Other(String),
}

impl InputError {
    pub(crate) fn new(field: &'static str, limit: Limit) -> Self {
        Self { field, limit }
    }

    pub(crate) fn other(field: &'static str, what: impl Into<String>) -> Self {
        Self::new(field, Limit::Other(what.into()))
    }

    /// Returns the field, by the name that the API uses.
    pub fn field(&self) -> &'static str {
        self.field
    }

    /// Returns the limit, and the size of the argument.
    pub fn limit(&self) -> &Limit {
        &self.limit
    }
}

impl fmt::Display for InputError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not sent: `{}` ", self.field)?;
        match &self.limit {
            Limit::Length { min, max, given } => {
                write!(f, "has {given} characters: expected {min} to {max}")
            }
            Limit::Bytes { max, given } => {
                write!(f, "has {given} bytes: expected at most {max}")
            }
            Limit::Character { position, allowed } => {
                write!(f, "has a character at position {position} that is not one of {allowed}")
            }
            Limit::Empty => f.write_str("is empty: expected at least one"),
            Limit::Twice { other, id } => {
                write!(f, "and `{other}` both hold the account {id}: expected it in one of them")
            }
            Limit::Other(what) => f.write_str(what),
        }
    }
}

impl std::error::Error for InputError {}
