//! Hits by the index: all matches, put in order.

use rusqlite::types::Value;
use rusqlite::{Connection, Result, params_from_iter};

use super::cursor::Key;
use super::filter::{Conditions, Filter};
use super::{Search, SearchOrder};

/// Finds the places of the hits of a page, and of one more.
pub(super) fn keys(
    connection: &Connection,
    (search, filter): (&Search, &Filter),
    order: SearchOrder,
    behind: Option<Key>,
) -> Result<Vec<Key>> {
    let ranked = order == SearchOrder::Rank;
    let at = behind.map_or_else(Conditions::default, |key| cursor(order, key));
    let (first, order) = match order {
        SearchOrder::Rank => ("t.rank", "t.rank, t.row"),
        SearchOrder::Oldest => ("m.send_time", "m.send_time, m.place, t.row"),
        SearchOrder::Newest => ("m.send_time", "m.send_time DESC, m.place DESC, t.row DESC"),
    };
    let (matching, not_matching) = (filter.texts.matching(), filter.texts.not_matching());
    let tables = match matching {
        Some(_) => matches(search.history, ranked),
        None => all_texts(search.history, not_matching.is_some()),
    };
    let conditions = [&filter.message, &filter.time, &at];
    let sql = format!(
        "SELECT {first}, m.place, t.row FROM {tables} WHERE {} ORDER BY {order} LIMIT ?",
        conditions.map(Conditions::sql).join(" AND "),
    );
    let limit = i64::try_from(search.limit.saturating_add(1)).unwrap_or(i64::MAX);
    let values = matching.or(not_matching).map(Value::from).into_iter();
    let values = values.chain(conditions.into_iter().flat_map(Conditions::values));
    let values = values.chain([Value::from(limit)]);
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(params_from_iter(values), |row| {
        let first = match ranked {
            true => row.get::<_, f64>(0)?.to_bits().cast_signed(),
            false => row.get(0)?,
        };
        Ok(Key { first, place: row.get(1)?, row: row.get(2)?, ranked })
    })?;
    rows.collect()
}

/// Returns whether fewer texts than this are in the index with the words of a search.
pub(super) fn is_rarer(connection: &Connection, filter: &Filter, than: usize) -> Result<bool> {
    let Some(matching) = filter.texts.matching() else { return Ok(false) };
    let select = "SELECT count(*) FROM (SELECT 1 FROM search_index
        WHERE search_index MATCH ?1 LIMIT ?2)";
    let than = i64::try_from(than).unwrap_or(i64::MAX);
    let mut statement = connection.prepare_cached(select)?;
    let count: i64 = statement.query_row((matching, than), |row| row.get(0))?;
    Ok(count < than)
}

/// Leaves out the hits up to that of the cursor.
fn cursor(order: SearchOrder, key: Key) -> Conditions {
    let mut at = Conditions::default();
    let values = [key.first, key.place, key.row].map(Value::from);
    match order {
        SearchOrder::Newest => at.add("(m.send_time, m.place, t.row) < (?, ?, ?)", values),
        SearchOrder::Oldest => at.add("(m.send_time, m.place, t.row) > (?, ?, ?)", values),
        SearchOrder::Rank => {
            let rank = f64::from_bits(key.first.cast_unsigned());
            let row = Value::from(key.row);
            at.add("(t.rank, t.row) > (?, ?)", [Value::from(rank), row]);
        }
    }
    at
}

/// Returns the texts `t` that match, and their messages `m`, as tables of SQL.
///
/// `CROSS JOIN` keeps the order of the tables, and the index has all columns that filters need: the
/// texts themselves are read for the hits of the page only.
fn matches(history: bool, ranked: bool) -> String {
    let rank = if ranked { "rank" } else { "0" };
    let rows = format!(
        "(SELECT rowid AS row, {rank} AS rank FROM search_index
         WHERE search_index MATCH ?) AS t"
    );
    match history {
        false => {
            format!("{rows} CROSS JOIN messages m INDEXED BY messages_for_search ON m.id = t.row")
        }
        true => format!(
            "{rows} LEFT JOIN revisions v ON t.row < 0 AND v.revision_id = -t.row
             CROSS JOIN messages m ON m.id = coalesce(v.id, t.row)"
        ),
    }
}

/// Returns all texts `t`, or those that do not match, and their messages `m`.
fn all_texts(history: bool, not_matching: bool) -> String {
    let now = "SELECT id AS row, id FROM messages";
    let rows = match history {
        false => now.to_owned(),
        true => format!("{now} UNION ALL SELECT -revision_id, id FROM revisions"),
    };
    let rows = match not_matching {
        true => format!(
            "SELECT row, id FROM ({rows}) WHERE row NOT IN
             (SELECT rowid FROM search_index WHERE search_index MATCH ?)"
        ),
        false => rows,
    };
    format!("({rows}) AS t JOIN messages m ON m.id = t.id")
}
