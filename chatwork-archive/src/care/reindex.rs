//! The search index, made again.

use crate::error::{ArchiveError, Result};
use crate::keep::add_to_index;
use crate::store::Archive;

/// How many texts are indexed in one transaction.
const BATCH: usize = 2_000;

impl Archive {
    /// Makes the search index again from the texts, and returns how many it has.
    ///
    /// If the program is stopped meanwhile, searches miss texts until this was run again:
    /// [`Reader::verify`](crate::Reader::verify) says so.
    ///
    /// # Errors
    ///
    /// The archive cannot be written to.
    pub fn reindex(&self) -> Result<u64> {
        let sql = ArchiveError::sqlite(self.path());
        self.write(|transaction, _| {
            let delete = "INSERT INTO search_index (search_index) VALUES ('delete-all')";
            transaction.execute(delete, []).map(|_| ()).map_err(&sql)
        })?;
        let now = "SELECT id, plain FROM messages WHERE id > ?1 ORDER BY id LIMIT ?2";
        let before = "SELECT -revision_id, plain FROM revisions WHERE revision_id > ?1
            ORDER BY revision_id LIMIT ?2";
        let mut count = 0;
        for select in [now, before] {
            let mut last = 0;
            loop {
                let rows = self.index_batch(select, last)?;
                let Some(row) = rows.last() else { break };
                last = row.abs();
                count += u64::try_from(rows.len()).unwrap_or(u64::MAX);
            }
        }
        Ok(count)
    }

    fn index_batch(&self, select: &str, last: i64) -> Result<Vec<i64>> {
        let sql = ArchiveError::sqlite(self.path());
        self.write(|transaction, _| {
            let work = || {
                let mut statement = transaction.prepare_cached(select)?;
                let limit = i64::try_from(BATCH).unwrap_or(i64::MAX);
                let mut rows = statement.query([last, limit])?;
                let mut indexed = Vec::new();
                while let Some(row) = rows.next()? {
                    let (id, plain): (i64, String) = (row.get(0)?, row.get(1)?);
                    add_to_index(transaction, id, &plain)?;
                    indexed.push(id);
                }
                rusqlite::Result::Ok(indexed)
            };
            work().map_err(&sql)
        })
    }
}
