//! Rooms that the account is no longer in.

use std::collections::BTreeSet;

use chatwork_sdk::{RoomId, UnixTime};
use rusqlite::params;

use super::Running;
use super::report::{RoomFailure, SyncReport};
use crate::error::{ArchiveError, Result};
use crate::store::Archive;

impl Running<'_> {
    /// Asks for each room that the list does not show: one partial reply must not end a room.
    pub(super) async fn find_left(
        &self,
        listed: BTreeSet<RoomId>,
        report: &mut SyncReport,
    ) -> Result<()> {
        let known = self.archive.blocking(|archive| archive.current_rooms()).await?;
        for room in known.into_iter().filter(|it| !listed.contains(it) && self.options.has(*it)) {
            match self.client.room(room).get().await {
                Ok(_) => {}
                Err(error) if error.is_forbidden() || error.is_not_found() => {
                    let at = self.at;
                    self.archive.blocking(move |archive| archive.leave(room, at)).await?;
                    report.rooms_left += 1;
                }
                Err(error) => {
                    report.failures.push(RoomFailure { room_id: room, error: error.into() })
                }
            }
        }
        Ok(())
    }
}

impl Archive {
    fn current_rooms(&self) -> Result<Vec<RoomId>> {
        let sql = ArchiveError::sqlite(self.path());
        self.with_writer(|writer| {
            let select = "SELECT room_id FROM rooms WHERE left_at IS NULL ORDER BY room_id";
            let mut statement = writer.connection.prepare_cached(select)?;
            let rows = statement.query_map([], |row| row.get(0).map(RoomId))?;
            rows.collect::<rusqlite::Result<_>>()
        })
        .map_err(sql)
    }

    /// Marks a room as left. Its messages stay.
    pub(crate) fn leave(&self, room: RoomId, at: UnixTime) -> Result<()> {
        let sql = ArchiveError::sqlite(self.path());
        self.write(|transaction, _| {
            let update = "UPDATE rooms SET left_at = ?2, seen_update_time = NULL,
                seen_message_num = NULL WHERE room_id = ?1 AND left_at IS NULL";
            transaction.execute(update, params![room.0, at.0]).map(|_| ()).map_err(&sql)
        })
    }
}
