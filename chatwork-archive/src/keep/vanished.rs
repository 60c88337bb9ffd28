//! Messages that are gone from among those around them.

use std::collections::HashSet;

use chatwork_sdk::types::Message;
use rusqlite::{OptionalExtension, Result, params};

use super::{Changes, Keeper};

impl Keeper<'_> {
    /// Marks the stored messages between the ends of a list that the list does not have. One that is
    /// missing at an end means nothing: the oldest make way for new ones, and a server may lag
    /// behind.
    pub(super) fn find_vanished(
        &self,
        room: i64,
        list: &[&Message],
        changes: &mut Changes,
    ) -> Result<()> {
        // The ends of the list may not be stored, if they were forgotten. What is beyond the stored
        // ones may have left the list as well as the room.
        let first = self.first_stored(room, list.iter())?;
        let last = self.first_stored(room, list.iter().rev())?;
        let (Some(first), Some(last)) = (first, last) else { return Ok(()) };
        let shown: HashSet<&str> = list.iter().map(|it| it.message_id.0.as_str()).collect();
        let select = "SELECT id, message_id FROM messages WHERE room_id = ?1
            AND status = 'present' AND (send_time, place) > (?2, ?3)
            AND (send_time, place) < (?4, ?5)";
        let mut statement = self.transaction.prepare_cached(select)?;
        let values = params![room, first.0, first.1, last.0, last.1];
        let rows = statement.query_map(values, |row| Ok((row.get(0)?, row.get(1)?)))?;
        let rows: Vec<(i64, String)> = rows.collect::<Result<_>>()?;
        for (id, _) in rows.into_iter().filter(|(_, message)| !shown.contains(message.as_str())) {
            let update = "UPDATE messages SET status = 'vanished', status_since = ?2 WHERE id = ?1";
            self.transaction.prepare_cached(update)?.execute(params![id, self.at.0])?;
            changes.vanished += 1;
        }
        Ok(())
    }

    /// Returns the place of the first of some messages that is stored.
    fn first_stored<'a>(
        &self,
        room: i64,
        list: impl Iterator<Item = &'a &'a Message>,
    ) -> Result<Option<(i64, i64)>> {
        let select = "SELECT send_time, place FROM messages WHERE room_id = ?1 AND message_id = ?2";
        let mut statement = self.transaction.prepare_cached(select)?;
        for message in list {
            let values = params![room, message.message_id.0];
            let found = statement.query_row(values, |row| Ok((row.get(0)?, row.get(1)?)));
            if let Some(found) = found.optional()? {
                return Ok(Some(found));
            }
        }
        Ok(None)
    }
}
