//! The configuration of a person.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use chatwork_sdk::AccountId;
use serde::{Deserialize, Serialize};

use crate::credentials::Storage;
use crate::error::{AppError, Result};
use crate::files::{self, Lock};
use crate::paths::Paths;
use crate::refs::Aliases;

/// The version of the form that this crate writes.
const VERSION: i64 = 1;

/// The steps from one version of the form to the next. The first one would lead from 1 to 2.
const STEPS: &[fn(&mut toml::Table)] = &[];

/// The configuration. It holds no token.
///
/// ```toml
/// version = 1
/// profile = "work"          # the profile that is used
/// language = "ja"           # or "en"; without it, that of the system
/// time_zone = "Asia/Tokyo"  # in which times are shown
/// storage = "auto"          # where new tokens go: "auto", "keyring" or "file"
/// site = "kddi"             # for addresses of KDDI Chatwork; without it, www.chatwork.com
///
/// [profiles.work]
/// base_url = "https://api.chatwork.com/v2"
///
/// [rooms]                   # names of your own
/// sales = 93310055
///
/// [people]
/// ken = 2739132
/// ```
///
/// Keys that this version does not know are kept. Comments are lost when a program changes the file.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Config {
    /// The version of the form.
    #[serde(default)]
    version: i64,
    /// The profile that is used if nothing else names one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub profile: Option<String>,
    /// The language of texts: `en` or `ja`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// The time zone in which times are shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time_zone: Option<String>,
    /// Where new tokens are stored: `auto`, `keyring` or `file`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub storage: Option<String>,
    /// The web site for addresses of rooms and messages: `chatwork` or `kddi`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub site: Option<String>,
    /// The profiles by their names.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub profiles: BTreeMap<String, Profile>,
    /// Names of the person's own for rooms.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub rooms: Aliases,
    /// Names of the person's own for people.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub people: Aliases,
    /// What this version does not know.
    #[serde(flatten)]
    other: toml::Table,
}

/// An account at one address of the API.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Profile {
    /// The address that the profile is bound to: its token goes to no other.
    pub base_url: String,
    /// Whether the address may have `http://` and be another machine.
    #[serde(default, skip_serializing_if = "is_false")]
    pub insecure_http: bool,
    /// The account, as it was when the person signed in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account_id: Option<AccountId>,
    /// The name of the account, as it was then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account_name: Option<String>,
    /// Where the token is.
    #[serde(default)]
    pub storage: Storage,
    /// The app of an OAuth 2.0 consent; `None` for an API token.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub oauth: Option<OAuthApp>,
    /// What this version does not know.
    #[serde(flatten)]
    other: toml::Table,
}

impl Profile {
    /// Returns a profile for an address.
    pub fn new(base_url: impl Into<String>) -> Self {
        Self {
            base_url: base_url.into(),
            insecure_http: false,
            account_id: None,
            account_name: None,
            storage: Storage::File,
            oauth: None,
            other: toml::Table::new(),
        }
    }
}

/// A registered app (OAuth 2.0), and until when its consent lasts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct OAuthApp {
    /// The client id.
    pub client_id: String,
    /// The redirect address, as it is registered.
    pub redirect_uri: String,
    /// The addresses of the consent page and of the token endpoint, if they are not Chatwork's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub endpoints: Option<(String, String)>,
    /// The Unix time at which the consent ends; `None` if it lasts until it is revoked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ends_at: Option<i64>,
}

impl OAuthApp {
    /// Returns an app with Chatwork's own addresses.
    pub fn new(client_id: impl Into<String>, redirect_uri: impl Into<String>) -> Self {
        let (client_id, redirect_uri) = (client_id.into(), redirect_uri.into());
        Self { client_id, redirect_uri, endpoints: None, ends_at: None }
    }
}

fn is_false(flag: &bool) -> bool {
    !flag
}

/// The file of the configuration: `config.toml` in the folder of [`Paths::config`].
///
/// Several programs may change it at once: each change reads, changes and replaces the file while it
/// holds a lock. A program that only reads needs no lock, since the file is replaced at once.
#[derive(Clone, Debug)]
pub struct ConfigFile {
    path: PathBuf,
}

impl ConfigFile {
    /// Returns the file in the folder of the configuration.
    pub fn new(paths: &Paths) -> Self {
        Self { path: paths.config().join("config.toml") }
    }

    /// Returns the path.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Reads the configuration. A file that does not exist is an empty configuration.
    ///
    /// # Errors
    ///
    /// - [`AppError::Newer`] if a newer version of a program wrote the file.
    /// - [`AppError::Invalid`] if the file cannot be understood.
    /// - [`AppError::File`] if the file cannot be read.
    pub fn load(&self) -> Result<Config> {
        let Some(text) = files::read(&self.path)? else {
            return Ok(Config { version: VERSION, ..Config::default() });
        };
        self.parse(&text)
    }

    /// Changes the configuration under the lock, and returns what the change returned. If the change
    /// fails, the file stays as it is.
    ///
    /// # Errors
    ///
    /// Those of [`ConfigFile::load`] and of the change.
    pub fn edit<T>(&self, change: impl FnOnce(&mut Config) -> Result<T>) -> Result<T> {
        let _lock = Lock::acquire(&self.path)?;
        let mut config = self.load()?;
        let before = config.clone();
        let done = change(&mut config)?;
        if config != before || !self.path.exists() {
            config.version = VERSION;
            let text = toml::to_string_pretty(&config)
                .map_err(|error| AppError::invalid(&self.path, error.to_string()))?;
            files::write(&self.path, &text)?;
        }
        Ok(done)
    }

    fn parse(&self, text: &str) -> Result<Config> {
        // The error's text quotes the line, which holds no token here.
        let invalid = |error: toml::de::Error| AppError::invalid(&self.path, error.message());
        let mut table: toml::Table = toml::from_str(text).map_err(invalid)?;
        // A person may have written the file by hand, without a version.
        let found = table.get("version").map_or(Some(VERSION), toml::Value::as_integer);
        let found = found.ok_or_else(|| AppError::invalid(&self.path, "`version` is no number"))?;
        if found > VERSION {
            let (path, supported) = (self.path.clone(), VERSION);
            return Err(AppError::Newer { path, found, supported });
        }
        let done = usize::try_from(found.saturating_sub(1)).unwrap_or(0);
        STEPS.iter().skip(done).for_each(|step| step(&mut table));
        table.insert("version".to_owned(), toml::Value::Integer(VERSION));
        table.try_into().map_err(invalid)
    }
}

/// Why a name cannot be an alias.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum AliasFault {
    /// It is empty, or has white space at an end or a control character.
    Form,
    /// It would be read as an id, an address or a word with a meaning of its own.
    Taken,
}

/// Returns why a name cannot be an alias, or `None` if it can be one.
pub fn check_alias(name: &str) -> Option<AliasFault> {
    if name.is_empty() || name.trim() != name || name.contains(char::is_control) {
        return Some(AliasFault::Form);
    }
    let is_taken = matches!(name, "my" | "me" | "all" | "-")
        || name.chars().all(|it| it.is_ascii_digit() || it == '-')
        || name.contains("://")
        || name.starts_with(['#', '@', '-']);
    is_taken.then_some(AliasFault::Taken)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    fn file() -> (tempfile::TempDir, ConfigFile) {
        let folder = tempfile::tempdir().unwrap();
        let file = ConfigFile::new(&Paths::below(folder.path()));
        (folder, file)
    }

    fn with(text: &str) -> Result<Config> {
        let (_folder, file) = file();
        files::write(file.path(), text).unwrap();
        file.load()
    }

    #[test]
    fn a_change_is_read_again_and_unknown_keys_are_kept() {
        let (_folder, file) = file();
        let text = "version = 1\nlater = true\n[profiles.work]\nbase_url = \"https://a/v2\"\n\
                    new = 3\n[rooms]\nsales = 42\n";
        files::write(file.path(), text).unwrap();
        file.edit(|config| {
            config.language = Some("ja".to_owned());
            Ok(())
        })
        .unwrap();
        let config = file.load().unwrap();
        assert_eq!(config.language.as_deref(), Some("ja"));
        assert_eq!(config.rooms.get("sales"), Some(&42));
        let text = files::read(file.path()).unwrap().unwrap();
        assert!(text.contains("later = true") && text.contains("new = 3"), "{text}");
    }

    #[test]
    fn a_file_of_a_newer_program_is_refused_and_not_changed() {
        let (_folder, file) = file();
        files::write(file.path(), "version = 2\n").unwrap();
        assert!(matches!(file.load(), Err(AppError::Newer { found: 2, supported: 1, .. })));
        assert!(file.edit(|_| Ok(())).is_err());
        assert_eq!(files::read(file.path()).unwrap().as_deref(), Some("version = 2\n"));
    }

    #[test]
    fn a_file_without_a_version_was_written_by_hand() {
        assert_eq!(with("language = \"en\"\n").unwrap().language.as_deref(), Some("en"));
        assert!(matches!(with("version = \"one\"\n"), Err(AppError::Invalid { .. })));
        assert!(matches!(with("profile = 3\n"), Err(AppError::Invalid { .. })));
    }

    #[test]
    fn concurrent_changes_are_all_kept() {
        let (_folder, file) = file();
        let file = Arc::new(file);
        let threads: Vec<_> = (0..8)
            .map(|number| {
                let file = Arc::clone(&file);
                std::thread::spawn(move || {
                    for step in 0..5 {
                        let name = format!("room{number}x{step}");
                        file.edit(|config| Ok(config.rooms.insert(name.clone(), 1))).unwrap();
                    }
                })
            })
            .collect();
        threads.into_iter().for_each(|thread| thread.join().unwrap());
        assert_eq!(file.load().unwrap().rooms.len(), 40);
    }

    #[test]
    fn an_alias_is_neither_an_id_nor_an_address() {
        for name in ["", " a", "12", "my", "me", "all", "https://x", "#!rid1", "@ken", "1-2", "-"] {
            assert!(check_alias(name).is_some(), "{name}");
        }
        for name in ["sales", "営業", "new product", "a1"] {
            assert_eq!(check_alias(name), None, "{name}");
        }
    }
}
