//! Which rooms are watched.

use std::collections::BTreeSet;

use chatwork_api::types::RoomId;

/// The rooms to [watch](crate::Client::watch): all that the account is in, or a chosen set.
///
/// ```
/// use chatwork_sdk::RoomId;
/// use chatwork_sdk::watch::Rooms;
///
/// let two = Rooms::from([RoomId(42), RoomId(7)]);
/// let read_from_a_file: Rooms = vec![42, 7].into_iter().map(RoomId).collect();
/// assert_eq!(two, read_from_a_file);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rooms {
    /// All rooms that the account is in, and those that it joins.
    All,
    /// These rooms alone.
    Only(BTreeSet<RoomId>),
}

impl Rooms {
    /// Returns whether a room is among them.
    pub fn contains(&self, room: RoomId) -> bool {
        match self {
            Self::All => true,
            Self::Only(rooms) => rooms.contains(&room),
        }
    }

    /// Returns the room, if exactly one was chosen.
    pub(super) fn single(&self) -> Option<RoomId> {
        match self {
            Self::Only(rooms) if rooms.len() == 1 => rooms.first().copied(),
            _ => None,
        }
    }

    /// Returns the chosen rooms. Empty for all rooms.
    pub(super) fn chosen(&self) -> BTreeSet<RoomId> {
        match self {
            Self::All => BTreeSet::new(),
            Self::Only(rooms) => rooms.clone(),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        matches!(self, Self::Only(rooms) if rooms.is_empty())
    }
}

impl From<RoomId> for Rooms {
    fn from(room: RoomId) -> Self {
        Self::from([room])
    }
}

impl<const N: usize> From<[RoomId; N]> for Rooms {
    fn from(rooms: [RoomId; N]) -> Self {
        rooms.into_iter().collect()
    }
}

impl From<Vec<RoomId>> for Rooms {
    fn from(rooms: Vec<RoomId>) -> Self {
        rooms.into_iter().collect()
    }
}

impl From<&[RoomId]> for Rooms {
    fn from(rooms: &[RoomId]) -> Self {
        rooms.iter().copied().collect()
    }
}

impl From<BTreeSet<RoomId>> for Rooms {
    fn from(rooms: BTreeSet<RoomId>) -> Self {
        Self::Only(rooms)
    }
}

impl FromIterator<RoomId> for Rooms {
    fn from_iter<I: IntoIterator<Item = RoomId>>(rooms: I) -> Self {
        Self::Only(rooms.into_iter().collect())
    }
}
