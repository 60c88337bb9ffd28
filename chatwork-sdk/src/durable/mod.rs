//! Files that survive a power failure, and locks between processes.

mod lock;

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

#[cfg(feature = "limits")]
pub(crate) use lock::open_lock_file;
#[cfg(feature = "watch")]
pub(crate) use lock::try_lock_opened;
#[cfg(any(feature = "limits", feature = "watch"))]
pub(crate) use lock::{is_at, try_lock};
#[cfg(feature = "oauth")]
pub(crate) use lock::{try_lock_existing, try_lock_file};

/// The most symbolic links that are followed, as in Linux.
#[cfg(feature = "oauth")]
const MOST_LINKS: usize = 40;

/// Lets only the owner read a file that is created.
#[cfg(unix)]
pub(crate) fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    use std::os::unix::fs::OpenOptionsExt;
    options.mode(0o600)
}

#[cfg(not(unix))]
pub(crate) fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    options
}

/// Syncs the folder of a file. Without this call, a power failure can undo a renaming.
#[cfg(unix)]
pub(crate) fn sync_folder(path: &Path) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
}

#[cfg(not(unix))]
pub(crate) fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}

/// Returns the path with a suffix.
pub(crate) fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = OsString::from(path.as_os_str());
    name.push(suffix);
    name.into()
}

/// Creates a file in place of an older one, for its owner only, and syncs it. Returns it open.
pub(crate) fn create_synced(path: &Path, bytes: &[u8]) -> io::Result<File> {
    remove(path)?;
    let mut options = OpenOptions::new();
    options.read(true).append(true).create_new(true);
    let mut file = private(&mut options).open(path)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    Ok(file)
}

/// Removes a file. It is no error if there is none.
pub(crate) fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Follows symbolic links to the file that they name. That file need not exist yet.
#[cfg(feature = "oauth")]
pub(crate) fn follow_links(path: &Path) -> io::Result<PathBuf> {
    let mut path = path.to_owned();
    for _ in 0..MOST_LINKS {
        match fs::canonicalize(&path) {
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            result => return result,
        }
        match fs::read_link(&path) {
            // A relative target starts at the folder of the link.
            Ok(target) => path = path.parent().unwrap_or(Path::new("")).join(target),
            Err(_) => return Ok(path),
        }
    }
    Err(io::Error::other("too many symbolic links"))
}
