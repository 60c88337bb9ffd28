//! What an archive has of a room, without the cost of its whole status.

use chatwork_sdk::{MessageId, RoomId, UnixTime};
use rusqlite::{OptionalExtension, Result as SqlResult, Row};

use crate::error::Result;
use crate::status::{LostMessages, gaps, last_run};
use crate::store::Reader;

/// What an archive has of a room.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Coverage {
    /// The newest message up to which the archive was brought; `None` if none was read yet.
    pub newest: Option<(MessageId, UnixTime)>,
    /// Every message from the first one of the room on is stored, but for the `gaps`.
    pub from_the_beginning: bool,
    /// What is lost, oldest first.
    pub gaps: Vec<LostMessages>,
}

/// The entry of a room in the list of rooms when nothing of the room was left to read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SeenRoom {
    /// The room.
    pub room_id: RoomId,
    /// `last_update_time` of the entry.
    pub last_update_time: UnixTime,
    /// `message_num` of the entry.
    pub message_num: i64,
}

impl Reader {
    /// Returns when the last run without an error ended; `None` if there was none.
    ///
    /// # Errors
    ///
    /// The archive cannot be read.
    pub fn last_run(&self) -> Result<Option<UnixTime>> {
        last_run(&self.connection).map_err(self.sql())
    }

    /// Returns what the archive has of a room. `None` if it does not know the room.
    ///
    /// # Errors
    ///
    /// The archive cannot be read.
    pub fn coverage(&self, room: RoomId) -> Result<Option<Coverage>> {
        let transaction = self.begin()?;
        let read = || {
            let known = "SELECT 1 FROM rooms WHERE room_id = ?1";
            if !transaction.prepare_cached(known)?.exists([room.0])? {
                return Ok(None);
            }
            let newest = "SELECT last_message, last_time FROM spans WHERE room_id = ?1
                ORDER BY last_time DESC, span_id DESC LIMIT 1";
            let end = |row: &Row<'_>| Ok((MessageId(row.get(0)?), UnixTime(row.get(1)?)));
            let begins = "SELECT 1 FROM spans WHERE room_id = ?1 AND begins";
            Ok(Some(Coverage {
                newest: transaction.prepare_cached(newest)?.query_row([room.0], end).optional()?,
                from_the_beginning: transaction.prepare_cached(begins)?.exists([room.0])?,
                gaps: gaps(&transaction, room)?,
            }))
        };
        read().map_err(self.sql())
    }

    /// Returns the rooms of which nothing was left to read, each with its entry in the list of rooms
    /// at that time. A room whose entry is another one now has something new.
    ///
    /// # Errors
    ///
    /// The archive cannot be read.
    pub fn seen_rooms(&self) -> Result<Vec<SeenRoom>> {
        let select = "SELECT room_id, seen_update_time, seen_message_num FROM rooms
            WHERE seen_update_time IS NOT NULL AND seen_message_num IS NOT NULL";
        let read = |row: &Row<'_>| {
            Ok(SeenRoom {
                room_id: RoomId(row.get(0)?),
                last_update_time: UnixTime(row.get(1)?),
                message_num: row.get(2)?,
            })
        };
        let read = || {
            let mut statement = self.connection.prepare_cached(select)?;
            statement.query_map([], read)?.collect::<SqlResult<_>>()
        };
        read().map_err(self.sql())
    }

    /// Returns the rooms of which messages are lost that were sent at a time or later.
    ///
    /// # Errors
    ///
    /// The archive cannot be read.
    pub fn rooms_with_gaps(&self, since: Option<UnixTime>) -> Result<Vec<RoomId>> {
        let select = "SELECT DISTINCT room_id FROM gaps
            WHERE before_time IS NULL OR before_time >= ?1 ORDER BY room_id";
        let since = since.map_or(i64::MIN, |since| since.0);
        let read = || {
            let mut statement = self.connection.prepare_cached(select)?;
            statement.query_map([since], |row| Ok(RoomId(row.get(0)?)))?.collect::<SqlResult<_>>()
        };
        read().map_err(self.sql())
    }
}
