//! The clients, and what their configuration looks like.

use std::fmt;
use std::str::FromStr;

use super::error::InstallError;

/// An MCP client whose configuration can be written.
///
/// | client | file of the user | file of a project | source |
/// |---|---|---|---|
/// | Claude Code | `~/.claude.json` | `.mcp.json` | <https://code.claude.com/docs/en/mcp> |
/// | Claude Desktop | `claude_desktop_config.json` in the folder `Claude` of the system | | <https://modelcontextprotocol.io/quickstart/user> |
/// | Codex | `~/.codex/config.toml` | `.codex/config.toml` | <https://developers.openai.com/codex/mcp> |
/// | Cursor | `~/.cursor/mcp.json` | `.cursor/mcp.json` | <https://cursor.com/docs/mcp> |
/// | VS Code | `mcp.json` in the folder `Code/User` of the system | `.vscode/mcp.json` | <https://code.visualstudio.com/docs/agents/reference/mcp-configuration> |
/// | Gemini CLI | `~/.gemini/settings.json` | `.gemini/settings.json` | <https://github.com/google-gemini/gemini-cli/blob/main/docs/tools/mcp-server.md> |
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Client {
    /// Claude Code.
    ClaudeCode,
    /// Claude Desktop.
    ClaudeDesktop,
    /// Codex: its command line, its extensions and its app read one file.
    Codex,
    /// Cursor.
    Cursor,
    /// VS Code.
    VsCode,
    /// Gemini CLI.
    Gemini,
}

/// What a configuration file is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    /// JSON, with comments where the client allows them.
    Json,
    Toml,
}

impl Client {
    /// All clients.
    pub const ALL: [Self; 6] = [
        Self::ClaudeCode,
        Self::ClaudeDesktop,
        Self::Codex,
        Self::Cursor,
        Self::VsCode,
        Self::Gemini,
    ];

    /// Returns the name by which a command line calls the client.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ClaudeCode => "claude-code",
            Self::ClaudeDesktop => "claude-desktop",
            Self::Codex => "codex",
            Self::Cursor => "cursor",
            Self::VsCode => "vscode",
            Self::Gemini => "gemini",
        }
    }

    /// Returns the name of the product.
    pub const fn title(self) -> &'static str {
        match self {
            Self::ClaudeCode => "Claude Code",
            Self::ClaudeDesktop => "Claude Desktop",
            Self::Codex => "Codex",
            Self::Cursor => "Cursor",
            Self::VsCode => "VS Code",
            Self::Gemini => "Gemini CLI",
        }
    }

    pub(super) const fn format(self) -> Format {
        match self {
            Self::Codex => Format::Toml,
            _ => Format::Json,
        }
    }

    /// Returns the key of the file that holds the servers by name.
    pub(super) const fn key(self) -> &'static str {
        match self {
            Self::Codex => "mcp_servers",
            Self::VsCode => "servers",
            _ => "mcpServers",
        }
    }

    /// Returns whether an entry says its kind of transport. The others tell it by `command`.
    pub(super) const fn has_type(self) -> bool {
        matches!(self, Self::ClaudeCode | Self::Cursor | Self::VsCode)
    }

    /// Returns whether the client replaces variables such as `$HOME` or `${HOME}` in an entry.
    pub(super) const fn expands(self) -> bool {
        !matches!(self, Self::Codex | Self::ClaudeDesktop)
    }
}

impl fmt::Display for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Client {
    type Err = InstallError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let found = Self::ALL.into_iter().find(|client| client.as_str() == text);
        found.ok_or_else(|| InstallError::NoClient(text.to_owned()))
    }
}
