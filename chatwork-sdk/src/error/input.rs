//! Arguments that are refused before they cost a request.

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

/// The limit that an argument breaks.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Limit {
    /// Fewer or more characters than the API takes.
    Length {
        /// The fewest.
        min: u64,
        /// The most.
        max: u64,
        /// How many were given.
        given: u64,
    },
    /// More bytes than the API takes.
    Bytes {
        /// The most.
        max: u64,
        /// How many were given.
        given: u64,
    },
    /// A character that may not stand there.
    Character {
        /// Its place, counted in characters from 0.
        position: usize,
        /// What may stand there.
        allowed: &'static str,
    },
    /// A list that must not be empty.
    Empty,
    /// An account in two lists that exclude each other.
    Twice {
        /// The other list.
        other: &'static str,
        /// The account.
        id: AccountId,
    },
    /// Something else, in words.
    Other(String),
}

impl InputError {
    pub(crate) fn new(field: &'static str, limit: Limit) -> Self {
        Self { field, limit }
    }

    pub(crate) fn other(field: &'static str, what: impl Into<String>) -> Self {
        Self::new(field, Limit::Other(what.into()))
    }

    /// The field, by the API's name for it.
    pub fn field(&self) -> &'static str {
        self.field
    }

    /// The limit that was broken, and by how much.
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
