//! The versions of the schema.

use std::path::Path;

use rusqlite::{Connection, TransactionBehavior};

use super::APPLICATION_ID;
use super::connection::version;
use super::copy::copy_to;
use super::lock::beside;
use crate::error::{ArchiveError, Result};

/// The steps to the newest schema: the first makes version 1 of an empty file. A step is never
/// changed after a release; a change of the schema is a new step, in a file of its own, and a new
/// fixture in `tests/fixtures/`.
pub(super) const STEPS: &[&str] = &[
    include_str!("../../schema/0001.sql"),
    include_str!("../../schema/0002.sql"),
    include_str!("../../schema/0003.sql"),
];

/// Brings an archive to the newest version, and returns whether anything was to be done. An archive
/// that has an older version is copied first, to `….before-v2` beside it.
pub(super) fn migrate(connection: &mut Connection, path: &Path, steps: &[&str]) -> Result<bool> {
    let newest = i64::try_from(steps.len()).unwrap_or(i64::MAX);
    let found = version(connection, path)?;
    if found > newest {
        return Err(ArchiveError::Newer { found, supported: newest });
    }
    if found == newest {
        return Ok(false);
    }
    if found > 0 {
        // A copy of an interrupted migration is replaced.
        copy_to(connection, path, &beside(path, &format!("before-v{newest}")))?;
    }
    let sql = ArchiveError::sqlite(path);
    let transaction =
        connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(&sql)?;
    for step in steps.iter().skip(usize::try_from(found).unwrap_or_default()) {
        transaction.execute_batch(step).map_err(&sql)?;
    }
    transaction.pragma_update(None, "application_id", APPLICATION_ID).map_err(&sql)?;
    transaction.pragma_update(None, "user_version", newest).map_err(&sql)?;
    transaction.commit().map_err(&sql)?;
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIRST: &str = "CREATE TABLE notes (text TEXT) STRICT;";
    const SECOND: &str = "ALTER TABLE notes ADD COLUMN at INTEGER;";

    fn database() -> (tempfile::TempDir, std::path::PathBuf, Connection) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.db");
        let connection = Connection::open(&path).unwrap();
        (folder, path, connection)
    }

    #[test]
    fn an_older_archive_is_copied_before_it_changes() {
        let (_folder, path, mut connection) = database();
        assert!(migrate(&mut connection, &path, &[FIRST]).unwrap());
        connection.execute("INSERT INTO notes VALUES ('kept')", []).unwrap();
        assert!(migrate(&mut connection, &path, &[FIRST, SECOND]).unwrap());
        assert_eq!(version(&connection, &path).unwrap(), 2);
        let copy = Connection::open(beside(&path, "before-v2")).unwrap();
        assert_eq!(version(&copy, &path).unwrap(), 1);
        let text: String = copy.query_row("SELECT text FROM notes", [], |it| it.get(0)).unwrap();
        assert_eq!(text, "kept");
    }

    #[test]
    fn a_step_that_fails_changes_nothing() {
        let (_folder, path, mut connection) = database();
        migrate(&mut connection, &path, &[FIRST]).unwrap();
        let failing = "CREATE TABLE more (x TEXT); SELECT no_such_function();";
        assert!(migrate(&mut connection, &path, &[FIRST, failing]).is_err());
        assert_eq!(version(&connection, &path).unwrap(), 1);
        let tables = "SELECT count(*) FROM sqlite_schema WHERE name = 'more'";
        let count: i64 = connection.query_row(tables, [], |it| it.get(0)).unwrap();
        assert_eq!(count, 0);
        assert!(migrate(&mut connection, &path, &[FIRST, SECOND]).unwrap());
    }

    #[test]
    fn the_newest_version_is_left_alone() {
        let (_folder, path, mut connection) = database();
        migrate(&mut connection, &path, &[FIRST]).unwrap();
        assert!(!migrate(&mut connection, &path, &[FIRST]).unwrap());
    }

    #[test]
    fn a_later_version_is_refused() {
        let (_folder, path, mut connection) = database();
        migrate(&mut connection, &path, &[FIRST, SECOND]).unwrap();
        let error = migrate(&mut connection, &path, &[FIRST]).unwrap_err();
        assert!(matches!(error, ArchiveError::Newer { found: 2, supported: 1 }));
    }

    #[test]
    fn a_database_of_another_program_is_refused() {
        let (_folder, path, mut connection) = database();
        connection.execute_batch("CREATE TABLE theirs (x)").unwrap();
        let error = migrate(&mut connection, &path, &[FIRST]).unwrap_err();
        assert!(matches!(error, ArchiveError::NotAnArchive { .. }));
    }
}
