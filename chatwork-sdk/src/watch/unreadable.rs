//! Messages of a reply that cannot be read.

use chatwork_api::types::{MessageId, UnixTime};

use crate::endpoint::SetAside;

/// A message that cannot be read, with those of its fields that can be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct UnreadableMessage {
    pub(super) id: Option<MessageId>,
    pub(super) sent: Option<UnixTime>,
    pub(super) updated: Option<UnixTime>,
}

impl From<&SetAside> for UnreadableMessage {
    fn from(item: &SetAside) -> Self {
        let number = || item.get::<u64>("message_id").map(|id| MessageId(id.to_string()));
        Self {
            id: item.get("message_id").or_else(number),
            sent: item.get("send_time"),
            updated: item.get("update_time"),
        }
    }
}
