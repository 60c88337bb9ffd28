//! A copy of an archive.

use std::path::Path;

use crate::error::{ArchiveError, Result};
use crate::store::{Reader, private_file};

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
    pub fn backup(&self, path: impl AsRef<Path>) -> Result<()> {
        let path = path.as_ref();
        private_file(path)?;
        let copy = || {
            // VACUUM INTO needs a path in UTF-8.
            let name = path.to_str().ok_or_else(|| ArchiveError::File {
                path: path.to_owned(),
                source: std::io::Error::other("the path is not valid UTF-8"),
            })?;
            // The flag refuses the statement, although it writes to another file only.
            let statements = "PRAGMA query_only = OFF";
            self.connection.execute_batch(statements).map_err(self.sql())?;
            let copied = self.connection.execute("VACUUM INTO ?1", [name]);
            let statements = "PRAGMA query_only = ON";
            self.connection.execute_batch(statements).map_err(self.sql())?;
            copied.map(|_| ()).map_err(self.sql())
        };
        copy().inspect_err(|_| {
            // The first error matters to the caller; this one does not.
            let _ = std::fs::remove_file(path);
        })
    }
}
