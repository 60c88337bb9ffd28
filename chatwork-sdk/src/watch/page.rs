//! What has happened in a room between two looks at it.

use std::collections::VecDeque;

use chatwork_api::MessageLimitation;
use chatwork_api::types::{AccountId, Message, MessageId, RoomId, UnixTime};

use super::event::Event;
use super::look::Window;
use super::number::{by_number, is_after};
use super::room::{RoomState, RoomSummary, RoomVersion, Start, before};
use super::snapshot::{Change, MessageSnapshot};
use super::unreadable::UnreadableMessage;
use super::update::{PageSummary, Pending, StateUpdate};
use crate::time::is_over;

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
    unreadable: Vec<UnreadableMessage>,
}

impl MessagePage {
    pub(super) fn new(room_id: RoomId, mut messages: Vec<Message>, date: UnixTime) -> Self {
        messages.sort_by(|one, other| by_number(&one.message_id, &other.message_id));
        messages.dedup_by(|one, other| one.message_id == other.message_id);
        Self { room_id, messages, date, limitation: None, unreadable: Vec::new() }
    }

    /// Adds the plan's notice and the messages that cannot be read.
    pub(super) fn with(
        self,
        limitation: Option<MessageLimitation>,
        unreadable: Vec<UnreadableMessage>,
    ) -> Self {
        Self { limitation, unreadable, ..self }
    }

    /// Returns the page as the reader gets it. `follows` is whether no message is missing before it.
    pub(super) fn window(&self, follows: bool) -> Window {
        Window {
            room_id: self.room_id,
            messages: self.messages.clone(),
            limitation: self.limitation.clone(),
            unreadable: self.unreadable.len(),
            unreadable_ids: self.unreadable.iter().filter_map(|it| it.id.clone()).collect(),
            follows,
            at: self.date,
        }
    }

    /// Returns whether there may be older messages than those that are shown.
    pub(super) fn is_cut(&self) -> bool {
        self.limitation.is_some() || self.len() >= SHOWN
    }

    /// Returns the id of the oldest message and when it was sent.
    pub(super) fn oldest(&self) -> Option<(MessageId, UnixTime)> {
        let id = self.ids().min_by(|one, other| by_number(one, other))?;
        let unreadable = self.unreadable.iter().find(|it| it.id.as_ref() == Some(id));
        let sent = unreadable.and_then(|it| it.sent).unwrap_or_else(|| self.sent_by(id));
        Some((id.clone(), sent))
    }

    /// Returns the known ids of all messages, unreadable ones too, in no order.
    fn ids(&self) -> impl Iterator<Item = &MessageId> {
        let read = self.messages.iter().map(|message| &message.message_id);
        read.chain(self.unreadable.iter().filter_map(|it| it.id.as_ref()))
    }

    /// Returns a time by which this message was sent: that of the next readable message, or the
    /// date of the page.
    fn sent_by(&self, id: &MessageId) -> UnixTime {
        let next = self.messages.iter().find(|message| !is_after(id, &message.message_id));
        next.map_or(self.date, |message| message.send_time)
    }

    /// Returns how many messages the reply had. Unreadable ones count, too.
    pub(super) fn len(&self) -> usize {
        self.messages.len() + self.unreadable.len()
    }

    /// Returns how many messages have no readable id.
    pub(super) fn unidentified(&self) -> usize {
        self.unreadable.iter().filter(|it| it.id.is_none()).count()
    }

    pub(super) fn date(&self) -> UnixTime {
        self.date
    }

    /// Returns whether the page shows this message, in this version or a newer one, or must have
    /// dropped it as too old.
    pub(super) fn covers(&self, id: &MessageId, updated: UnixTime) -> bool {
        match self.messages.binary_search_by(|it| by_number(&it.message_id, id)) {
            Err(_) if self.unreadable.iter().any(|it| it.id.as_ref() == Some(id)) => true,
            Ok(index) => self.messages.get(index).is_some_and(|it| it.update_time >= updated),
            Err(index) => index == 0 && self.is_cut() && !self.messages.is_empty(),
        }
    }

    /// Returns how this page leaves a room that the list showed like this.
    pub(super) fn end(&self, listed: Option<RoomSummary>) -> PageSummary {
        let oldest = self.oldest().map(|(id, _)| id);
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
        let unreadable = self.note_unreadable(room);
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
        found.extend(unreadable);
        found
    }

    /// Remembers the unreadable messages that are not known yet. A new one is emitted when it can
    /// be read.
    fn note_unreadable(&self, room: &RoomState) -> Vec<Pending> {
        let unknown = self.unreadable.iter().filter_map(|it| {
            let id = it.id.clone().filter(|id| room.find(id).is_none())?;
            let sent = it.sent.unwrap_or_else(|| self.sent_by(&id));
            let updated = it.updated.unwrap_or(self.date);
            Some(match room.is_new_id(&id, sent) {
                true => {
                    let seen = MessageSnapshot::unreadable(id, UnixTime(0));
                    StateUpdate::New(self.room_id, seen.emitted_later(), sent)
                }
                false => {
                    StateUpdate::Message(self.room_id, MessageSnapshot::unreadable(id, updated))
                }
            })
        });
        unknown.map(Pending::silent).collect()
    }

    /// Finds messages that are missing between those that are shown. A message missing at either
    /// end is not counted: a page has no capacity for the oldest, and a server may lag behind. If the id
    /// of a message cannot be read, the missing one may be that message.
    fn vanished(&self, room: &RoomState, hides_own: bool) -> VecDeque<Pending> {
        let first = self.ids().min_by(|one, other| by_number(one, other));
        let last = self.ids().max_by(|one, other| by_number(one, other));
        let (Some(first), Some(last)) = (first, last) else { return VecDeque::new() };
        if self.unidentified() > 0 {
            return VecDeque::new();
        }
        let between = room.seen().iter().filter(|seen| {
            let inside = is_after(&seen.id, first) && is_after(last, &seen.id);
            inside && !seen.deleted && !self.shows(seen)
        });
        let gone = between.map(|seen| {
            let (room_id, message_id) = (self.room_id, seen.id.clone());
            let event = Event::MessageDeleted { room_id, message_id };
            let update = StateUpdate::Message(room_id, seen.as_deleted());
            match hides_own && seen.own {
                true => Pending::silent(update),
                false => Pending::event(event, update),
            }
        });
        gone.collect()
    }

    fn shows(&self, seen: &MessageSnapshot) -> bool {
        let found = self.messages.binary_search_by(|it| by_number(&it.message_id, &seen.id));
        found.is_ok() || self.unreadable.iter().any(|it| it.id.as_ref() == Some(&seen.id))
    }
}

/// How a message appears.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sight {
    New,
    /// New, and deleted already.
    NewDeleted,
    /// Counted already, and readable for the first time.
    Readable,
    Known(Change),
}

impl Sight {
    fn of(room: &RoomState, message: &Message, now: &MessageSnapshot) -> Self {
        match room.find(&message.message_id) {
            Some(known) if known.is_to_emit() && now.deleted => Self::Known(Change::Deleted),
            Some(known) if known.is_to_emit() => Self::Readable,
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
            Self::Known(_) | Self::Readable => StateUpdate::Message(room_id, now),
        }
    }

    fn event(self, room_id: RoomId, message: Message) -> Option<Event> {
        let message_id = message.message_id.clone();
        match self {
            Self::Known(Change::Nothing | Change::Silent) => None,
            Self::New | Self::Readable => Some(Event::MessageCreated { room_id, message }),
            Self::Known(Change::Updated) => Some(Event::MessageUpdated { room_id, message }),
            Self::NewDeleted | Self::Known(Change::Deleted) => {
                Some(Event::MessageDeleted { room_id, message_id })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(sent: &[i64], date: i64) -> MessagePage {
        let messages = sent.iter().map(|sent| {
            let mut message = Message::default();
            (message.message_id, message.send_time) = (sent.to_string().into(), UnixTime(*sent));
            message
        });
        MessagePage::new(RoomId(1), messages.collect(), UnixTime(date))
    }

    #[test]
    fn messages_sent_after_the_list_count_in_the_version_of_the_room() {
        let listed = RoomVersion { updated: UnixTime(100), count: 5 };
        let version = page(&[99, 100, 101, 102], 200).quiet(listed);
        assert_eq!(version, Some(RoomVersion { updated: UnixTime(102), count: 7 }));
    }

    #[test]
    fn a_room_is_not_quiet_before_the_second_of_its_latest_change_is_over() {
        let listed = RoomVersion { updated: UnixTime(100), count: 5 };
        assert_eq!(page(&[100, 102], 106).quiet(listed), None);
        assert_eq!(page(&[], 104).quiet(listed), None);
        assert_eq!(page(&[], 105).quiet(listed), Some(listed));
    }

    #[test]
    fn a_second_is_over_five_seconds_later_even_if_the_date_is_ahead() {
        let is_over = |time, date| is_over(UnixTime(time), UnixTime(date));
        assert!(!is_over(100, 104));
        assert!(is_over(100, 105));
        assert!(!is_over(i64::MAX, 100));
    }

    #[test]
    fn only_an_empty_room_that_counts_no_message_begins_with_its_first_one() {
        let listed = |count| {
            let version = RoomVersion { updated: UnixTime(100), count };
            Some(RoomSummary { room_id: RoomId(1), version })
        };
        let start = |count| page(&[], 200).end(listed(count)).empty;
        assert_eq!(start(0), Some(Start::After(MessageId("0".to_owned()))));
        assert!(matches!(start(1), Some(Start::Since(_))));
        assert!(matches!(page(&[], 200).end(None).empty, Some(Start::Since(_))));
    }
}
