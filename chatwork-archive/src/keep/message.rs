//! A message: new, edited, deleted, shown again.

use chatwork_notation::parse;
use chatwork_sdk::types::Message;
use rusqlite::{OptionalExtension, Result, Row, params};

use super::index::{add_to_index, remove_from_index};
use super::relations::add_relations;
use super::{Changes, Keeper};

/// The text that the API shows in place of a deleted message.
pub(super) const DELETED: &str = "[deleted]";

/// A stored message, as far as a look compares it.
pub(super) struct Stored {
    pub(super) id: i64,
    pub(super) place: i64,
    update_time: i64,
    status: Status,
    body: String,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Status {
    Present,
    Deleted,
    Vanished,
}

impl Stored {
    fn read(row: &Row<'_>) -> Result<Self> {
        let status: String = row.get(3)?;
        let status = match status.as_str() {
            "deleted" => Status::Deleted,
            "vanished" => Status::Vanished,
            _ => Status::Present,
        };
        let (id, place, update_time) = (row.get(0)?, row.get(1)?, row.get(2)?);
        Ok(Self { id, place, update_time, status, body: row.get(4)? })
    }
}

impl Keeper<'_> {
    pub(super) fn find(&self, room: i64, message: &Message) -> Result<Option<Stored>> {
        let select = "SELECT id, place, update_time, status, body FROM messages
            WHERE room_id = ?1 AND message_id = ?2";
        let mut statement = self.transaction.prepare_cached(select)?;
        statement.query_row(params![room, message.message_id.0], Stored::read).optional()
    }

    /// Stores a new message at a place among those of its second.
    pub(super) fn create(
        &mut self,
        room: i64,
        message: &Message,
        place: i64,
        changes: &mut Changes,
    ) -> Result<()> {
        let tree = parse(&message.body);
        let (connection, names) = (self.transaction, &mut *self.names);
        let plain = tree.plain_text(|account| names.name(connection, account));
        // The API marks a deleted message by its text alone, and a person can type that. A message
        // that was never edited has the time 0.
        let deleted = message.is_deleted() && message.update_time.0 > 0;
        let status = if deleted { "deleted" } else { "present" };
        let insert = "INSERT INTO messages (room_id, message_id, account_id, send_time, place,
            update_time, status, status_since, first_seen, run_id, source, body, plain)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)";
        connection.prepare_cached(insert)?.execute(params![
            room,
            message.message_id.0,
            message.account.account_id.0,
            message.send_time.0,
            place,
            message.update_time.0,
            status,
            deleted.then_some(self.at.0),
            self.at.0,
            self.run,
            self.source.as_str(),
            message.body,
            plain,
        ])?;
        let id = connection.last_insert_rowid();
        add_relations(connection, id, &tree)?;
        add_to_index(connection, id, &plain)?;
        changes.created += 1;
        changes.deleted += u64::from(deleted);
        Ok(())
    }

    /// Compares a stored message with what the API shows now.
    pub(super) fn update(
        &mut self,
        stored: &Stored,
        message: &Message,
        changes: &mut Changes,
    ) -> Result<()> {
        // A server that lags behind shows an older version.
        if message.update_time.0 < stored.update_time {
            return Ok(());
        }
        let edited = message.update_time.0 > stored.update_time;
        if message.body == stored.body {
            let back = stored.status == Status::Vanished;
            if edited || back {
                let status = match message.is_deleted() && message.update_time.0 > 0 {
                    true => Status::Deleted,
                    false => Status::Present,
                };
                changes.deleted += u64::from(status == Status::Deleted && status != stored.status);
                self.set_status(stored, status, message.update_time.0)?;
            }
            return Ok(());
        }
        match (message.is_deleted(), stored.body == DELETED) {
            (true, _) => {
                self.keep_text(stored, "deletion")?;
                changes.deleted += 1;
                self.set_text(stored, message, Status::Deleted)
            }
            // It was not deleted after all: a person had typed it.
            (false, true) => {
                changes.edited += 1;
                self.set_text(stored, message, Status::Present)
            }
            (false, false) => {
                self.keep_text(stored, "edit")?;
                changes.edited += 1;
                self.set_text(stored, message, Status::Present)
            }
        }
    }

    /// Copies the text of a message before it is replaced.
    fn keep_text(&self, stored: &Stored, cause: &str) -> Result<()> {
        let insert = "INSERT INTO revisions (id, cause, update_time, replaced_at, body, plain)
            SELECT id, ?2, update_time, ?3, body, plain FROM messages WHERE id = ?1
            RETURNING revision_id, plain";
        let (revision, plain): (i64, String) = self
            .transaction
            .prepare_cached(insert)?
            .query_row(params![stored.id, cause, self.at.0], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })?;
        add_to_index(self.transaction, -revision, &plain)
    }

    fn set_text(&mut self, stored: &Stored, message: &Message, status: Status) -> Result<()> {
        let tree = parse(&message.body);
        let (connection, names) = (self.transaction, &mut *self.names);
        let plain = tree.plain_text(|account| names.name(connection, account));
        let update = "UPDATE messages SET body = ?2, plain = ?3 WHERE id = ?1";
        connection.prepare_cached(update)?.execute(params![stored.id, message.body, plain])?;
        remove_from_index(connection, stored.id)?;
        add_to_index(connection, stored.id, &plain)?;
        // What a deleted message named stays known.
        if status == Status::Present {
            let delete = "DELETE FROM relations WHERE id = ?1";
            connection.prepare_cached(delete)?.execute([stored.id])?;
            add_relations(connection, stored.id, &tree)?;
        }
        self.set_status(stored, status, message.update_time.0)
    }

    fn set_status(&self, stored: &Stored, status: Status, update_time: i64) -> Result<()> {
        let name = match status {
            Status::Present => "present",
            Status::Deleted => "deleted",
            Status::Vanished => "vanished",
        };
        let since = (status != Status::Present).then_some(self.at.0);
        let update = "UPDATE messages SET update_time = ?2, status_since =
            CASE WHEN status = ?3 THEN status_since ELSE ?4 END, status = ?3 WHERE id = ?1";
        let values = params![stored.id, update_time, name, since];
        self.transaction.prepare_cached(update)?.execute(values)?;
        Ok(())
    }
}
