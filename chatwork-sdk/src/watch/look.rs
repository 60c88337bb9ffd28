//! What has happened in a room between two looks at it.

use std::collections::VecDeque;

use chatwork_api::types::{AccountId, Message, RoomId, UnixTime};

use super::SETTLE;
use super::event::Event;
use super::memory::{Head, Mark, Memory};
use super::number::{by_number, is_after};
use super::pending::{Learns, Looked, Pending};
use super::seen::Seen;

/// The most that one reply shows.
const SHOWN: usize = 100;

/// The newest messages of a room.
pub(super) struct Look {
    pub(super) room_id: RoomId,
    /// In the order of their numbers.
    messages: Vec<Message>,
    date: UnixTime,
    /// The plan hides older ones.
    hides: bool,
}

impl Look {
    pub(super) fn new(room_id: RoomId, mut messages: Vec<Message>, date: UnixTime) -> Self {
        messages.sort_by(|one, other| by_number(&one.message_id, &other.message_id));
        messages.dedup_by(|one, other| one.message_id == other.message_id);
        Self { room_id, messages, date, hides: false }
    }

    /// Whether the plan hides older messages.
    pub(super) fn hiding(self, hides: bool) -> Self {
        Self { hides, ..self }
    }

    /// Whether there may be older messages than those that are shown.
    pub(super) fn is_cut(&self) -> bool {
        self.hides || self.len() >= SHOWN
    }

    pub(super) fn oldest(&self) -> Option<&Message> {
        self.messages.first()
    }

    pub(super) fn len(&self) -> usize {
        self.messages.len()
    }

    /// How this look leaves a room, whose list said this.
    pub(super) fn end(&self, head: Option<Head>) -> Looked {
        let oldest = self.oldest().map(|message| message.message_id.clone());
        Looked { oldest, quiet: head.and_then(|head| self.quiet(head.mark)), count: None }
    }

    /// What the list of rooms says from now on if nothing more happens; nothing as long as
    /// something may still happen in the same second.
    fn quiet(&self, listed: Mark) -> Option<Mark> {
        let times = self.messages.iter().map(|message| message.send_time.max(message.update_time));
        let updated = times.fold(listed.updated, UnixTime::max);
        let later = self.messages.iter().filter(|message| message.send_time > listed.updated);
        let later = i64::try_from(later.count()).unwrap_or_default();
        let mark = Mark { updated, count: listed.count.saturating_add(later) };
        is_over(updated, self.date).then_some(mark)
    }

    /// What there is to tell, in the order of the messages. Those of `silent` are not told of.
    pub(super) fn news(self, memory: &Memory, silent: Option<AccountId>) -> VecDeque<Pending> {
        let room_id = self.room_id;
        let mut news = self.vanished(memory);
        for message in self.messages {
            let seen = Seen::of(&message, self.date);
            let sight = match memory.find(&message.message_id) {
                Some(known) if known.outlives(&message) => continue,
                Some(known) if *known == seen => continue,
                Some(known) if known.is_changed(&message) => Sight::Changed,
                Some(_) => Sight::Same,
                None => Sight::first(memory, &message),
            };
            let learns = match sight {
                Sight::New => Learns::New(room_id, seen, message.send_time),
                Sight::Same | Sight::Changed => Learns::Message(room_id, seen),
            };
            let tells = silent != Some(message.account.account_id);
            let event = sight.event(room_id, message).filter(|_| tells);
            news.push_back(Pending { event, learns: Some(learns) });
        }
        news
    }

    /// Messages that were between those that are shown, and are not any more. At the ends of the
    /// list that means nothing: the oldest make room, and a server may lag behind.
    fn vanished(&self, memory: &Memory) -> VecDeque<Pending> {
        let (Some(first), Some(last)) = (self.messages.first(), self.messages.last()) else {
            return VecDeque::new();
        };
        let between = memory.seen().iter().filter(|seen| {
            let inside = is_after(&seen.id, &first.message_id);
            inside && is_after(&last.message_id, &seen.id) && !seen.deleted && !self.shows(seen)
        });
        let gone = between.map(|seen| {
            let (room_id, message_id) = (self.room_id, seen.id.clone());
            let event = Event::MessageDeleted { room_id, message_id };
            Pending::event(event, Learns::Message(room_id, seen.vanished()))
        });
        gone.collect()
    }

    fn shows(&self, seen: &Seen) -> bool {
        let found = self.messages.binary_search_by(|it| by_number(&it.message_id, &seen.id));
        found.is_ok()
    }
}

/// Whether nothing more can come that bears this time, in a reply of that date.
pub(super) fn is_over(time: UnixTime, date: UnixTime) -> bool {
    time.0.saturating_add(SETTLE) <= date.0
}

/// How a message appears.
#[derive(Clone, Copy)]
enum Sight {
    New,
    Changed,
    Same,
}

impl Sight {
    /// Of one that has never been seen.
    fn first(memory: &Memory, message: &Message) -> Self {
        if memory.is_new(message) {
            Self::New
        } else if memory.is_changed(message) {
            Self::Changed
        } else {
            Self::Same
        }
    }

    fn event(self, room_id: RoomId, message: Message) -> Option<Event> {
        match self {
            Self::Same => None,
            _ if message.is_deleted() => {
                Some(Event::MessageDeleted { room_id, message_id: message.message_id })
            }
            Self::New => Some(Event::MessageCreated { room_id, message }),
            Self::Changed => Some(Event::MessageUpdated { room_id, message }),
        }
    }
}
