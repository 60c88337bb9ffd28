//! Searches that cannot be understood.

use std::ops::Range;

/// A search that cannot be understood, with the place of the fault.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("character {} of the search: {fault}", .characters.start.saturating_add(1))]
#[non_exhaustive]
pub struct QueryError {
    /// Where it is, in characters from 0.
    pub characters: Range<usize>,
    /// What is wrong.
    pub fault: QueryFault,
}

/// What is wrong with a search.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum QueryFault {
    /// Nothing is searched for.
    #[error("expected a word, a phrase or a filter such as from:me")]
    Empty,
    /// A quote is not closed.
    #[error("the quote is not closed: expected another \" behind it")]
    Unclosed,
    /// A text directly behind the closing quote of a phrase.
    #[error(
        "expected a space behind the closing quote: for a quote inside of a phrase, write \"\""
    )]
    Glued,
    /// A phrase without a visible character.
    #[error("expected at least one visible character")]
    Blank,
    /// `OR` without a word on one of its sides, or beside a filter.
    #[error("OR needs a word or a phrase on either side: to search for it, write \"OR\"")]
    Or,
    /// A `-` before a word that `OR` joins.
    #[error("a word with - cannot be joined by OR")]
    NotInOr,
    /// A filter without a value.
    #[error("expected a value behind {0}:")]
    NoValue(&'static str),
    /// A date that does not exist, or in another form.
    #[error("expected a date such as 2026-04-01, 2026-04 or 2026")]
    Date,
    /// `-before:` or `-after:`.
    #[error("{0}: cannot be negated")]
    Negated(&'static str),
    /// No account has this id or name.
    #[error("the archive knows no account with this id or name")]
    NoAccount,
    /// No room has this id or name.
    #[error("the archive knows no room with this id or name")]
    NoRoom,
}

impl QueryError {
    pub(crate) fn new(characters: Range<usize>, fault: QueryFault) -> Self {
        Self { characters, fault }
    }
}
