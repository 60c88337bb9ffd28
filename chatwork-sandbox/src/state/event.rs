//! What happens to messages, for whoever wants to hear of it.

use chatwork_api::types::{AccountId, RoomId};

use super::message::MessageNumber;

/// A message was posted or edited.
///
/// [`Sandbox::events`](crate::Sandbox::events) hands these out; webhooks are made of them.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Event {
    /// A new message, by somebody or by the system.
    MessageCreated {
        /// The room.
        room_id: RoomId,
        /// The message.
        message_id: MessageNumber,
        /// The members whom it mentions.
        mentioned: Vec<AccountId>,
    },
    /// A message has another text.
    MessageUpdated {
        /// The room.
        room_id: RoomId,
        /// The message.
        message_id: MessageNumber,
        /// The members whom it mentions now.
        mentioned: Vec<AccountId>,
    },
}
