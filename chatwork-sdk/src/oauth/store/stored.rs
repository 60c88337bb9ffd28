//! A stored grant and its generation.

use std::fmt;

use crate::oauth::Grant;

/// A grant as a store returns it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct StoredGrant {
    /// The grant.
    pub grant: Grant,
    /// The generation of this grant.
    pub generation: Generation,
}

impl StoredGrant {
    /// Returns a grant with its generation.
    pub fn new(grant: Grant, generation: Generation) -> Self {
        Self { grant, generation }
    }
}

/// Tells one saved grant of a store from all others: a counter, a random id, or a hash.
///
/// Only the store gives it a meaning. It must not hold a token, because `Debug` shows it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Generation(String);

impl Generation {
    /// Returns the generation as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<String> for Generation {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl From<u64> for Generation {
    fn from(counter: u64) -> Self {
        Self(counter.to_string())
    }
}

impl fmt::Display for Generation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// When a store saves a grant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SaveIf<'a> {
    /// Always, also in place of another grant: the grant is a new consent.
    Always,
    /// If the stored grant still has this generation: the grant is the result of a refresh.
    Unchanged(&'a Generation),
}

impl SaveIf<'_> {
    /// Returns `true` if a grant may replace that of the given generation. `None`: the store is
    /// empty.
    pub fn allows(&self, stored: Option<&Generation>) -> bool {
        match self {
            Self::Always => true,
            Self::Unchanged(expected) => stored == Some(*expected),
        }
    }
}

/// What a store did with a grant.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use]
pub enum SaveOutcome {
    /// The grant is saved, with this generation.
    Saved(Generation),
    /// The stored grant was replaced or removed in the meantime. Nothing was changed.
    Conflict,
}
