//! A watch's state in a file.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::runtime::Handle;

use super::log::Log;
use super::state::WatchState;
use super::store::{Commit, StoreError, StoreFuture, WatchStore};

/// Keeps the state of a watch in a file.
///
/// The file is a log: a commit appends one line of about 100 bytes for each event, and syncs it, so
/// it survives a power failure. From time to time the log is replaced by a new one that begins with
/// the whole state. On Unix only the owner can read the file (0600). It holds ids and times, and no
/// text, name or token.
///
/// A line that was cut by a power failure is ignored, as its commit never ended. An empty file is an
/// empty state. A file that holds the JSON of a [`WatchState`] is taken over. Anything else that is
/// no log of a watch is refused, and left as it is.
///
/// One process may use a file at a time; the next one gets an error. If the file is removed or
/// replaced while it is used, the next commit is an error (on Unix). Clones are the same store. A
/// symbolic link stays one, and its target is written. A file system over a network may not keep
/// locks.
///
/// ```no_run
/// use chatwork_sdk::watch::{FileStore, Rooms};
///
/// # async fn example(chatwork: chatwork_sdk::Client) {
/// let mut watch = chatwork.watch(Rooms::All).store(FileStore::new("bot.watch"));
/// while let Some(event) = watch.next().await {
///     println!("{event:?}");
/// }
/// # }
/// ```
#[derive(Clone)]
pub struct FileStore {
    path: PathBuf,
    log: Arc<Mutex<Option<Log>>>,
}

impl FileStore {
    /// Returns a store in a file. Its folder must exist; the file need not. Opens nothing yet.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into(), log: Arc::default() }
    }

    /// Returns the path of the file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Works with the log on a thread that may block. The work is not interrupted if the future is
    /// dropped.
    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Log) -> io::Result<T> + Send + 'static,
    ) -> Result<T, StoreError> {
        let store = self.clone();
        let done = Handle::try_current()?.spawn_blocking(move || store.work(work)).await?;
        done.map_err(|error| self.name(&error))
    }

    fn work<T>(&self, work: impl FnOnce(&mut Log) -> io::Result<T>) -> io::Result<T> {
        let mut log = self.log.lock().unwrap_or_else(PoisonError::into_inner);
        let log = match &mut *log {
            Some(log) => log,
            None => log.insert(Log::open(&self.path)?),
        };
        work(log)
    }

    /// Says which file an error is about.
    fn name(&self, error: &io::Error) -> StoreError {
        let what = format!("the watch's file {}: {error}", self.path.display());
        Box::new(io::Error::new(error.kind(), what))
    }
}

impl WatchStore for FileStore {
    fn load(&self) -> StoreFuture<'_, Option<WatchState>> {
        Box::pin(self.run(|log| Ok(log.state().cloned())))
    }

    fn commit<'a>(&'a self, commit: &'a Commit) -> StoreFuture<'a, ()> {
        let change = commit.change().clone();
        Box::pin(self.run(move |log| log.append(change)))
    }
}

impl fmt::Debug for FileStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FileStore").field("path", &self.path).finish_non_exhaustive()
    }
}
