//! Which files are to be fetched, and what became of them.

use chatwork_sdk::{Error, FileId, RoomId};
use rusqlite::{Connection, Result, params};

use super::{FetchOptions, FilePolicy};
use crate::keep::Tombstones;

/// After how many seconds a file that failed is tried again, at first.
const RETRY: i64 = 60;

/// A file to fetch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Wanted {
    pub(super) room: RoomId,
    pub(super) file: FileId,
}

/// Notes the files that messages name, and marks those that the policy wants. Returns them, the
/// newest first. A file that failed waits twice as long after each attempt.
pub(super) fn want(
    connection: &Connection,
    options: &FetchOptions,
    now: i64,
) -> Result<Vec<Wanted>> {
    note_named(connection, now)?;
    if options.policy == FilePolicy::New {
        // By the server's clock, as the times of uploads are.
        let since = "INSERT OR IGNORE INTO settings
            SELECT 'files_since', CAST(max(listed_at) AS TEXT) FROM rooms HAVING max(listed_at) > 0";
        connection.execute(since, [])?;
    }
    let wanted = match options.policy {
        FilePolicy::None => "false",
        FilePolicy::New => {
            "state = 'listed' AND coalesce(upload_time, first_seen) >= (SELECT
             CAST(value AS INTEGER) FROM settings WHERE name = 'files_since')"
        }
        FilePolicy::All => "state = 'listed'",
    };
    connection.execute(&format!("UPDATE files SET state = 'wanted' WHERE {wanted}"), [])?;
    let select = "SELECT room_id, file_id FROM files JOIN rooms USING (room_id)
        WHERE left_at IS NULL AND (state = 'wanted'
        OR (state = 'too_large' AND coalesce(size, 0) <= ?1)
        OR (state = 'failed' AND tried_at + ?2 * (1 << min(attempts - 1, 12)) <= ?3))
        ORDER BY coalesce(upload_time, files.first_seen) DESC, file_id DESC LIMIT ?4";
    let largest = i64::try_from(options.largest).unwrap_or(i64::MAX);
    let most = options.most.and_then(|most| i64::try_from(most).ok()).unwrap_or(-1);
    let mut statement = connection.prepare(select)?;
    let rows = statement.query_map(params![largest, RETRY, now, most], |row| {
        Ok(Wanted { room: RoomId(row.get(0)?), file: FileId(row.get(1)?) })
    })?;
    match options.policy {
        FilePolicy::None => Ok(Vec::new()),
        _ => rows.collect(),
    }
}

/// Adds the files that `[download:ID]` tags name and no list has shown. Whose they are is not known
/// yet: anybody can name a file.
fn note_named(connection: &Connection, now: i64) -> Result<()> {
    let insert = "INSERT OR IGNORE INTO files (room_id, file_id, message_id, account_id, name,
        first_seen, state)
        SELECT m.room_id, CAST(x.target AS INTEGER), m.message_id, NULL, '', ?1, 'listed'
        FROM relations x JOIN messages m USING (id)
        WHERE x.kind = 'file' AND CAST(CAST(x.target AS INTEGER) AS TEXT) = x.target
        AND m.status <> 'deleted'";
    connection.execute(insert, [now])?;
    Ok(())
}

/// What became of a file.
#[derive(Debug)]
pub(super) enum Outcome {
    Stored { hash: String },
    TooLarge,
    Gone,
    Failed { error: Box<Error> },
}

/// What the API says of a file.
#[derive(Clone)]
pub(super) struct Details {
    pub(super) name: String,
    pub(super) size: i64,
    pub(super) upload_time: i64,
    pub(super) message: String,
    pub(super) account: i64,
}

/// Returns whether a file is still to be had, by what the API says of it. It is not if its row was
/// removed meanwhile, or if it is of a forgotten account, message or time.
pub(super) fn admits(
    connection: &Connection,
    wanted: Wanted,
    details: Option<&Details>,
) -> Result<bool> {
    let key = (wanted.room.0, wanted.file.0);
    let select = "SELECT 1 FROM files WHERE room_id = ?1 AND file_id = ?2";
    if !connection.prepare_cached(select)?.exists(key)? {
        return Ok(false);
    }
    let Some(Details { upload_time, message, account, .. }) = details else { return Ok(true) };
    if !Tombstones::read(connection)?.has_message(key.0, message, *account, *upload_time) {
        return Ok(true);
    }
    // The row stays, with nothing of the file, so that a message that names it does not add it again.
    let update = "UPDATE files SET state = 'gone', reason = 'forgotten', name = '', size = NULL,
        upload_time = NULL, message_id = NULL, account_id = NULL, sha256 = NULL
        WHERE room_id = ?1 AND file_id = ?2";
    connection.prepare_cached(update)?.execute(key)?;
    Ok(false)
}

/// Stores what became of a file.
pub(super) fn settle(
    connection: &Connection,
    wanted: Wanted,
    details: Option<&Details>,
    outcome: &Outcome,
    now: i64,
) -> Result<()> {
    let key = (wanted.room.0, wanted.file.0);
    if let Some(Details { name, size, upload_time, message, account }) = details {
        let update = "UPDATE files SET name = ?3, size = ?4, upload_time = ?5, message_id = ?6,
            account_id = ?7 WHERE room_id = ?1 AND file_id = ?2";
        let values = params![key.0, key.1, name, size, upload_time, message, account];
        connection.prepare_cached(update)?.execute(values)?;
    }
    let (state, reason, hash) = match outcome {
        Outcome::Stored { hash } => ("stored", None, Some(hash)),
        Outcome::TooLarge => ("too_large", None, None),
        Outcome::Gone => ("gone", None, None),
        Outcome::Failed { error } => ("failed", Some(error.to_string()), None),
    };
    let update = "UPDATE files SET state = ?3, reason = ?4, sha256 = ?5, tried_at = ?6,
        attempts = attempts + 1 WHERE room_id = ?1 AND file_id = ?2";
    let values = params![key.0, key.1, state, reason, hash, now];
    connection.prepare_cached(update)?.execute(values)?;
    Ok(())
}
