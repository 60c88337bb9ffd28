//! OAuth 2.0 tokens in the keyring of the system.
//!
//! A keyring has no locks, and cannot compare before it writes. Two lock files beside the
//! configuration do that: one for each consent, which is held for a refresh, and one for all, which is
//! held for the moment between reading and writing. They hold no token, and stay.

use std::collections::hash_map::RandomState;
use std::fmt;
use std::hash::{BuildHasher, Hasher};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use chatwork_sdk::oauth::{
    Generation, Grant, SaveIf, SaveOutcome, StoreLock, StoredGrant, TokenStore,
};
use chatwork_sdk::{Secret, TokenError, TokenFuture};
use serde::{Deserialize, Serialize};
use tokio::task::spawn_blocking;
use tokio::time::{Instant, sleep};

use super::{get_from_keyring, put_into_keyring, remove_from_keyring};
use crate::config::{OAuthApp, Profile};
use crate::error::{AppError, Result};
use crate::files::Lock;
use crate::paths::{Paths, grant_hash};

/// The delay between two attempts to lock.
const PAUSE: Duration = Duration::from_millis(25);
/// How long to wait for a lock. Its holder makes one request, which has a time limit.
const PATIENCE: Duration = Duration::from_secs(120);

/// Where entries are kept: the keyring, or memory in a test. All calls may block.
pub(crate) trait Vault: Clone + Send + Sync + 'static {
    fn get(&self, entry: &str) -> Result<Option<Secret>, String>;
    fn put(&self, entry: &str, value: &Secret) -> Result<(), String>;
    fn remove(&self, entry: &str) -> Result<(), String>;
}

/// The keyring of the system.
#[derive(Clone, Debug, Default)]
pub(crate) struct SystemKeyring;

impl Vault for SystemKeyring {
    fn get(&self, entry: &str) -> Result<Option<Secret>, String> {
        get_from_keyring(entry)
    }

    fn put(&self, entry: &str, value: &Secret) -> Result<(), String> {
        put_into_keyring(entry, value)
    }

    fn remove(&self, entry: &str) -> Result<(), String> {
        remove_from_keyring(entry)
    }
}

/// Keeps the tokens of one consent in the keyring. `Debug` shows no token.
#[derive(Clone)]
pub(crate) struct KeyringStore<V = SystemKeyring> {
    vault: V,
    /// The name of the entry. The address and the app are in it, so that no others find the tokens.
    entry: String,
    /// What is locked for a refresh.
    refreshing: PathBuf,
    /// What is locked to compare and write.
    writing: PathBuf,
}

/// What an entry holds.
#[derive(Serialize, Deserialize)]
struct Content {
    generation: String,
    grant: Grant,
}

impl KeyringStore {
    /// Returns the store of a profile's consent.
    pub(crate) fn new(paths: &Paths, name: &str, profile: &Profile, app: &OAuthApp) -> Self {
        let hash = grant_hash(profile, app);
        let entry = format!("{name} {} oauth-{hash}", profile.base_url);
        Self::of(SystemKeyring, paths.config(), entry, &hash)
    }
}

impl<V: Vault> KeyringStore<V> {
    fn of(vault: V, folder: &Path, entry: String, hash: &str) -> Self {
        let (refreshing, writing) =
            (folder.join(format!("keyring-{hash}")), folder.join("keyring"));
        Self { vault, entry, refreshing, writing }
    }

    /// Returns whether this is the place of another store's tokens, too.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        self.entry == other.entry
    }

    /// Removes the tokens. May block.
    pub(crate) fn forget(&self) -> Result<()> {
        let _lock = Lock::acquire(&self.writing)?;
        self.vault.remove(&self.entry).map_err(failed)
    }

    fn read(&self) -> Result<Option<Content>> {
        let Some(text) = self.vault.get(&self.entry).map_err(failed)? else { return Ok(None) };
        // The text of the parser's error could quote a token.
        let content = serde_json::from_str(text.expose());
        content.map(Some).map_err(|_| failed("the entry does not hold the tokens of a consent"))
    }

    fn write(&self, content: &Content) -> Result<()> {
        let text = serde_json::to_string(content);
        let text = text.map_err(|_| failed("the tokens cannot be written as JSON"))?;
        self.vault.put(&self.entry, &Secret::from(text)).map_err(failed)
    }

    fn replace(&self, grant: Grant, expected: Option<&Generation>) -> Result<SaveOutcome> {
        let _lock = Lock::acquire(&self.writing)?;
        if let Some(expected) = expected {
            let stored = self.read()?.map(|content| Generation::from(content.generation));
            if !SaveIf::Unchanged(expected).allows(stored.as_ref()) {
                return Ok(SaveOutcome::Conflict);
            }
        }
        let content = Content { generation: new_generation(), grant };
        self.write(&content)?;
        Ok(SaveOutcome::Saved(Generation::from(content.generation)))
    }

    /// Writes the tokens that are there once more. If that fails, the keyring is locked or full: then
    /// no refresh is sent, whose result could not be stored.
    fn rehearse(&self) -> Result<()> {
        let _lock = Lock::acquire(&self.writing)?;
        match self.read()? {
            Some(content) => self.write(&content),
            None => Ok(()),
        }
    }

    /// Runs work on a thread for it: a keyring may wait for a person.
    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Self) -> Result<T> + Send + 'static,
    ) -> Result<T, TokenError> {
        let store = self.clone();
        Ok(spawn_blocking(move || work(&store)).await??)
    }

    async fn wait_for_lock(&self) -> Result<StoreLock, TokenError> {
        let until = Instant::now() + PATIENCE;
        loop {
            match self.run(|store| Lock::try_acquire(&store.refreshing)).await? {
                Some(lock) => return Ok(StoreLock::guard(lock)),
                None if Instant::now() < until => sleep(PAUSE).await,
                None => {
                    let what = "another process has refreshed the tokens for two minutes";
                    return Err(failed(what).into());
                }
            }
        }
    }
}

impl<V: Vault> TokenStore for KeyringStore<V> {
    fn load(&self) -> TokenFuture<'_, Option<StoredGrant>> {
        Box::pin(async {
            let content = self.run(Self::read).await?;
            Ok(content.map(|it| StoredGrant::new(it.grant, Generation::from(it.generation))))
        })
    }

    fn save<'a>(&'a self, grant: &'a Grant, condition: SaveIf<'a>) -> TokenFuture<'a, SaveOutcome> {
        let grant = grant.clone();
        let expected = match condition {
            SaveIf::Always => None,
            SaveIf::Unchanged(generation) => Some(generation.clone()),
        };
        Box::pin(self.run(move |store| store.replace(grant, expected.as_ref())))
    }

    fn remove(&self) -> TokenFuture<'_, ()> {
        Box::pin(self.run(Self::forget))
    }

    fn lock(&self) -> TokenFuture<'_, StoreLock> {
        Box::pin(async {
            let lock = self.wait_for_lock().await?;
            self.run(Self::rehearse).await?;
            Ok(lock)
        })
    }
}

impl<V> fmt::Debug for KeyringStore<V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeyringStore").field("entry", &self.entry).finish_non_exhaustive()
    }
}

fn failed(reason: impl Into<String>) -> AppError {
    AppError::Keyring { reason: reason.into() }
}

/// Returns a generation that no other grant had: the time, and a random number.
fn new_generation() -> String {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    format!("{:x}-{:x}", since.as_nanos(), RandomState::new().build_hasher().finish())
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::sync::{Arc, Mutex};

    use chatwork_sdk::oauth::check_store;

    use super::*;

    /// A keyring in memory. It can be locked against writing.
    #[derive(Clone, Default)]
    struct Memory {
        entries: Arc<Mutex<HashMap<String, Secret>>>,
        is_locked: Arc<AtomicBool>,
    }

    impl Vault for Memory {
        fn get(&self, entry: &str) -> Result<Option<Secret>, String> {
            Ok(self.entries.lock().unwrap().get(entry).cloned())
        }

        fn put(&self, entry: &str, value: &Secret) -> Result<(), String> {
            if self.is_locked.load(Ordering::Relaxed) {
                return Err("it is locked".to_owned());
            }
            self.entries.lock().unwrap().insert(entry.to_owned(), value.clone());
            Ok(())
        }

        fn remove(&self, entry: &str) -> Result<(), String> {
            self.entries.lock().unwrap().remove(entry);
            Ok(())
        }
    }

    fn store(vault: &Memory, folder: &Path) -> KeyringStore<Memory> {
        KeyringStore::of(vault.clone(), folder, "work https://a oauth-1".to_owned(), "1")
    }

    fn grant() -> Grant {
        Grant::from_refresh_token(Secret::from("very-secret".to_owned()))
    }

    #[tokio::test]
    async fn it_keeps_the_contract_of_a_token_store() {
        let (vault, folder) = (Memory::default(), tempfile::tempdir().unwrap());
        check_store(|| store(&vault, folder.path())).await.unwrap();
        assert!(vault.entries.lock().unwrap().is_empty());
    }

    #[tokio::test]
    async fn a_keyring_that_cannot_be_written_to_prevents_a_refresh() {
        let (vault, folder) = (Memory::default(), tempfile::tempdir().unwrap());
        let store = store(&vault, folder.path());
        let _ = store.save(&grant(), SaveIf::Always).await.unwrap();
        vault.is_locked.store(true, Ordering::Relaxed);
        let error = store.lock().await.unwrap_err();
        assert!(error.to_string().contains("it is locked"), "{error}");
        vault.is_locked.store(false, Ordering::Relaxed);
        store.lock().await.unwrap().release().await.unwrap();
    }

    #[tokio::test]
    async fn an_entry_that_cannot_be_read_is_an_error_that_shows_no_token() {
        let (vault, folder) = (Memory::default(), tempfile::tempdir().unwrap());
        let store = store(&vault, folder.path());
        let entry = Secret::from("{\"generation\":3,\"grant\":\"very-secret\"}".to_owned());
        vault.put(&store.entry, &entry).unwrap();
        let error = store.load().await.unwrap_err();
        assert!(!format!("{error} {error:?} {store:?}").contains("very-secret"), "{error}");
    }

    #[test]
    fn the_tokens_are_for_one_profile_address_and_app_alone() {
        let paths = Paths::below("x");
        let (here, app) = (Profile::new("https://a"), OAuthApp::new("app", "x:/"));
        let store = KeyringStore::new(&paths, "work", &here, &app);
        assert!(store.is_same(&KeyringStore::new(&paths, "work", &here, &app.clone())));
        for other in [
            KeyringStore::new(&paths, "home", &here, &app),
            KeyringStore::new(&paths, "work", &Profile::new("https://b"), &app),
            KeyringStore::new(&paths, "work", &here, &OAuthApp::new("other", "x:/")),
        ] {
            assert!(!store.is_same(&other), "{other:?}");
        }
    }
}
