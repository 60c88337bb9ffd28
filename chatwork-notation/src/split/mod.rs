//! Splits a text that is too long for one message.

mod cut;
mod units;

use chatwork_api::limits::create_room_message::BODY_MAX_LENGTH;

use cut::Cutter;
use units::Units;

use super::parse::parse;

/// The most characters of one message.
pub(super) const LIMIT: usize = BODY_MAX_LENGTH as usize;

/// A part of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) text: String,
    /// Bytes at the start that reopen the containers closed at the previous cut.
    pub(super) reopened: usize,
    /// Bytes at the end that close the containers open at the cut.
    pub(super) closed: usize,
}

/// Splits a text into parts of at most `limit` characters. An empty text is one part.
pub(super) fn split(text: &str, limit: usize) -> Vec<Part> {
    if fits(text, limit) {
        return vec![Part { text: text.to_owned(), reopened: 0, closed: 0 }];
    }
    let units = Units::new(&parse(text), limit);
    Cutter::new(text, &units, limit).collect()
}

/// Returns true if a text has at most `limit` characters.
pub(super) fn fits(text: &str, limit: usize) -> bool {
    // A character has at least one byte, so short texts need no counting.
    text.len() <= limit || text.chars().count() <= limit
}
