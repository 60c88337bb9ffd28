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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::watch::room::RoomVersion;

    const NOW: i64 = 1_750_831_200;

    fn room(id: i64, updated: i64) -> RoomSummary {
        let version = RoomVersion { updated: UnixTime(updated), count: 1 };
        RoomSummary { room_id: RoomId(id), version }
    }

    #[tokio::test(start_paused = true)]
    async fn only_rooms_of_the_last_day_are_read_again_and_ten_at_a_time() {
        let recheck = Recheck::new(Duration::from_secs(600));
        let old = [room(1, NOW - RECENT - 1), room(2, NOW - RECENT + 60)];
        let after = |seconds| recheck.began + Duration::from_secs(seconds);
        assert!(recheck.due(old.iter(), UnixTime(NOW), after(599)).is_empty());
        assert_eq!(recheck.due(old.iter(), UnixTime(NOW), after(600)), [old[1]]);
        let many: Vec<_> = (0..25).map(|id| room(id, NOW)).collect();
        assert_eq!(recheck.due(many.iter(), UnixTime(NOW), after(600)).len(), MOST);
    }

    #[tokio::test(start_paused = true)]
    async fn a_room_that_was_read_waits_again_unless_it_was_forgotten() {
        let mut recheck = Recheck::new(Duration::from_secs(600));
        let after = |recheck: &Recheck, seconds| recheck.began + Duration::from_secs(seconds);
        let rooms = [room(1, NOW)];
        recheck.looked(RoomId(1), after(&recheck, 300));
        assert!(recheck.due(rooms.iter(), UnixTime(NOW), after(&recheck, 899)).is_empty());
        recheck.forget(RoomId(1));
        assert_eq!(recheck.due(rooms.iter(), UnixTime(NOW), after(&recheck, 899)), rooms);
    }
}
