//! Events of messages, for subscribers and webhooks.

use chatwork_api::types::{AccountId, RoomId};

use super::message::MessageNumber;

/// A message was posted or edited.
///
/// [`Sandbox::events`](crate::Sandbox::events) returns these. Webhooks are sent from them.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Event {
    /// A new message of an account or of the system.
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
