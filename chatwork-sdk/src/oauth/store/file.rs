//! Tokens in a file.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use fs4::{FileExt, TryLockError};
use hmac_sha256::Hash;
use tokio::runtime::Handle;
use tokio::time::{Instant, sleep};

use super::{StoreLock, TokenStore};
use crate::oauth::{Error, Grant};
use crate::token::{TokenError, TokenFuture};

/// The delay between two attempts to lock.
const PAUSE: Duration = Duration::from_millis(25);
/// How long to wait for a lock. Its holder makes one request, which has a timeout.
const PATIENCE: Duration = Duration::from_secs(120);

/// Keeps tokens in a JSON file, which several processes of one machine may share.
///
/// The file is written under a temporary name, synced and renamed, so it is always complete. On
/// Unix only its owner can read it (0600). Beside `tokens.json` there are `tokens.json.lock`, which
/// stays, and for a moment `tokens.json.new`. A network file system may not support locks.
///
/// If a process ends between writing and renaming `tokens.json.new`, nothing is lost: the next
/// holder of the lock renames it.
///
/// ```no_run
/// # use chatwork_sdk::oauth::{App, Error, FileStore, Grant};
/// # async fn example(app: App, grant: Grant) -> Result<(), Error> {
/// let source = app.source(FileStore::new("tokens.json"));
/// source.replace(grant).await?; // after a consent; the next start reads the file
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct FileStore {
    path: PathBuf,
}

impl FileStore {
    /// Returns a store in a file. Its folder has to exist.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into() }
    }

    /// Returns a store for one of many people, in a folder that has to exist. The file name is a
    /// hash of the key, so any key is safe: a user name, a mail address, `../..`.
    pub fn for_user(folder: impl AsRef<Path>, key: impl AsRef<[u8]>) -> Self {
        let hash = Hash::hash(key.as_ref());
        let mut name: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
        name.push_str(".json");
        Self::new(folder.as_ref().join(name))
    }

    /// Returns the path of the file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Returns the path with a suffix.
    fn beside(&self, suffix: &str) -> PathBuf {
        let mut name = OsString::from(self.path.as_os_str());
        name.push(suffix);
        name.into()
    }

    /// Runs blocking work on a thread for it.
    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Self) -> Result<T, TokenError> + Send + 'static,
    ) -> Result<T, TokenError> {
        let runtime = Handle::try_current().map_err(|_| Error::Runtime)?;
        let store = self.clone();
        runtime.spawn_blocking(move || work(&store)).await?
    }

    fn read(&self) -> Result<Option<Grant>, TokenError> {
        read(&self.path).map_err(|error| self.name(error))
    }

    fn write(&self, grant: &Grant) -> Result<(), TokenError> {
        let json = serde_json::to_vec(grant)?;
        let new = self.beside(".new");
        remove(&new).map_err(|error| self.name(error))?;
        let written = write_new(&new, &json).and_then(|()| self.put_in_place(&new));
        written.map_err(|error| self.name(error))
    }

    fn put_in_place(&self, new: &Path) -> io::Result<()> {
        fs::rename(new, &self.path)?;
        sync_folder(&self.path)
    }

    /// Recovers the file that a process left when it ended: if complete, it is the newest.
    fn recover(&self) -> io::Result<()> {
        let new = self.beside(".new");
        match read(&new) {
            Ok(Some(_)) => self.put_in_place(&new),
            Ok(None) => remove(&new),
            Err(error) if error.kind() == ErrorKind::InvalidData => remove(&new),
            Err(error) => Err(error),
        }
    }

    fn open_lock(&self) -> Result<File, TokenError> {
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false);
        private(&mut options).open(self.beside(".lock")).map_err(|error| self.name(error))
    }

    async fn wait_for(&self, lock: &File) -> Result<(), TokenError> {
        let until = Instant::now() + PATIENCE;
        loop {
            match FileExt::try_lock(lock) {
                Ok(()) => return Ok(()),
                Err(TryLockError::WouldBlock) if Instant::now() < until => sleep(PAUSE).await,
                Err(TryLockError::WouldBlock) => {
                    let what = "another process has kept it locked for two minutes";
                    return Err(self.name(io::Error::new(ErrorKind::TimedOut, what)));
                }
                Err(TryLockError::Error(error)) => return Err(self.name(error)),
            }
        }
    }

    /// Adds the path to an error.
    fn name(&self, error: io::Error) -> TokenError {
        let what = format!("the token file {}: {error}", self.path.display());
        Box::new(io::Error::new(error.kind(), what))
    }
}

impl TokenStore for FileStore {
    fn load(&self) -> TokenFuture<'_, Option<Grant>> {
        Box::pin(self.run(Self::read))
    }

    fn save<'a>(&'a self, grant: &'a Grant) -> TokenFuture<'a, ()> {
        let grant = grant.clone();
        Box::pin(self.run(move |store| store.write(&grant)))
    }

    fn lock(&self) -> TokenFuture<'_, StoreLock> {
        Box::pin(async {
            let file = self.run(Self::open_lock).await?;
            // Dropping this file releases the lock.
            self.wait_for(&file).await?;
            self.run(|store| store.recover().map_err(|error| store.name(error))).await?;
            Ok(StoreLock::new(file))
        })
    }
}

/// Reads a grant, or `None` if the file does not exist or is empty.
fn read(path: &Path) -> io::Result<Option<Grant>> {
    let json = match fs::read(path) {
        Ok(json) if json.is_empty() => return Ok(None),
        Ok(json) => json,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    serde_json::from_slice(&json).map(Some).map_err(|error| {
        // The error's own text could repeat a token.
        let (line, column) = (error.line(), error.column());
        let what = format!("it is not the JSON of a grant (line {line}, column {column})");
        io::Error::new(ErrorKind::InvalidData, what)
    })
}

fn write_new(path: &Path, json: &[u8]) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    let mut file = private(&mut options).open(path)?;
    file.write_all(json)?;
    file.sync_all()
}

fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Lets only the owner read the new file.
#[cfg(unix)]
fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    use std::os::unix::fs::OpenOptionsExt;
    options.mode(0o600)
}

#[cfg(not(unix))]
fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    options
}

/// Syncs the folder: without that, a power failure can undo the renaming.
#[cfg(unix)]
fn sync_folder(path: &Path) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
}

#[cfg(not(unix))]
fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}
