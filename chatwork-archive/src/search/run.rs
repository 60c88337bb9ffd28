//! Running a search.

use chatwork_sdk::{AccountId, MessageId, RoomId, UnixTime};
use rusqlite::types::Value;
use rusqlite::{Connection, Result as SqlResult, params_from_iter};

use super::cursor::{Cursor, Key};
use super::filter::Filter;
use super::{Hit, HitText, MessageStatus, Page, Search, SearchOrder};
use crate::error::Result;
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
        let transaction = self.begin()?;
        let mut filter = Filter::new(self, search)?;
        if let Some(cursor) = &search.cursor {
            let order = order(search, &filter);
            add_cursor(&mut filter, order, cursor.key_of(search)?);
        }
        let mut keys = keys(&transaction, search, &filter).map_err(self.sql())?;
        let more = keys.len() > search.limit;
        keys.truncate(search.limit);
        let hits = keys.iter().map(|key| hit(&transaction, *key, &filter.words));
        let hits = hits.collect::<SqlResult<_>>().map_err(self.sql())?;
        let next = keys.last().filter(|_| more).map(|key| Cursor::new(search, *key));
        Ok(Page { hits, next })
    }
}

/// Returns the order of a search. Without words there is no rank.
fn order(search: &Search, filter: &Filter) -> SearchOrder {
    match search.order {
        SearchOrder::Rank if filter.matching.is_none() => SearchOrder::Newest,
        order => order,
    }
}

/// Leaves out the hits up to that of the cursor.
fn add_cursor(filter: &mut Filter, order: SearchOrder, key: Key) {
    let values = [key.first, key.place, key.row].map(Value::from);
    match order {
        SearchOrder::Newest => filter.add("(m.send_time, m.place, t.row) < (?, ?, ?)", values),
        SearchOrder::Oldest => filter.add("(m.send_time, m.place, t.row) > (?, ?, ?)", values),
        SearchOrder::Rank => {
            let rank = f64::from_bits(key.first.cast_unsigned());
            let row = Value::from(key.row);
            filter.add("(t.rank, t.row) > (?, ?)", [Value::from(rank), row]);
        }
    }
}

/// Finds the places of the hits of a page, and of one more.
fn keys(connection: &Connection, search: &Search, filter: &Filter) -> SqlResult<Vec<Key>> {
    let order = order(search, filter);
    let ranked = order == SearchOrder::Rank;
    let (first, order) = match order {
        SearchOrder::Rank => ("t.rank", "t.rank, t.row"),
        SearchOrder::Oldest => ("m.send_time", "m.send_time, m.place, t.row"),
        SearchOrder::Newest => ("m.send_time", "m.send_time DESC, m.place DESC, t.row DESC"),
    };
    let sql = format!(
        "SELECT {first}, m.place, t.row FROM {} WHERE true {} ORDER BY {order} LIMIT ?",
        texts(search, filter, ranked),
        filter.sql(),
    );
    let expression = filter.matching.as_ref().or(filter.not_matching.as_ref());
    let limit = i64::try_from(search.limit.saturating_add(1)).unwrap_or(i64::MAX);
    let values = expression.cloned().map(Value::from).into_iter();
    let values = values.chain(filter.values()).chain([Value::from(limit)]);
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(params_from_iter(values), |row| {
        let first = match ranked {
            true => row.get::<_, f64>(0)?.to_bits().cast_signed(),
            false => row.get(0)?,
        };
        Ok(Key { first, place: row.get(1)?, row: row.get(2)? })
    })?;
    rows.collect()
}

/// Returns the texts `t` that match, and their messages `m`, as tables of SQL.
///
/// `CROSS JOIN` keeps the order of the tables, and the index has all columns that filters need: the
/// texts themselves are read for the hits of the page only.
fn texts(search: &Search, filter: &Filter, ranked: bool) -> String {
    let index = "INDEXED BY messages_for_search";
    let rank = if ranked { "rank" } else { "0" };
    if filter.matching.is_some() {
        let rows = format!(
            "(SELECT rowid AS row, {rank} AS rank FROM search_index
             WHERE search_index MATCH ?) AS t"
        );
        return match search.history {
            false => format!("{rows} CROSS JOIN messages m {index} ON m.id = t.row"),
            true => format!(
                "{rows} LEFT JOIN revisions v ON t.row < 0 AND v.revision_id = -t.row
                 CROSS JOIN messages m ON m.id = coalesce(v.id, t.row)"
            ),
        };
    }
    let now = "SELECT id AS row, id FROM messages";
    let rows = match search.history {
        false => format!("{now} WHERE status <> 'deleted'"),
        true => format!("{now} UNION ALL SELECT -revision_id, id FROM revisions"),
    };
    let rows = match filter.not_matching.is_some() {
        true => format!(
            "SELECT row, id FROM ({rows}) WHERE row NOT IN
             (SELECT rowid FROM search_index WHERE search_index MATCH ?)"
        ),
        false => rows,
    };
    format!("({rows}) AS t JOIN messages m ON m.id = t.id")
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
