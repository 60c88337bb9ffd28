//! The messages of an export, one after the other.

use std::io;

use rusqlite::Connection;

use super::ExportOptions;
use crate::error::{ArchiveError, Result};
use crate::store::Reader;

/// A message as people read it.
pub(super) struct ExportRow {
    pub(super) id: i64,
    pub(super) room_id: i64,
    pub(super) room: String,
    pub(super) message_id: String,
    pub(super) account_id: i64,
    pub(super) sender: String,
    pub(super) send_time: i64,
    pub(super) update_time: i64,
    pub(super) status: String,
    /// The plain text; of a deleted message that before the deletion, if the options show it.
    pub(super) text: String,
}

/// Calls a function with each message, by room and time.
pub(super) fn each_message(
    reader: &Reader,
    connection: &Connection,
    options: &ExportOptions,
    mut work: impl FnMut(&ExportRow) -> Result<()>,
) -> Result<()> {
    let text = match options.history {
        true => {
            "CASE m.status WHEN 'deleted' THEN coalesce((SELECT v.plain FROM revisions v
             WHERE v.id = m.id ORDER BY v.revision_id DESC LIMIT 1), '') ELSE m.plain END"
        }
        false => "m.plain",
    };
    let select = format!(
        "SELECT m.id, m.room_id, r.name, m.message_id, m.account_id, a.name, m.send_time,
         m.update_time, m.status, {text} FROM messages m JOIN rooms r USING (room_id)
         JOIN accounts a ON a.account_id = m.account_id WHERE {}
         ORDER BY m.room_id, m.send_time, m.place",
        options.condition()
    );
    let mut statement = connection.prepare(&select).map_err(reader.sql())?;
    let mut rows = statement.query([]).map_err(reader.sql())?;
    while let Some(row) = rows.next().map_err(reader.sql())? {
        let read = || {
            Ok(ExportRow {
                id: row.get(0)?,
                room_id: row.get(1)?,
                room: row.get(2)?,
                message_id: row.get(3)?,
                account_id: row.get(4)?,
                sender: row.get(5)?,
                send_time: row.get(6)?,
                update_time: row.get(7)?,
                status: row.get(8)?,
                text: row.get(9)?,
            })
        };
        work(&read().map_err(reader.sql())?)?;
    }
    Ok(())
}

/// Names an error of the writer that an export goes to.
pub(super) fn written(result: io::Result<()>) -> Result<()> {
    result.map_err(ArchiveError::file("the export".as_ref()))
}
