//! The folders of the system.

use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;

use crate::config::{OAuthApp, Profile};
use crate::error::{AppError, Result};

const FOLDER: &str = "chatwork";

/// The folders in which the programs of one person keep their files.
///
/// | | Linux, macOS and others | Windows |
/// |---|---|---|
/// | configuration | `$XDG_CONFIG_HOME/chatwork`, or `~/.config/chatwork` | `%APPDATA%\chatwork` |
/// | data | `$XDG_DATA_HOME/chatwork`, or `~/.local/share/chatwork` | `%APPDATA%\chatwork\data` |
/// | cache | `$XDG_CACHE_HOME/chatwork`, or `~/.cache/chatwork` | `%LOCALAPPDATA%\chatwork\cache` |
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paths {
    config: PathBuf,
    data: PathBuf,
    cache: PathBuf,
}

impl Paths {
    /// Returns the folders of the user. Makes none of them.
    ///
    /// # Errors
    ///
    /// [`AppError::NoHome`] if the user has no home folder.
    pub fn of_user() -> Result<Self> {
        let base = etcetera::choose_base_strategy().map_err(|_| AppError::NoHome)?;
        let below = |folder: PathBuf, name: &str| match cfg!(windows) {
            true => folder.join(FOLDER).join(name),
            false => folder.join(FOLDER),
        };
        Ok(Self {
            config: base.config_dir().join(FOLDER),
            data: below(base.data_dir(), "data"),
            cache: below(base.cache_dir(), "cache"),
        })
    }

    /// Returns folders below one folder, for tests and containers.
    pub fn below(folder: impl AsRef<Path>) -> Self {
        let folder = folder.as_ref();
        Self {
            config: folder.join("config"),
            data: folder.join("data"),
            cache: folder.join("cache"),
        }
    }

    /// Returns the folder of the configuration and of the credentials.
    pub fn config(&self) -> &Path {
        &self.config
    }

    /// Returns the folder of archives and other data.
    pub fn data(&self) -> &Path {
        &self.data
    }

    /// Makes the folder of data, for the owner alone, if it does not exist.
    ///
    /// # Errors
    ///
    /// [`AppError::File`] if the folder cannot be made.
    pub fn make_data(&self) -> Result<&Path> {
        crate::files::make_folder(&self.data)?;
        Ok(&self.data)
    }

    /// Returns the folder of what may be deleted at any time.
    pub fn cache(&self) -> &Path {
        &self.cache
    }

    /// Returns the file of the OAuth 2.0 tokens of a profile.
    ///
    /// Its name holds a hash of what the tokens are for: the address of the API, the client id and
    /// the endpoints. With another of these in the configuration the tokens are not found, so they
    /// go nowhere else.
    pub fn grant(&self, name: &str, profile: &Profile, app: &OAuthApp) -> PathBuf {
        self.config.join(format!("{}{}.json", grant_prefix(name), grant_hash(profile, app)))
    }

    /// Returns the files of all OAuth 2.0 tokens of a profile, also of earlier sign-ins, and the
    /// files beside them.
    pub(crate) fn grants(&self, name: &str) -> Vec<PathBuf> {
        let prefix = grant_prefix(name);
        let entries = std::fs::read_dir(&self.config).into_iter().flatten();
        let is_grant = |path: &PathBuf| {
            path.file_name().is_some_and(|it| it.to_string_lossy().starts_with(&prefix))
        };
        entries.filter_map(|entry| Some(entry.ok()?.path())).filter(is_grant).collect()
    }
}

/// Returns a hash of what the tokens of a consent are for.
pub(crate) fn grant_hash(profile: &Profile, app: &OAuthApp) -> String {
    let bound = (&profile.base_url, &app.client_id, &app.endpoints);
    // As JSON, so that no two of them make the same text. These types cannot fail to be written.
    let bound = serde_json::to_string(&bound).unwrap_or_default();
    let hash = hmac_sha256::Hash::hash(bound.as_bytes());
    hash.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// A name in a file name has no dot, so the dot ends it.
fn grant_prefix(name: &str) -> String {
    format!("oauth-{}.", file_name(name))
}

/// Returns a name as a part of a file name: letters, digits, `-` and `_`; other bytes in hexadecimal.
pub(crate) fn file_name(name: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    let part = |byte: u8| match plain(byte) {
        true => char::from(byte).to_string(),
        false => format!("%{byte:02x}"),
    };
    name.bytes().map(part).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_of_a_profile_stays_in_its_folder() {
        assert_eq!(file_name("work-1"), "work-1");
        assert_eq!(file_name("../x"), "%2e%2e%2fx");
        assert_ne!(file_name("A"), file_name("a"));
        assert!(!grant_prefix("a.b").starts_with(&grant_prefix("a")));
        assert_ne!(file_name("会"), file_name("議"));
    }
}
