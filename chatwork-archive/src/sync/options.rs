//! What a run brings up to date.

use std::collections::BTreeSet;

use chatwork_sdk::RoomId;
use chatwork_sdk::watch::Rooms;

/// What [`Archive::sync`](crate::Archive::sync) and [`Archive::follow`](crate::Archive::follow)
/// bring up to date. Messages of all rooms by default.
#[derive(Clone, Debug)]
#[must_use]
pub struct SyncOptions {
    rooms: Rooms,
    except: BTreeSet<RoomId>,
    pub(super) lists: Lists,
}

/// The lists of a room that are kept, or are due.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Lists {
    pub(super) members: bool,
    pub(super) tasks: bool,
    pub(super) files: bool,
}

impl Lists {
    pub(super) fn any(self) -> bool {
        self.members || self.tasks || self.files
    }
}

impl SyncOptions {
    /// Returns the default options.
    pub fn new() -> Self {
        let (rooms, except) = (Rooms::All, BTreeSet::new());
        Self { rooms, except, lists: Lists::default() }
    }

    /// Reads these rooms only.
    pub fn rooms(mut self, rooms: impl Into<Rooms>) -> Self {
        self.rooms = rooms.into();
        self
    }

    /// Leaves out a room. What the archive has of it stays.
    pub fn except(mut self, room: RoomId) -> Self {
        self.except.insert(room);
        self
    }

    /// Keeps the members of each room in which something happened: one request more for each.
    pub fn members(mut self, kept: bool) -> Self {
        self.lists.members = kept;
        self
    }

    /// Keeps the tasks of each room in which something happened or whose number of tasks moved, at
    /// most 100 open and 100 done ones: two requests more for each.
    pub fn tasks(mut self, kept: bool) -> Self {
        self.lists.tasks = kept;
        self
    }

    /// Keeps the list of files of each room whose number of files moved: one request more for each.
    /// [`Archive::fetch_files`](crate::Archive::fetch_files) fetches the files themselves.
    pub fn files(mut self, listed: bool) -> Self {
        self.lists.files = listed;
        self
    }

    /// Returns whether a room is to be read.
    pub(crate) fn has(&self, room: RoomId) -> bool {
        self.rooms.contains(room) && !self.except.contains(&room)
    }

    /// Returns the rooms that were chosen one by one, and are not among the listed ones.
    pub(super) fn missing(&self, listed: &BTreeSet<RoomId>) -> Vec<RoomId> {
        match &self.rooms {
            Rooms::Only(rooms) => {
                let wanted = rooms.iter().copied().filter(|room| self.has(*room));
                wanted.filter(|room| !listed.contains(room)).collect()
            }
            Rooms::All => Vec::new(),
        }
    }

    /// Returns the rooms for a watch, given those that are known now. A watch of chosen rooms does
    /// not find rooms that the account joins later.
    pub(crate) fn watched(&self, known: &[RoomId]) -> Rooms {
        match self.except.is_empty() {
            true => self.rooms.clone(),
            false => known.iter().copied().filter(|room| self.has(*room)).collect(),
        }
    }
}

impl Default for SyncOptions {
    fn default() -> Self {
        Self::new()
    }
}
