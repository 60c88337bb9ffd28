//! What a watch emits.

use std::fmt;

use chatwork_api::types::{Message, MessageId, RoomId, UnixTime};
use serde::{Deserialize, Serialize};

use super::failure::WatchError;

/// Something that happened in a room, or to the watch.
///
/// `Debug` shows no text of a message.
///
/// # As JSON
///
/// An event is one object, whose `event` names its kind. The other fields are those of the variant:
///
/// ```json
/// {"event":"message_created","room_id":42,"message":{"message_id":"19","account":{},"body":"Hi"}}
/// {"event":"message_updated","room_id":42,"message":{}}
/// {"event":"message_deleted","room_id":42,"message_id":"19"}
/// {"event":"gap","room_id":42,"after":"19","since":1750831200,"before":"21","until":1750831300,
///  "missing":1}
/// {"event":"joined","room_id":42}
/// {"event":"left","room_id":42}
/// {"event":"failed","room_id":null,"error":{"kind":"network","message":"no reply"}}
/// ```
///
/// This form is stable: later versions add kinds and fields, and change none.
#[derive(Clone, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Event {
    /// A new message. It comes once, in order within its room.
    ///
    /// If it was edited before the watch first saw it, it comes as this event alone, with its
    /// latest text.
    MessageCreated {
        /// The room.
        room_id: RoomId,
        /// The message.
        message: Message,
    },
    /// A message has another text than when the watch last saw it.
    ///
    /// Edits between two looks at a room are one event, with the latest text.
    MessageUpdated {
        /// The room.
        room_id: RoomId,
        /// The message as it is now.
        message: Message,
    },
    /// A message was deleted. If it was posted and deleted between two looks at a room, it comes as
    /// this event alone, and its text was never shown.
    ///
    /// The API marks a deleted message by its text `[deleted]`, and a person can type that, too.
    /// See [what can be told apart](crate::watch#what-goes-wrong-in-practice).
    MessageDeleted {
        /// The room.
        room_id: RoomId,
        /// The message.
        message_id: MessageId,
    },
    /// More messages came between two looks at a room than the API shows.
    Gap(Gap),
    /// The account has joined a room: it is in the list of rooms for the first time.
    Joined {
        /// The room.
        room_id: RoomId,
    },
    /// The account is not in a room any more, or the room is gone. If the account is not in a
    /// chosen room from the start, this comes once, too.
    Left {
        /// The room.
        room_id: RoomId,
    },
    /// Something failed. If waiting helps, the watch goes on by itself and loses nothing. Otherwise
    /// it ends after this event.
    Failed {
        /// The room that could not be read; `None` if the failure is not about one room.
        room_id: Option<RoomId>,
        /// What failed.
        error: WatchError,
    },
}

impl Event {
    /// Returns the room that the event is about.
    pub fn room_id(&self) -> Option<RoomId> {
        match self {
            Self::MessageCreated { room_id, .. }
            | Self::MessageUpdated { room_id, .. }
            | Self::MessageDeleted { room_id, .. }
            | Self::Joined { room_id }
            | Self::Left { room_id } => Some(*room_id),
            Self::Gap(gap) => Some(gap.room_id),
            Self::Failed { room_id, .. } => *room_id,
        }
    }

    pub(super) fn failed(room_id: Option<RoomId>, error: impl Into<WatchError>) -> Self {
        Self::Failed { room_id, error: error.into() }
    }
}

impl fmt::Debug for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_struct(match self {
            Self::MessageCreated { .. } => "MessageCreated",
            Self::MessageUpdated { .. } => "MessageUpdated",
            Self::MessageDeleted { .. } => "MessageDeleted",
            Self::Gap(gap) => return gap.fmt(f),
            Self::Joined { .. } => "Joined",
            Self::Left { .. } => "Left",
            Self::Failed { .. } => "Failed",
        });
        match self.room_id() {
            Some(room_id) => debug.field("room_id", &room_id),
            None => &mut debug,
        };
        match self {
            Self::MessageCreated { message, .. } | Self::MessageUpdated { message, .. } => {
                debug.field("message_id", &message.message_id).finish_non_exhaustive()
            }
            Self::MessageDeleted { message_id, .. } => {
                debug.field("message_id", message_id).finish()
            }
            Self::Failed { error, .. } => debug.field("error", error).finish(),
            _ => debug.finish(),
        }
    }
}

/// Messages of a room that the watch could not see. The API shows the newest 100 alone, and of
/// those only what the plan does not hide for its age.
///
/// They lie between `after` and `before`. Neither of these two is missing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Gap {
    /// The room.
    pub room_id: RoomId,
    /// The last message that was seen; `None` if the watch had not read the room before.
    pub after: Option<MessageId>,
    /// When that message was sent, or when the watch began; `None` if the watch began at a message
    /// of which only the id is known.
    pub since: Option<UnixTime>,
    /// The oldest message that is shown now. It comes as the next event, unless it
    /// cannot be read.
    pub before: MessageId,
    /// When that message was sent.
    pub until: UnixTime,
    /// How many messages are missing by the room's message count; `None` if the count does not
    /// say. Then, rarely, none is missing.
    pub missing: Option<u64>,
}
