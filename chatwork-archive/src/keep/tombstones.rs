//! What was removed on purpose, and is not to be stored again.

use std::collections::{HashMap, HashSet};

use rusqlite::{Connection, Result};

/// All tombstones of an archive.
#[derive(Debug, Default)]
pub(crate) struct Tombstones {
    rooms: HashSet<i64>,
    accounts: HashSet<i64>,
    messages: HashSet<(i64, String)>,
    /// Messages that were sent before this time, by room; `None` for all rooms.
    before: HashMap<Option<i64>, i64>,
}

impl Tombstones {
    pub(crate) fn read(connection: &Connection) -> Result<Self> {
        let select = "SELECT room_id, account_id, message_id, before FROM tombstones";
        let mut statement = connection.prepare_cached(select)?;
        let mut rows = statement.query([])?;
        let mut all = Self::default();
        while let Some(row) = rows.next()? {
            let (room, account): (Option<i64>, Option<i64>) = (row.get(0)?, row.get(1)?);
            let (message, before): (Option<String>, Option<i64>) = (row.get(2)?, row.get(3)?);
            match (room, account, message, before) {
                (_, Some(account), ..) => drop(all.accounts.insert(account)),
                (Some(room), _, Some(message), _) => drop(all.messages.insert((room, message))),
                (room, _, _, Some(before)) => {
                    let known = all.before.entry(room).or_insert(before);
                    *known = before.max(*known);
                }
                (Some(room), ..) => drop(all.rooms.insert(room)),
                (None, ..) => {}
            }
        }
        Ok(all)
    }

    /// Returns whether nothing of a room is to be stored.
    pub(crate) fn has_room(&self, room: i64) -> bool {
        self.rooms.contains(&room)
    }

    /// Returns whether nothing of an account is to be stored.
    pub(crate) fn has_account(&self, account: i64) -> bool {
        self.accounts.contains(&account)
    }

    /// Returns the time before which nothing of a room is to be stored.
    pub(crate) fn before(&self, room: i64) -> Option<i64> {
        self.before.get(&None).copied().max(self.before.get(&Some(room)).copied())
    }

    /// Returns whether what was sent at this time is too old to be stored.
    pub(crate) fn is_too_old(&self, room: i64, sent: i64) -> bool {
        self.before(room).is_some_and(|before| sent < before)
    }

    /// Returns whether a message is not to be stored.
    pub(crate) fn has_message(&self, room: i64, message: &str, account: i64, sent: i64) -> bool {
        self.has_room(room)
            || self.has_account(account)
            || self.is_too_old(room, sent)
            // Most archives have none: no string is made for the question then.
            || !self.messages.is_empty() && self.messages.contains(&(room, message.to_owned()))
    }
}
