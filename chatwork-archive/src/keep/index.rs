//! The rows of the search index.

use rusqlite::{Connection, Result, params};

use crate::text::{fold, index_words};

/// Adds a plain text. `row` is the id of a message, or minus that of a revision. An empty text has
/// an empty row, so that every text has one.
pub(crate) fn add_to_index(connection: &Connection, row: i64, plain: &str) -> Result<()> {
    let mut words = String::new();
    index_words(&fold(plain), &mut words);
    let insert = "INSERT INTO search_index (rowid, pairs) VALUES (?1, ?2)";
    connection.prepare_cached(insert)?.execute(params![row, words])?;
    Ok(())
}

/// Removes a text. The words themselves stay in the file until the index is optimised.
pub(crate) fn remove_from_index(connection: &Connection, row: i64) -> Result<()> {
    connection.prepare_cached("DELETE FROM search_index WHERE rowid = ?1")?.execute([row])?;
    Ok(())
}
