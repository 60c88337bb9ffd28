//! A text that is too long for one message, in parts.

mod cut;
mod units;

use chatwork_api::limits::create_room_message::BODY_MAX_LENGTH;

use cut::Cutter;
use units::Units;

use super::parse::parse;

/// The most characters of a message.
pub(super) const LIMIT: usize = BODY_MAX_LENGTH as usize;

/// A part of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) text: String,
    /// How many bytes at its start open again what was closed at the cut before.
    pub(super) reopened: usize,
    /// How many bytes at its end close what is open at the cut.
    pub(super) closed: usize,
}

/// Cuts a text into parts of at most so many characters; an empty text is one part.
pub(super) fn split(text: &str, limit: usize) -> Vec<Part> {
    if fits(text, limit) {
        return vec![Part { text: text.to_owned(), reopened: 0, closed: 0 }];
    }
    let units = Units::new(&parse(text), limit);
    Cutter::new(text, &units, limit).collect()
}

/// Whether a text has at most so many characters.
pub(super) fn fits(text: &str, limit: usize) -> bool {
    // Counting is for those between as many bytes and four times as many.
    text.len() <= limit || text.chars().count() <= limit
}
