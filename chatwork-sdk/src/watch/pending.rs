//! What is still to be taken, and what the state is once it has been.

use chatwork_api::types::{MessageId, RoomId, UnixTime};

use super::event::Event;
use super::memory::{Mark, Memory};
use super::seen::Seen;
use super::state::WatchState;

/// An event that waits for the reader, and what the state learns when it is taken.
///
/// The state knows nothing of what waits. So whatever is saved, the next event of a watch that
/// resumes from it is the one after the last that was taken.
pub(super) struct Pending {
    pub(super) event: Option<Event>,
    pub(super) learns: Option<Learns>,
}

/// What the state learns.
pub(super) enum Learns {
    /// A message is known, as it is now.
    Message(RoomId, Seen),
    /// The same, and it is a new one, sent at that time.
    New(RoomId, Seen, UnixTime),
    /// Messages are lost; this is the first after them.
    Gap(RoomId, MessageId),
    /// A look at a room is over.
    Looked(RoomId, Looked),
    /// Nothing has happened in a room, and this is its count of messages.
    Counted(RoomId, i64),
    /// A room is watched.
    Entered(RoomId, Box<Memory>),
    /// A room is not watched any more.
    Left(RoomId),
    /// The list of rooms has been dealt with.
    Listed(UnixTime),
}

/// How a look at a room ended.
#[derive(Clone, Debug, Default)]
pub(super) struct Looked {
    pub(super) oldest: Option<MessageId>,
    pub(super) quiet: Option<Mark>,
    /// The room's count of messages, where it is not the sum of what was taken.
    pub(super) count: Option<i64>,
}

impl Pending {
    pub(super) fn event(event: Event, learns: Learns) -> Self {
        Self { event: Some(event), learns: Some(learns) }
    }

    pub(super) fn silent(learns: Learns) -> Self {
        Self { event: None, learns: Some(learns) }
    }

    pub(super) fn only(event: Event) -> Self {
        Self { event: Some(event), learns: None }
    }
}

impl WatchState {
    pub(super) fn learn(&mut self, learns: Learns) {
        match learns {
            Learns::Entered(id, memory) => {
                self.rooms.insert(id, *memory);
            }
            Learns::Left(id) => {
                self.rooms.remove(&id);
            }
            Learns::Listed(at) => self.listed = Some(at),
            Learns::Message(id, seen) => self.room(id, |room| room.note(seen)),
            Learns::New(id, seen, sent) => self.room(id, |room| room.note_new(seen, sent)),
            Learns::Gap(id, first) => self.room(id, |room| room.skip_to(first)),
            Learns::Counted(id, count) => self.room(id, |room| room.count = Some(count)),
            Learns::Looked(id, looked) => self.room(id, |room| {
                room.finish(looked.oldest.as_ref());
                room.quiet = looked.quiet;
                room.count = looked.count.or(room.count);
            }),
        }
    }

    fn room(&mut self, id: RoomId, learn: impl FnOnce(&mut Memory)) {
        if let Some(room) = self.rooms.get_mut(&id) {
            learn(room);
        }
    }
}
