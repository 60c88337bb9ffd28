//! What the watch remembers of a room.

use chatwork_api::types::{Message, MessageId, RoomId, UnixTime};
use serde::{Deserialize, Serialize};

use super::number::{by_number, is_after};
use super::snapshot::MessageSnapshot;
use crate::time::SETTLE;

/// The most messages remembered of a room: the 100 that the API shows, and those that vanished from
/// between them.
const MOST: usize = 200;

/// What a watch remembers of one room: ids and times to find what is new, and no text.
///
/// The content is private. A [store](super::WatchStore) that keeps one row for each room saves it
/// with [serde](https://docs.rs/serde), up to 4 KB as JSON, and gives it back with
/// [`WatchState::from_rooms`](super::WatchState::from_rooms).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RoomState {
    /// Which unseen messages count as old.
    pub(super) start: Start,
    /// The room's version in the list when all of its messages had been read.
    pub(super) quiet: Option<RoomVersion>,
    /// The room's message count at the latest look, if it is known exactly.
    pub(super) count: Option<i64>,
    /// When the newest message that was seen was sent, or when the watch began.
    pub(super) newest: Option<UnixTime>,
    /// The account left the room. The messages stay in `seen`, so none is emitted again after a
    /// return.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(super) left: bool,
    /// The messages of the latest look, by number.
    #[serde(deserialize_with = "sorted")]
    seen: Vec<MessageSnapshot>,
}

/// Which unseen messages count as new.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Start {
    /// None of the next look.
    Now,
    /// Those that were sent after this time.
    Since(UnixTime),
    /// Those with a higher number.
    After(MessageId),
    /// Those with this number or a higher one.
    From(MessageId),
}

/// The fields of a room in the list that change when something happens in the room.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct RoomVersion {
    /// `last_update_time`.
    pub(super) updated: UnixTime,
    /// `message_num`.
    pub(super) count: i64,
}

/// A room in the list of rooms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct RoomSummary {
    pub(super) room_id: RoomId,
    pub(super) version: RoomVersion,
}

impl RoomState {
    pub(super) fn new(start: Start) -> Self {
        let newest = match start {
            Start::Since(time) => Some(time),
            _ => None,
        };
        Self { start, quiet: None, count: None, newest, left: false, seen: Vec::new() }
    }

    /// Begins with a room in which nothing has happened lately. It is not read until its version
    /// changes.
    pub(super) fn quiet(version: RoomVersion) -> Self {
        let (quiet, count) = (Some(version), Some(version.count));
        Self { quiet, count, ..Self::new(Start::Since(version.updated)) }
    }

    /// Resumes a saved state: messages after the last listing are new.
    pub(super) fn resume(&mut self, listed: UnixTime) {
        if self.start == Start::Now {
            self.start = Start::Since(before(listed));
        }
    }

    /// Returns the state of a room that the account left and joined again: messages sent after
    /// `listed` are new, unless they were seen.
    pub(super) fn rejoin(&self, listed: UnixTime) -> Self {
        let since = before(listed);
        let seen = self.seen.clone();
        Self { seen, ..Self::new(Start::Since(since)) }
    }

    /// Returns `last_update_time` and `message_num` of the room in the list when all of its newest
    /// messages had been read. `None` if the room is to be read again.
    ///
    /// A room that the list shows with these numbers has nothing new. In a room that was never read,
    /// they are those with which the watch began.
    pub fn quiet_version(&self) -> Option<(UnixTime, i64)> {
        self.quiet.map(|version| (version.updated, version.count))
    }

    pub(super) fn seen(&self) -> &[MessageSnapshot] {
        &self.seen
    }

    pub(super) fn last(&self) -> Option<&MessageSnapshot> {
        self.seen.last()
    }

    pub(super) fn find(&self, id: &MessageId) -> Option<&MessageSnapshot> {
        self.place(id).ok().and_then(|index| self.seen.get(index))
    }

    /// Returns whether an unseen message is new.
    pub(super) fn is_new(&self, message: &Message) -> bool {
        self.is_new_id(&message.message_id, message.send_time)
    }

    /// Returns whether an unseen message with this id, sent at that time, is new.
    pub(super) fn is_new_id(&self, id: &MessageId, sent: UnixTime) -> bool {
        match &self.start {
            Start::Now => false,
            Start::Since(time) => sent > *time,
            Start::After(last) => is_after(id, last),
            Start::From(first) => !is_after(first, id),
        }
    }

    /// Returns whether an unseen message that is not new was edited since the start. Only a start
    /// by time can tell.
    pub(super) fn is_changed(&self, message: &Message) -> bool {
        matches!(self.start, Start::Since(time) if message.update_time > time)
    }

    /// Remembers a message as it is now.
    pub(super) fn note(&mut self, seen: MessageSnapshot) {
        match self.place(&seen.id) {
            Ok(index) => {
                if let Some(known) = self.seen.get_mut(index) {
                    *known = seen;
                }
            }
            Err(index) => self.seen.insert(index, seen),
        }
    }

    /// Remembers a new message, sent at that time.
    pub(super) fn note_new(&mut self, seen: MessageSnapshot, sent: UnixTime) {
        self.newest = self.newest.max(Some(sent));
        self.count = self.count.map(|count| count.saturating_add(1));
        self.note(seen);
    }

    /// Begins again at this message, after a gap.
    pub(super) fn skip_to(&mut self, id: MessageId) {
        (self.start, self.count, self.newest) = (Start::From(id), None, None);
        self.seen.clear();
    }

    /// Ends a look of which everything was taken. `oldest` is the oldest message that it showed.
    pub(super) fn finish(&mut self, oldest: Option<&MessageId>) {
        let Some(oldest) = oldest else { return };
        self.start = Start::After(oldest.clone());
        self.seen.retain(|seen| !is_after(oldest, &seen.id));
        self.seen.drain(..self.seen.len().saturating_sub(MOST));
    }

    fn place(&self, id: &MessageId) -> Result<usize, usize> {
        self.seen.binary_search_by(|seen| by_number(&seen.id, id))
    }
}

/// Returns a time before `listed`, by more than the clocks of the service's machines differ.
pub(super) fn before(listed: UnixTime) -> UnixTime {
    UnixTime(listed.0.saturating_sub(SETTLE))
}

/// A binary search needs the order, and a file may have been changed by hand.
fn sorted<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Vec<MessageSnapshot>, D::Error> {
    let mut seen = Vec::<MessageSnapshot>::deserialize(from)?;
    seen.sort_by(|one, other| by_number(&one.id, &other.id));
    seen.dedup_by(|one, other| one.id == other.id);
    Ok(seen)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn snapshot(number: usize) -> MessageSnapshot {
        serde_json::from_value(serde_json::json!([number.to_string(), 0, 0, null])).unwrap()
    }

    #[test]
    fn no_more_than_200_messages_of_a_room_are_remembered() {
        let mut room = RoomState::new(Start::Now);
        (1_000..1_350).for_each(|number| room.note(snapshot(number)));
        room.finish(Some(&MessageId("1000".to_owned())));
        assert_eq!(room.seen().len(), MOST);
        assert_eq!(room.last().map(|seen| seen.id.0.as_str()), Some("1349"));
    }

    #[test]
    fn a_state_that_is_out_of_order_is_put_in_order() {
        let saved = serde_json::json!({
            "start": "now", "quiet": null, "count": null, "newest": null,
            "seen": [["10", 0, 0, null], ["9", 0, false, null], ["10", 0, 0, null]],
        });
        let room: RoomState = serde_json::from_value(saved).unwrap();
        let ids: Vec<_> = room.seen().iter().map(|seen| seen.id.0.as_str()).collect();
        assert_eq!(ids, ["9", "10"]);
    }
}
