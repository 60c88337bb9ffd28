//! The search index, made again.

use rusqlite::{Connection, Result as SqlResult};

use crate::error::{ArchiveError, Result};
use crate::keep::add_to_index;
use crate::store::Archive;

impl Archive {
    /// Makes the search index again from the texts, and returns how many it has.
    ///
    /// In one transaction: searches find what they found before until it is done, and other writers of
    /// this program wait.
    ///
    /// # Errors
    ///
    /// The archive cannot be written to. Then the index is as it was.
    pub fn reindex(&self) -> Result<u64> {
        let sql = ArchiveError::sqlite(self.path());
        self.write(|transaction, _| {
            let delete = "INSERT INTO search_index (search_index) VALUES ('delete-all')";
            transaction.execute(delete, []).map_err(&sql)?;
            fill_index(transaction).map_err(&sql)
        })
    }
}

/// Adds all texts to an empty index, and returns how many there are.
///
/// By ascending row: FTS5 writes out what it has gathered whenever a row is lower than the one before.
pub(crate) fn fill_index(connection: &Connection) -> SqlResult<u64> {
    let before = "SELECT -revision_id, plain FROM revisions ORDER BY revision_id DESC";
    let now = "SELECT id, plain FROM messages ORDER BY id";
    let mut count = 0;
    for select in [before, now] {
        let mut statement = connection.prepare(select)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            add_to_index(connection, row.get(0)?, &row.get::<_, String>(1)?)?;
            count += 1;
        }
    }
    Ok(count)
}
