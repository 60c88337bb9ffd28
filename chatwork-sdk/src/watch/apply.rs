//! What a response changes.

use chatwork_api::types::{RoomId, UnixTime};
use tokio::time::Instant;

use super::engine::Engine;
use super::event::Event;
use super::failure::WatchError;
use super::gap::{self, GapCheck, GapSize};
use super::page::MessagePage;
use super::poll::{Found, PollRequest, PollResponse};
use super::room::RoomVersion;
use super::round::Failures;
use super::update::{PageSummary, Pending, StateUpdate};
use crate::error::Error;
use crate::time::later;

/// How often in a row a room is read for messages that the list counts and the room does not show.
const LAG_LOOKS: u32 = 6;

impl Engine {
    /// Processes a response.
    pub(super) fn apply(&mut self, response: PollResponse, now: Instant) {
        let PollResponse { request, result, date, limits } = response;
        if let Some(limits) = limits {
            self.budget.update(limits, now);
        }
        if !matches!(request, PollRequest::Wait(_)) {
            self.round.requests += 1;
            self.round.date = Some(date);
        }
        match result {
            Ok(Found::Nothing) => {}
            Ok(Found::Me(id)) => {
                self.me = Some(id);
                self.round.under_way = false;
            }
            Ok(Found::Rooms(rooms)) => match (request, self.round.gap.take(), rooms.first()) {
                (PollRequest::Confirm(_), _, Some(room)) => self.confirm(room, date),
                (_, Some(check), Some(room)) => self.settle(check, room.version.count),
                _ => self.list(&rooms, date, now),
            },
            Ok(Found::Messages(room_id, shown)) => {
                let page = MessagePage::new(room_id, shown.messages, date);
                self.look(page.with(shown.limitation, shown.unreadable), now);
            }
            Err(error) => self.fail(request, error, date, now),
        }
    }

    /// Emits what has happened in a room, unless a gap check has to come first.
    fn look(&mut self, page: MessagePage, now: Instant) {
        let room_id = page.room_id;
        self.round.failures = 0;
        self.round.polled += 1;
        self.failures.remove(&room_id);
        self.recheck.looked(room_id, now);
        self.rung.looked(&page, now);
        let polling = self.round.polling.take();
        let check = match self.round.gap.take() {
            Some(check) => GapCheck { page: Some(page), ..check },
            None => GapCheck::new(page, polling.and_then(|room| room.listed)),
        };
        let room = self.state.rooms.get(&room_id);
        let count = room.and_then(|room| room.count);
        match room.is_some_and(|room| check.is_open(room)) {
            true if count.is_some() => self.round.gap = Some(check),
            true => self.emit_gap(check, None, None),
            false => {
                let follows = room.is_some_and(|room| check.follows(room));
                self.emit(check, None, follows);
            }
        }
        if !self.round.under_way && self.round.active {
            // The doorbell found something, so more messages are likely: begin the next round soon.
            let soon = later(now, self.interval.floor());
            self.round.next = self.round.next.map(|next| next.min(soon));
        }
    }

    /// Decides by the room's message count whether there is a gap, or looks again.
    fn settle(&mut self, check: GapCheck, after: i64) {
        let room = self.state.rooms.get(&check.room_id);
        let Some(before) = room.and_then(|room| room.count) else {
            return self.emit_gap(check, None, None);
        };
        let Some(page) = &check.page else { return };
        match gap::between_unreadable(before, page, check.count, after) {
            GapSize::Nothing => self.emit(check, None, true),
            GapSize::Messages(missing) => self.emit_gap(check, missing, Some(after)),
            GapSize::Unknown => match check.again(after) {
                Some(again) => self.round.gap = Some(again),
                None => self.emit_gap(check, None, None),
            },
        }
    }

    fn emit_gap(&mut self, check: GapCheck, missing: Option<u64>, count: Option<i64>) {
        let room = self.state.rooms.get(&check.room_id);
        if let (Some(room), Some(page)) = (room, &check.page) {
            let gap = gap::pending(room, page, missing);
            self.round.events += u32::from(gap.is_some());
            self.queue.extend(gap);
        }
        self.emit(check, count, false);
    }

    /// Queues the events of a page, and what the state becomes after them. `follows` is whether no
    /// message is missing before the page.
    fn emit(&mut self, check: GapCheck, count: Option<i64>, follows: bool) {
        let GapCheck { room_id, listed, page: Some(page), .. } = check else { return };
        let Some(room) = self.state.rooms.get(&room_id) else { return };
        let (before, date, unreadable) = (room.count, page.date(), page.unidentified());
        let has_gap = !self.queue.is_empty();
        let window = self.keeps_windows.then(|| Box::new(page.window(follows)));
        let mut summary = PageSummary { count, ..page.end(listed) };
        let silent = self.me.filter(|_| !self.own);
        let found = page.diff(room, self.me, silent);
        let arrived = found.iter().filter(|it| it.is_new()).count() + unreadable;
        if let Some(version) = listed.map(|listed| listed.version)
            && !has_gap
            && !self.adds_up(room_id, version, before, arrived)
        {
            summary.quiet = None;
        }
        self.report(&found, date);
        self.queue.extend(found);
        self.queue.push_back(Pending::silent(StateUpdate::PageRead(room_id, summary)));
        if let Some(first) = self.queue.front_mut() {
            first.window = window;
        }
    }

    /// Returns whether a page shows all messages that the list counts. The service may count a
    /// message in the list before it shows the message in the room. So the room is read again a few
    /// times. Then the page is accepted: no source says what `message_num` counts.
    fn adds_up(
        &mut self,
        room_id: RoomId,
        version: RoomVersion,
        before: Option<i64>,
        arrived: usize,
    ) -> bool {
        let arrived = i64::try_from(arrived).unwrap_or(i64::MAX);
        let shown = before.map(|before| before.saturating_add(arrived));
        if shown.is_none_or(|shown| shown >= version.count) {
            self.lagging.remove(&room_id);
            return true;
        }
        let entry = self.lagging.entry(room_id).or_insert((version, 0));
        let looks = if entry.0 == version { entry.1 + 1 } else { 1 };
        *entry = (version, looks);
        let waits = looks <= LAG_LOOKS;
        self.round.active |= waits;
        !waits
    }

    fn report<'a>(&mut self, found: impl IntoIterator<Item = &'a Pending>, date: UnixTime) {
        for pending in found {
            self.round.events += u32::from(pending.event.is_some());
            if let Some(Event::MessageCreated { message, .. }) = &pending.event {
                self.health.found(message.send_time, date);
            }
        }
        self.round.active |= self.round.events > 0;
    }

    /// Continues without what could not be had, or ends. Nothing is lost: the state holds only
    /// what was taken.
    fn fail(&mut self, request: PollRequest, error: Error, date: UnixTime, now: Instant) {
        if let Some(wait) = error.retry_after() {
            self.paused_until = Some(later(now, wait));
        }
        let gap = self.round.gap.take();
        self.round.polling = None;
        let gone = error.is_forbidden() || error.is_not_found();
        let room_id = match request {
            PollRequest::Room(id) if gap.is_none() && gone => {
                self.round.failures = 0;
                self.queue.push_back(Pending::silent(StateUpdate::Listed(date)));
                return self.leave(id);
            }
            PollRequest::Confirm(id) => {
                self.round.unlisted.retain(|it| *it != id);
                if gone {
                    return self.leave(id);
                }
                Some(id)
            }
            PollRequest::Room(id) | PollRequest::Messages(id) => Some(id),
            _ => None,
        };
        match room_id.filter(|_| self.rooms.single().is_none()) {
            Some(id) => {
                self.fail_room(id, matches!(request, PollRequest::Confirm(_)), now);
            }
            None => self.round.failures += 1,
        }
        self.round.rooms.retain(|room| Some(room.room_id) != room_id);
        let may_not_list = room_id.is_none() && error.is_forbidden();
        let error = WatchError::from(error);
        self.ended = error.is_unauthorized() || error.is_consent_needed() || may_not_list;
        self.health.fail();
        tracing::warn!(room_id = room_id.map(|id| id.0), %error, "a request of the watch failed");
        self.queue.push_back(Pending::only(Event::failed(room_id, error)));
    }

    /// Tries a room that cannot be read again, after a longer and longer wait. Marks the room as
    /// polled even though it failed. Otherwise it would stay first in the recheck order.
    fn fail_room(&mut self, id: RoomId, unlisted: bool, now: Instant) {
        self.recheck.looked(id, now);
        let count = self.failures.get(&id).map_or(0, |failures| failures.count).saturating_add(1);
        let until = later(now, self.interval.after_failures(count));
        self.failures.insert(id, Failures { count, until, unlisted });
        self.rung.failed(id, until);
    }
}
