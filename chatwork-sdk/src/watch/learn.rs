//! What a watch makes of the answers.

use chatwork_api::types::{RoomId, UnixTime};
use tokio::time::Instant;

use super::ask::{Answer, Ask, Found};
use super::engine::{Engine, Failures, later};
use super::event::Event;
use super::gap::{self, Between, Doubt};
use super::look::Look;
use super::pending::{Learns, Looked, Pending};
use crate::error::Error;

impl Engine {
    pub(super) fn learn(&mut self, answer: Answer, now: Instant) {
        let Answer { ask, result, date, report } = answer;
        if let Some(report) = report {
            self.budget.learn(report, now);
        }
        if !matches!(ask, Ask::Wait(_)) {
            self.round.cost += 1;
        }
        match result {
            Ok(Found::Nothing) => {}
            Ok(Found::Me(id)) => {
                self.me = Some(id);
                self.round.under_way = false;
            }
            Ok(Found::Rooms(heads)) => match (self.round.doubt.take(), heads.first()) {
                (Some(doubt), Some(head)) => self.settle(doubt, head.mark.count),
                _ => self.list(&heads, date, now),
            },
            Ok(Found::Messages(room_id, messages, hidden)) => {
                self.look(Look::new(room_id, messages, date).hiding(hidden), now);
            }
            Err(error) => self.fail(ask, error, date, now),
        }
    }

    /// Tells what has happened in a room, unless it is open whether there is a gap.
    fn look(&mut self, look: Look, now: Instant) {
        let room_id = look.room_id;
        self.round.failures = 0;
        self.failures.remove(&room_id);
        self.recheck.looked(room_id, now);
        let doubt = match self.round.doubt.take() {
            Some(doubt) => Doubt { look: Some(look), ..doubt },
            None => {
                let due = self.round.due.pop_front();
                Doubt::new(look, due.and_then(|due| due.head))
            }
        };
        let memory = self.state.rooms.get(&room_id);
        let count = memory.and_then(|memory| memory.count);
        match memory.is_some_and(|memory| doubt.is_open(memory)) {
            true if count.is_some() => self.round.doubt = Some(doubt),
            true => self.tell_gap(doubt, None, None),
            false => self.tell(doubt, None),
        }
    }

    /// Knows by the room's count of messages whether there is a gap, or looks again.
    fn settle(&mut self, doubt: Doubt, after: i64) {
        let memory = self.state.rooms.get(&doubt.room_id);
        let Some(before) = memory.and_then(|memory| memory.count) else {
            return self.tell_gap(doubt, None, None);
        };
        let shown = doubt.look.as_ref().map_or(0, Look::len);
        match gap::between(before, shown, doubt.listed, after) {
            Between::Nothing => self.tell(doubt, None),
            Between::Messages(missing) => self.tell_gap(doubt, missing, Some(after)),
            Between::Unknown => match doubt.again(after) {
                Some(again) => self.round.doubt = Some(again),
                None => self.tell_gap(doubt, None, None),
            },
        }
    }

    fn tell_gap(&mut self, doubt: Doubt, missing: Option<u64>, count: Option<i64>) {
        let memory = self.state.rooms.get(&doubt.room_id);
        if let (Some(memory), Some(look)) = (memory, &doubt.look) {
            self.queue.extend(gap::pending(memory, look, missing));
        }
        self.tell(doubt, count);
    }

    fn tell(&mut self, doubt: Doubt, count: Option<i64>) {
        let Doubt { room_id, head, look: Some(look), .. } = doubt else { return };
        let Some(memory) = self.state.rooms.get(&room_id) else { return };
        let looked = Looked { count, ..look.end(head) };
        let silent = self.me.filter(|_| !self.own);
        let news = look.news(memory, silent);
        self.round.active |= news.iter().any(|pending| pending.event.is_some());
        self.queue.extend(news);
        self.queue.push_back(Pending::silent(Learns::Looked(room_id, looked)));
    }

    /// Goes on without what could not be had, or ends. Nothing is lost by it: the state knows only
    /// what was taken.
    fn fail(&mut self, ask: Ask, error: Error, date: UnixTime, now: Instant) {
        if let Some(wait) = error.retry_after() {
            self.round.next = Some(later(now, wait));
        }
        let doubt = self.round.doubt.take();
        let room_id = match ask {
            Ask::Room(_) if doubt.is_none() && error.is_forbidden() => {
                self.round.failures = 0;
                return self.list(&[], date, now);
            }
            Ask::Room(id) | Ask::Messages(id) => Some(id),
            _ => None,
        };
        match room_id.filter(|_| self.rooms.single().is_none()) {
            Some(id) => self.fail_room(id, now),
            None => self.round.failures += 1,
        }
        self.round.due.retain(|due| Some(due.room_id) != room_id);
        let everywhere = room_id.is_none() && error.is_forbidden();
        self.ended = error.is_unauthorized() || everywhere;
        self.queue.push_back(Pending::only(Event::Failed { room_id, error }));
    }

    /// A room that cannot be read is tried again, less and less often. It was looked at as well as
    /// could be: else it would be first in turn for ever where nothing shows in the list.
    fn fail_room(&mut self, id: RoomId, now: Instant) {
        self.recheck.looked(id, now);
        let count = self.failures.get(&id).map_or(0, |failures| failures.count).saturating_add(1);
        let until = later(now, self.interval.after_failures(count));
        self.failures.insert(id, Failures { count, until });
    }
}
