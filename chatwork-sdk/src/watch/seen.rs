//! A message as it was when it was last seen.

use chatwork_api::types::{Message, MessageId, UnixTime};
use serde::{Deserialize, Serialize};

use super::SETTLE;

/// A message as it was when it was last seen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Row", into = "Row")]
pub(super) struct Seen {
    pub(super) id: MessageId,
    updated: UnixTime,
    pub(super) deleted: bool,
    /// A short checksum of the text, as long as the second in which it was written may not be over:
    /// another edit in that second would show in nothing else.
    fresh: Option<u32>,
}

/// There are many of them in a state: short ones.
type Row = (MessageId, UnixTime, bool, Option<u32>);

impl Seen {
    /// A message in a reply of that time.
    pub(super) fn of(message: &Message, date: UnixTime) -> Self {
        let written = message.send_time.max(message.update_time);
        let fresh = written.0.saturating_add(SETTLE) > date.0;
        Self {
            id: message.message_id.clone(),
            updated: message.update_time,
            deleted: message.is_deleted(),
            fresh: fresh.then(|| checksum(&message.body)),
        }
    }

    /// The same, after it has vanished from the list.
    pub(super) fn vanished(&self) -> Self {
        Self { deleted: true, fresh: None, ..self.clone() }
    }

    /// Whether a message, which this does not outlive, is another than it was.
    pub(super) fn is_changed(&self, message: &Message) -> bool {
        let rewritten = self.fresh.is_some_and(|known| known != checksum(&message.body));
        message.is_deleted() || message.update_time > self.updated || rewritten
    }

    /// Whether this says more than a reply: a deleted message does not come back, and a state older
    /// than this one is from a server that lags behind.
    pub(super) fn outlives(&self, message: &Message) -> bool {
        self.deleted || message.update_time < self.updated
    }
}

impl From<Row> for Seen {
    fn from((id, updated, deleted, fresh): Row) -> Self {
        Self { id, updated, deleted, fresh }
    }
}

impl From<Seen> for Row {
    fn from(seen: Seen) -> Self {
        (seen.id, seen.updated, seen.deleted, seen.fresh)
    }
}

/// FNV-1a: the same in every version of this crate, and too short to tell a text by it.
fn checksum(text: &str) -> u32 {
    let step = |hash: u32, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    text.bytes().fold(0x811c_9dc5, step)
}
