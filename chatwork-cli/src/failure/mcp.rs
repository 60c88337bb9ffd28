//! Failures of the server for agents.

use std::fmt::Display;
use std::path::Path;

use chatwork_app::one_line;
use chatwork_mcp::ServerError;
use chatwork_mcp::install::InstallError;

use super::{Failure, exit};
use crate::words::{self, Words};

impl From<ServerError> for Failure {
    fn from(error: ServerError) -> Self {
        match error {
            ServerError::NoTool { name, known } => crate::run::unknown_tool(&name, &known),
            ServerError::SameName(name) => {
                Self::usage(words::MCP_SAME_PROFILE.fill(&[("name", &one_line(&name))]))
            }
            ServerError::AccountName(name) => {
                Self::usage(words::MCP_PROFILE_NAME.fill(&[("name", &one_line(&name))]))
                    .hinted(words::MCP_PROFILE_NAME_HINT)
            }
            ServerError::Folder { path, source } => super::file(&path, &source),
            ServerError::FoldersOverlap { upload, download } => {
                let values: [(&str, &dyn Display); 2] =
                    [("upload", &upload.display()), ("download", &download.display())];
                Self::usage(words::MCP_FOLDERS.fill(&values)).hinted(words::MCP_FOLDERS_HINT)
            }
            ServerError::FilesOverHttp => {
                Self::usage(words::MCP_HTTP_FILES.text()).hinted(words::MCP_HTTP_FILES_HINT)
            }
            ServerError::NotLoopback(address) => {
                Self::usage(words::MCP_NOT_LOOPBACK.fill(&[("address", &address)]))
                    .hinted(words::MCP_NOT_LOOPBACK_HINT)
            }
            #[cfg(feature = "archive")]
            ServerError::Archive { source, .. } => (*source).into(),
            ServerError::Protocol(reason) => {
                Self::new("mcp", words::MCP_PROTOCOL.fill(&[("reason", &one_line(&reason))]))
                    .hinted(words::MCP_PROTOCOL_HINT)
            }
            ServerError::Connection(error) => {
                Self::new("mcp", words::MCP_CONNECTION.fill(&[("reason", &error)]))
            }
            // They say what is right, in English.
            error @ ServerError::MaxChars(_) => {
                Self::usage(words::OTHER_FAILURE.fill(&[("reason", &error)]))
            }
            error => Self::new("mcp", words::OTHER_FAILURE.fill(&[("reason", &error)])),
        }
    }
}

impl From<InstallError> for Failure {
    fn from(error: InstallError) -> Self {
        match error {
            InstallError::NoHome => {
                Self::new("configuration", words::NO_HOME.text()).hinted(words::NO_HOME_HINT)
            }
            InstallError::NoProject(client) => {
                Self::usage(words::MCP_NO_PROJECT.fill(&[("client", &client.title())]))
            }
            InstallError::Name(name) => {
                Self::usage(words::MCP_NAME.fill(&[("name", &one_line(&name))]))
                    .hinted(words::MCP_NAME_HINT)
            }
            InstallError::Program(path) => at(words::MCP_PROGRAM, &path, &[]).exit(exit::USAGE),
            InstallError::Variable { client, text } => {
                let values: [(&str, &dyn Display); 2] =
                    [("client", &client.title()), ("text", &one_line(&text))];
                Self::usage(words::MCP_VARIABLE.fill(&values)).hinted(words::MCP_VARIABLE_HINT)
            }
            InstallError::File { path, source } => super::file(&path, &source),
            InstallError::BrokenLink { path, to } => {
                at(words::MCP_BROKEN_LINK, &path, &[("to", &to.display())])
                    .hinted(words::MCP_BROKEN_LINK_HINT)
            }
            InstallError::Syntax { path, line, column, reason } => {
                let values: [(&str, &dyn Display); 3] =
                    [("line", &line), ("column", &column), ("reason", &reason)];
                at(words::MCP_SYNTAX, &path, &values).hinted(words::MCP_SYNTAX_HINT)
            }
            InstallError::Shape { path, key } => {
                let key = if key.is_empty() { "{ }" } else { &key };
                at(words::MCP_SHAPE, &path, &[("key", &key)]).hinted(words::MCP_SYNTAX_HINT)
            }
            InstallError::Twice { path, key } => {
                at(words::MCP_TWICE, &path, &[("key", &key)]).hinted(words::MCP_SYNTAX_HINT)
            }
            InstallError::Foreign { path, name } => {
                at(words::MCP_FOREIGN, &path, &[("name", &name)]).hinted(words::MCP_FOREIGN_HINT)
            }
            InstallError::NotThere { path, name } => {
                at(words::MCP_NOT_THERE, &path, &[("name", &name)])
            }
            InstallError::Changed { path } => {
                at(words::MCP_CHANGED, &path, &[]).hinted(words::MCP_CHANGED_HINT)
            }
            error => Self::new("client_config", words::OTHER_FAILURE.fill(&[("reason", &error)])),
        }
    }
}

/// What is wrong with the file of a client.
fn at(words: Words, path: &Path, more: &[(&str, &dyn Display)]) -> Failure {
    let shown = path.display();
    let mut values: Vec<(&str, &dyn Display)> = more.to_vec();
    values.push(("path", &shown));
    Failure::new("client_config", words.fill(&values))
}
