//! What must really go.

use std::path::PathBuf;

use chatwork_sdk::{AccountId, MessageId, RoomId, UnixTime};
use rusqlite::{Connection, OptionalExtension, Result as SqlResult, params, params_from_iter};

use crate::error::{ArchiveError, Result};
use crate::files::content_path;
use crate::store::Archive;

/// What [`Archive::forget`] removes.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Forget {
    /// A room, with everything in it.
    Room(RoomId),
    /// Everything that an account wrote, its files and its tasks, in all rooms.
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
    /// How many files were removed from the folder of files.
    pub files: u64,
    /// Files that the operating system did not remove: remove them by hand.
    pub files_left: Vec<PathBuf>,
    /// Another program still reads an earlier state, so the text is still in the write-ahead log.
    /// Close that program and call [`Archive::finish_forgetting`]; the next [`Archive::open`] tries
    /// it, too.
    pub is_pending: bool,
}

impl Archive {
    /// Removes messages for good, with their earlier texts, their rows in the search index and their
    /// files, and notes what was removed, so that no later run stores it again.
    ///
    /// Afterwards no byte of the texts is in the database, its write-ahead log or the folder of
    /// files, unless [`ForgetReport::is_pending`] says what is still to do. The file is written
    /// anew, which takes about as long as copying it. Copies elsewhere are yours to remove: backups,
    /// exports, and what others quoted in messages of their own.
    ///
    /// # Errors
    ///
    /// The archive cannot be written to. If the error came after the rows were removed, the next
    /// [`Archive::open`] goes on.
    pub fn forget(&self, what: &Forget) -> Result<ForgetReport> {
        let sql = ArchiveError::sqlite(self.path());
        let (mut report, hashes) = self.write(|transaction, names| {
            *names = crate::keep::Names::default();
            remove(transaction, what).map_err(&sql)
        })?;
        for hash in hashes {
            let Some(path) = content_path(&self.files_folder(), &hash) else { continue };
            match std::fs::remove_file(&path) {
                Ok(()) => report.files += 1,
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
                Err(_) => report.files_left.push(path),
            }
        }
        report.is_pending = !self.finish_forgetting()?;
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

    /// Writes the file anew without what was removed, and empties the write-ahead log. Returns
    /// whether that is done: `false` if another program still reads an earlier state.
    ///
    /// # Errors
    ///
    /// The archive cannot be written to.
    pub fn finish_forgetting(&self) -> Result<bool> {
        let done = self.with_writer(|writer| erase(&writer.connection));
        let done = done.map_err(ArchiveError::sqlite(self.path()))?;
        if !done {
            return Ok(false);
        }
        self.remove_copies()?;
        Ok(true)
    }

    /// Goes on with what an earlier process could not finish.
    pub(crate) fn resume_erasing(&self) -> Result<()> {
        let pending = self.with_writer(|writer| {
            let select = "SELECT 1 FROM settings WHERE name = 'erasing'";
            writer.connection.prepare(select)?.exists([])
        });
        if pending.map_err(ArchiveError::sqlite(self.path()))? {
            self.remove_strays()?;
            self.finish_forgetting()?;
        }
        Ok(())
    }

    /// Removes stored content that no row names: the process may have ended between the two. Only
    /// at the start, when no file is being fetched.
    fn remove_strays(&self) -> Result<()> {
        let Ok(folders) = std::fs::read_dir(self.files_folder()) else { return Ok(()) };
        let paths = folders.flatten().flat_map(|folder| std::fs::read_dir(folder.path()));
        for path in paths.flat_map(Iterator::flatten).map(|entry| entry.path()) {
            let hash = path.file_name().map(|name| name.to_string_lossy().into_owned());
            let used = self.with_writer(|writer| {
                let select = "SELECT 1 FROM files WHERE sha256 = ?1";
                writer.connection.prepare_cached(select)?.exists([hash])
            });
            if !used.map_err(ArchiveError::sqlite(self.path()))? {
                std::fs::remove_file(&path).map_err(ArchiveError::file(&path))?;
            }
        }
        Ok(())
    }

    /// Removes the copies that migrations made beside the archive: they have the text, too.
    fn remove_copies(&self) -> Result<()> {
        let (Some(folder), Some(name)) = (self.path().parent(), self.path().file_name()) else {
            return Ok(());
        };
        let folder = if folder.as_os_str().is_empty() { ".".as_ref() } else { folder };
        let prefix = format!("{}.before-v", name.to_string_lossy());
        let failed = |error| ArchiveError::file(folder)(error);
        for entry in std::fs::read_dir(folder).map_err(failed)? {
            let path = entry.map_err(failed)?.path();
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
            if name.is_some_and(|name| name.starts_with(&prefix)) {
                std::fs::remove_file(&path).map_err(ArchiveError::file(&path))?;
            }
        }
        Ok(())
    }
}

/// Removes rows, and returns the hashes of the files that no row names any more.
fn remove(connection: &Connection, what: &Forget) -> SqlResult<(ForgetReport, Vec<String>)> {
    let (condition, values): (&str, Vec<rusqlite::types::Value>) = match what {
        Forget::Room(room) => ("room_id = ?1", vec![room.0.into()]),
        Forget::Account(account) => ("account_id = ?1", vec![account.0.into()]),
        Forget::Message(room, message) => {
            ("room_id = ?1 AND message_id = ?2", vec![room.0.into(), message.0.clone().into()])
        }
        Forget::Before(time, None) => ("send_time < ?1", vec![time.0.into()]),
        Forget::Before(time, Some(room)) => {
            ("send_time < ?1 AND room_id = ?2", vec![time.0.into(), room.0.into()])
        }
    };
    let execute = |statement: &str| connection.execute(statement, params_from_iter(&values));
    let ids = format!("SELECT id FROM messages WHERE {condition}");
    execute(&format!(
        "DELETE FROM search_index WHERE rowid IN ({ids} UNION ALL
         SELECT -revision_id FROM revisions WHERE id IN ({ids}))"
    ))?;
    let hashes = remove_files(connection, what, &ids, &values)?;
    execute(&format!("DELETE FROM relations WHERE id IN ({ids})"))?;
    let revisions = execute(&format!("DELETE FROM revisions WHERE id IN ({ids})"))?;
    let messages = execute(&format!("DELETE FROM messages WHERE {condition}"))?;
    match what {
        Forget::Room(room) => remove_room(connection, room.0)?,
        Forget::Account(account) => remove_account(connection, account.0)?,
        Forget::Message(..) => {}
        Forget::Before(time, room) => remove_spans(connection, time.0, room.map(|it| it.0))?,
    }
    note(connection, what)?;
    let erasing = "INSERT OR REPLACE INTO settings VALUES ('erasing', '1')";
    connection.execute(erasing, [])?;
    let count = |number: usize| u64::try_from(number).unwrap_or(u64::MAX);
    let report = ForgetReport {
        messages: count(messages),
        revisions: count(revisions),
        ..ForgetReport::default()
    };
    Ok((report, hashes))
}

fn remove_files(
    connection: &Connection,
    what: &Forget,
    ids: &str,
    values: &[rusqlite::types::Value],
) -> SqlResult<Vec<String>> {
    let named = format!(
        "(room_id, message_id) IN (SELECT room_id, message_id FROM messages WHERE id IN ({ids}))
         OR (room_id, file_id) IN (SELECT m.room_id, CAST(x.target AS INTEGER)
         FROM relations x JOIN messages m USING (id) WHERE x.kind = 'file' AND x.id IN ({ids}))"
    );
    let condition = match what {
        Forget::Room(_) => format!("room_id = ?1 OR {named}"),
        Forget::Account(_) => format!("account_id = ?1 OR {named}"),
        Forget::Message(..) => named,
        Forget::Before(..) => format!("upload_time < ?1 OR {named}"),
    };
    let delete = format!("DELETE FROM files WHERE {condition} RETURNING sha256");
    let mut statement = connection.prepare(&delete)?;
    let rows = statement.query_map(params_from_iter(values), |row| row.get(0))?;
    let removed: Vec<Option<String>> = rows.collect::<SqlResult<_>>()?;
    let mut hashes = Vec::new();
    for hash in removed.into_iter().flatten() {
        let select = "SELECT 1 FROM files WHERE sha256 = ?1";
        let used = connection.prepare_cached(select)?.exists([&hash])?;
        if !used && !hashes.contains(&hash) {
            hashes.push(hash);
        }
    }
    Ok(hashes)
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

/// Cuts off what is said to be complete before a time.
fn remove_spans(connection: &Connection, before: i64, room: Option<i64>) -> SqlResult<()> {
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
    if before.is_some() {
        let delete = "DELETE FROM tombstones WHERE cause = 'retention' AND room_id IS ?1";
        connection.execute(delete, [room])?;
    }
    let values = params![cause, room, account, message, before, UnixTime::now().0];
    connection.execute(insert, values)?;
    Ok(())
}

/// Writes the file anew, and returns whether the old content is gone.
///
/// Deleting alone leaves the words of the index in the file: only `optimize` removes them, and only
/// VACUUM the pages. Both go through the write-ahead log, which keeps the old pages until no reader
/// needs them.
fn erase(connection: &Connection) -> SqlResult<bool> {
    let optimize = "INSERT INTO search_index (search_index) VALUES ('optimize')";
    connection.execute_batch(&format!("{optimize}; VACUUM"))?;
    if !truncate(connection)? {
        return Ok(false);
    }
    connection.execute("DELETE FROM settings WHERE name = 'erasing'", [])?;
    truncate(connection)
}

/// Empties the write-ahead log, and returns whether it is empty.
fn truncate(connection: &Connection) -> SqlResult<bool> {
    let busy: Option<i64> =
        connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0)).optional()?;
    Ok(busy == Some(0))
}
