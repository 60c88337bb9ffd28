//! A message as it was when the watch last saw it.

use crate::time::is_over;
use chatwork_api::types::{AccountId, Message, MessageId, UnixTime};
use serde::{Deserialize, Serialize};

/// A message as it was when the watch last saw it. Holds no text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Row", into = "Row")]
pub(super) struct MessageSnapshot {
    pub(super) id: MessageId,
    updated: UnixTime,
    /// The deletion was emitted.
    pub(super) deleted: bool,
    /// The text was `[deleted]`.
    marked: bool,
    /// The author is the account that watches.
    pub(super) own: bool,
    /// The message is new and could not be read yet. It is emitted when it can be read.
    to_emit: bool,
    /// A checksum of the text, kept while the second of the last edit may not be over. Another
    /// edit in that second changes nothing but the text.
    fresh: Option<u32>,
}

/// The saved form is short, because a state holds many of them.
type Row = (MessageId, UnixTime, Flags, Option<u32>);

/// The flags of a row. Version 1 had `deleted` alone.
#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(untagged)]
enum Flags {
    Bits(u8),
    Deleted(bool),
}

const DELETED: u8 = 1;
const MARKED: u8 = 2;
const OWN: u8 = 4;
const TO_EMIT: u8 = 8;

/// What the watch finds when it compares a message with its snapshot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Change {
    /// The reply is older than the snapshot, or shows no change. Keep the snapshot.
    Nothing,
    /// There is nothing to emit, but the snapshot must be replaced.
    Silent,
    Updated,
    Deleted,
}

impl MessageSnapshot {
    /// Takes a snapshot of a message in a reply of that date.
    pub(super) fn of(message: &Message, date: UnixTime, me: Option<AccountId>) -> Self {
        let written = message.send_time.max(message.update_time);
        let fresh = !is_over(written, date);
        Self {
            id: message.message_id.clone(),
            updated: message.update_time,
            deleted: message.is_deleted() && message.update_time.0 > 0,
            marked: message.is_deleted(),
            own: me == Some(message.account.account_id),
            to_emit: false,
            fresh: fresh.then(|| checksum(&message.body)),
        }
    }

    /// Returns the snapshot of a message that cannot be read. When it can be, its text alone is no
    /// change, not even `[deleted]`.
    pub(super) fn unreadable(id: MessageId, updated: UnixTime) -> Self {
        let (deleted, marked, own, to_emit) = (false, true, false, false);
        Self { id, updated, deleted, marked, own, to_emit, fresh: None }
    }

    /// Returns this snapshot, to be emitted when the message can be read.
    pub(super) fn emitted_later(self) -> Self {
        Self { to_emit: true, ..self }
    }

    /// Returns whether the message is to be emitted when it can be read.
    pub(super) fn is_to_emit(&self) -> bool {
        self.to_emit && !self.deleted
    }

    /// Returns this snapshot, marked as emitted as deleted.
    pub(super) fn as_deleted(&self) -> Self {
        Self { deleted: true, ..self.clone() }
    }

    /// Compares a message with this snapshot of it.
    ///
    /// The API marks a deleted message by its text `[deleted]` alone, and a person can type that.
    /// If the text of a message that was emitted as deleted changes, it was not deleted.
    pub(super) fn compare(&self, message: &Message, now: &Self) -> Change {
        let edited = message.update_time > self.updated;
        let rewritten = self.fresh.is_some_and(|known| known != checksum(&message.body));
        match (self.deleted, message.is_deleted()) {
            // A server that lags behind.
            _ if message.update_time < self.updated => Change::Nothing,
            (true, true) if edited => Change::Silent,
            (true, true) => Change::Nothing,
            (true, false) if edited || rewritten => Change::Updated,
            (true, false) => Change::Nothing,
            (false, true) if self.marked && !edited => Change::Nothing,
            (false, true) => Change::Deleted,
            (false, false) if edited || rewritten => Change::Updated,
            (false, false) if self == now => Change::Nothing,
            (false, false) => Change::Silent,
        }
    }
}

impl From<Row> for MessageSnapshot {
    fn from((id, updated, flags, fresh): Row) -> Self {
        let bits = match flags {
            Flags::Bits(bits) => bits,
            Flags::Deleted(true) => DELETED | MARKED,
            Flags::Deleted(false) => 0,
        };
        let has = |bit| bits & bit != 0;
        let (deleted, marked, own) = (has(DELETED), has(MARKED), has(OWN));
        Self { id, updated, deleted, marked, own, to_emit: has(TO_EMIT), fresh }
    }
}

impl From<MessageSnapshot> for Row {
    fn from(it: MessageSnapshot) -> Self {
        let flags =
            [(it.deleted, DELETED), (it.marked, MARKED), (it.own, OWN), (it.to_emit, TO_EMIT)];
        let bits = flags.iter().filter(|(set, _)| *set).map(|(_, bit)| bit).sum();
        (it.id, it.updated, Flags::Bits(bits), it.fresh)
    }
}

/// FNV-1a. It is the same in every version of this crate, and too short to identify a text.
pub(super) fn checksum(text: &str) -> u32 {
    let step = |hash: u32, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    text.bytes().fold(0x811c_9dc5, step)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_checksum_is_fnv_1a_so_that_a_saved_one_stays_valid() {
        assert_eq!(checksum(""), 0x811c_9dc5);
        assert_eq!(checksum("a"), 0xe40c_292c);
        assert_eq!(checksum("foobar"), 0xbf9c_f968);
    }
}
