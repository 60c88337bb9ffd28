//! What the list of rooms changes.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

use chatwork_api::types::{RoomId, UnixTime};
use tokio::time::Instant;

use super::engine::Engine;
use super::event::Event;
use super::room::{RoomState, RoomSummary, Start, before};
use super::round::RoomToPoll;
use super::update::{Pending, StateUpdate};
use crate::time::is_over;

/// How many rooms that the list does not show are asked for in one round. Further ones wait for the
/// next round.
const MOST_UNLISTED: usize = 20;

impl Engine {
    /// Compares the listed rooms with the state, and decides which are to be read.
    pub(super) fn list(&mut self, rooms: &[RoomSummary], date: UnixTime, now: Instant) {
        let chosen = rooms.iter().filter(|room| self.rooms.contains(room.room_id));
        let mut rooms: Vec<RoomSummary> = chosen.copied().collect();
        // After a pause, the room with the newest messages must not come last.
        rooms.sort_by_key(|room| (Reverse(room.version.updated), room.room_id));
        if self.rooms.single().is_none() {
            self.round.failures = 0;
        }
        let (due, quiet): (Vec<RoomSummary>, Vec<RoomSummary>) =
            rooms.iter().partition(|room| self.is_due(room, date));
        let recheck = self.recheck.due(quiet.iter(), date, now);
        self.schedule(due.into_iter().chain(recheck), now);
        self.queue.push_back(Pending::silent(StateUpdate::Listed(date)));
        self.find_unlisted(&rooms, now);
    }

    /// Puts rooms in the order in which they are read. A room that begins now comes first: until it
    /// is read, the watch cannot tell what is new in it. Rooms that waited already take turns with
    /// the others, so that a busy account starves none.
    fn schedule(&mut self, rooms: impl Iterator<Item = RoomSummary>, now: Instant) {
        let waited: BTreeSet<RoomId> = self.round.rooms.drain(..).map(|it| it.room_id).collect();
        let entered = self.entered();
        let (mut first, mut fresh, mut old) = (VecDeque::new(), VecDeque::new(), VecDeque::new());
        for room in rooms {
            let room_id = room.room_id;
            if self.failures.get(&room_id).is_some_and(|failures| now < failures.until) {
                continue;
            }
            let begins_now = match entered.get(&room_id) {
                Some(begins_now) => *begins_now,
                None => self.state.rooms.get(&room_id).is_some_and(|it| it.start == Start::Now),
            };
            let group = match begins_now {
                true => &mut first,
                false if waited.contains(&room_id) => &mut old,
                false => &mut fresh,
            };
            group.push_back(RoomToPoll { room_id, listed: Some(room) });
        }
        self.round.rooms = first;
        while !fresh.is_empty() || !old.is_empty() {
            self.round.rooms.extend(fresh.pop_front());
            self.round.rooms.extend(old.pop_front());
        }
    }

    /// Returns the rooms that the list just showed, which are not in the state yet, and whether each
    /// begins with its next look.
    fn entered(&self) -> BTreeMap<RoomId, bool> {
        let updates = self.queue.iter().map(|pending| &pending.update);
        let rooms = updates.filter_map(|update| match update {
            Some(StateUpdate::Entered(id, room)) => Some((*id, room.start == Start::Now)),
            _ => None,
        });
        rooms.collect()
    }

    /// Returns whether a room is to be read. A room that is not in the state enters it.
    fn is_due(&mut self, listed: &RoomSummary, date: UnixTime) -> bool {
        let room_id = listed.room_id;
        let Some(room) = self.state.rooms.get(&room_id).filter(|room| !room.left) else {
            return self.enter(listed, date);
        };
        if room.quiet != Some(listed.version) {
            return true;
        }
        // Everything in it was seen, so its message count is that of the list.
        let count = listed.version.count;
        if room.count != Some(count) && is_over(listed.version.updated, date) {
            let update = StateUpdate::Counted(room_id, count);
            self.queue.push_back(Pending::silent(update));
        }
        self.rooms.single().is_some()
    }

    fn enter(&mut self, listed: &RoomSummary, date: UnixTime) -> bool {
        let room_id = listed.room_id;
        let room = self.first_state(listed, date);
        let due = room.quiet.is_none();
        let update = StateUpdate::Entered(room_id, Box::new(room));
        self.absent.remove(&room_id);
        self.starts.remove(&room_id);
        self.queue.push_back(match self.state.listed {
            Some(_) => Pending::event(Event::Joined { room_id }, update),
            None => Pending::silent(update),
        });
        due
    }

    /// Returns the state in which a room begins.
    fn first_state(&self, room: &RoomSummary, date: UnixTime) -> RoomState {
        let known = self.state.rooms.get(&room.room_id);
        if let (Some(known), Some(listed)) = (known, self.state.listed) {
            return known.rejoin(listed);
        }
        if let Some(id) = self.starts.get(&room.room_id) {
            return RoomState::new(Start::After(id.clone()));
        }
        match self.state.listed {
            // The room was not in the list at that time.
            Some(listed) => RoomState::new(Start::Since(before(listed))),
            None if is_over(room.version.updated, date) => RoomState::quiet(room.version),
            None => RoomState::new(Start::Now),
        }
    }

    /// Finds the rooms that should be in the list and are not. One empty or partial reply must not
    /// end a room, so each is asked for by itself.
    fn find_unlisted(&mut self, rooms: &[RoomSummary], now: Instant) {
        let listed: BTreeSet<RoomId> = rooms.iter().map(|room| room.room_id).collect();
        let known = self.state.rooms.iter().filter(|(_, room)| !room.left).map(|(id, _)| *id);
        let absent = |id: &RoomId| self.absent.contains(id);
        let chosen = self.rooms.chosen().into_iter().filter(|id| !absent(id));
        let missing: BTreeSet<RoomId> =
            known.chain(chosen).filter(|id| !listed.contains(id)).collect();
        let mut unlisted = VecDeque::new();
        for room_id in missing {
            if !self.rooms.contains(room_id) {
                self.queue.push_back(Pending::silent(StateUpdate::Forgotten(room_id)));
            } else if self.failures.get(&room_id).is_none_or(|it| !it.unlisted || now >= it.until) {
                unlisted.push_back(room_id);
            }
        }
        unlisted.truncate(MOST_UNLISTED);
        self.round.unlisted = unlisted;
    }

    /// A room that the list did not show is there all the same.
    pub(super) fn confirm(&mut self, room: &RoomSummary, date: UnixTime) {
        let room_id = room.room_id;
        self.round.unlisted.retain(|id| *id != room_id);
        self.failures.remove(&room_id);
        tracing::debug!(room_id = room_id.0, "a room is missing in the list of rooms");
        if self.is_due(room, date) {
            self.round.rooms.push_back(RoomToPoll { room_id, listed: Some(*room) });
        }
    }

    /// The account is not in this room.
    pub(super) fn leave(&mut self, room_id: RoomId) {
        self.recheck.forget(room_id);
        self.failures.remove(&room_id);
        self.lagging.remove(&room_id);
        self.rung.remove(room_id);
        if self.is_in(room_id) {
            self.absent.insert(room_id);
            let update = StateUpdate::Left(room_id);
            self.queue.push_back(Pending::event(Event::Left { room_id }, update));
        } else if self.absent.insert(room_id) {
            self.queue.push_back(Pending::only(Event::Left { room_id }));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::watch::room::RoomVersion;
    use crate::watch::rooms::Rooms;
    use crate::watch::round::Failures;

    const ROOM: RoomId = RoomId(1);

    fn summary(updated: i64, count: i64) -> RoomSummary {
        let version = RoomVersion { updated: UnixTime(updated), count };
        RoomSummary { room_id: ROOM, version }
    }

    /// An engine that has read the room, and found it in this version.
    fn engine(listed: RoomSummary) -> Engine {
        let mut engine = Engine::new(Rooms::All);
        let mut room = RoomState::quiet(listed.version);
        room.count = None;
        engine.state.rooms.insert(ROOM, room);
        engine.state.listed = Some(UnixTime(100));
        engine
    }

    fn counted(engine: &Engine) -> Option<i64> {
        engine.queue.iter().find_map(|pending| match pending.update {
            Some(StateUpdate::Counted(_, count)) => Some(count),
            _ => None,
        })
    }

    #[tokio::test(start_paused = true)]
    async fn the_count_of_a_quiet_room_is_taken_once_its_second_is_over() {
        for (date, expected) in [(104, None), (105, Some(7))] {
            let listed = summary(100, 7);
            let mut engine = engine(listed);
            engine.list(&[listed], UnixTime(date), Instant::now());
            assert_eq!(counted(&engine), expected, "{date}");
        }
    }

    /// An engine that has read the rooms 1 to 4.
    fn engine_of_four() -> Engine {
        let mut engine = engine(summary(100, 7));
        for id in 1..=4 {
            engine.state.rooms.insert(RoomId(id), RoomState::quiet(summary(100, 7).version));
        }
        engine
    }

    /// The order in which the rooms are read after a list in which 4 is the newest and 1 the oldest.
    fn order(engine: &mut Engine) -> Vec<i64> {
        let rooms: Vec<_> =
            (1..=4).map(|id| RoomSummary { room_id: RoomId(id), ..summary(200 + id, 8) }).collect();
        engine.list(&rooms, UnixTime(300), Instant::now());
        engine.round.rooms.iter().map(|room| room.room_id.0).collect()
    }

    #[tokio::test(start_paused = true)]
    async fn rooms_that_waited_take_turns_with_newer_ones() {
        let mut engine = engine_of_four();
        for id in [1, 2] {
            engine.round.rooms.push_back(RoomToPoll { room_id: RoomId(id), listed: None });
        }
        assert_eq!(order(&mut engine), [4, 2, 3, 1]);
    }

    #[tokio::test(start_paused = true)]
    async fn a_room_that_begins_now_is_read_first() {
        let mut engine = engine_of_four();
        engine.state.rooms.insert(RoomId(2), RoomState::new(Start::Now));
        assert_eq!(order(&mut engine), [2, 4, 3, 1]);
    }

    #[tokio::test(start_paused = true)]
    async fn failures_of_a_room_that_was_left_do_not_delay_it_when_it_is_joined_again() {
        let mut engine = engine(summary(100, 7));
        let until = Instant::now() + std::time::Duration::from_secs(60);
        engine.failures.insert(ROOM, Failures { count: 5, until, unlisted: false });
        engine.leave(ROOM);
        while engine.take().is_some() {}
        engine.list(&[summary(200, 9)], UnixTime(300), Instant::now());
        assert!(engine.round.rooms.iter().any(|room| room.room_id == ROOM));
    }
}
