//! How what the API shows becomes rows.
//!
//! | module | what it does |
//! |---|---|
//! | `window` | the newest messages of a room, as one look showed them |
//! | `looked` | whether the room has to be looked at again |
//! | `vanished` | messages that are gone from among those around them |
//! | `holes` | messages that could not be read |
//! | `message` | a message: new, edited, deleted, shown again |
//! | `place` | the order of messages of one second |
//! | `span` | what is proven complete, and what is lost |
//! | `relations` | what the tags of a message name |
//! | `index` | the rows of the search index |
//! | `names` | accounts, and their names for plain texts |
//! | `rooms` | the list of rooms |
//! | `tombstones` | what was removed on purpose |
//! | `runs` | the log of runs |

mod holes;
mod index;
mod looked;
mod message;
mod names;
mod place;
mod relations;
mod rooms;
mod runs;
mod span;
mod tombstones;
mod vanished;
mod window;

use chatwork_sdk::UnixTime;
use rusqlite::Transaction;

pub(crate) use index::add_to_index;
pub(crate) use names::Names;
pub(crate) use relations::add_relations;
pub(crate) use rooms::{ListedRoom, RoomRow, list_room, room_row, set_seen};
pub(crate) use runs::{RunKind, begin_run, end_run};
pub(crate) use tombstones::Tombstones;
pub(crate) use window::{Evidence, Shown, is_count_needed};

/// What changed in an archive.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Changes {
    /// New messages.
    pub created: u64,
    /// Messages with another text.
    pub edited: u64,
    /// Messages that now show `[deleted]`.
    pub deleted: u64,
    /// Messages that are gone from among those around them.
    pub vanished: u64,
    /// Stretches of messages that were found to be lost.
    pub gaps: u64,
}

impl Changes {
    /// Returns whether anything changed.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    pub(crate) fn add(&mut self, other: Self) {
        self.created += other.created;
        self.edited += other.edited;
        self.deleted += other.deleted;
        self.vanished += other.vanished;
        self.gaps += other.gaps;
    }
}

/// Writes to the archive in one transaction.
pub(crate) struct Keeper<'t> {
    pub(crate) transaction: &'t Transaction<'t>,
    pub(crate) names: &'t mut Names,
    pub(crate) tombstones: Tombstones,
    pub(crate) run: i64,
    pub(crate) source: RunKind,
    /// When the API answered.
    pub(crate) at: UnixTime,
}

impl<'t> Keeper<'t> {
    /// Reads the tombstones of a room, before messages of it are stored.
    pub(crate) fn new(
        transaction: &'t Transaction<'t>,
        names: &'t mut Names,
        (run, source): (i64, RunKind),
        at: UnixTime,
    ) -> rusqlite::Result<Self> {
        let tombstones = Tombstones::read(transaction)?;
        Ok(Self { transaction, names, tombstones, run, source, at })
    }
}
