//! What a watch makes of the list of rooms.

use std::collections::BTreeSet;

use chatwork_api::types::{RoomId, UnixTime};
use tokio::time::Instant;

use super::SETTLE;
use super::engine::{Due, Engine};
use super::event::Event;
use super::look::is_over;
use super::memory::{Head, Memory, Start};
use super::pending::{Learns, Pending};

impl Engine {
    /// Compares the rooms with those that are known, and notes which are to be looked at.
    pub(super) fn list(&mut self, heads: &[Head], date: UnixTime, now: Instant) {
        let chosen = heads.iter().filter(|head| self.rooms.contains(head.room_id));
        let mut heads: Vec<Head> = chosen.copied().collect();
        // What happened first is told first, as far as that goes.
        heads.sort_by_key(|head| (head.mark.updated, head.room_id));
        if self.rooms.single().is_none() {
            self.round.failures = 0;
        }
        let due: Vec<Head> = heads.iter().copied().filter(|it| self.is_due(it, date)).collect();
        let quiet = heads.iter().filter(|head| !due.contains(head));
        let recheck = self.recheck.next(quiet, date, now);
        for head in due.into_iter().chain(recheck) {
            let failed = self.failures.get(&head.room_id).is_some_and(|it| now < it.until);
            if !failed {
                self.round.due.push_back(Due { room_id: head.room_id, head: Some(head) });
            }
        }
        self.queue.push_back(Pending::silent(Learns::Listed(date)));
        self.leave(&heads);
    }

    /// Whether a room is to be looked at. One that is not known becomes known.
    fn is_due(&mut self, head: &Head, date: UnixTime) -> bool {
        let Some(memory) = self.state.rooms.get(&head.room_id) else {
            return self.enter(head, date);
        };
        if memory.quiet != Some(head.mark) {
            return true;
        }
        // All of it has been seen: now its count of messages is that of the list.
        let count = head.mark.count;
        if memory.count != Some(count) && is_over(head.mark.updated, date) {
            let learns = Learns::Counted(head.room_id, count);
            self.queue.push_back(Pending::silent(learns));
        }
        self.rooms.single().is_some()
    }

    fn enter(&mut self, head: &Head, date: UnixTime) -> bool {
        let room_id = head.room_id;
        let memory = self.memory(head, date);
        let due = memory.quiet.is_none();
        let learns = Learns::Entered(room_id, Box::new(memory));
        self.absent.remove(&room_id);
        self.queue.push_back(match self.state.listed {
            Some(_) => Pending::event(Event::Joined { room_id }, learns),
            None => Pending::silent(learns),
        });
        due
    }

    /// What is to be known of a room from the beginning.
    fn memory(&self, head: &Head, date: UnixTime) -> Memory {
        if let Some(id) = self.starts.get(&head.room_id) {
            return Memory::new(Start::After(id.clone()));
        }
        match self.state.listed {
            // It was not there at that time; the two clocks of the server may differ a little.
            Some(listed) => Memory::new(Start::Since(UnixTime(listed.0.saturating_sub(SETTLE)))),
            None if is_over(head.mark.updated, date) => Memory::quiet(head.mark),
            None => Memory::new(Start::Now),
        }
    }

    /// Tells of the rooms that are not there any more, and of chosen ones that never were.
    fn leave(&mut self, heads: &[Head]) {
        let listed: BTreeSet<RoomId> = heads.iter().map(|head| head.room_id).collect();
        let known: Vec<RoomId> = self.state.rooms.keys().copied().collect();
        for room_id in known.into_iter().filter(|id| !listed.contains(id)) {
            self.recheck.forget(room_id);
            self.failures.remove(&room_id);
            self.absent.insert(room_id);
            let left = Learns::Left(room_id);
            self.queue.push_back(match self.rooms.contains(room_id) {
                true => Pending::event(Event::Left { room_id }, left),
                false => Pending::silent(left),
            });
        }
        for room_id in self.rooms.chosen().into_iter().filter(|id| !listed.contains(id)) {
            if self.absent.insert(room_id) {
                self.queue.push_back(Pending::only(Event::Left { room_id }));
            }
        }
    }
}
