//! What must really go.

use std::path::PathBuf;

use chatwork_sdk::{AccountId, MessageId, RoomId, UnixTime};
use rusqlite::types::Value;
use rusqlite::{Connection, Result as SqlResult, params, params_from_iter};

use super::erase::note_erasing;
use crate::error::{ArchiveError, Result};
use crate::store::Archive;

/// What [`Archive::forget`] removes.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Forget {
    /// A room, with everything in it.
    Room(RoomId),
    /// Everything that an account wrote, its files and its tasks, in all rooms. A file of another
    /// account stays, even if a message of this one names it.
    Account(AccountId),
    /// One message, with its files.
    Message(RoomId, MessageId),
    /// Messages that were sent before a time, with their files. In one room, or in all.
    Before(UnixTime, Option<RoomId>),
}

/// What was removed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ForgetReport {
    /// How many messages.
    pub messages: u64,
    /// How many texts before an edit or a deletion.
    pub revisions: u64,
    /// How many files were removed from the folder of files, with what an earlier process left there.
    pub files: u64,
    /// Files, and copies from before a migration, that the operating system did not remove. They are
    /// tried again as [`ForgetReport::is_pending`] says, unless you remove them by hand.
    pub files_left: Vec<PathBuf>,
    /// Another program still reads an earlier state, so the text is still in the write-ahead log. Or
    /// a file could not be removed. Close that program and call [`Archive::finish_forgetting`]; the
    /// next [`Archive::open`] tries it, too. The database is not written anew a second time.
    pub is_pending: bool,
}

impl Archive {
    /// Removes messages for good, with their earlier texts, their rows in the search index and their
    /// files, and notes what was removed, so that no later run stores it again.
    ///
    /// Afterwards no byte of the texts is in the database, its write-ahead log or the folder of
    /// files, unless [`ForgetReport::is_pending`] says what is still to do. The file is written
    /// anew, which takes about as long as copying it, unless there was nothing to remove. Copies
    /// elsewhere are yours to remove: backups, exports, and what others quoted in messages of their
    /// own. A backup or an export of pages that was killed leaves `NAME.NUMBER.part`. It is removed
    /// here if it is beside the archive and its name begins with that of the archive and a dot,
    /// otherwise by the next backup or export of the same name.
    ///
    /// # Errors
    ///
    /// The archive cannot be written to. If the error came after the rows were removed, the next
    /// [`Archive::open`] goes on.
    pub fn forget(&self, what: &Forget) -> Result<ForgetReport> {
        let sql = ArchiveError::sqlite(self.path());
        let mut report = self.write(|transaction, names| {
            *names = crate::keep::Names::default();
            remove(transaction, what).map_err(&sql)
        })?;
        self.erase(&mut report)?;
        Ok(report)
    }

    /// Removes messages, texts and files that are older than so many days, as [`Archive::forget`]
    /// with [`Forget::Before`] does.
    ///
    /// # Errors
    ///
    /// Like [`Archive::forget`].
    pub fn keep_days(&self, days: u32, now: UnixTime) -> Result<ForgetReport> {
        let before = now.0.saturating_sub(i64::from(days).saturating_mul(86_400));
        self.forget(&Forget::Before(UnixTime(before), None))
    }
}

/// Removes rows, and notes that the file is to be written anew if there were any.
fn remove(connection: &Connection, what: &Forget) -> SqlResult<ForgetReport> {
    let before = connection.total_changes();
    let report = remove_rows(connection, what)?;
    let removed = connection.total_changes() > before;
    cut_spans(connection, what)?;
    note(connection, what)?;
    if removed {
        note_erasing(connection)?;
    }
    Ok(report)
}

/// Returns which messages are to be forgotten, as a condition of SQL on `messages` and its values.
pub(super) fn messages(what: &Forget) -> (&'static str, Vec<Value>) {
    match what {
        Forget::Room(room) => ("room_id = ?1", vec![room.0.into()]),
        Forget::Account(account) => ("account_id = ?1", vec![account.0.into()]),
        Forget::Message(room, message) => {
            ("room_id = ?1 AND message_id = ?2", vec![room.0.into(), message.0.clone().into()])
        }
        Forget::Before(time, None) => ("send_time < ?1", vec![time.0.into()]),
        Forget::Before(time, Some(room)) => {
            ("send_time < ?1 AND room_id = ?2", vec![time.0.into(), room.0.into()])
        }
    }
}

/// Removes the rows with what is to be forgotten, without a note of it.
fn remove_rows(connection: &Connection, what: &Forget) -> SqlResult<ForgetReport> {
    let (condition, values) = messages(what);
    let execute = |statement: &str| connection.execute(statement, params_from_iter(&values));
    let ids = format!("SELECT id FROM messages WHERE {condition}");
    execute(&format!(
        "DELETE FROM search_index WHERE rowid IN ({ids} UNION ALL
         SELECT -revision_id FROM revisions WHERE id IN ({ids}))"
    ))?;
    execute(&remove_files(what, &ids))?;
    let of_messages = format!(
        "FROM tasks WHERE (room_id, message_id) IN
         (SELECT room_id, message_id FROM messages WHERE {condition})"
    );
    if matches!(what, Forget::Account(_)) {
        // The list of tasks does not say who wrote the message of a task.
        execute(&format!(
            "INSERT INTO tombstones (cause, room_id, message_id, made_at)
             SELECT DISTINCT 'forget', room_id, message_id, unixepoch() {of_messages}"
        ))?;
    }
    execute(&format!("DELETE {of_messages}"))?;
    execute(&format!("DELETE FROM relations WHERE id IN ({ids})"))?;
    let revisions = execute(&format!("DELETE FROM revisions WHERE id IN ({ids})"))?;
    let messages = execute(&format!("DELETE FROM messages WHERE {condition}"))?;
    match what {
        Forget::Room(room) => remove_room(connection, room.0)?,
        Forget::Account(account) => remove_account(connection, account.0)?,
        Forget::Message(room, message) => {
            let delete = "DELETE FROM tasks WHERE room_id = ?1 AND message_id = ?2";
            connection.execute(delete, params![room.0, message.0])?;
        }
        Forget::Before(_, room) => remove_old_tasks(connection, room.map(|it| it.0))?,
    }
    let count = |number: usize| u64::try_from(number).unwrap_or(u64::MAX);
    Ok(ForgetReport {
        messages: count(messages),
        revisions: count(revisions),
        ..ForgetReport::default()
    })
}

/// Returns the statement that removes the rows of files. Their content goes when no row names it.
///
/// A file belongs to the message that uploaded it. A message that only names the file says nothing of
/// whose it is, unless nothing else is known.
fn remove_files(what: &Forget, ids: &str) -> String {
    let of_messages = format!(
        "((room_id, message_id) IN (SELECT room_id, message_id FROM messages WHERE id IN ({ids}))
         OR coalesce(message_id, '') = '' AND (room_id, file_id) IN (
         SELECT m.room_id, CAST(x.target AS INTEGER)
         FROM relations x JOIN messages m USING (id) WHERE x.kind = 'file' AND x.id IN ({ids})))"
    );
    let condition = match what {
        Forget::Room(_) => "room_id = ?1".to_owned(),
        Forget::Account(_) => format!("account_id = ?1 OR account_id IS NULL AND {of_messages}"),
        // Also of a message that the archive does not have: a list of files goes further back.
        Forget::Message(..) => format!("room_id = ?1 AND message_id = ?2 OR {of_messages}"),
        Forget::Before(_, None) => format!("upload_time < ?1 OR {of_messages}"),
        Forget::Before(_, Some(_)) => {
            format!("upload_time < ?1 AND room_id = ?2 OR {of_messages}")
        }
    };
    format!("DELETE FROM files WHERE {condition}")
}

fn remove_room(connection: &Connection, room: i64) -> SqlResult<()> {
    for table in ["spans", "gaps", "tasks", "members", "rooms"] {
        connection.execute(&format!("DELETE FROM {table} WHERE room_id = ?1"), [room])?;
    }
    Ok(())
}

fn remove_account(connection: &Connection, account: i64) -> SqlResult<()> {
    for statement in [
        "DELETE FROM tasks WHERE account_id = ?1 OR assigned_by = ?1",
        "DELETE FROM members WHERE account_id = ?1",
        "DELETE FROM accounts WHERE account_id = ?1",
    ] {
        connection.execute(statement, [account])?;
    }
    Ok(())
}

/// Removes tasks whose messages the archive does not have, unless a message that it has comes before:
/// the API does not say when a task was made.
fn remove_old_tasks(connection: &Connection, room: Option<i64>) -> SqlResult<()> {
    let delete = "DELETE FROM tasks WHERE (?1 IS NULL OR room_id = ?1)
        AND NOT EXISTS (SELECT 1 FROM messages m WHERE m.room_id = tasks.room_id
        AND (m.message_id = tasks.message_id
        OR CAST(m.message_id AS INTEGER) < CAST(tasks.message_id AS INTEGER)))";
    connection.execute(delete, [room])?;
    Ok(())
}

/// Cuts off what is said to be complete, or lost, before a time.
fn cut_spans(connection: &Connection, what: &Forget) -> SqlResult<()> {
    let Forget::Before(UnixTime(before), room) = what else { return Ok(()) };
    let room = room.map(|room| room.0);
    let of_room = "(?2 IS NULL OR room_id = ?2)";
    let delete = format!("DELETE FROM spans WHERE last_time < ?1 AND {of_room}");
    connection.execute(&delete, params![before, room])?;
    let update = format!(
        "UPDATE spans SET first_time = ?1, first_message = coalesce((SELECT m.message_id
         FROM messages m WHERE m.room_id = spans.room_id AND m.send_time >= ?1
         ORDER BY m.send_time, m.place LIMIT 1), last_message), begins = 0
         WHERE first_time < ?1 AND {of_room}"
    );
    connection.execute(&update, params![before, room])?;
    let delete = format!("DELETE FROM gaps WHERE before_time <= ?1 AND {of_room}");
    connection.execute(&delete, params![before, room])?;
    Ok(())
}

/// Notes what was removed, so that no later run stores it again.
fn note(connection: &Connection, what: &Forget) -> SqlResult<()> {
    let (room, account, message, before) = match what {
        Forget::Room(room) => (Some(room.0), None, None, None),
        Forget::Account(account) => (None, Some(account.0), None, None),
        Forget::Message(room, message) => (Some(room.0), None, Some(&message.0), None),
        Forget::Before(time, room) => (room.map(|it| it.0), None, None, Some(time.0)),
    };
    let cause = if before.is_some() { "retention" } else { "forget" };
    let insert = "INSERT INTO tombstones (cause, room_id, account_id, message_id, before, made_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    // An earlier date does not bring back what a later one keeps away.
    let kept = "SELECT max(before) FROM tombstones WHERE cause = 'retention' AND room_id IS ?1";
    let kept: Option<i64> = connection.query_row(kept, [room], |row| row.get(0))?;
    let before = before.map(|before| kept.map_or(before, |kept| kept.max(before)));
    if before.is_some() {
        let delete = "DELETE FROM tombstones WHERE cause = 'retention' AND room_id IS ?1";
        connection.execute(delete, [room])?;
    }
    let values = params![cause, room, account, message, before, UnixTime::now().0];
    connection.execute(insert, values)?;
    Ok(())
}
