//! One writer at a time.

use std::fs::{File, OpenOptions};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use crate::error::{ArchiveError, Result};

/// The lock of the writer, kept until it is dropped. The operating system releases it when the
/// process ends, however it ends.
#[derive(Debug)]
pub(super) struct WriterLock {
    _file: File,
}

impl WriterLock {
    /// Takes the lock of an archive, or says which process has it.
    pub(super) fn acquire(archive: &Path) -> Result<Self> {
        let path = beside(archive, "lock");
        let failed = |error| ArchiveError::file(&path)(error);
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&path).map_err(failed)?;
        match fs4::FileExt::try_lock(&file) {
            Ok(()) => {}
            Err(fs4::TryLockError::WouldBlock) => {
                return Err(ArchiveError::Locked { pid: pid(&mut file) });
            }
            Err(fs4::TryLockError::Error(error)) => return Err(failed(error)),
        }
        file.set_len(0).map_err(failed)?;
        file.seek(SeekFrom::Start(0)).map_err(failed)?;
        file.write_all(std::process::id().to_string().as_bytes()).map_err(failed)?;
        Ok(Self { _file: file })
    }
}

/// Reads who has the lock. On Windows, a locked file cannot be read.
fn pid(file: &mut File) -> Option<u32> {
    let mut text = String::new();
    Read::by_ref(file).take(16).read_to_string(&mut text).ok()?;
    text.parse().ok()
}

/// Returns the path of a file beside the archive: `me.chatwork` has `me.chatwork.lock`.
pub(super) fn beside(archive: &Path, suffix: &str) -> PathBuf {
    let mut name = archive.as_os_str().to_owned();
    name.push(".");
    name.push(suffix);
    PathBuf::from(name)
}
