//! The order of messages of one second.

use rusqlite::{Connection, OptionalExtension, Result, params};

/// Finds the place of a new message among the stored ones of its second. `before` is the place of
/// the stored message that the list shows before it, `behind` that of the next stored one behind
/// it; both only if they are of the same second.
pub(super) fn place(
    connection: &Connection,
    room: i64,
    second: i64,
    before: Option<i64>,
    behind: Option<i64>,
) -> Result<i64> {
    let place = match (before, behind) {
        (Some(before), _) => before.saturating_add(1),
        (None, Some(behind)) => behind,
        (None, None) => last(connection, room, second)?.map_or(0, |last| last.saturating_add(1)),
    };
    if before.is_some() || behind.is_some() {
        make_way(connection, room, second, place)?;
    }
    Ok(place)
}

fn last(connection: &Connection, room: i64, second: i64) -> Result<Option<i64>> {
    let select = "SELECT place FROM messages WHERE room_id = ?1 AND send_time = ?2
        ORDER BY place DESC LIMIT 1";
    connection.prepare_cached(select)?.query_row([room, second], |row| row.get(0)).optional()
}

/// Moves the messages from a place on by one, if there is one at that place.
fn make_way(connection: &Connection, room: i64, second: i64, place: i64) -> Result<()> {
    let select = "SELECT 1 FROM messages WHERE room_id = ?1 AND send_time = ?2 AND place = ?3";
    let values = params![room, second, place];
    if connection.prepare_cached(select)?.exists(values)? {
        let update = "UPDATE messages SET place = place + 1
            WHERE room_id = ?1 AND send_time = ?2 AND place >= ?3";
        connection.prepare_cached(update)?.execute(values)?;
    }
    Ok(())
}
