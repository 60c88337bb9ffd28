//! Mentions that were not answered.

use std::collections::HashMap;

use chatwork_sdk::UnixTime;
use rusqlite::{Connection, OptionalExtension, Result, Row, params};

use crate::conversation::{ArchivedMessage, by_row};

/// The order of messages of a room: the time, and the place within the second.
type Order = (i64, i64);

/// A message that mentions the account.
struct Mention {
    id: i64,
    room: i64,
    account: i64,
    message: String,
    order: Order,
    direct: bool,
}

/// Finds mentions of an account.
pub(crate) struct Mentions<'c> {
    connection: &'c Connection,
    me: i64,
    /// When the account last wrote to another one in a room, or to a direct chat (0). The latest
    /// message answers all mentions before it, so each is looked up once.
    answered: HashMap<(i64, i64), Option<Order>>,
}

impl<'c> Mentions<'c> {
    pub(crate) fn new(connection: &'c Connection, me: i64) -> Self {
        Self { connection, me, answered: HashMap::new() }
    }

    /// Returns the newest mentions without an answer. Older ones are not looked at.
    pub(crate) fn unanswered(
        mut self,
        since: Option<UnixTime>,
        limit: u32,
    ) -> Result<Vec<ArchivedMessage>> {
        let select = "SELECT m.id, m.room_id, m.account_id, m.message_id, m.send_time, m.place,
            r.type = 'direct' FROM messages m JOIN rooms r USING (room_id)
            WHERE m.status = 'present' AND m.account_id <> ?1 AND m.send_time >= ?2
            AND m.id IN (SELECT x.id FROM relations x
              WHERE x.account_id = ?1 AND x.kind IN ('to', 'reply'))
            ORDER BY m.send_time DESC, m.place DESC, m.id DESC";
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let since = since.map_or(i64::MIN, |since| since.0);
        let mut statement = self.connection.prepare_cached(select)?;
        let mut rows = statement.query(params![self.me, since])?;
        let mut found = Vec::new();
        while found.len() < limit {
            let Some(row) = rows.next()? else { break };
            let mention = Mention::read(row)?;
            if !self.is_answered(&mention)? {
                found.push(by_row(self.connection, mention.id)?);
            }
        }
        Ok(found)
    }

    fn is_answered(&mut self, mention: &Mention) -> Result<bool> {
        let to = if mention.direct { 0 } else { mention.account };
        let latest = match self.answered.get(&(mention.room, to)) {
            Some(latest) => *latest,
            None => {
                let latest = self.latest(mention)?;
                self.answered.insert((mention.room, to), latest);
                latest
            }
        };
        Ok(latest > Some(mention.order) || self.is_replied_to(mention)?)
    }

    /// Returns when the account last wrote what answers everything before it.
    fn latest(&self, mention: &Mention) -> Result<Option<Order>> {
        let select = "SELECT mine.send_time, mine.place FROM messages mine
            WHERE mine.account_id = ?1 AND mine.room_id = ?2 AND mine.status = 'present'
            AND (?3 OR EXISTS (SELECT 1 FROM relations y WHERE y.id = mine.id
              AND y.kind IN ('to', 'reply') AND y.account_id = ?4))
            ORDER BY mine.send_time DESC, mine.place DESC LIMIT 1";
        let values = params![self.me, mention.room, mention.direct, mention.account];
        let read = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?));
        self.connection.prepare_cached(select)?.query_row(values, read).optional()
    }

    /// Returns whether a reply of the account names the message itself, from any room.
    fn is_replied_to(&self, mention: &Mention) -> Result<bool> {
        let select = "SELECT 1 FROM relations y JOIN messages mine ON mine.id = y.id
            WHERE y.kind = 'reply' AND y.target = ?1 AND y.room_id = ?2
            AND mine.account_id = ?3 AND mine.status = 'present'";
        let values = params![mention.message, mention.room, self.me];
        self.connection.prepare_cached(select)?.exists(values)
    }
}

impl Mention {
    fn read(row: &Row<'_>) -> Result<Self> {
        Ok(Self {
            id: row.get(0)?,
            room: row.get(1)?,
            account: row.get(2)?,
            message: row.get(3)?,
            order: (row.get(4)?, row.get(5)?),
            direct: row.get(6)?,
        })
    }
}
