//! What is remembered of a room.

use chatwork_api::types::{Message, MessageId, RoomId, UnixTime};
use serde::{Deserialize, Serialize};

use super::SETTLE;
use super::number::{by_number, is_after};
use super::seen::Seen;

/// The most that is remembered of a room: the 100 that the API shows, and those that vanished from
/// between them.
const MOST: usize = 200;

/// What is remembered of a room: enough to tell what is new, and no text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Memory {
    /// What is old of that which is not in `seen`.
    pub(super) start: Start,
    /// What the list of rooms said of it when all that had happened was surely seen.
    pub(super) quiet: Option<Mark>,
    /// The room's count of messages at the latest look, if it is known exactly.
    pub(super) count: Option<i64>,
    /// When the newest message that was seen was sent, or when the watch began.
    pub(super) newest: Option<UnixTime>,
    /// The messages of the latest look, in the order of their numbers.
    seen: Vec<Seen>,
}

/// From where on a message that has never been seen is new.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Start {
    /// All of the next look is old.
    Now,
    /// It is, if it was sent after this.
    Since(UnixTime),
    /// It is, if its number is higher.
    After(MessageId),
    /// The same, or equal.
    From(MessageId),
}

/// What the list of rooms says by which a change shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Mark {
    /// `last_update_time`.
    pub(super) updated: UnixTime,
    /// `message_num`.
    pub(super) count: i64,
}

/// A room in the list of rooms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Head {
    pub(super) room_id: RoomId,
    pub(super) mark: Mark,
}

impl Memory {
    pub(super) fn new(start: Start) -> Self {
        let newest = match start {
            Start::Since(time) => Some(time),
            _ => None,
        };
        Self { start, quiet: None, count: None, newest, seen: Vec::new() }
    }

    /// Of a room in which nothing happens at the moment. It is not looked at until something does:
    /// what is sent later is later than this.
    pub(super) fn quiet(mark: Mark) -> Self {
        let (quiet, count) = (Some(mark), Some(mark.count));
        Self { quiet, count, ..Self::new(Start::Since(mark.updated)) }
    }

    /// Goes on later. The next look is not what it would have been: what came since the rooms were
    /// listed is new.
    pub(super) fn resume(&mut self, listed: UnixTime) {
        if self.start == Start::Now {
            self.start = Start::Since(UnixTime(listed.0.saturating_sub(SETTLE)));
        }
    }

    pub(super) fn seen(&self) -> &[Seen] {
        &self.seen
    }

    pub(super) fn last(&self) -> Option<&Seen> {
        self.seen.last()
    }

    pub(super) fn find(&self, id: &MessageId) -> Option<&Seen> {
        self.place(id).ok().and_then(|index| self.seen.get(index))
    }

    /// Whether a message that is not in `seen` is new.
    pub(super) fn is_new(&self, message: &Message) -> bool {
        match &self.start {
            Start::Now => false,
            Start::Since(time) => message.send_time > *time,
            Start::After(id) => is_after(&message.message_id, id),
            Start::From(id) => !is_after(id, &message.message_id),
        }
    }

    /// Whether one that is neither in `seen` nor new has changed since the start, as far as it
    /// tells.
    pub(super) fn is_changed(&self, message: &Message) -> bool {
        matches!(self.start, Start::Since(time) if message.update_time > time)
    }

    /// Remembers a message as it is now.
    pub(super) fn note(&mut self, seen: Seen) {
        match self.place(&seen.id) {
            Ok(index) => {
                if let Some(known) = self.seen.get_mut(index) {
                    *known = seen;
                }
            }
            Err(index) => self.seen.insert(index, seen),
        }
    }

    /// Remembers one more message, sent at that time.
    pub(super) fn note_new(&mut self, seen: Seen, sent: UnixTime) {
        self.newest = self.newest.max(Some(sent));
        self.count = self.count.map(|count| count.saturating_add(1));
        self.note(seen);
    }

    /// Begins anew with this message.
    pub(super) fn skip_to(&mut self, id: MessageId) {
        (self.start, self.count, self.newest) = (Start::From(id), None, None);
        self.seen.clear();
    }

    /// Everything of a look has been taken, of which this was the oldest.
    pub(super) fn finish(&mut self, oldest: Option<&MessageId>) {
        match oldest {
            Some(oldest) => {
                self.start = Start::After(oldest.clone());
                self.seen.retain(|seen| !is_after(oldest, &seen.id));
                self.seen.drain(..self.seen.len().saturating_sub(MOST));
            }
            // The room is empty: whatever comes is new.
            None if self.start == Start::Now => {
                self.start = Start::After(MessageId("0".to_owned()));
            }
            None => {}
        }
    }

    fn place(&self, id: &MessageId) -> Result<usize, usize> {
        self.seen.binary_search_by(|seen| by_number(&seen.id, id))
    }
}
