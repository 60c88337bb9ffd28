//! A small file that is read and written under a lock.

use std::fmt;
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::{Duration, Instant};

use fs4::FileExt;

use crate::durable::{is_at, open_lock_file, private, try_lock};
use crate::policy::STATE_VERSION;

/// How long to wait for the lock. Its holder needs some microseconds.
const PATIENCE: Duration = Duration::from_secs(1);
/// The delay between two attempts to lock.
const PAUSE: Duration = Duration::from_millis(1);

/// There is no folder that this program can write.
#[derive(Debug)]
pub(crate) enum NoFolder {
    /// The environment names no home.
    NoHome,
    /// The folder or a file in it cannot be created.
    CannotCreate(io::Error),
}

impl fmt::Display for NoFolder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoHome => f.write_str("no folder for shared limits: the environment has no home"),
            Self::CannotCreate(error) => write!(f, "no folder for shared limits: {error}"),
        }
    }
}

impl std::error::Error for NoFolder {}

/// A file and its lock.
#[derive(Debug)]
pub(super) struct LockedFile {
    path: PathBuf,
    lock_path: PathBuf,
    lock: File,
}

impl LockedFile {
    /// Opens the lock of a file, and makes its folder if need be.
    pub(super) fn new(folder: &Path, name: &str, kind: &str) -> Result<Self, NoFolder> {
        make_folder(folder)
            .map_err(|error| NoFolder::CannotCreate(failed("create", folder, error)))?;
        let path = folder.join(format!("{name}.v{STATE_VERSION}.{kind}"));
        let lock_path = path.with_extension(format!("{kind}.lock"));
        let lock = open_lock_file(&lock_path)
            .map_err(|error| NoFolder::CannotCreate(failed("create", &lock_path, error)))?;
        Ok(Self { path, lock_path, lock })
    }

    /// Locks the file, or fails after a second.
    pub(super) fn lock(&mut self) -> io::Result<OpenFile<'_>> {
        let until = Instant::now() + PATIENCE;
        loop {
            match try_lock(&self.lock).map_err(|error| failed("lock", &self.lock_path, error))? {
                // The lock file is never removed by us. If somebody else has removed it, a lock of
                // the removed file locks nothing.
                true if is_at(&self.lock, &self.lock_path).unwrap_or(false) => break,
                true => {
                    let folder = self.lock_path.parent().unwrap_or(Path::new("."));
                    make_folder(folder).map_err(|error| failed("create", folder, error))?;
                    let opened = open_lock_file(&self.lock_path);
                    self.lock = opened.map_err(|error| failed("open", &self.lock_path, error))?;
                }
                false if Instant::now() < until => sleep(PAUSE),
                false => {
                    let path = self.lock_path.display();
                    let what = format!("another program has kept {path} locked for a second");
                    return Err(io::Error::new(ErrorKind::TimedOut, what));
                }
            }
        }
        Ok(OpenFile { path: &self.path, _unlock: Unlock(&self.lock) })
    }
}

/// A file that is locked until this is dropped.
pub(super) struct OpenFile<'a> {
    path: &'a Path,
    _unlock: Unlock<'a>,
}

struct Unlock<'a>(&'a File);

impl Drop for Unlock<'_> {
    fn drop(&mut self) {
        let _ = FileExt::unlock(self.0);
    }
}

impl OpenFile<'_> {
    pub(super) fn path(&self) -> &Path {
        self.path
    }

    /// Returns what the file holds: nothing if it does not exist.
    pub(super) fn read(&self) -> io::Result<Vec<u8>> {
        match fs::read(self.path) {
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(Vec::new()),
            // Of another user, such as root once. The folder is this user's, so a new file replaces it.
            Err(error) if error.kind() == ErrorKind::PermissionDenied => {
                tracing::warn!(path = %self.path.display(), "cannot be read: it begins anew");
                Ok(Vec::new())
            }
            read => read.map_err(|error| failed("read", self.path, error)),
        }
    }

    /// Writes a new file in place of the one that is there: a program that is killed, or a disk that
    /// is full, leaves the old one.
    pub(super) fn write(&self, bytes: &[u8]) -> io::Result<()> {
        let mut new = self.path.as_os_str().to_owned();
        new.push(".new");
        let new = PathBuf::from(new);
        let written = write(&new, bytes).and_then(|()| fs::rename(&new, self.path));
        written.map_err(|error| failed("write", self.path, error))
    }
}

fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    private(&mut options).open(path)?.write_all(bytes)
}

/// Says what was done with which file.
fn failed(what: &str, path: &Path, error: io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("cannot {what} {}: {error}", path.display()))
}

/// Makes a folder that only its owner can read.
fn make_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        builder.mode(0o700);
    }
    builder.create(folder)
}
