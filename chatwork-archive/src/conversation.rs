//! Messages with what belongs to them.

use std::collections::{BTreeSet, VecDeque};
use std::fmt;

use chatwork_sdk::{AccountId, MessageId, RoomId, UnixTime};
use rusqlite::{Connection, OptionalExtension, Result as SqlResult, Row, params};

use crate::error::{ArchiveError, Result};
use crate::mentions::Mentions;
use crate::search::MessageStatus;
use crate::store::Reader;

/// The most messages of a reply chain in either direction.
const MOST: usize = 1_000;

/// A message of the archive. `Debug` shows neither texts nor names.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ArchivedMessage {
    /// The room.
    pub room_id: RoomId,
    /// The message.
    pub message_id: MessageId,
    /// The author.
    pub account_id: AccountId,
    /// The name of the author.
    pub sender: String,
    /// When it was sent.
    pub send_time: UnixTime,
    /// When it was last edited; 0 if never.
    pub update_time: UnixTime,
    /// What became of it.
    pub status: MessageStatus,
    /// The text as it came, with tags.
    pub body: String,
    /// The text as a person reads it.
    pub plain: String,
    /// How many texts before an edit or a deletion are stored.
    pub revisions: u64,
    id: i64,
}

/// A text of a message before an edit or a deletion. `Debug` does not show it.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct Revision {
    /// The message was deleted, not edited.
    pub deleted: bool,
    /// When the text was written.
    pub update_time: UnixTime,
    /// When the archive saw that it was replaced.
    pub replaced_at: UnixTime,
    /// The text as it came, with tags.
    pub body: String,
    /// The text as a person reads it.
    pub plain: String,
}

/// A message, what it answers, and what answers it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ReplyChain {
    /// The message that this one answers, the message which that one answers, and so on; the first
    /// of them first.
    pub answered: Vec<ArchivedMessage>,
    /// The message.
    pub message: ArchivedMessage,
    /// The messages that answer it, and those that answer them, by time.
    pub answers: Vec<ArchivedMessage>,
}

const COLUMNS: &str = "m.room_id, m.message_id, m.account_id, a.name, m.send_time, m.update_time,
    m.status, m.body, m.plain, (SELECT count(*) FROM revisions v WHERE v.id = m.id), m.id
    FROM messages m JOIN accounts a ON a.account_id = m.account_id";

impl Reader {
    /// Returns a message, or `None` if the archive does not have it.
    ///
    /// # Errors
    ///
    /// The archive cannot be read.
    pub fn message(&self, room: RoomId, message: &MessageId) -> Result<Option<ArchivedMessage>> {
        find(&self.connection, room.0, &message.0).map_err(self.sql())
    }

    /// Returns a message with so many messages of its room before and behind it, by time.
    ///
    /// # Errors
    ///
    /// [`ArchiveError::NoMessage`] if the archive does not have the message.
    pub fn context(
        &self,
        room: RoomId,
        message: &MessageId,
        before: u32,
        behind: u32,
    ) -> Result<Vec<ArchivedMessage>> {
        let transaction = self.begin()?;
        let middle = self.require(&transaction, room, message)?;
        let side = |compare: &str, order: &str, count: u32| {
            let select = format!(
                "SELECT {COLUMNS} WHERE m.room_id = ?1 AND (m.send_time, m.place) {compare}
                 (SELECT send_time, place FROM messages WHERE id = ?2)
                 ORDER BY m.send_time {order}, m.place {order} LIMIT ?3"
            );
            list(&transaction, &select, params![room.0, middle.id, count])
        };
        let mut messages = side("<", "DESC", before).map_err(self.sql())?;
        messages.reverse();
        let after = side(">", "ASC", behind).map_err(self.sql())?;
        messages.push(middle);
        messages.extend(after);
        Ok(messages)
    }

    /// Returns the texts of a message before its edits and its deletion, oldest first.
    ///
    /// # Errors
    ///
    /// [`ArchiveError::NoMessage`] if the archive does not have the message.
    pub fn revisions(&self, room: RoomId, message: &MessageId) -> Result<Vec<Revision>> {
        let transaction = self.begin()?;
        let message = self.require(&transaction, room, message)?;
        let select = "SELECT cause = 'deletion', update_time, replaced_at, body, plain
            FROM revisions WHERE id = ?1 ORDER BY revision_id";
        let read = |row: &Row<'_>| {
            Ok(Revision {
                deleted: row.get(0)?,
                update_time: UnixTime(row.get(1)?),
                replaced_at: UnixTime(row.get(2)?),
                body: row.get(3)?,
                plain: row.get(4)?,
            })
        };
        let read = || {
            let mut statement = transaction.prepare_cached(select)?;
            statement.query_map([message.id], read)?.collect::<SqlResult<_>>()
        };
        read().map_err(self.sql())
    }

    /// Returns a message with the messages that it answers and those that answer it, in all rooms of
    /// the archive: at most 1,000 in either direction.
    ///
    /// # Errors
    ///
    /// [`ArchiveError::NoMessage`] if the archive does not have the message.
    pub fn reply_chain(&self, room: RoomId, message: &MessageId) -> Result<ReplyChain> {
        let transaction = self.begin()?;
        let message = self.require(&transaction, room, message)?;
        let mut seen = BTreeSet::from([message.id]);
        let answered = answered(&transaction, &message, &mut seen).map_err(self.sql())?;
        let answers = answers(&transaction, &message, &mut seen).map_err(self.sql())?;
        Ok(ReplyChain { answered, message, answers })
    }

    /// Returns messages of others that mention the archive's account and that it has not answered,
    /// newest first.
    ///
    /// A message counts as answered if the account later replied to it, mentioned its author in the
    /// same room, or wrote anything in a direct chat. `[toall]` mentions no account by itself.
    ///
    /// # Errors
    ///
    /// The archive cannot be read.
    pub fn unanswered_mentions(
        &self,
        since: Option<UnixTime>,
        limit: u32,
    ) -> Result<Vec<ArchivedMessage>> {
        let transaction = self.begin()?;
        let mentions = Mentions::new(&transaction, self.account().0);
        mentions.unanswered(since, limit).map_err(self.sql())
    }

    fn require(
        &self,
        connection: &Connection,
        room: RoomId,
        message: &MessageId,
    ) -> Result<ArchivedMessage> {
        let found = find(connection, room.0, &message.0).map_err(self.sql())?;
        found.ok_or_else(|| ArchiveError::NoMessage { room: room.0, message: message.0.clone() })
    }
}

/// Reads a message by its row.
pub(crate) fn by_row(connection: &Connection, id: i64) -> SqlResult<ArchivedMessage> {
    let select = format!("SELECT {COLUMNS} WHERE m.id = ?1");
    connection.prepare_cached(&select)?.query_row([id], read)
}

fn find(connection: &Connection, room: i64, message: &str) -> SqlResult<Option<ArchivedMessage>> {
    let select = format!("SELECT {COLUMNS} WHERE m.room_id = ?1 AND m.message_id = ?2");
    connection.prepare_cached(&select)?.query_row(params![room, message], read).optional()
}

fn list(
    connection: &Connection,
    select: &str,
    values: impl rusqlite::Params,
) -> SqlResult<Vec<ArchivedMessage>> {
    connection.prepare_cached(select)?.query_map(values, read)?.collect()
}

fn read(row: &Row<'_>) -> SqlResult<ArchivedMessage> {
    let status: String = row.get(6)?;
    Ok(ArchivedMessage {
        room_id: RoomId(row.get(0)?),
        message_id: MessageId(row.get(1)?),
        account_id: AccountId(row.get(2)?),
        sender: row.get(3)?,
        send_time: UnixTime(row.get(4)?),
        update_time: UnixTime(row.get(5)?),
        status: MessageStatus::of(&status),
        body: row.get(7)?,
        plain: row.get(8)?,
        revisions: row.get(9)?,
        id: row.get(10)?,
    })
}

/// Follows the replies of a message back to the first one.
fn answered(
    connection: &Connection,
    message: &ArchivedMessage,
    seen: &mut BTreeSet<i64>,
) -> SqlResult<Vec<ArchivedMessage>> {
    let select = format!(
        "SELECT {COLUMNS} JOIN relations x ON x.room_id = m.room_id AND x.target = m.message_id
         WHERE x.id = ?1 AND x.kind = 'reply' ORDER BY x.rowid LIMIT 1"
    );
    let (mut chain, mut at) = (VecDeque::new(), message.id);
    while chain.len() < MOST {
        let next = connection.prepare_cached(&select)?.query_row([at], read).optional()?;
        // People can write any id: a circle is possible.
        let Some(next) = next.filter(|next| seen.insert(next.id)) else { break };
        at = next.id;
        chain.push_front(next);
    }
    Ok(chain.into())
}

/// Finds the messages that answer a message, and those that answer them.
fn answers(
    connection: &Connection,
    message: &ArchivedMessage,
    seen: &mut BTreeSet<i64>,
) -> SqlResult<Vec<ArchivedMessage>> {
    let select = format!(
        "SELECT {COLUMNS} JOIN relations x ON x.id = m.id
         WHERE x.target = ?2 AND x.kind = 'reply' AND x.room_id = ?1
         ORDER BY m.send_time, m.place LIMIT ?3"
    );
    let mut open = VecDeque::from([(message.room_id.0, message.message_id.0.clone())]);
    let mut found: Vec<ArchivedMessage> = Vec::new();
    while let Some((room, id)) = open.pop_front() {
        let more = list(connection, &select, params![room, id, MOST as i64])?;
        for answer in more.into_iter().filter(|it| seen.insert(it.id)).collect::<Vec<_>>() {
            if found.len() < MOST {
                open.push_back((answer.room_id.0, answer.message_id.0.clone()));
                found.push(answer);
            }
        }
    }
    found.sort_by_key(|answer| answer.send_time);
    Ok(found)
}

impl fmt::Debug for ArchivedMessage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ArchivedMessage")
            .field("room_id", &self.room_id)
            .field("message_id", &self.message_id)
            .field("account_id", &self.account_id)
            .field("send_time", &self.send_time)
            .field("status", &self.status)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Revision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Revision")
            .field("deleted", &self.deleted)
            .field("replaced_at", &self.replaced_at)
            .finish_non_exhaustive()
    }
}
