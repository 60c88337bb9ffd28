//! The folders of the system.

use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;

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
    pub fn grant(&self, profile: &str) -> PathBuf {
        self.config.join(format!("oauth-{}.json", file_name(profile)))
    }
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
        assert_ne!(file_name("会"), file_name("議"));
    }
}
