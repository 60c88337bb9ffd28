//! Looking at rooms in which nothing shows.

use std::collections::HashMap;
use std::time::Duration;

use chatwork_api::types::{RoomId, UnixTime};
use tokio::time::Instant;

use super::memory::Head;

/// A room in which nothing has happened for longer is left alone.
const RECENT: i64 = 24 * 60 * 60;

/// When each room was last looked at, and how long that may be ago.
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

    /// The room whose turn it is, of those that say that nothing happened in them: one a round, so
    /// that it costs at most as much as the list.
    pub(super) fn next<'a>(
        &self,
        quiet: impl Iterator<Item = &'a Head>,
        date: UnixTime,
        now: Instant,
    ) -> Option<Head> {
        let recent = |head: &&Head| head.mark.updated.0 > date.0.saturating_sub(RECENT);
        let looked = |head: &Head| *self.looked.get(&head.room_id).unwrap_or(&self.began);
        let longest_ago = quiet.filter(recent).min_by_key(|head| looked(head))?;
        let due = now.saturating_duration_since(looked(longest_ago)) >= self.after;
        due.then_some(*longest_ago)
    }
}
