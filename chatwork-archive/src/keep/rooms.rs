//! The list of rooms.

use chatwork_sdk::types::Room;
use rusqlite::{Connection, OptionalExtension, Result, Row, params};

/// A room, as far as a look needs it.
#[derive(Clone, Debug)]
pub(crate) struct RoomRow {
    /// `last_update_time` and `message_num` at a look after which nothing was left to see.
    pub(crate) seen: Option<(i64, i64)>,
    pub(crate) counted: Option<i64>,
    pub(crate) lagging: i64,
    pub(crate) looked_at: Option<i64>,
    pub(crate) seen_file_num: Option<i64>,
    pub(crate) seen_task_num: Option<i64>,
    pub(crate) seen_members: bool,
}

/// How a look at a room ended.
pub(super) struct Looked {
    pub(super) seen: Option<(i64, i64)>,
    pub(super) counted: Option<i64>,
    pub(super) lagging: i64,
}

/// What a list of rooms says of a room.
pub(crate) struct ListedRoom<'a> {
    pub(crate) room: &'a Room,
    pub(crate) at: i64,
}

pub(crate) fn room_row(connection: &Connection, room: i64) -> Result<Option<RoomRow>> {
    let select = "SELECT seen_update_time, seen_message_num, counted, lagging, seen_file_num,
        seen_task_num, seen_members IS NOT NULL, looked_at FROM rooms WHERE room_id = ?1";
    let read = |row: &Row<'_>| {
        let seen: (Option<i64>, Option<i64>) = (row.get(0)?, row.get(1)?);
        Ok(RoomRow {
            seen: seen.0.zip(seen.1),
            counted: row.get(2)?,
            lagging: row.get(3)?,
            seen_file_num: row.get(4)?,
            seen_task_num: row.get(5)?,
            seen_members: row.get(6)?,
            looked_at: row.get(7)?,
        })
    };
    connection.prepare_cached(select)?.query_row([room], read).optional()
}

/// Stores a room as it is listed, unless it was forgotten, or a later list of it is stored.
pub(crate) fn list_room(connection: &Connection, listed: &ListedRoom<'_>) -> Result<()> {
    let ListedRoom { room, at } = listed;
    let upsert = "INSERT INTO rooms (room_id, type, name, role, icon_url, last_update_time,
        message_num, file_num, task_num, first_seen, listed_at)
        SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?10
        WHERE NOT EXISTS (SELECT 1 FROM tombstones WHERE room_id = ?1 AND account_id IS NULL
        AND message_id IS NULL AND before IS NULL)
        ON CONFLICT (room_id) DO UPDATE SET type = ?2, name = ?3, role = ?4, icon_url = ?5,
        last_update_time = ?6, message_num = ?7, file_num = ?8, task_num = ?9, listed_at = ?10,
        left_at = NULL WHERE excluded.listed_at >= listed_at";
    connection.prepare_cached(upsert)?.execute(params![
        room.room_id.0,
        room.type_.to_string(),
        room.name,
        room.role.to_string(),
        room.icon_path,
        room.last_update_time.0,
        room.message_num,
        room.file_num,
        room.task_num,
        at
    ])?;
    Ok(())
}

/// Stores how a look ended.
pub(super) fn set_looked(
    connection: &Connection,
    room: i64,
    looked: &Looked,
    limited: bool,
    at: i64,
) -> Result<()> {
    let update = "UPDATE rooms SET looked_at = max(coalesce(looked_at, ?2), ?2), seen_update_time = ?3, seen_message_num = ?4,
        counted = ?5, lagging = ?6, limited = ?7 WHERE room_id = ?1";
    let (time, count) = (looked.seen.map(|it| it.0), looked.seen.map(|it| it.1));
    let values = params![room, at, time, count, looked.counted, looked.lagging, limited];
    connection.prepare_cached(update)?.execute(values)?;
    Ok(())
}

/// Notes that the members and tasks of a room are to be listed again: something happened in it.
pub(super) fn expect_lists(connection: &Connection, room: i64) -> Result<()> {
    let update = "UPDATE rooms SET seen_members = NULL, seen_task_num = NULL WHERE room_id = ?1";
    connection.prepare_cached(update)?.execute([room])?;
    Ok(())
}

/// Notes up to which version of its entry in the list of rooms all of a room was seen, by a watch. A
/// room of which no look is stored is still to be looked at.
pub(crate) fn set_seen(connection: &Connection, room: i64, seen: Option<(i64, i64)>) -> Result<()> {
    let update = "UPDATE rooms SET seen_update_time = ?2, seen_message_num = ?3
        WHERE room_id = ?1 AND looked_at IS NOT NULL AND left_at IS NULL";
    let (time, count) = (seen.map(|it| it.0), seen.map(|it| it.1));
    connection.prepare_cached(update)?.execute(params![room, time, count])?;
    Ok(())
}
