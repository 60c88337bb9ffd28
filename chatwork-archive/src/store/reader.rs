//! An archive that is open for reading.

use std::fmt;
use std::path::{Path, PathBuf};

use chatwork_sdk::AccountId;
use rusqlite::{Connection, Transaction};

use super::connection::{self, begin_read, canonical, version};
use super::migrate::STEPS;
use super::open::{account, files_folder};
use crate::error::{ArchiveError, Result};

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
