//! An archive that is open for reading.

use std::fmt;
use std::path::{Path, PathBuf};

use chatwork_sdk::AccountId;
use rusqlite::{Connection, Transaction};

use super::connection::{self, begin_read, canonical, version};
use super::migrate::STEPS;
use super::open::{account, files_folder};
use crate::error::{ArchiveError, Result};

/// How many steps of SQLite's machine lie between two questions whether to stop: well below a
/// millisecond.
const STEPS_BETWEEN: i32 = 100;

/// An archive that is open for reading. It is never blocked by the writer, and does not block it.
///
/// Searches, conversations, status and exports are its methods. A reader may be sent to another
/// thread. Each method reads one state of the archive.
pub struct Reader {
    pub(crate) connection: Connection,
    path: PathBuf,
    account: AccountId,
}

impl Reader {
    /// Opens an archive for reading.
    ///
    /// # Errors
    ///
    /// [`ArchiveError::NotFound`], [`ArchiveError::NotAnArchive`], [`ArchiveError::Newer`],
    /// [`ArchiveError::Older`] or [`ArchiveError::Damaged`].
    pub fn open(path: impl AsRef<Path>) -> Result<Self> {
        let path = canonical(path.as_ref());
        let missing = || ArchiveError::NotFound { path: path.clone() };
        if !path.exists() {
            return Err(missing());
        }
        let connection = connection::reader(&path)?;
        let (found, supported) = (version(&connection, &path)?, STEPS.len());
        let supported = i64::try_from(supported).unwrap_or(i64::MAX);
        match found {
            0 => return Err(missing()),
            _ if found > supported => return Err(ArchiveError::Newer { found, supported }),
            _ if found < supported => return Err(ArchiveError::Older { found, supported }),
            _ => {}
        }
        let account = account(&connection, &path)?.ok_or_else(missing)?;
        Ok(Self { connection, path, account })
    }

    /// Ends each query with an error as soon as the function returns `true`. It is asked often, from
    /// the thread of the query. A program that no longer waits for an answer saves the work.
    ///
    /// ```no_run
    /// use std::sync::Arc;
    /// use std::sync::atomic::{AtomicBool, Ordering};
    ///
    /// use chatwork_archive::{Reader, Search};
    ///
    /// # fn main() -> chatwork_archive::Result<()> {
    /// let is_over = Arc::new(AtomicBool::new(false));
    /// let seen = Arc::clone(&is_over);
    /// let reader = Reader::open("me.chatwork")?.stopping(move || seen.load(Ordering::Relaxed))?;
    /// // Another thread may set `is_over` now.
    /// let page = reader.search(&Search::new("会議"))?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// The archive cannot be read.
    pub fn stopping(self, is_over: impl FnMut() -> bool + Send + 'static) -> Result<Self> {
        let set = self.connection.progress_handler(STEPS_BETWEEN, Some(is_over));
        set.map_err(self.sql())?;
        Ok(self)
    }

    /// Returns the account that the archive belongs to.
    pub fn account(&self) -> AccountId {
        self.account
    }

    /// Returns the path of the file, without symbolic links.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Returns the folder of the archive's files.
    pub fn files_folder(&self) -> PathBuf {
        files_folder(&self.path)
    }

    /// Begins to read one state of the archive.
    pub(crate) fn begin(&self) -> Result<Transaction<'_>> {
        begin_read(&self.connection, &self.path)
    }

    /// Returns what names the errors of SQLite.
    pub(crate) fn sql(&self) -> impl Fn(rusqlite::Error) -> ArchiveError {
        ArchiveError::sqlite(&self.path)
    }
}

impl fmt::Debug for Reader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reader")
            .field("path", &self.path)
            .field("account", &self.account)
            .finish_non_exhaustive()
    }
}
