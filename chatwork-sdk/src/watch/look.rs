//! What one look at a room showed, as a whole.

use std::fmt;

use chatwork_api::MessageLimitation;
use chatwork_api::types::{Message, MessageId, RoomId, UnixTime};

use super::event::Event;

/// What the watch found with one request: the newest messages of a room, or the list of rooms.
///
/// [`Watch::next_look`](super::Watch::next_look) returns it. `Debug` shows no text of a message.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Look {
    /// What the room shows; `None` if the rooms were listed or something failed.
    pub window: Option<Window>,
    /// What has happened since the look before, in order. Empty if the window shows nothing new.
    pub events: Vec<Event>,
}

/// The newest messages of a room, at most 100.
///
/// `Debug` shows no text of a message.
#[derive(Clone)]
#[non_exhaustive]
pub struct Window {
    /// The room.
    pub room_id: RoomId,
    /// The messages, by number.
    pub messages: Vec<Message>,
    /// The notice that the plan hides older messages.
    pub limitation: Option<MessageLimitation>,
    /// How many messages of the reply could not be read. They are among the newest 100, too.
    pub unreadable: usize,
    /// The ids of those, as far as they can be read.
    pub unreadable_ids: Vec<MessageId>,
    /// No message is missing between the window of this room before and this one: they overlap, or
    /// this one shows all of the room, or the room's message counts match. `false` if the watch
    /// cannot tell, such as after the account left the room and joined it again, even if no
    /// [`Gap`](super::Gap) comes.
    pub follows: bool,
    /// When the server answered, by its own clock.
    pub at: UnixTime,
}

impl fmt::Debug for Window {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Window")
            .field("room_id", &self.room_id)
            .field("messages", &self.messages.len())
            .field("limitation", &self.limitation)
            .field("unreadable", &self.unreadable)
            .field("follows", &self.follows)
            .field("at", &self.at)
            .finish_non_exhaustive()
    }
}
