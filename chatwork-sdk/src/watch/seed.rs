//! The state of a room that a program has read by itself.

use chatwork_api::types::{Room, UnixTime};

use super::page::MessagePage;
use super::room::{RoomState, RoomSummary, RoomVersion, Start};
use super::state::WatchState;
use super::unreadable::UnreadableMessage;
use super::update::StateUpdate;
use crate::endpoint::Messages;

impl RoomState {
    /// Returns what a watch remembers after it has read a room: for a program that reads rooms with
    /// [`latest_messages`](crate::RoomHandle::latest_messages) and later watches them from there.
    ///
    /// `room` is the room as it was listed before the messages were read, and `at` is when the
    /// server answered with the messages.
    pub fn after_look(room: &Room, messages: &Messages, at: UnixTime) -> Self {
        let (updated, count) = (room.last_update_time, room.message_num);
        let version = RoomVersion { updated, count };
        let room_id = room.room_id;
        let unreadable = messages.set_aside.iter().map(UnreadableMessage::from).collect();
        let page = MessagePage::new(room_id, messages.messages.clone(), at)
            .with(messages.limitation.clone(), unreadable);
        let summary = page.end(Some(RoomSummary { room_id, version }));
        let begin = Self::new(Start::Now);
        let newest = messages.iter().map(|message| message.send_time).max();
        let count = summary.quiet.map(|quiet| quiet.count);
        let mut state = WatchState::from_rooms(None, [(room_id, begin.clone())]);
        let found = page.diff(&begin, None, None);
        found.into_iter().filter_map(|it| it.update).for_each(|update| state.update(update));
        state.update(StateUpdate::PageRead(room_id, summary));
        let mut seen = state.rooms.remove(&room_id).unwrap_or(begin);
        (seen.newest, seen.count) = (newest, count);
        seen
    }
}

#[cfg(test)]
mod tests {
    use chatwork_api::types::{AccountId, AccountSummary, Message, MessageId, RoomId};

    use super::*;

    const AT: UnixTime = UnixTime(2_000);

    fn message(number: i64) -> Message {
        let mut account = AccountSummary::default();
        account.account_id = AccountId(1);
        let mut message = Message::default();
        message.account = account;
        message.message_id = MessageId(number.to_string());
        message.send_time = UnixTime(number);
        message
    }

    fn state(newest: i64, listed: i64, count: i64) -> RoomState {
        let mut room = Room::default();
        room.room_id = RoomId(7);
        room.last_update_time = UnixTime(listed);
        room.message_num = count;
        let messages: Vec<Message> = (newest - 9..=newest).map(message).collect();
        let messages = Messages { messages, ..Messages::default() };
        RoomState::after_look(&room, &messages, AT)
    }

    #[test]
    fn the_messages_that_were_read_are_known_and_later_ones_are_new() {
        let state = state(1_000, 1_000, 10);
        assert_eq!(state.seen().len(), 10);
        assert!(state.is_new(&message(1_001)));
        assert!(!state.is_new(&message(990)));
        assert_eq!(state.newest, Some(UnixTime(1_000)));
    }

    #[test]
    fn a_room_with_a_second_that_is_over_is_quiet() {
        let version = RoomVersion { updated: UnixTime(1_000), count: 10 };
        assert_eq!(state(1_000, 1_000, 10).quiet, Some(version));
        assert_eq!(state(1_000, 1_000, 10).count, Some(10));
    }

    #[test]
    fn a_room_in_which_something_happens_now_is_read_again() {
        let state = state(AT.0, AT.0, 10);
        assert_eq!((state.quiet, state.count), (None, None));
    }
}
