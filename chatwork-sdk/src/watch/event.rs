//! What a watch tells.

use std::fmt;

use chatwork_api::types::{Message, MessageId, RoomId, UnixTime};

use crate::error::Error;

/// Something that happened in a room, or to the watch.
///
/// `Debug` shows no text of a message.
#[non_exhaustive]
pub enum Event {
    /// A message that was not there before. It comes once, in order within its room.
    ///
    /// One that was edited before it was first seen comes as this alone, with its latest text.
    MessageCreated {
        /// The room.
        room_id: RoomId,
        /// The message.
        message: Message,
    },
    /// A message has another text than when it was last seen.
    ///
    /// Edits between two looks at a room are one event, with the latest text.
    MessageUpdated {
        /// The room.
        room_id: RoomId,
        /// The message as it is now.
        message: Message,
    },
    /// A message was deleted. One that was posted and deleted between two looks at a room comes as
    /// this alone: its text was never to be had.
    MessageDeleted {
        /// The room.
        room_id: RoomId,
        /// The message.
        message_id: MessageId,
    },
    /// More messages came between two looks at a room than the API shows.
    Gap(Gap),
    /// A room that was not there in the last round: the account has joined it.
    Joined {
        /// The room.
        room_id: RoomId,
    },
    /// The account is not in a room any more, or the room is gone. A chosen room that the account
    /// is not in from the start is told once, too.
    Left {
        /// The room.
        room_id: RoomId,
    },
    /// Something failed. The watch goes on by itself where going on makes sense, and loses nothing;
    /// otherwise it ends after this event.
    Failed {
        /// The room that could not be read; nothing when it was no single room.
        room_id: Option<RoomId>,
        /// What failed.
        error: Error,
    },
}

impl Event {
    /// The room that it is about, if it is about one.
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

/// Messages of a room that came and went unseen: the API shows the newest 100 alone, and of those
/// what the plan does not hide for its age.
///
/// They lie between `after` and `before`, neither of which is one of them.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Gap {
    /// The room.
    pub room_id: RoomId,
    /// The last message that was seen; nothing when the room had not been looked at since the
    /// watch began.
    pub after: Option<MessageId>,
    /// When that was sent, or when the watch began; nothing when the watch began at a message of
    /// which only the id is known.
    pub since: Option<UnixTime>,
    /// The oldest message that is shown now. It comes as the next event.
    pub before: MessageId,
    /// When that was sent.
    pub until: UnixTime,
    /// How many are missing by the room's count of messages; nothing when it does not tell. Then
    /// there may, seldom, be none.
    pub missing: Option<u64>,
}
