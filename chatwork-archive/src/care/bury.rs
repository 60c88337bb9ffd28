//! What the tombstones of an import forbid.

use rusqlite::{Connection, Result, StatementStatus};

/// Temporary tables: up to which time each room keeps nothing, with the lowest number of its messages,
/// and the messages that are forbidden.
const BEGIN: [&str; 6] = [
    "CREATE TEMP TABLE limits (room_id INTEGER PRIMARY KEY, before INTEGER NOT NULL, low INTEGER)",
    "CREATE TEMP TABLE forbidden (id INTEGER PRIMARY KEY, room_id INTEGER NOT NULL,
     message_id TEXT NOT NULL, of_account INTEGER NOT NULL)",
    "INSERT INTO limits SELECT room_id, max(before), NULL FROM tombstones
     WHERE account_id IS NULL AND message_id IS NULL AND room_id IS NOT NULL AND before IS NOT NULL
     GROUP BY room_id",
    "INSERT INTO limits SELECT r.room_id, t.before, NULL FROM rooms r CROSS JOIN
     (SELECT max(before) AS before FROM tombstones
      WHERE account_id IS NULL AND room_id IS NULL) t WHERE t.before IS NOT NULL
     ON CONFLICT (room_id) DO UPDATE SET before = max(before, excluded.before)",
    "INSERT INTO forbidden SELECT id, room_id, message_id, account_id IN ($accounts) FROM messages
     WHERE room_id IN ($rooms) OR account_id IN ($accounts)
     OR (room_id, message_id) IN ($messages)",
    "INSERT OR IGNORE INTO forbidden SELECT m.id, m.room_id, m.message_id, 0
     FROM limits l CROSS JOIN messages m ON m.room_id = l.room_id AND m.send_time < l.before",
];

/// What goes, in an order in which no row names one that is gone.
const REMOVE: [&str; 14] = [
    // The list of tasks does not say who wrote the message of a task.
    "INSERT INTO tombstones (cause, room_id, message_id, made_at)
     SELECT DISTINCT 'forget', t.room_id, t.message_id, unixepoch()
     FROM tasks t JOIN forbidden f ON f.room_id = t.room_id AND f.message_id = t.message_id
     WHERE f.of_account AND (t.room_id, t.message_id) NOT IN ($messages)",
    // A file of another account stays, even if a message of this one names it.
    "DELETE FROM files WHERE room_id IN ($rooms) OR account_id IN ($accounts)
     OR (room_id, message_id) IN ($messages)
     OR (room_id, message_id) IN (SELECT room_id, message_id FROM forbidden WHERE NOT of_account)
     OR account_id IS NULL
     AND (room_id, message_id) IN (SELECT room_id, message_id FROM forbidden)
     OR upload_time < (SELECT l.before FROM limits l WHERE l.room_id = files.room_id)",
    "DELETE FROM tasks WHERE room_id IN ($rooms)
     OR account_id IN ($accounts) OR assigned_by IN ($accounts)
     OR (room_id, message_id) IN ($messages)
     OR (room_id, message_id) IN (SELECT room_id, message_id FROM forbidden)",
    "DELETE FROM revisions WHERE id IN (SELECT id FROM forbidden)",
    "DELETE FROM messages WHERE id IN (SELECT id FROM forbidden)",
    // The API does not say when a task was made. A message that comes before it is recent enough.
    "UPDATE limits SET low = (SELECT min(CAST(m.message_id AS INTEGER)) FROM messages m
     WHERE m.room_id = limits.room_id)",
    "DELETE FROM tasks WHERE EXISTS (SELECT 1 FROM limits l WHERE l.room_id = tasks.room_id
     AND (l.low IS NULL OR CAST(tasks.message_id AS INTEGER) <= l.low))
     AND NOT EXISTS (SELECT 1 FROM messages m
     WHERE m.room_id = tasks.room_id AND m.message_id = tasks.message_id)",
    "DELETE FROM spans WHERE room_id IN ($rooms)
     OR last_time < (SELECT l.before FROM limits l WHERE l.room_id = spans.room_id)",
    "UPDATE spans SET first_time = l.before, begins = 0, first_message = coalesce(
     (SELECT m.message_id FROM messages m WHERE m.room_id = spans.room_id
      AND m.send_time >= l.before ORDER BY m.send_time, m.place LIMIT 1), last_message)
     FROM limits l WHERE l.room_id = spans.room_id AND spans.first_time < l.before",
    "DELETE FROM gaps WHERE room_id IN ($rooms)
     OR before_time <= (SELECT l.before FROM limits l WHERE l.room_id = gaps.room_id)",
    "DELETE FROM members WHERE room_id IN ($rooms) OR account_id IN ($accounts)",
    "DELETE FROM rooms WHERE room_id IN ($rooms)",
    "DELETE FROM accounts WHERE account_id IN ($accounts)",
    "DROP TABLE temp.forbidden",
];

/// The kinds of tombstones, as [`Tombstones`](crate::keep::Tombstones) reads them.
const KINDS: [(&str, &str); 3] = [
    ("$accounts", "SELECT account_id FROM tombstones WHERE account_id IS NOT NULL"),
    (
        "$messages",
        "SELECT room_id, message_id FROM tombstones
         WHERE account_id IS NULL AND room_id IS NOT NULL AND message_id IS NOT NULL",
    ),
    (
        "$rooms",
        "SELECT room_id FROM tombstones WHERE account_id IS NULL AND message_id IS NULL
         AND before IS NULL AND room_id IS NOT NULL",
    ),
];

/// What [`apply_tombstones`] did.
pub(crate) struct Applied {
    /// How many steps SQLite took.
    pub(crate) steps: u64,
    /// Rows were removed: their bytes are still in the file.
    pub(crate) removed: bool,
}

/// Removes the rows that tombstones forbid: an import may have both. Relations and the search index
/// are made afterwards.
///
/// The number of statements does not depend on that of the tombstones, and each goes through its
/// tables once.
pub(crate) fn apply_tombstones(connection: &Connection) -> Result<Applied> {
    let mut applied = Applied { steps: 0, removed: false };
    for statement in BEGIN.iter().chain(&REMOVE).chain(&["DROP TABLE temp.limits"]) {
        let mut sql = (*statement).to_owned();
        for (name, select) in KINDS {
            sql = sql.replace(name, select);
        }
        let mut statement = connection.prepare(&sql)?;
        let changed = statement.execute([])?;
        applied.removed |= changed > 0 && sql.starts_with("DELETE");
        let steps = statement.get_status(StatementStatus::VmStep);
        applied.steps += u64::try_from(steps).unwrap_or(0);
    }
    Ok(applied)
}

#[cfg(test)]
mod tests {
    use rusqlite::params;

    use super::*;
    use crate::error::ArchiveError;
    use crate::store::Archive;

    /// Inserts so many rooms, accounts, messages, files, tasks, spans and members.
    fn fill(connection: &Connection, count: i64) -> Result<()> {
        for number in 1..=count {
            let room = "INSERT INTO rooms (room_id, type, name, role, icon_url, last_update_time,
                message_num, file_num, task_num, first_seen, listed_at)
                VALUES (?1, 'group', '', 'member', '', 1, 1, 1, 1, 1, 1)";
            connection.execute(room, [number])?;
            let account = "INSERT INTO accounts VALUES (?1, '', '', 1, 1)";
            connection.execute(account, [number])?;
            connection
                .execute("INSERT INTO members VALUES (1, ?1, 'member', 1, NULL)", [number])?;
        }
        for number in 1..=count {
            let (room, id) = (number % 7 + 1, number.to_string());
            let message = "INSERT INTO messages (room_id, message_id, account_id, send_time, place,
                update_time, status, first_seen, run_id, source, body, plain)
                VALUES (?1, ?2, ?3, ?3, 0, 0, 'present', 1, 1, 'sync', '', '')";
            connection.execute(message, params![room, id, number])?;
            let file = "INSERT INTO files (room_id, file_id, message_id, account_id, name,
                first_seen, state) VALUES (?1, ?2, ?3, NULL, '', 1, 'listed')";
            connection.execute(file, params![room, number, id])?;
            let task = "INSERT INTO tasks VALUES (?1, ?2, 1, 1, ?3, '', 0, 'none', 'open', 1, 1)";
            connection.execute(task, params![room, number, id])?;
            let span = "INSERT INTO spans (room_id, first_time, first_message, last_time,
                last_message, begins, proven_at) VALUES (?1, 1, '1', 1, '1', 0, 1)";
            connection.execute(span, [number])?;
        }
        Ok(())
    }

    /// Inserts one tombstone for each number, and returns the steps that applying them takes, and how
    /// many messages are left.
    fn apply(count: i64, tombstone: &str) -> (u64, i64) {
        let folder = tempfile::tempdir().unwrap();
        let archive = Archive::create(folder.path().join("a"), chatwork_sdk::AccountId(1)).unwrap();
        let sql = ArchiveError::sqlite(archive.path());
        let insert = format!(
            "INSERT INTO tombstones (cause, room_id, account_id, message_id, before, made_at)
             VALUES ('forget', {tombstone}, 1)"
        );
        let result = archive.write(|transaction, _| {
            fill(transaction, count).map_err(&sql)?;
            for number in 1..=count {
                transaction.execute(&insert, [number]).map_err(&sql)?;
            }
            let steps = apply_tombstones(transaction).map_err(&sql)?.steps;
            let select = "SELECT count(*) FROM messages";
            let left = transaction.query_row(select, [], |row| row.get(0)).map_err(&sql)?;
            Ok((steps, left))
        });
        result.unwrap()
    }

    #[test]
    fn twice_as_many_tombstones_take_about_twice_as_many_steps() {
        for (tombstone, left) in [
            ("?1 % 7 + 1, NULL, CAST(?1 AS TEXT), NULL", 0),
            ("NULL, ?1 + 1, NULL, NULL", 1),
            // Of seven rooms, three stay.
            ("?1 + 3, NULL, NULL, NULL", 344),
            // Of each room, what came before its own number.
            ("?1, NULL, NULL, ?1", 794),
        ] {
            let (few, _) = apply(400, tombstone);
            let (many, messages) = apply(800, tombstone);
            assert!(many < few * 5 / 2, "{tombstone}: {few} and {many}");
            assert_eq!(messages, left, "{tombstone}");
        }
    }
}
