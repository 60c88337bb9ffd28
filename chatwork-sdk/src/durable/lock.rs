//! Advisory locks of files.

use std::fs::File;
#[cfg(any(feature = "limits", feature = "oauth"))]
use std::fs::OpenOptions;
use std::io;
use std::path::Path;

use fs4::{FileExt, TryLockError};

#[cfg(any(feature = "limits", feature = "oauth"))]
use super::private;

/// Locks a lock file, which is created if it does not exist. Returns `None` if another holder has
/// it. Dropping the file releases the lock.
#[cfg(feature = "oauth")]
pub(crate) fn try_lock_file(path: &Path) -> io::Result<Option<File>> {
    try_lock_opened(path, || open_lock_file(path))
}

/// Opens a lock file, which is created if it does not exist.
#[cfg(any(feature = "limits", feature = "oauth"))]
pub(crate) fn open_lock_file(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    undeletable(private(&mut options)).open(path)
}

/// Opens the file at a path and locks it. Returns `None` if another holder has it.
pub(crate) fn try_lock_opened(
    path: &Path,
    mut open: impl FnMut() -> io::Result<File>,
) -> io::Result<Option<File>> {
    loop {
        let file = open()?;
        match try_lock(&file)? {
            false => return Ok(None),
            true if is_at(&file, path)? => return Ok(Some(file)),
            // The file was removed or replaced before it was locked. Lock the one that is there.
            true => {}
        }
    }
}

/// Locks a file if it exists. Returns `None` if another holder has it, and `Some(None)` if it does
/// not exist.
///
/// Only on Unix: on Windows a locked file cannot be read.
#[cfg(all(unix, feature = "oauth"))]
pub(crate) fn try_lock_existing(path: &Path) -> io::Result<Option<Option<File>>> {
    let locked = try_lock_opened(path, || {
        // Locks of NFS need a file that is open for writing.
        let opened = OpenOptions::new().read(true).write(true).open(path);
        opened.or_else(|_| File::open(path))
    });
    match locked {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Some(None)),
        locked => Ok(locked?.map(Some)),
    }
}

#[cfg(all(not(unix), feature = "oauth"))]
pub(crate) fn try_lock_existing(_: &Path) -> io::Result<Option<Option<File>>> {
    Ok(Some(None))
}

/// Locks an open file. Returns `false` if another holder has it.
pub(crate) fn try_lock(file: &File) -> io::Result<bool> {
    match FileExt::try_lock(file) {
        Ok(()) => Ok(true),
        Err(TryLockError::WouldBlock) => Ok(false),
        Err(TryLockError::Error(error)) => Err(error),
    }
}

/// Returns `true` if the path still names this file.
#[cfg(unix)]
pub(crate) fn is_at(file: &File, path: &Path) -> io::Result<bool> {
    use std::os::unix::fs::MetadataExt;
    let open = file.metadata()?;
    match std::fs::metadata(path) {
        Ok(named) => Ok((open.dev(), open.ino()) == (named.dev(), named.ino())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

/// Other systems do not remove a file that is open as `open_lock_file` opens it.
#[cfg(not(unix))]
pub(crate) fn is_at(_: &File, _: &Path) -> io::Result<bool> {
    Ok(true)
}

/// On Windows, no program can remove the file while it is open.
#[cfg(all(windows, any(feature = "limits", feature = "oauth")))]
fn undeletable(options: &mut OpenOptions) -> &mut OpenOptions {
    use std::os::windows::fs::OpenOptionsExt;
    const FILE_SHARE_READ: u32 = 1;
    const FILE_SHARE_WRITE: u32 = 2;
    options.share_mode(FILE_SHARE_READ | FILE_SHARE_WRITE)
}

#[cfg(all(not(windows), any(feature = "limits", feature = "oauth")))]
fn undeletable(options: &mut OpenOptions) -> &mut OpenOptions {
    options
}

#[cfg(all(test, unix, feature = "oauth"))]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_lock_file_that_was_replaced_before_it_was_locked_is_not_the_lock() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lock");
        let first = File::create(&path).unwrap();
        assert!(is_at(&first, &path).unwrap());
        fs::remove_file(&path).unwrap();
        assert!(!is_at(&first, &path).unwrap());
        let _second = File::create(&path).unwrap();
        assert!(!is_at(&first, &path).unwrap());
    }

    #[test]
    fn a_locked_file_is_locked_for_every_other_handle() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lock");
        let lock = try_lock_file(&path).unwrap();
        assert!(lock.is_some() && try_lock_file(&path).unwrap().is_none());
        assert!(try_lock_existing(&path).unwrap().is_none());
        drop(lock);
        assert!(try_lock_existing(&path).unwrap().unwrap().is_some());
    }

    #[test]
    fn a_file_that_does_not_exist_needs_no_lock() {
        let folder = tempfile::tempdir().unwrap();
        assert!(try_lock_existing(&folder.path().join("none")).unwrap().unwrap().is_none());
    }
}
