//! Reading rooms whose version in the list has not changed.

use std::collections::HashMap;
use std::time::Duration;

use chatwork_api::types::{RoomId, UnixTime};
use tokio::time::Instant;

use super::room::RoomSummary;

/// A room in which nothing has happened for longer is not read again, in seconds.
const RECENT: i64 = 24 * 60 * 60;
/// How many rooms are read again in one round.
const MOST: usize = 10;

/// When each room was last read, and how long ago that may be.
#[derive(Debug)]
pub(super) struct Recheck {
    after: Duration,
    began: Instant,
    looked: HashMap<RoomId, Instant>,
}

impl Recheck {
    pub(super) fn new(after: Duration) -> Self {
        Self { after, began: Instant::now(), looked: HashMap::new() }
    }

    pub(super) fn set(&mut self, after: Duration) {
        self.after = after;
    }

    pub(super) fn looked(&mut self, room: RoomId, now: Instant) {
        self.looked.insert(room, now);
    }

    pub(super) fn forget(&mut self, room: RoomId) {
        self.looked.remove(&room);
    }

    /// Returns the rooms to read again among those whose version has not changed. Those that were
    /// read longest ago come first.
    pub(super) fn due<'a>(
        &self,
        quiet: impl Iterator<Item = &'a RoomSummary>,
        date: UnixTime,
        now: Instant,
    ) -> Vec<RoomSummary> {
        let looked = |room: &RoomSummary| *self.looked.get(&room.room_id).unwrap_or(&self.began);
        let is_due = |room: &&RoomSummary| {
            let recent = room.version.updated.0 > date.0.saturating_sub(RECENT);
            recent && now.saturating_duration_since(looked(room)) >= self.after
        };
        let mut due: Vec<RoomSummary> = quiet.filter(is_due).copied().collect();
        due.sort_by_key(looked);
        due.truncate(MOST);
        due
    }
}
