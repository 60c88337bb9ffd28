//! What has happened in a room between two looks at it.

use std::collections::VecDeque;

use chatwork_api::MessageLimitation;
use chatwork_api::types::{AccountId, Message, MessageId, RoomId, UnixTime};

use super::SETTLE;
use super::event::Event;
use super::look::Window;
use super::number::{by_number, is_after};
use super::room::{RoomState, RoomSummary, RoomVersion, Start, before};
use super::snapshot::{Change, MessageSnapshot};
use super::update::{PageSummary, Pending, StateUpdate};

/// The most messages that one reply shows.
const SHOWN: usize = 100;

/// The newest messages of a room.
pub(super) struct MessagePage {
    pub(super) room_id: RoomId,
    /// By number.
    messages: Vec<Message>,
    date: UnixTime,
    /// The plan hides older messages.
    limitation: Option<MessageLimitation>,
    /// Messages of the reply that could not be read.
    unreadable: usize,
}

impl MessagePage {
    pub(super) fn new(room_id: RoomId, mut messages: Vec<Message>, date: UnixTime) -> Self {
        messages.sort_by(|one, other| by_number(&one.message_id, &other.message_id));
        messages.dedup_by(|one, other| one.message_id == other.message_id);
        Self { room_id, messages, date, limitation: None, unreadable: 0 }
    }

    /// Adds what the reply said besides its messages.
    pub(super) fn with(self, limitation: Option<MessageLimitation>, unreadable: usize) -> Self {
        Self { limitation, unreadable, ..self }
    }

    /// Returns the page as the reader gets it.
    pub(super) fn window(&self) -> Window {
        Window {
            room_id: self.room_id,
            messages: self.messages.clone(),
            limitation: self.limitation.clone(),
            unreadable: self.unreadable,
            at: self.date,
        }
    }

    /// Returns whether there may be older messages than those that are shown.
    pub(super) fn is_cut(&self) -> bool {
        self.limitation.is_some() || self.len() >= SHOWN
    }

    pub(super) fn oldest(&self) -> Option<&Message> {
        self.messages.first()
    }

    /// Returns how many messages the reply had. Unreadable ones count, too.
    pub(super) fn len(&self) -> usize {
        self.messages.len() + self.unreadable
    }

    pub(super) fn unreadable(&self) -> usize {
        self.unreadable
    }

    pub(super) fn date(&self) -> UnixTime {
        self.date
    }

    /// Returns whether the page shows this message, in this version or a newer one, or must have
    /// dropped it as too old.
    pub(super) fn covers(&self, id: &MessageId, updated: UnixTime) -> bool {
        match self.messages.binary_search_by(|it| by_number(&it.message_id, id)) {
            Ok(index) => self.messages.get(index).is_some_and(|it| it.update_time >= updated),
            Err(index) => index == 0 && self.is_cut() && !self.messages.is_empty(),
        }
    }

    /// Returns how this page leaves a room that the list showed like this.
    pub(super) fn end(&self, listed: Option<RoomSummary>) -> PageSummary {
        let oldest = self.oldest().map(|message| message.message_id.clone());
        let empty = oldest.is_none().then(|| self.start_of_empty(listed));
        let quiet = listed.and_then(|listed| self.quiet(listed.version));
        PageSummary { oldest, empty, quiet, count: None }
    }

    /// Returns where a room begins that shows no message. Only a room without messages begins with
    /// its first one. Else the reply was wrong, or the plan hides all: begin by time.
    fn start_of_empty(&self, listed: Option<RoomSummary>) -> Start {
        match listed {
            Some(it) if it.version.count == 0 && self.len() == 0 && !self.is_cut() => {
                Start::After(MessageId("0".to_owned()))
            }
            _ => Start::Since(before(self.date)),
        }
    }

    /// Returns the room's version after this page, or `None` while the current second may still
    /// bring messages.
    fn quiet(&self, listed: RoomVersion) -> Option<RoomVersion> {
        let times = self.messages.iter().map(|message| message.send_time.max(message.update_time));
        let updated = times.fold(listed.updated, UnixTime::max);
        let later = self.messages.iter().filter(|message| message.send_time > listed.updated);
        let later = i64::try_from(later.count()).unwrap_or_default();
        let version = RoomVersion { updated, count: listed.count.saturating_add(later) };
        is_over(updated, self.date).then_some(version)
    }

    /// Compares the page with what is known, and returns what there is to emit, by number. Emits
    /// nothing of the messages of `silent`.
    pub(super) fn diff(
        self,
        room: &RoomState,
        me: Option<AccountId>,
        silent: Option<AccountId>,
    ) -> VecDeque<Pending> {
        let mut found = self.vanished(room, silent.is_some());
        for message in self.messages {
            let now = MessageSnapshot::of(&message, self.date, me);
            let sight = Sight::of(room, &message, &now);
            if sight == Sight::Known(Change::Nothing) {
                continue;
            }
            let emits = silent != Some(message.account.account_id);
            let update = sight.update(self.room_id, now, &message);
            let event = sight.event(self.room_id, message).filter(|_| emits);
            found.push_back(Pending { event, update: Some(update), window: None });
        }
        found
    }

    /// Finds messages that are missing between those that are shown. A message missing at either
    /// end means nothing: the oldest make room for new ones, and a server may lag behind. If some
    /// messages could not be read, the missing one may be among them.
    fn vanished(&self, room: &RoomState, hides_own: bool) -> VecDeque<Pending> {
        let (Some(first), Some(last)) = (self.messages.first(), self.messages.last()) else {
            return VecDeque::new();
        };
        if self.unreadable > 0 {
            return VecDeque::new();
        }
        let between = room.seen().iter().filter(|seen| {
            let inside = is_after(&seen.id, &first.message_id);
            inside && is_after(&last.message_id, &seen.id) && !seen.deleted && !self.shows(seen)
        });
        let gone = between.map(|seen| {
            let (room_id, message_id) = (self.room_id, seen.id.clone());
            let event = Event::MessageDeleted { room_id, message_id };
            let update = StateUpdate::Message(room_id, seen.vanished());
            match hides_own && seen.own {
                true => Pending::silent(update),
                false => Pending::event(event, update),
            }
        });
        gone.collect()
    }

    fn shows(&self, seen: &MessageSnapshot) -> bool {
        let found = self.messages.binary_search_by(|it| by_number(&it.message_id, &seen.id));
        found.is_ok()
    }
}

/// Returns whether no more messages or edits of this second can come, at that date.
pub(super) fn is_over(time: UnixTime, date: UnixTime) -> bool {
    time.0.saturating_add(SETTLE) <= date.0
}

/// How a message appears.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sight {
    New,
    /// New, and deleted already.
    NewDeleted,
    Known(Change),
}

impl Sight {
    fn of(room: &RoomState, message: &Message, now: &MessageSnapshot) -> Self {
        match room.find(&message.message_id) {
            Some(known) => Self::Known(known.compare(message, now)),
            None if room.is_new(message) && now.deleted => Self::NewDeleted,
            None if room.is_new(message) => Self::New,
            None if !room.is_changed(message) => Self::Known(Change::Silent),
            None if now.deleted => Self::Known(Change::Deleted),
            None => Self::Known(Change::Updated),
        }
    }

    fn update(self, room_id: RoomId, now: MessageSnapshot, message: &Message) -> StateUpdate {
        match self {
            Self::New | Self::NewDeleted => StateUpdate::New(room_id, now, message.send_time),
            Self::Known(Change::Deleted) => StateUpdate::Message(room_id, now.as_deleted()),
            Self::Known(_) => StateUpdate::Message(room_id, now),
        }
    }

    fn event(self, room_id: RoomId, message: Message) -> Option<Event> {
        let message_id = message.message_id.clone();
        match self {
            Self::Known(Change::Nothing | Change::Silent) => None,
            Self::New => Some(Event::MessageCreated { room_id, message }),
            Self::Known(Change::Updated) => Some(Event::MessageUpdated { room_id, message }),
            Self::NewDeleted | Self::Known(Change::Deleted) => {
                Some(Event::MessageDeleted { room_id, message_id })
            }
        }
    }
}
