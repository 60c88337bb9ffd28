//! Tokens in a file.

mod token_file;

use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::time::Duration;

use hmac_sha256::Hash;
use tokio::runtime::Handle;
use tokio::time::{Instant, sleep};

use super::{SaveIf, SaveOutcome, StoreLock, StoredGrant, TokenStore};
use crate::oauth::{Error, Grant};
use crate::token::{TokenError, TokenFuture};
use token_file::TokenFile;

/// The delay between two attempts to lock.
const PAUSE: Duration = Duration::from_millis(25);
/// How long to wait for a lock. Its holder makes one request, which has a timeout.
const PATIENCE: Duration = Duration::from_secs(120);

/// Keeps tokens in a JSON file, which several processes of one machine may share.
///
/// The file is written under a temporary name, synced and renamed, so it is always complete. On
/// Unix only its owner can read it (0600). If the path is a symbolic link, its target is written.
/// Beside `tokens.json` there are `tokens.json.lock` and `tokens.json.save-lock`, which stay, and
/// for a moment `tokens.json.new`. A network file system may not support locks.
///
/// If a process ends between writing and renaming `tokens.json.new`, nothing is lost: the next
/// holder of the lock renames it, provided that `tokens.json` is still the file that it was to
/// replace.
///
/// Before a refresh is sent, the store writes a copy of the file, so a disk that is full or
/// read-only costs no refresh token.
///
/// **Containers**: mount a folder and not the single file. A file that is mounted by itself cannot
/// be renamed over, so it is written in place, with a complete copy in `tokens.json.new` until it is
/// synced. That copy and the locks are then in the container's own folder: if the container is
/// removed while the file is written, the tokens are lost.
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

    /// Runs blocking work on a thread for it. Dropping the future does not stop the work.
    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&TokenFile) -> io::Result<T> + Send + 'static,
    ) -> Result<T, TokenError> {
        let runtime = Handle::try_current().map_err(|_| Error::Runtime)?;
        let path = self.path.clone();
        let done = runtime.spawn_blocking(move || work(&TokenFile::at(&path)?)).await?;
        done.map_err(|error| self.name(&error))
    }

    async fn wait_for_lock(&self) -> Result<StoreLock, TokenError> {
        let until = Instant::now() + PATIENCE;
        loop {
            match self.run(TokenFile::try_lock).await? {
                // Dropping the files releases the lock.
                Some(files) => return Ok(StoreLock::guard(files)),
                None if Instant::now() < until => sleep(PAUSE).await,
                None => {
                    let what = "another process has kept it locked for two minutes";
                    return Err(self.name(&io::Error::new(ErrorKind::TimedOut, what)));
                }
            }
        }
    }

    /// Adds the path to an error.
    fn name(&self, error: &io::Error) -> TokenError {
        let what = format!("the token file {}: {error}", self.path.display());
        Box::new(io::Error::new(error.kind(), what))
    }
}

impl TokenStore for FileStore {
    fn load(&self) -> TokenFuture<'_, Option<StoredGrant>> {
        Box::pin(self.run(TokenFile::load))
    }

    fn save<'a>(&'a self, grant: &'a Grant, condition: SaveIf<'a>) -> TokenFuture<'a, SaveOutcome> {
        let grant = grant.clone();
        let expected = match condition {
            SaveIf::Always => None,
            SaveIf::Unchanged(generation) => Some(generation.clone()),
        };
        Box::pin(self.run(move |file| {
            let condition = expected.as_ref().map_or(SaveIf::Always, SaveIf::Unchanged);
            file.save(&grant, condition)
        }))
    }

    fn remove(&self) -> TokenFuture<'_, ()> {
        Box::pin(self.run(TokenFile::remove))
    }

    fn lock(&self) -> TokenFuture<'_, StoreLock> {
        Box::pin(async {
            let lock = self.wait_for_lock().await?;
            self.run(TokenFile::prepare).await?;
            Ok(lock)
        })
    }
}
