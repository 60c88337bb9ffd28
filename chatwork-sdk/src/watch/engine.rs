//! What a watch knows and wants, without the network: it says what to ask next, and learns from
//! the answers.

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};

use chatwork_api::types::{AccountId, MessageId, RoomId};
use tokio::time::Instant;

use super::ask::Ask;
use super::budget::Budget;
use super::event::Event;
use super::gap::Doubt;
use super::interval::Interval;
use super::memory::Head;
use super::pending::Pending;
use super::recheck::Recheck;
use super::rooms::Rooms;
use super::state::WatchState;
use crate::pace::FOR_EVER;

/// The inner side of a watch.
pub(super) struct Engine {
    pub(super) rooms: Rooms,
    /// Where to begin in rooms that are not to begin now.
    pub(super) starts: BTreeMap<RoomId, MessageId>,
    pub(super) state: WatchState,
    pub(super) interval: Interval,
    pub(super) budget: Budget,
    pub(super) recheck: Recheck,
    /// Whether one's own messages are told of, and whose they are.
    pub(super) own: bool,
    pub(super) me: Option<AccountId>,
    pub(super) queue: VecDeque<Pending>,
    pub(super) round: Round,
    /// Chosen rooms that were not there from the start, and have been told of.
    pub(super) absent: BTreeSet<RoomId>,
    pub(super) failures: HashMap<RoomId, Failures>,
    pub(super) ended: bool,
}

/// The round that is under way, or over.
#[derive(Default)]
pub(super) struct Round {
    /// Nothing is asked before.
    pub(super) next: Option<Instant>,
    pub(super) under_way: bool,
    /// The rooms that are still to be looked at.
    pub(super) due: VecDeque<Due>,
    pub(super) doubt: Option<Doubt>,
    /// How many requests it has cost.
    pub(super) cost: u32,
    /// Whether anything was found.
    pub(super) active: bool,
    /// How many rounds have failed in a row.
    pub(super) failures: u32,
}

/// A room to be looked at, and what the list said of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Due {
    pub(super) room_id: RoomId,
    pub(super) head: Option<Head>,
}

/// How often in a row a room could not be read, and when to try again.
#[derive(Clone, Copy, Debug)]
pub(super) struct Failures {
    pub(super) count: u32,
    pub(super) until: Instant,
}

impl Engine {
    /// The next event that has been found. With it, the state learns of it.
    pub(super) fn take(&mut self) -> Option<Event> {
        while let Some(Pending { event, learns }) = self.queue.pop_front() {
            if let Some(learns) = learns {
                self.state.learn(learns);
            }
            if event.is_some() {
                return event;
            }
        }
        None
    }

    /// What to ask next; nothing when the watch has ended. All that was found must have been taken.
    pub(super) fn next(&mut self, now: Instant) -> Option<Ask> {
        if self.ended {
            return None;
        }
        let held = self.round.next.filter(|next| now < *next);
        if let Some(until) = held.max(self.budget.exhausted_until(now)) {
            return Some(Ask::Wait(until));
        }
        if let Some(doubt) = &self.round.doubt {
            return Some(doubt.ask());
        }
        if let Some(due) = self.round.due.front() {
            return Some(Ask::Messages(due.room_id));
        }
        if self.round.under_way {
            return Some(Ask::Wait(self.end_round(now)));
        }
        Some(self.begin_round())
    }

    fn begin_round(&mut self) -> Ask {
        self.round.under_way = true;
        if !self.own && self.me.is_none() {
            return Ask::Me;
        }
        let Some(room_id) = self.rooms.single() else { return Ask::Rooms };
        // A room alone is read at once, which costs as little as to ask whether anything happened
        // in it. It is asked about as long as its count of messages is unknown, or when it could
        // not be read: whoever has left it learns of it so.
        match self.state.rooms.get(&room_id) {
            Some(memory) if memory.count.is_some() && self.round.failures == 0 => {
                self.round.due.push_back(Due { room_id, head: None });
                Ask::Messages(room_id)
            }
            _ => Ask::Room(room_id),
        }
    }

    /// Ends the round. Gives when the next begins.
    fn end_round(&mut self, now: Instant) -> Instant {
        let Round { cost, active, failures, .. } = self.round;
        let interval = match failures {
            0 => self.interval.after(active),
            _ => self.interval.after_failures(failures),
        };
        let wait = interval.max(self.budget.affords_every(cost, now));
        let next = later(now, wait);
        self.round = Round { next: Some(next), failures, ..Round::default() };
        next
    }
}

/// A moment as long after another as a clock can say.
pub(super) fn later(now: Instant, wait: std::time::Duration) -> Instant {
    now + wait.min(FOR_EVER)
}
