//! The rooms that an archive knows.

use chatwork_sdk::RoomId;

use crate::error::Result;
use crate::store::Reader;

/// A room that the archive knows. `Debug` does not show its name.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ArchivedRoom {
    /// The room.
    pub room_id: RoomId,
    /// Its name in the latest list of rooms; empty if no list had it yet.
    pub name: String,
    /// Whether it is the account's own chat (マイチャット).
    pub is_my_chat: bool,
}

impl Reader {
    /// Returns all rooms, also those that the account is no longer in, in the order of their ids.
    ///
    /// # Errors
    ///
    /// The archive cannot be read.
    pub fn rooms(&self) -> Result<Vec<ArchivedRoom>> {
        let transaction = self.begin()?;
        let read = || {
            let select = "SELECT room_id, name, type FROM rooms ORDER BY room_id";
            let mut statement = transaction.prepare(select)?;
            let rows = statement.query_map([], |row| {
                let kind: String = row.get(2)?;
                Ok(ArchivedRoom {
                    room_id: RoomId(row.get(0)?),
                    name: row.get(1)?,
                    is_my_chat: kind == "my",
                })
            })?;
            rows.collect::<rusqlite::Result<_>>()
        };
        read().map_err(self.sql())
    }
}

impl std::fmt::Debug for ArchivedRoom {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ArchivedRoom")
            .field("room_id", &self.room_id)
            .field("is_my_chat", &self.is_my_chat)
            .finish_non_exhaustive()
    }
}
