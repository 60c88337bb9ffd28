//! Where the clients look for their files.

use std::env;
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;

use super::client::Client;
use super::error::InstallError;

/// The folders in which the clients of a person keep their configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folders {
    home: PathBuf,
    /// `~/Library/Application Support`, `%APPDATA%` or `~/.config`.
    applications: PathBuf,
    /// `CLAUDE_CONFIG_DIR`, which moves `.claude.json`, too.
    claude: Option<PathBuf>,
    /// `CODEX_HOME`.
    codex: Option<PathBuf>,
}

impl Folders {
    /// Returns the folders of the user, as the system and the environment name them.
    ///
    /// # Errors
    ///
    /// [`InstallError::NoHome`] if the user has no home folder.
    pub fn of_user() -> Result<Self, InstallError> {
        let native = etcetera::base_strategy::choose_native_strategy();
        let native = native.map_err(|_| InstallError::NoHome)?;
        // Of macOS, etcetera calls `~/Library/Preferences` the folder of configurations.
        let applications = match cfg!(target_os = "macos") {
            true => native.data_dir(),
            false => native.config_dir(),
        };
        let variable =
            |name: &str| env::var_os(name).filter(|it| !it.is_empty()).map(PathBuf::from);
        Ok(Self {
            home: native.home_dir().to_owned(),
            applications,
            claude: variable("CLAUDE_CONFIG_DIR"),
            codex: variable("CODEX_HOME"),
        })
    }

    /// Returns folders below one folder, for tests.
    pub fn below(folder: impl AsRef<Path>) -> Self {
        let home = folder.as_ref().to_owned();
        let applications = home.join("applications");
        Self { home, applications, claude: None, codex: None }
    }

    /// Returns the file of the user.
    pub(super) fn of_client(&self, client: Client) -> PathBuf {
        match client {
            Client::ClaudeCode => self.claude.as_ref().unwrap_or(&self.home).join(".claude.json"),
            Client::ClaudeDesktop => {
                self.applications.join("Claude").join("claude_desktop_config.json")
            }
            Client::Codex => match &self.codex {
                Some(folder) => folder.join("config.toml"),
                None => self.home.join(".codex").join("config.toml"),
            },
            Client::Cursor => self.home.join(".cursor").join("mcp.json"),
            Client::VsCode => self.applications.join("Code").join("User").join("mcp.json"),
            Client::Gemini => self.home.join(".gemini").join("settings.json"),
        }
    }
}

/// Returns the file in the folder of a project, below that folder.
pub(super) fn of_project(client: Client, folder: &Path) -> Result<PathBuf, InstallError> {
    match client {
        Client::ClaudeCode => Ok(folder.join(".mcp.json")),
        Client::ClaudeDesktop => Err(InstallError::NoProject(client)),
        Client::Codex => Ok(folder.join(".codex").join("config.toml")),
        Client::Cursor => Ok(folder.join(".cursor").join("mcp.json")),
        Client::VsCode => Ok(folder.join(".vscode").join("mcp.json")),
        Client::Gemini => Ok(folder.join(".gemini").join("settings.json")),
    }
}
