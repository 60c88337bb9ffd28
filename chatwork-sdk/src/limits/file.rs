//! Limits in files that the programs of one machine share.

mod folder;
mod locked;
mod tokens;

use std::collections::HashMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use chatwork_api::types::AccountId;
use tokio::task::spawn_blocking;

use self::locked::LockedFile;
pub(crate) use self::locked::NoFolder;
use super::account::{TokenHash, hashed};
use super::contract::Clock;
use super::policy::{DecodeFault, LimitState, Millis, Rules};
use super::store::{Granted, LimitStore, Settled, StoreError, StoreFuture, Want, acquire, settle};
use crate::policy::millis;

/// Keeps limits in files, one for each account, which the programs of one machine share.
///
/// There is no daemon. A program locks the file for some microseconds, reads it, changes it and
/// writes it anew. On Unix only its owner can read it (0600). It holds numbers and times, and no
/// token, name or text.
///
/// - The file has a checksum. A damaged file is thrown away with a warning, and the limits are
///   learnt again from the next reply. The file is not synced: nothing of it matters after a power
///   failure.
/// - Its name holds the version of its form. Programs with other versions use other files, so that
///   they neither read nor overwrite each other's. They count apart: update all programs of a
///   machine together, or accept a refusal now and then until they are.
/// - The lock is a file of its own beside it, which is never removed. If a program holds the lock
///   for more than a second, the others pace by themselves for a while.
/// - If the folder cannot be made or written, as in many CI systems, each client paces by itself,
///   without a warning. If the store is
///   [required](crate::ClientBuilder::limits_required), calls fail and name the folder.
///
/// Do not put the folder on a network file system: locks there may not hold between machines. For
/// several machines use a store that they all reach.
#[derive(Clone)]
pub struct FileLimits {
    inner: Arc<Inner>,
}

/// Stands for the file with the accounts of tokens, which is called `tokens`. No account has this
/// name.
const TOKENS: &str = "\0tokens";

struct Inner {
    folder: Option<PathBuf>,
    rules: Rules,
    clock: Option<Clock>,
    files: Mutex<HashMap<String, LockedFile>>,
}

impl FileLimits {
    /// Returns the store that all programs of this user share by default.
    ///
    /// | system | folder |
    /// |---|---|
    /// | Linux and others | `$XDG_STATE_HOME/chatwork/limits`, or `~/.local/state/chatwork/limits` |
    /// | macOS | `~/Library/Application Support/chatwork/limits` |
    /// | Windows | `%LOCALAPPDATA%\chatwork\limits` |
    pub fn shared() -> Self {
        Self::with(folder::shared(), Rules::default(), None)
    }

    /// Returns a store in another folder, which is made if it does not exist.
    pub fn in_folder(folder: impl Into<PathBuf>) -> Self {
        Self::with(Some(folder.into()), Rules::default(), None)
    }

    /// Returns a store that has no folder, as [`shared`](Self::shared) without a home.
    #[cfg(test)]
    pub(super) fn without_folder() -> Self {
        Self::with(None, Rules::default(), None)
    }

    /// Returns a store for a server with other windows.
    #[doc(hidden)]
    pub fn with_rules(folder: impl Into<PathBuf>, rules: Rules) -> Self {
        Self::with(Some(folder.into()), rules, None)
    }

    /// Returns a store with a clock that a test sets.
    #[doc(hidden)]
    pub fn with_clock(folder: impl Into<PathBuf>, rules: Rules, clock: Clock) -> Self {
        Self::with(Some(folder.into()), rules, Some(clock))
    }

    fn with(folder: Option<PathBuf>, rules: Rules, clock: Option<Clock>) -> Self {
        let files = Mutex::default();
        Self { inner: Arc::new(Inner { folder, rules, clock, files }) }
    }

    /// Returns the folder, or `None` if this user has none.
    pub fn folder(&self) -> Option<&Path> {
        self.inner.folder.as_deref()
    }

    /// Changes the state of an account, on a thread that may block.
    async fn change<T: Send + 'static>(
        &self,
        account: &str,
        work: impl FnOnce(&mut LimitState, Millis) -> T + Send + 'static,
    ) -> Result<T, StoreError> {
        let (inner, account) = (self.inner.clone(), account.to_owned());
        let done = spawn_blocking(move || {
            inner.with_file(&account, "limits", |file| inner.update(file, work))
        });
        done.await?
    }
}

impl Inner {
    fn now(&self) -> Millis {
        match &self.clock {
            Some(clock) => clock.now(),
            None => millis(SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default()),
        }
    }

    /// Runs work with the file of an account, or of something else. It is made if it does not exist.
    fn with_file<T>(
        &self,
        of: &str,
        kind: &str,
        work: impl FnOnce(&mut LockedFile) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let folder = self.folder.as_ref().ok_or(NoFolder::NoHome)?;
        let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        match files.get_mut(of) {
            Some(file) => work(file),
            None => {
                // Hashed once: it costs as much as reading and writing the state.
                let name = if of == TOKENS { "tokens".to_owned() } else { hashed(of) };
                let new = LockedFile::new(folder, &name, kind)?;
                work(files.entry(of.to_owned()).or_insert(new))
            }
        }
    }

    fn update<T>(
        &self,
        file: &mut LockedFile,
        work: impl FnOnce(&mut LimitState, Millis) -> T,
    ) -> Result<T, StoreError> {
        let open = file.lock()?;
        let bytes = open.read()?;
        let path = open.path().display();
        let mut state = match LimitState::from_bytes(self.rules, &bytes) {
            Ok(state) => state,
            Err(_) if bytes.is_empty() => LimitState::with_rules(self.rules),
            Err(DecodeFault::Damaged) => {
                tracing::warn!(%path, "the file of the shared limits is damaged: it begins anew");
                LimitState::with_rules(self.rules)
            }
            Err(other) => return Err(format!("{path} cannot be used: {other}").into()),
        };
        let done = work(&mut state, self.now());
        open.write(&state.to_bytes())?;
        Ok(done)
    }
}

impl LimitStore for FileLimits {
    fn acquire<'a>(&'a self, account: &'a str, wants: &'a [Want]) -> StoreFuture<'a, Vec<Granted>> {
        Box::pin(async move {
            let asked = wants.to_vec();
            self.change(account, move |state, now| acquire(state, now, &asked)).await
        })
    }

    fn settle<'a>(&'a self, account: &'a str, settled: &'a [Settled]) -> StoreFuture<'a, ()> {
        Box::pin(async move {
            let settled = settled.to_vec();
            self.change(account, move |state, now| settle(state, now, &settled)).await
        })
    }

    fn rules(&self) -> Rules {
        self.inner.rules
    }

    fn recall<'a>(&'a self, token: &'a TokenHash) -> StoreFuture<'a, Option<AccountId>> {
        Box::pin(async move {
            let (inner, token) = (self.inner.clone(), token.clone());
            let found = spawn_blocking(move || {
                inner.with_file(TOKENS, "accounts", |file| tokens::find(file, &token))
            });
            found.await?
        })
    }

    fn remember<'a>(&'a self, token: &'a TokenHash, account: AccountId) -> StoreFuture<'a, ()> {
        Box::pin(async move {
            let (inner, token) = (self.inner.clone(), token.clone());
            let kept = spawn_blocking(move || {
                inner.with_file(TOKENS, "accounts", |file| tokens::add(file, &token, account))
            });
            kept.await?
        })
    }
}

impl fmt::Debug for FileLimits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FileLimits").field("folder", &self.inner.folder).finish_non_exhaustive()
    }
}
