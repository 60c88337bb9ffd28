//! Running a search.

use chatwork_sdk::{AccountId, MessageId, RoomId, UnixTime};
use rusqlite::{Connection, Result as SqlResult};

use super::cursor::{Cursor, Key};
use super::filter::Filter;
use super::plan::{Found, Plan};
use super::{Hit, HitText, MessageStatus, Page, Search, SearchOrder};
use crate::error::{ArchiveError, Result};
use crate::store::Reader;
use crate::text::Snippet;

impl Reader {
    /// Finds messages. Returns a page of hits.
    ///
    /// # Errors
    ///
    /// - [`ArchiveError::Query`](crate::ArchiveError::Query) if the text cannot be understood, with
    ///   the place.
    /// - [`ArchiveError::Cursor`](crate::ArchiveError::Cursor) if the cursor is of another search.
    ///
    /// ```no_run
    /// use chatwork_archive::{Reader, Search};
    ///
    /// # fn main() -> chatwork_archive::Result<()> {
    /// let reader = Reader::open("me.chatwork")?;
    /// let page = reader.search(&Search::new("会議 after:2026-04"))?;
    /// for hit in &page.hits {
    ///     println!("{}: {}", hit.sender, hit.snippet.marked("[", "]"));
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn search(&self, search: &Search) -> Result<Page> {
        let (page, found) = self.search_by(search, &Plan::default())?;
        tracing::debug!(way = ?found.way, scanned = found.scanned, "searched");
        Ok(page)
    }

    /// Finds messages by a plan. Returns how they were found, too.
    pub(super) fn search_by(&self, search: &Search, plan: &Plan) -> Result<(Page, Found)> {
        let transaction = self.begin()?;
        let filter = Filter::new(self, search)?;
        let behind = search.cursor.as_ref().map(|cursor| cursor.key_of(search)).transpose()?;
        let order = self.order(&transaction, (search, &filter), plan, behind)?;
        if behind.is_some_and(|key| key.ranked != (order == SearchOrder::Rank)) {
            return Err(ArchiveError::Cursor);
        }
        let found = plan.find(&transaction, (search, &filter), order, behind);
        let mut found = found.map_err(self.sql())?;
        let more = found.keys.len() > search.limit;
        found.keys.truncate(search.limit);
        let hits = found.keys.iter().map(|key| hit(&transaction, *key, &filter.words));
        let hits = hits.collect::<SqlResult<_>>().map_err(self.sql())?;
        let behind: Vec<_> = found.keys.iter().map(|key| Cursor::new(search, *key)).collect();
        let next = behind.last().filter(|_| more).cloned();
        Ok((Page { hits, next, order, behind }, found))
    }

    /// Returns the order of a search. By rank it is that of the first page.
    fn order(
        &self,
        connection: &Connection,
        (search, filter): (&Search, &Filter),
        plan: &Plan,
        behind: Option<Key>,
    ) -> Result<SearchOrder> {
        if search.order != SearchOrder::Rank {
            return Ok(search.order);
        }
        let ranked = match behind {
            _ if !filter.texts.has_words() => false,
            Some(key) => key.ranked,
            None => !plan.is_too_common(connection, filter).map_err(self.sql())?,
        };
        Ok(if ranked { SearchOrder::Rank } else { SearchOrder::Newest })
    }
}

/// Reads a hit.
fn hit(connection: &Connection, key: Key, words: &[String]) -> SqlResult<Hit> {
    let columns = "m.room_id, r.name, m.message_id, m.account_id, a.name, m.send_time, m.status";
    let names = "JOIN rooms r USING (room_id) JOIN accounts a ON a.account_id = m.account_id";
    let select = match key.row > 0 {
        true => format!("SELECT {columns}, m.plain FROM messages m {names} WHERE m.id = ?1"),
        false => format!(
            "SELECT {columns}, v.plain FROM revisions v JOIN messages m USING (id) {names}
             WHERE v.revision_id = -?1"
        ),
    };
    connection.prepare_cached(&select)?.query_row([key.row], |row| {
        let (status, plain): (String, String) = (row.get(6)?, row.get(7)?);
        Ok(Hit {
            room_id: RoomId(row.get(0)?),
            room: row.get(1)?,
            message_id: MessageId(row.get(2)?),
            account_id: AccountId(row.get(3)?),
            sender: row.get(4)?,
            send_time: UnixTime(row.get(5)?),
            status: MessageStatus::of(&status),
            text: match key.row > 0 {
                true => HitText::Latest,
                false => HitText::Revision(key.row.saturating_neg()),
            },
            snippet: Snippet::of(&plain, words),
        })
    })
}
