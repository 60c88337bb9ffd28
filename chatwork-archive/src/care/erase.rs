//! Getting rid of the content of what was removed: pages, the write-ahead log, files, copies.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OptionalExtension, Result as SqlResult};

use super::ForgetReport;
use crate::error::{ArchiveError, Result};
use crate::files::{content_path, file_of_part};
use crate::store::Archive;

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
        let sql = ArchiveError::sqlite(self.path());
        self.sweep(report)?;
        if !self.is_erasing()? {
            return Ok(());
        }
        let erased = self.with_writer(|writer| erase(&writer.connection)).map_err(&sql)?;
        report.is_pending = !erased || !report.files_left.is_empty();
        if report.is_pending {
            return Ok(());
        }
        self.remove_copies()?;
        self.with_writer(|writer| {
            let delete = "DELETE FROM settings WHERE name = 'erasing'";
            writer.connection.execute(delete, [])?;
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
        match self.is_erasing()? {
            true => self.finish_forgetting().map(|_| ()),
            false => Ok(()),
        }
    }

    fn is_erasing(&self) -> Result<bool> {
        let sql = ArchiveError::sqlite(self.path());
        self.with_writer(|writer| {
            let select = "SELECT 1 FROM settings WHERE name = 'erasing'";
            writer.connection.prepare(select)?.exists([])
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
            for path in entries(&folder)? {
                let paths = if path.is_dir() { entries(&path)? } else { vec![path] };
                for path in paths {
                    if is_stray(&writer.connection, &folder, &path).map_err(&sql)? {
                        remove(path, report);
                    }
                }
            }
            Ok(())
        })
    }

    /// Removes the copies that migrations made beside the archive: they have the text, too.
    fn remove_copies(&self) -> Result<()> {
        let (Some(folder), Some(name)) = (self.path().parent(), self.path().file_name()) else {
            return Ok(());
        };
        let folder = if folder.as_os_str().is_empty() { ".".as_ref() } else { folder };
        let prefix = format!("{}.before-v", name.to_string_lossy());
        for path in entries(folder)? {
            if name_of(&path).starts_with(&prefix) {
                fs::remove_file(&path).map_err(ArchiveError::file(&path))?;
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

fn name_of(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

fn is_part(path: &Path) -> bool {
    path.extension().is_some_and(|it| it == "part")
}

/// Returns whether a file in the folder of files is of the archive, and no row names it. Files of
/// other programs are left alone.
fn is_stray(connection: &Connection, folder: &Path, path: &Path) -> SqlResult<bool> {
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

fn remove(path: PathBuf, report: &mut ForgetReport) {
    match fs::remove_file(&path) {
        Ok(()) => report.files += 1,
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        Err(_) => report.files_left.push(path),
    }
}

/// Writes the file anew, and returns whether the old content is gone.
///
/// Deleting alone leaves the words of the index in the file: only `optimize` removes them, and only
/// VACUUM the pages. Both go through the write-ahead log, which keeps the old pages until no reader
/// needs them.
fn erase(connection: &Connection) -> SqlResult<bool> {
    let optimize = "INSERT INTO search_index (search_index) VALUES ('optimize')";
    connection.execute_batch(&format!("{optimize}; VACUUM"))?;
    truncate(connection)
}

/// Empties the write-ahead log, and returns whether it is empty.
fn truncate(connection: &Connection) -> SqlResult<bool> {
    let busy: Option<i64> =
        connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0)).optional()?;
    Ok(busy == Some(0))
}
