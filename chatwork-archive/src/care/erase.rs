//! Getting rid of the content of what was removed: pages, the write-ahead log, files, copies.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OptionalExtension, Result as SqlResult};

use super::ForgetReport;
use crate::error::{ArchiveError, Result};
use crate::files::{content_path, file_of_part};
use crate::store::{Archive, BUSY, remove_part, whole_of};

/// The value of the setting `erasing` when the database is written anew, and the log, files or copies
/// are still to be removed. Any other value: the database is to be written anew.
const REWRITTEN: &str = "2";

/// The value of the setting `erasing` while an import copies files: only files are to be removed.
const FILES: &str = "3";

/// How long to wait for programs that read: a search ends within this time. One that reads for longer
/// is not waited for, since other writers wait meanwhile.
const READERS: Duration = Duration::from_secs(1);

/// What is left to do until nothing is left of what was removed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rest {
    /// Everything: the database, its log, files and copies.
    Database,
    /// The write-ahead log, files and copies.
    Log,
    /// Files that an import copied, and that no row names.
    Files,
}

/// Notes that the file is to be written anew: rows with texts were removed.
pub(crate) fn note_erasing(connection: &Connection) -> SqlResult<()> {
    let erasing = "INSERT OR REPLACE INTO settings VALUES ('erasing', '1')";
    connection.execute(erasing, []).map(drop)
}

/// Notes that files without rows may be there: an import copies them before its rows are committed.
pub(crate) fn note_copying(connection: &Connection) -> SqlResult<()> {
    let erasing = "INSERT OR IGNORE INTO settings VALUES ('erasing', ?1)";
    connection.execute(erasing, [FILES]).map(drop)
}

impl Archive {
    /// Writes the file anew without what was removed, empties the write-ahead log, and removes files
    /// that no row names. Returns whether that is done: `false` if another program still reads an
    /// earlier state, or a file could not be removed.
    ///
    /// # Errors
    ///
    /// The archive cannot be written to.
    pub fn finish_forgetting(&self) -> Result<bool> {
        let mut report = ForgetReport::default();
        self.erase(&mut report)?;
        Ok(!report.is_pending)
    }

    /// Does what is still to do. The note of it goes last: whatever ends the process in between, the
    /// next start goes on.
    pub(super) fn erase(&self, report: &mut ForgetReport) -> Result<()> {
        self.sweep(report)?;
        let Some(rest) = self.rest()? else {
            report.is_pending = !report.files_left.is_empty();
            return Ok(());
        };
        let sql = ArchiveError::sqlite(self.path());
        if rest == Rest::Files {
            report.is_pending = !report.files_left.is_empty();
            if report.is_pending {
                return Ok(());
            }
            let delete = "DELETE FROM settings WHERE name = 'erasing' AND value = ?1";
            return self
                .with_writer(|writer| writer.connection.execute(delete, [FILES]).map(drop))
                .map_err(sql);
        }
        // A file that cannot be removed for weeks must not have the database written anew each time.
        if rest == Rest::Database {
            self.with_writer(|writer| rewrite(&writer.connection)).map_err(&sql)?;
        }
        let emptied = self.with_writer(|writer| truncate(&writer.connection)).map_err(&sql)?;
        self.remove_copies(report)?;
        report.is_pending = !emptied || !report.files_left.is_empty();
        if report.is_pending {
            return Ok(());
        }
        self.with_writer(|writer| {
            // Something else may have been forgotten meanwhile: its note stays.
            let delete = "DELETE FROM settings WHERE name = 'erasing' AND value = ?1";
            writer.connection.execute(delete, [REWRITTEN])?;
            // The log holds no more than this. A reader may keep it from being emptied.
            truncate(&writer.connection).map(|_| ())
        })
        .map_err(&sql)
    }

    /// Goes on with what an earlier process could not finish, and removes the files that it was
    /// writing. Only at the start, when no file is being fetched.
    pub(crate) fn resume_erasing(&self) -> Result<()> {
        for path in entries(&self.files_folder()).unwrap_or_default() {
            // One that cannot be removed now is removed by the next start, or by `forget`.
            if is_part(&path) && fs::remove_file(&path).is_err() {
                tracing::debug!("a part of a file cannot be removed");
            }
        }
        match self.rest()? {
            Some(_) => self.erase_or_leave(),
            None => Ok(()),
        }
    }

    /// Does what is still to do, or leaves it to the next start.
    pub(crate) fn erase_or_leave(&self) -> Result<()> {
        match self.finish_forgetting() {
            // An archive without room to be written anew can still be used. `status` says what is
            // left to do.
            Err(ArchiveError::DiskFull | ArchiveError::Busy) => Ok(()),
            result => result.map(|_| ()),
        }
    }

    /// Returns what is left to do, by the note of it.
    fn rest(&self) -> Result<Option<Rest>> {
        let sql = ArchiveError::sqlite(self.path());
        self.with_writer(|writer| {
            let select = "SELECT value FROM settings WHERE name = 'erasing'";
            let mut statement = writer.connection.prepare_cached(select)?;
            let value: Option<String> = statement.query_row([], |row| row.get(0)).optional()?;
            Ok(value.map(|value| match value.as_str() {
                REWRITTEN => Rest::Log,
                FILES => Rest::Files,
                _ => Rest::Database,
            }))
        })
        .map_err(sql)
    }

    /// Removes stored content that no row names, and what is written of files that no row names: the
    /// rows were removed, or a process ended between a file and its row.
    ///
    /// Holds the writer meanwhile: a fetch puts a file in its place and writes its row under the same
    /// lock.
    pub(crate) fn sweep(&self, report: &mut ForgetReport) -> Result<()> {
        let folder = self.files_folder();
        let sql = ArchiveError::sqlite(self.path());
        self.with_writer(|writer| {
            for path in contents(&folder)? {
                if is_stray(&writer.connection, &folder, &path).map_err(&sql)? {
                    report.files += u64::from(remove(path, report));
                }
            }
            Ok(())
        })
    }

    /// Removes the copies that migrations made beside the archive, and what killed processes left of
    /// backups and pages whose names begin with that of the archive: they have the text, too.
    fn remove_copies(&self, report: &mut ForgetReport) -> Result<()> {
        let (Some(folder), Some(name)) = (self.path().parent(), self.path().file_name()) else {
            return Ok(());
        };
        let folder = if folder.as_os_str().is_empty() { ".".as_ref() } else { folder };
        let own = format!("{}.", name.to_string_lossy());
        let prefix = format!("{}.before-v", name.to_string_lossy());
        for path in entries(folder)? {
            let found = name_of(&path);
            if whole_of(&found).is_some_and(|it| it.starts_with(&own)) {
                if !remove_part(&path) {
                    report.files_left.push(path);
                }
            } else if found.starts_with(&prefix) {
                remove(path, report);
            }
        }
        Ok(())
    }
}

/// Returns what is in a folder; nothing if there is no folder.
fn entries(folder: &Path) -> Result<Vec<PathBuf>> {
    let failed = |error| ArchiveError::file(folder)(error);
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(failed(error)),
    };
    entries.map(|entry| entry.map(|it| it.path()).map_err(failed)).collect()
}

/// Returns what is in a folder of files, and in the folders in it.
pub(super) fn contents(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut paths = Vec::new();
    for path in entries(folder)? {
        if path.is_dir() {
            paths.extend(entries(&path)?);
        } else {
            paths.push(path);
        }
    }
    Ok(paths)
}

fn name_of(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

fn is_part(path: &Path) -> bool {
    path.extension().is_some_and(|it| it == "part")
}

/// Returns whether a file in the folder of files is of the archive, and no row names it. Files of
/// other programs are left alone.
pub(super) fn is_stray(connection: &Connection, folder: &Path, path: &Path) -> SqlResult<bool> {
    let name = name_of(path);
    if is_part(path) {
        let Some((room, file)) = file_of_part(&name) else { return Ok(true) };
        let select = "SELECT 1 FROM files WHERE room_id = ?1 AND file_id = ?2";
        return connection.prepare_cached(select)?.exists([room, file]).map(|used| !used);
    }
    if content_path(folder, &name).as_deref() != Some(path) {
        return Ok(false);
    }
    let select = "SELECT 1 FROM files WHERE sha256 = ?1";
    connection.prepare_cached(select)?.exists([name]).map(|used| !used)
}

/// Removes a file, and returns whether there was one. One that cannot be removed is listed.
fn remove(path: PathBuf, report: &mut ForgetReport) -> bool {
    match fs::remove_file(&path) {
        Ok(()) => true,
        Err(error) if error.kind() == ErrorKind::NotFound => false,
        Err(_) => {
            report.files_left.push(path);
            false
        }
    }
}

/// Writes the file anew, and notes that this is done.
///
/// Deleting alone leaves the words of the index in the file: only `optimize` removes them, and only
/// VACUUM the pages. Both go through the write-ahead log, which keeps the old pages until no reader
/// needs them.
fn rewrite(connection: &Connection) -> SqlResult<()> {
    let optimize = "INSERT INTO search_index (search_index) VALUES ('optimize')";
    connection.execute_batch(&format!("{optimize}; VACUUM"))?;
    let note = "UPDATE settings SET value = ?1 WHERE name = 'erasing'";
    connection.execute(note, [REWRITTEN]).map(|_| ())
}

/// Empties the write-ahead log, and returns whether it is empty.
fn truncate(connection: &Connection) -> SqlResult<bool> {
    connection.busy_timeout(READERS)?;
    let checkpoint = "PRAGMA wal_checkpoint(TRUNCATE)";
    let busy = connection.query_row(checkpoint, [], |row| row.get::<_, i64>(0)).optional();
    connection.busy_timeout(BUSY)?;
    Ok(busy? == Some(0))
}
