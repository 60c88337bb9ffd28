//! Archives as files for other programs and for people.

mod csv;
mod html;
mod import;
mod jsonl;
mod markdown;
mod rows;

use chatwork_sdk::{RoomId, UnixTime};

use crate::query::UtcOffset;

/// Which messages an export has, and in which time it writes them.
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct ExportOptions {
    pub(crate) rooms: Vec<RoomId>,
    pub(crate) from: Option<UnixTime>,
    pub(crate) until: Option<UnixTime>,
    pub(crate) history: bool,
    pub(crate) offset: UtcOffset,
}

impl ExportOptions {
    /// Returns options for all messages of all rooms, in the time of Japan.
    pub fn new() -> Self {
        Self::default()
    }

    /// Exports this room. Several rooms add up.
    pub fn room(mut self, room: RoomId) -> Self {
        self.rooms.push(room);
        self
    }

    /// Exports messages that were sent at this time or later.
    pub fn from(mut self, time: UnixTime) -> Self {
        self.from = Some(time);
        self
    }

    /// Exports messages that were sent before this time.
    pub fn until(mut self, time: UnixTime) -> Self {
        self.until = Some(time);
        self
    }

    /// Shows the text of deleted messages before their deletion, if `true`. Otherwise a deleted
    /// message has no text.
    pub fn history(mut self, shown: bool) -> Self {
        self.history = shown;
        self
    }

    /// Writes times as they are at this place.
    pub fn utc_offset(mut self, offset: UtcOffset) -> Self {
        self.offset = offset;
        self
    }
}
