//! A small file that is read and written under a lock.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::{Duration, Instant};

use fs4::FileExt;

use crate::durable::{is_at, private, try_lock};
use crate::policy::STATE_VERSION;

/// How long to wait for the lock. Its holder needs some microseconds.
const PATIENCE: Duration = Duration::from_secs(1);
/// The delay between two attempts to lock.
const PAUSE: Duration = Duration::from_millis(1);

/// The folder or the lock file cannot be made.
#[derive(Debug)]
pub(super) struct Unavailable(pub(super) io::Error);

/// A file and its lock.
#[derive(Debug)]
pub(super) struct LockedFile {
    path: PathBuf,
    lock_path: PathBuf,
    lock: File,
}

impl LockedFile {
    /// Opens the lock of a file, and makes its folder if need be.
    pub(super) fn new(folder: &Path, name: &str, kind: &str) -> Result<Self, Unavailable> {
        make_folder(folder).map_err(Unavailable)?;
        let path = folder.join(format!("{name}.v{STATE_VERSION}.{kind}"));
        let lock_path = path.with_extension(format!("{kind}.lock"));
        let lock = open(&lock_path).map_err(Unavailable)?;
        Ok(Self { path, lock_path, lock })
    }

    /// Locks the file, or fails after a second.
    pub(super) fn lock(&mut self) -> io::Result<OpenFile<'_>> {
        let until = Instant::now() + PATIENCE;
        loop {
            match try_lock(&self.lock)? {
                // The lock file is never removed by us. If somebody else has removed it, a lock of
                // the removed file locks nothing.
                true if is_at(&self.lock, &self.lock_path).unwrap_or(false) => break,
                true => {
                    let folder = self.lock_path.parent().unwrap_or(Path::new("."));
                    make_folder(folder)?;
                    self.lock = open(&self.lock_path)?;
                }
                false if Instant::now() < until => sleep(PAUSE),
                false => {
                    let path = self.lock_path.display();
                    let what = format!("another program has kept {path} locked for a second");
                    return Err(io::Error::new(ErrorKind::TimedOut, what));
                }
            }
        }
        let unlock = Unlock(&self.lock);
        let file = open(&self.path)?;
        Ok(OpenFile { file, _unlock: unlock })
    }
}

/// A file that is locked until this is dropped.
pub(super) struct OpenFile<'a> {
    file: File,
    _unlock: Unlock<'a>,
}

struct Unlock<'a>(&'a File);

impl Drop for Unlock<'_> {
    fn drop(&mut self) {
        let _ = FileExt::unlock(self.0);
    }
}

impl OpenFile<'_> {
    pub(super) fn read(&mut self) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        self.file.read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    /// Writes the file in place, in one piece. What was longer before is cut.
    pub(super) fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.file.seek(SeekFrom::Start(0))?;
        self.file.write_all(bytes)?;
        self.file.set_len(bytes.len() as u64)
    }
}

/// Opens a file for reading and writing, and makes it if need be.
fn open(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    private(&mut options).open(path)
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
