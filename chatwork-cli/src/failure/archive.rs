//! Failures of the archive.

use chatwork_archive::ArchiveError;

use super::{Failure, exit};
use crate::words;

impl From<ArchiveError> for Failure {
    fn from(error: ArchiveError) -> Self {
        match error {
            ArchiveError::Api(error) => error.into(),
            ArchiveError::NotFound { path } => {
                let message = words::ARCHIVE_NONE.fill(&[("path", &path.display())]);
                Self::new("no_archive", message).hinted(words::ARCHIVE_NONE_HINT)
            }
            ArchiveError::Exists { path } => {
                let message = words::FILE_EXISTS.fill(&[("path", &path.display())]);
                Self::new("file", message)
            }
            ArchiveError::File { path, source } => super::file(&path, &source),
            ArchiveError::Locked { .. } | ArchiveError::Busy => {
                Self::new("archive_locked", words::ARCHIVE_LOCKED.text())
                    .hinted(words::ARCHIVE_LOCKED_HINT)
            }
            ArchiveError::OtherAccount { .. } => {
                Self::new("archive_account", words::ARCHIVE_ACCOUNT.text())
                    .hinted(words::ARCHIVE_ACCOUNT_HINT)
            }
            // They say what to do, in English.
            error @ ArchiveError::Query(_) => {
                Self::new("usage", words::OTHER_FAILURE.fill(&[("reason", &error)]))
                    .exit(exit::USAGE)
            }
            error => Self::new("archive", words::ARCHIVE_FAILED.fill(&[("reason", &error)])),
        }
    }
}
