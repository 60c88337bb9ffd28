//! Archives as files for other programs and for people.

mod csv;
mod html;
mod import;
mod jsonl;
mod markdown;
mod rows;
mod zone;

use chatwork_sdk::{RoomId, UnixTime};

use crate::query::UtcOffset;
use zone::Zone;

/// Which messages an export has, and in which time it writes them.
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct ExportOptions {
    pub(crate) rooms: Vec<RoomId>,
    pub(crate) except: Vec<RoomId>,
    pub(crate) from: Option<UnixTime>,
    pub(crate) until: Option<UnixTime>,
    pub(crate) history: bool,
    pub(crate) zone: Zone,
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

    /// Leaves out this room. Several rooms add up.
    pub fn except(mut self, room: RoomId) -> Self {
        self.except.push(room);
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

    /// Writes times as they are at a place that has one offset the whole year.
    pub fn utc_offset(mut self, offset: UtcOffset) -> Self {
        self.zone = Zone::Fixed(offset);
        self
    }

    /// Writes each time with the offset that a place has at that time, as of a place with summer
    /// time.
    ///
    /// ```
    /// use chatwork_archive::{ExportOptions, UtcOffset};
    ///
    /// // A place that changed its offset at the end of 2025.
    /// let options = ExportOptions::new().utc_offset_at(|time| match time.0 {
    ///     ..1_767_225_600 => UtcOffset::hours(8),
    ///     _ => UtcOffset::hours(9),
    /// });
    /// ```
    pub fn utc_offset_at(
        mut self,
        offset: impl Fn(UnixTime) -> UtcOffset + Send + Sync + 'static,
    ) -> Self {
        self.zone = Zone::By(std::sync::Arc::new(offset));
        self
    }

    /// Returns which messages the export has, as a condition of SQL on `messages m`. Everything of an
    /// export asks this one: its messages, its files and its links.
    pub(crate) fn condition(&self) -> String {
        let ids = |rooms: &[RoomId]| {
            rooms.iter().map(|room| room.0.to_string()).collect::<Vec<_>>().join(", ")
        };
        let mut condition = String::from("true");
        if !self.rooms.is_empty() {
            condition.push_str(&format!(" AND m.room_id IN ({})", ids(&self.rooms)));
        }
        if !self.except.is_empty() {
            condition.push_str(&format!(" AND m.room_id NOT IN ({})", ids(&self.except)));
        }
        for (sign, time) in [(">=", self.from), ("<", self.until)] {
            if let Some(time) = time {
                condition.push_str(&format!(" AND m.send_time {sign} {}", time.0));
            }
        }
        condition
    }
}
