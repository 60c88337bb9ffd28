//! The log of runs.

use rusqlite::{Connection, Result, params};

use super::Changes;

/// What kind of program wrote to the archive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RunKind {
    Sync,
    Follow,
}

impl RunKind {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Sync => "sync",
            Self::Follow => "follow",
        }
    }
}

/// Begins a run, and returns its id.
pub(crate) fn begin_run(connection: &Connection, kind: RunKind, at: i64) -> Result<i64> {
    let insert = "INSERT INTO runs (kind, started) VALUES (?1, ?2)";
    connection.execute(insert, params![kind.as_str(), at])?;
    Ok(connection.last_insert_rowid())
}

/// Writes how far a run is. `ended` is `None` while it goes on.
pub(crate) fn end_run(
    connection: &Connection,
    run: i64,
    (listed, looked): (u64, u64),
    changes: Changes,
    ended: Option<i64>,
    error: Option<&str>,
) -> Result<()> {
    let update = "UPDATE runs SET ended = ?2, rooms_listed = ?3, rooms_looked = ?4, created = ?5,
        edited = ?6, deleted = ?7, vanished = ?8, gaps = ?9, error = ?10 WHERE run_id = ?1";
    let Changes { created, edited, deleted, vanished, gaps } = changes;
    let count = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
    connection.prepare_cached(update)?.execute(params![
        run,
        ended,
        count(listed),
        count(looked),
        count(created),
        count(edited),
        count(deleted),
        count(vanished),
        count(gaps),
        error,
    ])?;
    Ok(())
}
