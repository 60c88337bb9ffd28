//! Where tokens are stored.

mod grants;
#[cfg(feature = "keyring")]
mod keyring;

use std::collections::BTreeMap;
use std::path::PathBuf;

use chatwork_sdk::Secret;
use serde::{Deserialize, Serialize};

use crate::error::{AppError, Result};
use crate::files::{self, Lock};
use crate::paths::Paths;

pub(crate) use self::grants::KeyringStore;

/// The version of the form of the file.
const VERSION: i64 = 1;

/// Where a token, or the tokens of a consent (OAuth 2.0), are stored.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Storage {
    /// `credentials.toml`, or a file of the consent, in the folder of the configuration, for the
    /// owner alone.
    #[default]
    File,
    /// The keyring of the system.
    Keyring,
}

/// Where a new token is to be stored.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum StorageChoice {
    /// In the keyring if it works, else in the file.
    #[default]
    Auto,
    /// In the keyring, or nowhere.
    Keyring,
    /// In the file.
    File,
}

/// The API tokens of the profiles. `Debug` shows none.
///
/// A token is stored with the address that it is for, and returned only for this address.
#[derive(Clone, Debug)]
pub struct Credentials {
    path: PathBuf,
}

#[derive(Default, Serialize, Deserialize)]
struct Content {
    version: i64,
    #[serde(default)]
    tokens: BTreeMap<String, Entry>,
}

#[derive(Serialize, Deserialize)]
struct Entry {
    base_url: String,
    token: Secret,
}

impl Credentials {
    /// Returns the credentials in the folder of the configuration.
    pub fn new(paths: &Paths) -> Self {
        Self { path: paths.config().join("credentials.toml") }
    }

    /// Returns the path of the file.
    pub fn path(&self) -> &std::path::Path {
        &self.path
    }

    /// Stores the token of a profile for an address, and returns where it is. A token of this
    /// profile in the other place is removed.
    ///
    /// The keyring is tried first with a value that is no secret: on many machines it exists and
    /// does not work, and a token that could be written and never be read would be lost.
    ///
    /// # Errors
    ///
    /// - [`AppError::NotAToken`] if the text cannot be a token.
    /// - [`AppError::Keyring`] if only the keyring is allowed and it does not work.
    /// - [`AppError::File`] if the file cannot be written, [`AppError::OpenFolder`] if others can
    ///   open its folder and that cannot be changed.
    pub fn store(
        &self,
        profile: &str,
        base_url: &str,
        token: &Secret,
        choice: StorageChoice,
    ) -> Result<Storage> {
        check(token)?;
        let storage = match choice {
            StorageChoice::File => Storage::File,
            StorageChoice::Auto | StorageChoice::Keyring => match check_keyring() {
                Ok(()) => Storage::Keyring,
                Err(_) if choice == StorageChoice::Auto => Storage::File,
                Err(error) => return Err(error),
            },
        };
        match storage {
            Storage::Keyring => {
                put_into_keyring(&entry(profile, base_url), token)
                    .map_err(|reason| AppError::Keyring { reason })?;
                self.remove_from_file(profile)?;
            }
            Storage::File => {
                if let Some(folder) = self.path.parent() {
                    files::make_private_folder(folder)?;
                }
                self.edit(|content| {
                    let entry = Entry { base_url: base_url.to_owned(), token: token.clone() };
                    content.tokens.insert(profile.to_owned(), entry);
                })?;
                self.remove_from_keyring(profile, base_url);
            }
        }
        Ok(storage)
    }

    /// Returns the token of a profile for an address, or `None` if there is none, or only one for
    /// another address.
    ///
    /// # Errors
    ///
    /// [`AppError::Keyring`] if the keyring does not work, [`AppError::File`] or
    /// [`AppError::Invalid`] if the file cannot be read.
    pub fn load(&self, profile: &str, base_url: &str, storage: Storage) -> Result<Option<Secret>> {
        match storage {
            Storage::Keyring => {
                let found = get_from_keyring(&entry(profile, base_url));
                found.map_err(|reason| AppError::Keyring { reason })
            }
            Storage::File => {
                let mut content = self.read()?;
                let entry = content.tokens.remove(profile);
                Ok(entry.filter(|entry| entry.base_url == base_url).map(|entry| entry.token))
            }
        }
    }

    /// Removes the token of a profile from both places. If there is none, it returns `Ok`.
    ///
    /// # Errors
    ///
    /// [`AppError::Keyring`] if it is in the keyring and cannot be removed, [`AppError::File`] if
    /// the file cannot be written.
    pub fn remove(&self, profile: &str, base_url: &str, storage: Storage) -> Result<()> {
        self.remove_from_file(profile)?;
        match (remove_from_keyring(&entry(profile, base_url)), storage) {
            (Err(reason), Storage::Keyring) => Err(AppError::Keyring { reason }),
            _ => Ok(()),
        }
    }

    /// Removes an older token from the keyring, where nothing would find it any more. A keyring that
    /// does not work is no reason to fail: the new token is stored.
    pub(crate) fn remove_from_keyring(&self, profile: &str, base_url: &str) {
        let _ = remove_from_keyring(&entry(profile, base_url));
    }

    fn remove_from_file(&self, profile: &str) -> Result<()> {
        match self.path.exists() {
            true => self.edit(|content| _ = content.tokens.remove(profile)),
            false => Ok(()),
        }
    }

    fn edit(&self, change: impl FnOnce(&mut Content)) -> Result<()> {
        let _lock = Lock::acquire(&self.path)?;
        let mut content = self.read()?;
        change(&mut content);
        content.version = VERSION;
        let text = toml::to_string_pretty(&content)
            .map_err(|_| AppError::invalid(&self.path, "it cannot be written"))?;
        files::write(&self.path, &text)
    }

    fn read(&self) -> Result<Content> {
        let Some(text) = files::read(&self.path)? else { return Ok(Content::default()) };
        // The text of the parser's error could quote a token.
        let content: Content = toml::from_str(&text)
            .map_err(|_| AppError::invalid(&self.path, "it is not a file of credentials"))?;
        match content.version > VERSION {
            true => Err(AppError::Newer {
                path: self.path.clone(),
                found: content.version,
                supported: VERSION,
            }),
            false => Ok(content),
        }
    }
}

/// Returns the name of a token in the keyring. The address is in it, so that no other address can
/// find the token.
fn entry(profile: &str, base_url: &str) -> String {
    format!("{profile} {base_url}")
}

/// Tries the keyring with a value that is no secret.
///
/// # Errors
///
/// [`AppError::Keyring`] if it does not work.
pub(crate) fn check_keyring() -> Result<()> {
    try_keyring().map_err(|reason| AppError::Keyring { reason })
}

/// Refuses what no header can hold, such as a pasted line break.
fn check(token: &Secret) -> Result<()> {
    let token = token.expose();
    let is_token = !token.is_empty() && token.bytes().all(|byte| byte.is_ascii_graphic());
    if is_token { Ok(()) } else { Err(AppError::NotAToken) }
}

#[cfg(feature = "keyring")]
use self::keyring::{
    get as get_from_keyring, put as put_into_keyring, remove as remove_from_keyring,
    test as try_keyring,
};

#[cfg(not(feature = "keyring"))]
use self::without_keyring::{
    get as get_from_keyring, put as put_into_keyring, remove as remove_from_keyring,
    test as try_keyring,
};

/// Stands for the keyring in a program that was built without it.
#[cfg(not(feature = "keyring"))]
mod without_keyring {
    use chatwork_sdk::Secret;

    fn absent<T>() -> Result<T, String> {
        Err("this program was built without it".to_owned())
    }

    pub(super) fn test() -> Result<(), String> {
        absent()
    }

    pub(super) fn put(_: &str, _: &Secret) -> Result<(), String> {
        absent()
    }

    pub(super) fn get(_: &str) -> Result<Option<Secret>, String> {
        absent()
    }

    pub(super) fn remove(_: &str) -> Result<(), String> {
        absent()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: &str = "https://api.chatwork.com/v2";

    fn secret(text: &str) -> Secret {
        Secret::from(text.to_owned())
    }

    #[test]
    fn a_token_is_returned_for_its_own_address_alone() {
        let folder = tempfile::tempdir().unwrap();
        let credentials = Credentials::new(&Paths::below(folder.path()));
        let stored = credentials.store("work", HERE, &secret("abc"), StorageChoice::File).unwrap();
        assert_eq!(stored, Storage::File);
        let load = |address| credentials.load("work", address, Storage::File).unwrap();
        assert_eq!(load(HERE).map(|token| token.expose().to_owned()).as_deref(), Some("abc"));
        assert!(load("https://evil.example/v2").is_none());
        assert!(credentials.load("home", HERE, Storage::File).unwrap().is_none());
        credentials.remove("work", HERE, Storage::File).unwrap();
        assert!(load(HERE).is_none());
    }

    #[test]
    fn what_is_no_token_is_refused_without_showing_it() {
        let folder = tempfile::tempdir().unwrap();
        let credentials = Credentials::new(&Paths::below(folder.path()));
        for text in ["", "a b", "秘密", "a\nb"] {
            let error =
                credentials.store("work", HERE, &secret(text), StorageChoice::File).unwrap_err();
            assert!(matches!(error, AppError::NotAToken));
            assert!(text.is_empty() || !format!("{error:?} {error}").contains(text));
        }
    }

    #[test]
    fn an_invalid_file_shows_no_token() {
        let folder = tempfile::tempdir().unwrap();
        let credentials = Credentials::new(&Paths::below(folder.path()));
        files::write(credentials.path(), "token = very-secret").unwrap();
        let error = credentials.load("work", HERE, Storage::File).unwrap_err();
        assert!(!format!("{error} {error:?}").contains("very-secret"), "{error}");
    }
}
