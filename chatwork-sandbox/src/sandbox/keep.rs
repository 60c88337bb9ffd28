//! A state that is kept in a file while a sandbox runs, so that the next one goes on from it.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use fs4::FileExt;
use tokio::task::JoinHandle;
use tokio::time::Instant;

use super::file::{self, beside};
use crate::control::state::Walk;
use crate::http::{App, Start};
use crate::world::{World, WorldError};

/// The shortest time between two saves.
const PAUSE: Duration = Duration::from_secs(1);

/// The file of a state, locked for one sandbox.
#[derive(Debug)]
pub(super) struct StateFile {
    path: PathBuf,
    /// One save at a time: an aborted task does not end a save that has begun.
    saving: Mutex<()>,
    /// Holds the lock until it is dropped.
    _lock: File,
}

impl StateFile {
    /// Locks the file. Its folder has to exist, the file does not.
    pub(super) fn lock(path: &Path) -> io::Result<Self> {
        let beside = beside(path, ".lock")?;
        let lock =
            File::options().read(true).write(true).create(true).truncate(false).open(beside)?;
        match FileExt::try_lock(&lock) {
            Ok(()) => Ok(Self { path: path.to_owned(), saving: Mutex::default(), _lock: lock }),
            Err(fs4::TryLockError::WouldBlock) => {
                Err(io::Error::other("another sandbox that runs keeps its state there"))
            }
            Err(fs4::TryLockError::Error(error)) => Err(error),
        }
    }

    /// The state in the file; `None` if there is no file yet.
    pub(super) fn load(&self, hosts: &[String]) -> Result<Option<Start>, WorldError> {
        match self.path.try_exists() {
            Ok(false) => Ok(None),
            // An error is named by the read.
            Ok(true) | Err(_) => {
                World::read_file(&self.path, |text| Start::parse_saved(text, hosts)).map(Some)
            }
        }
    }
}

/// Saves the state after changes. Dropping it ends the saving.
#[derive(Debug)]
pub(super) struct Keeper {
    app: Arc<App>,
    file: Arc<StateFile>,
    task: JoinHandle<()>,
}

impl Keeper {
    /// Saves the state now, and after each change.
    pub(super) async fn start(app: Arc<App>, file: StateFile) -> io::Result<Self> {
        let file = Arc::new(file);
        // A folder that cannot be written to is an error of the start.
        save(&app, &file).await?;
        let task = tokio::spawn(watch(Arc::clone(&app), Arc::clone(&file)));
        Ok(Self { app, file, task })
    }

    /// Saves the state for the last time.
    pub(super) async fn finish(self) -> io::Result<()> {
        self.task.abort();
        save(&self.app, &self.file).await
    }

    pub(super) fn path(&self) -> &Path {
        &self.file.path
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Saves after changes: at most once a second, and a large state less often, so that saving takes at
/// most a tenth of the time.
async fn watch(app: Arc<App>, file: Arc<StateFile>) {
    loop {
        app.changed.notified().await;
        let begin = Instant::now();
        if let Err(error) = save(&app, &file).await {
            tracing::error!("cannot save the state to {}: {error}", file.path.display());
        }
        tokio::time::sleep(PAUSE.max(begin.elapsed() * 10)).await;
    }
}

/// On a thread of its own: the file system may be slow.
async fn save(app: &Arc<App>, file: &Arc<StateFile>) -> io::Result<()> {
    let (app, file) = (Arc::clone(app), Arc::clone(file));
    let task = tokio::task::spawn_blocking(move || {
        let _saving = file.saving.lock().unwrap_or_else(PoisonError::into_inner);
        file::replace(&file.path, &mut Walk::new(&app))
    });
    task.await.map_err(io::Error::other)?
}
