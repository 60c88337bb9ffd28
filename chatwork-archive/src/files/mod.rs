//! Files, fetched on request and stored once by content.

mod content;
mod fetch;
mod queue;

use chatwork_sdk::{Error, FileId, RoomId};

pub(crate) use content::{PartFile, content_path, file_of_part, hex};
pub use fetch::FileReport;

/// Which files [`Archive::fetch_files`](crate::Archive::fetch_files) fetches.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum FilePolicy {
    /// None. Their names stay known.
    #[default]
    None,
    /// Those that were uploaded since the rooms were listed before the first call with this policy.
    New,
    /// All that the archive knows of.
    All,
}

/// Which files to fetch, and how large they may be.
#[derive(Clone, Copy, Debug)]
#[must_use]
pub struct FetchOptions {
    pub(crate) policy: FilePolicy,
    pub(crate) largest: u64,
    pub(crate) most: Option<u64>,
}

impl FetchOptions {
    /// Returns options for a policy, with files of at most 100 MB.
    pub fn new(policy: FilePolicy) -> Self {
        Self { policy, largest: 100 * 1024 * 1024, most: None }
    }

    /// Sets the largest size in bytes. A larger file is noted as `too_large`, and is fetched by a
    /// later call that allows it.
    pub fn largest(mut self, bytes: u64) -> Self {
        self.largest = bytes;
        self
    }

    /// Sets how many files a call fetches at most. A file costs one request of the rate limit.
    pub fn most(mut self, files: u64) -> Self {
        self.most = Some(files);
        self
    }
}

/// A file that could not be fetched. It is tried again by a later call.
#[derive(Debug)]
#[non_exhaustive]
pub struct FileFailure {
    /// The room.
    pub room_id: RoomId,
    /// The file.
    pub file_id: FileId,
    /// Why, in words. Holds no name and no content.
    pub reason: String,
    /// The error of the request.
    pub error: Error,
}
