//! Hits by going through the messages in the order of time.

use rusqlite::types::Value;
use rusqlite::{Connection, Result, params_from_iter};

use super::cursor::Key;
use super::filter::{Conditions, Filter};
use super::{Search, SearchOrder};

/// The time and the place of messages in the order.
type Moment = (i64, i64);

/// A way through the messages, newest or oldest first. It ends when a page, and one hit more, is
/// found.
pub(super) struct Walk<'a> {
    connection: &'a Connection,
    search: &'a Search,
    filter: &'a Filter,
    newest: bool,
    /// Everything up to this text was looked at.
    position: Option<Key>,
    found: Vec<Key>,
    /// How many messages were looked at.
    scanned: usize,
    is_over: bool,
}

impl<'a> Walk<'a> {
    /// Begins behind a text.
    pub(super) fn new(
        connection: &'a Connection,
        (search, filter): (&'a Search, &'a Filter),
        order: SearchOrder,
        behind: Option<Key>,
    ) -> Self {
        let newest = order != SearchOrder::Oldest;
        let (position, found) = (behind, Vec::new());
        Self { connection, search, filter, newest, position, found, scanned: 0, is_over: false }
    }

    /// Returns whether all is found that a page needs.
    pub(super) fn is_done(&self) -> bool {
        self.is_over || self.found.len() > self.search.limit
    }

    pub(super) fn found(&self) -> usize {
        self.found.len()
    }

    pub(super) fn into_found(self) -> (Vec<Key>, usize) {
        (self.found, self.scanned)
    }

    /// Looks at so many more messages, and at the rest of those of the same time and place.
    pub(super) fn go(&mut self, messages: usize) -> Result<()> {
        let (connection, (sql, values)) = (self.connection, self.statement());
        let mut statement = connection.prepare_cached(&sql)?;
        let mut rows = statement.query(params_from_iter(values))?;
        let (mut left, mut moment, mut ids) = (messages, None, Vec::new());
        while let Some(row) = rows.next()? {
            let here: Moment = (row.get(0)?, row.get(1)?);
            if moment.is_some_and(|moment| moment != here) {
                self.look_at(moment, &mut ids)?;
                if self.is_done() || left == 0 {
                    return Ok(());
                }
            }
            moment = Some(here);
            left = left.saturating_sub(1);
            self.scanned += 1;
            if row.get(3)? {
                ids.push(row.get(2)?);
            }
        }
        self.look_at(moment, &mut ids)?;
        self.is_over = true;
        Ok(())
    }

    /// Returns the statement for the messages from the position on, each with whether the filter lets
    /// it through. Both indices have the order, so none is sorted.
    fn statement(&self) -> (String, Vec<Value>) {
        let (compare, order) = if self.newest { ("<=", "DESC") } else { (">=", "ASC") };
        let mut at: Conditions = self.filter.time.clone();
        let index = match self.filter.room {
            Some(room) => {
                at.add("m.room_id = ?", [Value::from(room)]);
                "messages_by_time"
            }
            None => "messages_in_order",
        };
        if let Some(Key { first, place, .. }) = self.position {
            let condition = format!("(m.send_time, m.place) {compare} (?, ?)");
            at.add(&condition, [first, place].map(Value::from));
        }
        let message = &self.filter.message;
        let sql = format!(
            "SELECT m.send_time, m.place, m.id, coalesce(({}), 0)
             FROM messages m INDEXED BY {index} WHERE {}
             ORDER BY m.send_time {order}, m.place {order}, m.id {order}",
            message.sql(),
            at.sql(),
        );
        (sql, message.values().chain(at.values()).collect())
    }

    /// Looks at the texts of messages of the same time and place, until a page is full.
    fn look_at(&mut self, moment: Option<Moment>, ids: &mut Vec<i64>) -> Result<()> {
        let Some(moment) = moment else { return Ok(()) };
        for row in self.texts(ids)? {
            let key = Key::in_time(moment, row);
            if self.is_ahead(&key) && self.admits(row)? {
                self.found.push(key);
                if self.is_done() {
                    return Ok(());
                }
            }
        }
        let last = if self.newest { i64::MIN } else { i64::MAX };
        self.position = Some(Key::in_time(moment, last));
        Ok(())
    }

    /// Returns the texts of messages in their order, as rows of the index.
    fn texts(&self, ids: &mut Vec<i64>) -> Result<Vec<i64>> {
        let mut texts = std::mem::take(ids);
        if self.search.history {
            let select = "SELECT -revision_id FROM revisions WHERE id = ?1";
            let mut statement = self.connection.prepare_cached(select)?;
            for id in texts.clone() {
                for row in statement.query_map([id], |row| row.get(0))? {
                    texts.push(row?);
                }
            }
        }
        texts.sort_unstable();
        if self.newest {
            texts.reverse();
        }
        Ok(texts)
    }

    fn is_ahead(&self, key: &Key) -> bool {
        self.position.is_none_or(|position| match self.newest {
            true => key.order() < position.order(),
            false => key.order() > position.order(),
        })
    }

    fn admits(&self, row: i64) -> Result<bool> {
        let texts = &self.filter.texts;
        if texts.is_empty() {
            return Ok(true);
        }
        let select = match row > 0 {
            true => "SELECT plain FROM messages WHERE id = ?1",
            false => "SELECT plain FROM revisions WHERE revision_id = -?1",
        };
        let mut statement = self.connection.prepare_cached(select)?;
        statement.query_row([row], |row| Ok(texts.admit(row.get_ref(0)?.as_str()?)))
    }
}
