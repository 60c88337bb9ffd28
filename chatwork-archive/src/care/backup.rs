//! A copy of an archive.

use std::path::Path;

use crate::error::{ArchiveError, Result};
use crate::store::{Reader, copy_to};

impl Reader {
    /// Copies the archive to a new file, which only its owner may read. The copy has one state of
    /// the archive, and is as small as possible. It may be made while the archive is written to.
    ///
    /// The folder of files is not copied: its files never change, so any program may copy them.
    ///
    /// # Errors
    ///
    /// [`ArchiveError::Exists`] if there is a file at this path. After any other error there is
    /// none.
    ///
    /// A process that is killed meanwhile leaves `PATH.NUMBER.part` with what it has written. The next
    /// backup to the same path removes it, so make one at a time.
    pub fn backup(&self, path: impl AsRef<Path>) -> Result<()> {
        let path = path.as_ref();
        if path.symlink_metadata().is_ok() {
            return Err(ArchiveError::Exists { path: path.to_owned() });
        }
        // The flag refuses the statement, although it writes to another file only.
        self.connection.execute_batch("PRAGMA query_only = OFF").map_err(self.sql())?;
        let copied = copy_to(&self.connection, self.path(), path);
        self.connection.execute_batch("PRAGMA query_only = ON").map_err(self.sql())?;
        copied
    }
}
