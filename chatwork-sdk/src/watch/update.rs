//! What waits for the reader, and how the state changes when the reader takes it.

use chatwork_api::types::{MessageId, RoomId, UnixTime};
use serde::{Deserialize, Serialize};

use super::event::Event;
use super::look::Window;
use super::room::{RoomState, RoomVersion, Start};
use super::snapshot::MessageSnapshot;
use super::state::WatchState;

/// How many rooms that the account left are remembered.
const MOST_LEFT: usize = 100;

/// An event that waits for the reader, and the change of the state when it is taken.
///
/// The state does not contain what waits. So a watch that resumes from any saved state begins with
/// the event after the last one taken.
pub(super) struct Pending {
    pub(super) event: Option<Event>,
    pub(super) update: Option<StateUpdate>,
    /// The messages of a look, with the first entry of that look.
    pub(super) window: Option<Box<Window>>,
}

/// One change of the state. A log of these, applied in order, is the state.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum StateUpdate {
    /// A known message, as it is now.
    Message(RoomId, MessageSnapshot),
    /// A new message, sent at that time.
    New(RoomId, MessageSnapshot, UnixTime),
    /// Messages are missing. This is the first one after them.
    Gap(RoomId, MessageId),
    /// All of a page was taken.
    #[serde(rename = "looked")]
    PageRead(RoomId, PageSummary),
    /// Nothing has happened in a room, and this is its message count.
    Counted(RoomId, i64),
    /// The watch begins with a room.
    Entered(RoomId, Box<RoomState>),
    /// The account is not in a room any more.
    Left(RoomId),
    /// The room is not watched any more.
    Forgotten(RoomId),
    /// The list of rooms was processed.
    Listed(UnixTime),
}

/// What the state keeps of a page that was read.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct PageSummary {
    pub(super) oldest: Option<MessageId>,
    /// The page was empty: from here on a message is new.
    pub(super) empty: Option<Start>,
    pub(super) quiet: Option<RoomVersion>,
    /// The room's message count, if it is not the sum of what was taken.
    pub(super) count: Option<i64>,
}

impl Pending {
    pub(super) fn event(event: Event, update: StateUpdate) -> Self {
        Self { event: Some(event), update: Some(update), window: None }
    }

    pub(super) fn silent(update: StateUpdate) -> Self {
        Self { event: None, update: Some(update), window: None }
    }

    /// Returns whether this is a message that was never seen before.
    pub(super) fn is_new(&self) -> bool {
        matches!(self.update, Some(StateUpdate::New(..)))
    }

    pub(super) fn only(event: Event) -> Self {
        Self { event: Some(event), update: None, window: None }
    }
}

impl StateUpdate {
    /// Returns the room that changes.
    pub(super) fn room_id(&self) -> Option<RoomId> {
        match self {
            Self::Message(id, _)
            | Self::New(id, ..)
            | Self::Gap(id, _)
            | Self::PageRead(id, _)
            | Self::Counted(id, _)
            | Self::Entered(id, _)
            | Self::Left(id)
            | Self::Forgotten(id) => Some(*id),
            Self::Listed(_) => None,
        }
    }
}

impl WatchState {
    pub(super) fn update(&mut self, update: StateUpdate) {
        match update {
            StateUpdate::Entered(id, room) => {
                self.rooms.insert(id, *room);
            }
            StateUpdate::Left(id) => {
                self.room(id, |room| room.left = true);
                self.forget_oldest_left();
            }
            StateUpdate::Forgotten(id) => {
                self.rooms.remove(&id);
            }
            StateUpdate::Listed(at) => self.listed = Some(at),
            StateUpdate::Message(id, seen) => self.room(id, |room| room.note(seen)),
            StateUpdate::New(id, seen, sent) => self.room(id, |room| room.note_new(seen, sent)),
            StateUpdate::Gap(id, first) => self.room(id, |room| room.skip_to(first)),
            StateUpdate::Counted(id, count) => self.room(id, |room| room.count = Some(count)),
            StateUpdate::PageRead(id, page) => self.room(id, |room| room.end_page(page)),
        }
    }

    fn room(&mut self, id: RoomId, change: impl FnOnce(&mut RoomState)) {
        if let Some(room) = self.rooms.get_mut(&id) {
            change(room);
        }
    }

    fn forget_oldest_left(&mut self) {
        let left = self.rooms.iter().filter(|(_, room)| room.left);
        if left.clone().count() > MOST_LEFT {
            let oldest = left.min_by_key(|(_, room)| room.newest).map(|(id, _)| *id);
            oldest.and_then(|id| self.rooms.remove(&id));
        }
    }
}

impl RoomState {
    fn end_page(&mut self, page: PageSummary) {
        self.finish(page.oldest.as_ref());
        if self.start == Start::Now
            && let Some(start) = page.empty
        {
            self.start = start;
        }
        self.quiet = page.quiet;
        self.count = page.count.or(self.count);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A state of rooms that the account left, of which a higher id had a newer message.
    fn left(rooms: i64) -> WatchState {
        let mut state = WatchState::default();
        for id in 1..=rooms {
            let room = RoomState::new(Start::Since(UnixTime(id)));
            state.update(StateUpdate::Entered(RoomId(id), Box::new(room)));
            state.update(StateUpdate::Left(RoomId(id)));
        }
        state
    }

    #[test]
    fn a_hundred_rooms_that_were_left_are_remembered() {
        assert_eq!(left(100).rooms.len(), 100);
    }

    #[test]
    fn of_more_rooms_that_were_left_the_oldest_are_forgotten() {
        let ids: Vec<i64> = left(102).rooms.keys().map(|id| id.0).collect();
        assert_eq!(ids, Vec::from_iter(3..=102));
    }
}
