//! What a watch decides, without the network: which request comes next, and what a response means.
//!
//! The algorithm:
//!
//! 1. A round begins with `GET /rooms` ([`Engine::begin_round`]). A room watched alone is read at
//!    once instead, without a list.
//! 2. The list is compared with the state (`list.rs`). A room whose [`RoomVersion`] has changed is
//!    to be read, the most recently updated room first. So are up to ten unchanged rooms that were
//!    not read for a while (`recheck.rs`). A known room that the list does not show is asked for by
//!    itself: it counts as left only if the API refuses that.
//! 3. Each of these rooms is read with `GET …/messages?force=1` (`apply.rs`). The [`MessagePage`]
//!    is compared with the [`RoomState`], which holds one [`MessageSnapshot`] for each message of
//!    the page before: what is new, edited or deleted becomes an event (`page.rs`).
//! 4. If the page does not overlap the page before, a [`GapCheck`] compares the room's message
//!    count before and after the look, and so computes how many messages are missing (`gap.rs`).
//! 5. Events wait in a queue, each with its [`StateUpdate`]. The state changes when the reader takes
//!    the event, so a saved state never contains an event that the reader did not get. The next
//!    request is made when the queue is empty.
//! 6. After the last room the round ends. The wait is short after events and grows without them
//!    (`interval.rs`); it is longer if the rate limit would not last (`budget.rs`). A ring of the
//!    [`Doorbell`](super::Doorbell) cuts it short and has one room read.
//!
//! [`RoomVersion`]: super::room::RoomVersion
//! [`RoomState`]: super::room::RoomState
//! [`MessagePage`]: super::page::MessagePage
//! [`MessageSnapshot`]: super::snapshot::MessageSnapshot
//! [`StateUpdate`]: super::update::StateUpdate

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};
use std::time::Duration;

use chatwork_api::types::{AccountId, MessageId, RoomId, UnixTime};
use tokio::time::Instant;

use super::budget::Budget;
use super::doorbell::{Bell, RungRooms};
use super::health::{Recorder, RoundReport};
use super::interval::Interval;
use super::poll::PollRequest;
use super::recheck::Recheck;
use super::room::{RoomState, RoomVersion, Start};
use super::rooms::Rooms;
use super::round::{Failures, RoomToPoll, Round};
use super::state::WatchState;
use super::update::Pending;
use crate::time::later;

const FLOOR: Duration = Duration::from_secs(5);
const CEILING: Duration = Duration::from_secs(60);
const RECHECK: Duration = Duration::from_secs(10 * 60);

/// The decisions of a watch.
pub(super) struct Engine {
    pub(super) rooms: Rooms,
    /// Where rooms begin that [`Watch::after`](super::Watch::after) names. A room uses it once.
    pub(super) starts: BTreeMap<RoomId, MessageId>,
    pub(super) state: WatchState,
    pub(super) interval: Interval,
    pub(super) budget: Budget,
    pub(super) recheck: Recheck,
    /// Whether the account's own messages are emitted.
    pub(super) own: bool,
    pub(super) me: Option<AccountId>,
    pub(super) queue: VecDeque<Pending>,
    pub(super) round: Round,
    /// No request is made before this time, which the API named.
    pub(super) paused_until: Option<Instant>,
    /// The rooms that the account is not in, and for which `Left` was emitted.
    pub(super) absent: BTreeSet<RoomId>,
    pub(super) failures: HashMap<RoomId, Failures>,
    /// How often a room was read for messages that its list counts and its pages do not show.
    pub(super) lagging: HashMap<RoomId, (RoomVersion, u32)>,
    pub(super) bell: Bell,
    pub(super) rung: RungRooms,
    pub(super) health: Recorder,
    /// Whether the messages of a look are kept for the reader or the store.
    pub(super) keeps_windows: bool,
    pub(super) ended: bool,
}

impl Engine {
    pub(super) fn new(rooms: Rooms) -> Self {
        Self {
            rooms,
            starts: BTreeMap::new(),
            state: WatchState::default(),
            interval: Interval::new(FLOOR, CEILING),
            budget: Budget::new(),
            recheck: Recheck::new(RECHECK),
            own: true,
            me: None,
            queue: VecDeque::new(),
            round: Round::default(),
            paused_until: None,
            absent: BTreeSet::new(),
            failures: HashMap::new(),
            lagging: HashMap::new(),
            bell: Bell::default(),
            rung: RungRooms::default(),
            health: Recorder::new(),
            keeps_windows: false,
            ended: false,
        }
    }

    /// Continues from a saved state.
    pub(super) fn resume(&mut self, mut state: WatchState) {
        if let Some(listed) = state.listed {
            state.rooms.values_mut().for_each(|room| room.resume(listed));
        }
        self.state = state;
    }

    /// Takes the next entry of the queue, and changes the state by it.
    pub(super) fn take(&mut self) -> Option<Pending> {
        let Some(Pending { event, update, window }) = self.queue.pop_front() else {
            if !self.health.has_started() && self.has_begun() {
                self.health.start();
            }
            return None;
        };
        if let Some(update) = &update {
            self.state.update(update.clone());
        }
        Some(Pending { event, update, window })
    }

    /// Returns whether every message sent from now on is emitted: the rooms were listed, and those
    /// that were busy at that moment were read.
    pub(super) fn has_begun(&self) -> bool {
        let begins = |room: &RoomState| room.start == Start::Now;
        self.state.listed.is_some() && !self.state.rooms.values().any(begins)
    }

    /// Returns whether the round goes on with another request.
    pub(super) fn has_more(&self) -> bool {
        let round = &self.round;
        let more = !round.rooms.is_empty() || !round.unlisted.is_empty() || round.gap.is_some();
        more && !self.ended
    }

    /// Returns the next request, or `None` if the watch has ended. The queue must be empty.
    pub(super) fn next(&mut self, now: Instant) -> Option<PollRequest> {
        if self.ended {
            self.health.end();
            return None;
        }
        self.bell.take().into_iter().for_each(|ring| self.rung.add(ring, now));
        let paused = self.paused_until.filter(|until| now < *until);
        if let Some(until) = paused.max(self.budget.exhausted_until(now)) {
            return Some(self.pause(until));
        }
        if let Some(check) = &self.round.gap {
            return Some(check.request());
        }
        if let Some(room_id) = self.next_rung(now) {
            return Some(self.poll_rung(room_id));
        }
        if self.round.under_way {
            return Some(self.go_on(now));
        }
        match self.round.next.filter(|next| now < *next) {
            Some(next) => Some(PollRequest::Wait(self.rung.next().map_or(next, |it| it.min(next)))),
            None => Some(self.begin_round()),
        }
    }

    /// Waits because the API refuses more requests, or the reserve is reached.
    fn pause(&mut self, until: Instant) -> PollRequest {
        self.health.wait();
        tracing::debug!("the watch waits for the rate limit");
        self.round.stale = !self.round.rooms.is_empty() && self.rooms.single().is_none();
        PollRequest::Wait(until)
    }

    /// Continues a round: the next room, or the end.
    fn go_on(&mut self, now: Instant) -> PollRequest {
        if std::mem::take(&mut self.round.stale) {
            return PollRequest::Rooms;
        }
        if let Some(room_id) = self.round.unlisted.front() {
            return PollRequest::Confirm(*room_id);
        }
        match self.round.rooms.pop_front() {
            Some(room) => self.poll(room),
            None => PollRequest::Wait(self.end_round(now)),
        }
    }

    fn poll(&mut self, room: RoomToPoll) -> PollRequest {
        self.round.polling = Some(room);
        self.rung.begin(room.room_id);
        PollRequest::Messages(room.room_id)
    }

    /// Returns the room that the doorbell rang for, if it is time. A room that is not in the state
    /// has to be listed first.
    fn next_rung(&mut self, now: Instant) -> Option<RoomId> {
        while let Some(room_id) = self.rung.due(now) {
            if !self.rooms.contains(room_id) {
                self.rung.remove(room_id);
            } else if self.is_in(room_id) {
                return Some(room_id);
            } else {
                self.rung.postpone(room_id, now);
                self.round.next = None;
            }
        }
        None
    }

    fn poll_rung(&mut self, room_id: RoomId) -> PollRequest {
        let place = self.round.rooms.iter().position(|room| room.room_id == room_id);
        let listed = place.and_then(|place| self.round.rooms.remove(place));
        self.poll(listed.unwrap_or(RoomToPoll { room_id, listed: None }))
    }

    /// Returns whether the account is in a room, by the state.
    pub(super) fn is_in(&self, room_id: RoomId) -> bool {
        self.state.rooms.get(&room_id).is_some_and(|room| !room.left)
    }

    fn begin_round(&mut self) -> PollRequest {
        self.round.under_way = true;
        if !self.own && self.me.is_none() {
            return PollRequest::Me;
        }
        let Some(room_id) = self.rooms.single() else { return PollRequest::Rooms };
        // Reading one room costs as much as asking whether its version has changed. Ask for the
        // room only while its message count is unknown, or after a failure: if the account has
        // left the room, the API refuses this request.
        let room = self.state.rooms.get(&room_id).filter(|room| !room.left);
        match room {
            Some(room) if room.count.is_some() && self.round.failures == 0 => {
                self.poll(RoomToPoll { room_id, listed: None })
            }
            _ => PollRequest::Room(room_id),
        }
    }

    /// Ends the round. Returns when the next one begins.
    fn end_round(&mut self, now: Instant) -> Instant {
        let Round { requests, polled, events, active, failures, date, .. } = self.round;
        let interval = match failures {
            0 => self.interval.after(active),
            _ => self.interval.after_failures(failures),
        };
        let affords = self.budget.affords_every(requests, now);
        if affords > interval {
            self.health.wait();
        }
        let wait = interval.max(affords);
        if failures == 0 {
            let at = date.unwrap_or(UnixTime(0));
            let round = RoundReport { ended: now, at, requests, rooms: polled, events };
            self.health.round(round);
        }
        tracing::debug!(requests, rooms = polled, events, failures, ?wait, "a round ended");
        let next = later(now, wait);
        self.round = Round { next: Some(next), failures, ..Round::default() };
        next
    }
}
