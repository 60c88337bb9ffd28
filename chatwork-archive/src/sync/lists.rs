//! Members, tasks and files of a room.

use chatwork_sdk::types::{AccountSummary, RoomFile, RoomMember, Task};
use chatwork_sdk::{RoomId, TaskStatus, UnixTime};
use rusqlite::{Connection, params};

use super::Running;
use super::due::Due;
use crate::error::{ArchiveError, Result};
use crate::keep::{Names, Tombstones};

impl Running<'_> {
    /// Reads the lists of a room that are due. Each is noted as seen with what it shows, so one that
    /// fails is due in the next run.
    pub(super) async fn lists(&self, due: &Due) -> Result<()> {
        let (id, at) = (due.room.room_id, self.at);
        let handle = self.client.room(id);
        if due.lists.members {
            let members = handle.members().await?.into_vec();
            self.store(move |connection, names| {
                store_members(connection, names, id, &members, at)?;
                set_seen(connection, id, "seen_members", 1)
            })
            .await?;
        }
        if due.lists.tasks {
            let mut tasks = handle.tasks().status(TaskStatus::Open).await?.into_vec();
            tasks.extend(handle.tasks().status(TaskStatus::Done).await?);
            let seen = due.room.task_num;
            self.store(move |connection, names| {
                store_tasks(connection, names, id, &tasks, at)?;
                set_seen(connection, id, "seen_task_num", seen)
            })
            .await?;
        }
        if due.lists.files {
            let files = handle.files().await?.into_vec();
            let seen = due.room.file_num;
            self.store(move |connection, names| {
                store_files(connection, names, id, &files, at)?;
                set_seen(connection, id, "seen_file_num", seen)
            })
            .await?;
        }
        Ok(())
    }

    async fn store<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection, &mut Names) -> rusqlite::Result<T> + Send + 'static,
    ) -> Result<T> {
        self.archive
            .blocking(move |archive| {
                let sql = ArchiveError::sqlite(archive.path());
                archive.write(|transaction, names| work(transaction, names).map_err(&sql))
            })
            .await
    }
}

fn set_seen(
    connection: &Connection,
    room: RoomId,
    column: &str,
    number: i64,
) -> rusqlite::Result<()> {
    let update = format!("UPDATE rooms SET {column} = ?2 WHERE room_id = ?1");
    connection.execute(&update, params![room.0, number]).map(drop)
}

fn store_members(
    connection: &Connection,
    names: &mut Names,
    room: RoomId,
    members: &[RoomMember],
    at: UnixTime,
) -> rusqlite::Result<()> {
    let tombstones = Tombstones::read(connection)?;
    // It may have been forgotten since it was listed.
    if tombstones.has_room(room.0) {
        return Ok(());
    }
    let leave = "UPDATE members SET left_at = ?2 WHERE room_id = ?1 AND left_at IS NULL";
    connection.execute(leave, params![room.0, at.0])?;
    for member in members.iter().filter(|it| !tombstones.has_account(it.account_id.0)) {
        let mut account = AccountSummary::default();
        account.account_id = member.account_id;
        account.name.clone_from(&member.name);
        account.avatar_image_url.clone_from(&member.avatar_image_url);
        names.note(connection, &account, at)?;
        let upsert = "INSERT INTO members VALUES (?1, ?2, ?3, ?4, NULL)
            ON CONFLICT (room_id, account_id) DO UPDATE SET role = ?3, left_at = NULL";
        let values = params![room.0, member.account_id.0, member.role.to_string(), at.0];
        connection.prepare_cached(upsert)?.execute(values)?;
    }
    Ok(())
}

fn store_tasks(
    connection: &Connection,
    names: &mut Names,
    room: RoomId,
    tasks: &[Task],
    at: UnixTime,
) -> rusqlite::Result<()> {
    let tombstones = Tombstones::read(connection)?;
    for task in tasks {
        let people = [&task.account, &task.assigned_by_account];
        let forgotten = people.iter().any(|it| tombstones.has_account(it.account_id.0));
        let (id, author) = (&task.message_id.0, task.assigned_by_account.account_id.0);
        let sent = sent(connection, room, id, tombstones.before(room.0))?;
        if forgotten || tombstones.has_message(room.0, id, author, sent) {
            continue;
        }
        for account in people {
            names.note(connection, account, at)?;
        }
        let upsert = "INSERT INTO tasks VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?10)
            ON CONFLICT (room_id, task_id) DO UPDATE SET account_id = ?3, body = ?6,
            limit_time = ?7, limit_type = ?8, status = ?9, last_seen = ?10";
        connection.prepare_cached(upsert)?.execute(params![
            room.0,
            task.task_id.0,
            task.account.account_id.0,
            task.assigned_by_account.account_id.0,
            task.message_id.0,
            task.body,
            task.limit_time.0,
            task.limit_type.to_string(),
            task.status.to_string(),
            at.0
        ])?;
    }
    Ok(())
}

/// Returns when the message of a task was sent, which the API does not say. If the archive does not
/// have the message, it counts as sent too long ago for the archive, unless a message with a lower
/// number is recent enough. `before` is the time before which nothing is kept.
fn sent(
    connection: &Connection,
    room: RoomId,
    message: &str,
    before: Option<i64>,
) -> rusqlite::Result<i64> {
    let Some(before) = before else { return Ok(i64::MAX) };
    let select = "SELECT max(send_time) FROM messages WHERE room_id = ?1 AND (message_id = ?2
        OR send_time >= ?3 AND CAST(message_id AS INTEGER) < CAST(?2 AS INTEGER))";
    let values = params![room.0, message, before];
    let sent: Option<i64> =
        connection.prepare_cached(select)?.query_row(values, |row| row.get(0))?;
    Ok(sent.unwrap_or(i64::MIN))
}

fn store_files(
    connection: &Connection,
    names: &mut Names,
    room: RoomId,
    files: &[RoomFile],
    at: UnixTime,
) -> rusqlite::Result<()> {
    let tombstones = Tombstones::read(connection)?;
    for file in files {
        let (message, account) = (&file.message_id.0, file.account.account_id.0);
        if tombstones.has_message(room.0, message, account, file.upload_time.0) {
            continue;
        }
        names.note(connection, &file.account, at)?;
        let upsert = "INSERT INTO files (room_id, file_id, message_id, account_id, name, size,
            upload_time, first_seen, state) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 'listed')
            ON CONFLICT (room_id, file_id) DO UPDATE SET message_id = ?3, account_id = ?4,
            name = ?5, size = ?6, upload_time = ?7";
        connection.prepare_cached(upsert)?.execute(params![
            room.0,
            file.file_id.0,
            message,
            account,
            file.filename,
            file.filesize,
            file.upload_time.0,
            at.0
        ])?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::care::Forget;
    use crate::store::Archive;

    #[test]
    fn members_of_a_room_that_was_forgotten_meanwhile_are_not_stored() {
        let folder = tempfile::tempdir().unwrap();
        let archive = Archive::create(folder.path().join("a"), chatwork_sdk::AccountId(1)).unwrap();
        archive.forget(&Forget::Room(RoomId(5))).unwrap();
        let mut member = RoomMember::default();
        (member.account_id, member.name) = (chatwork_sdk::AccountId(2), "anna".to_owned());
        let sql = ArchiveError::sqlite(archive.path());
        let left = archive.write(|transaction, names| {
            let at = UnixTime(9);
            store_members(transaction, names, RoomId(5), &[member], at).map_err(&sql)?;
            let count = "SELECT (SELECT count(*) FROM members) + (SELECT count(*) FROM accounts)";
            transaction.query_row(count, [], |row| row.get::<_, i64>(0)).map_err(&sql)
        });
        assert_eq!(left.unwrap(), 0);
    }
}
