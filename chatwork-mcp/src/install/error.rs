//! Why a configuration is not written.

use std::io;
use std::path::{Path, PathBuf};

use super::client::Client;

/// A configuration was not written, or not taken back. The file is as it was.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum InstallError {
    /// The user has no home folder.
    #[error("this user has no home folder")]
    NoHome,
    /// There is no client of this name.
    #[error("`{0}` is not a client: expected {names}", names = names())]
    NoClient(String),
    /// The client has no file for a project.
    #[error("{} has no configuration for a project", .0.title())]
    NoProject(Client),
    /// The name of the server has characters that clients do not take.
    #[error("`{0}` is not the name of a server: expected 1 to 64 letters, digits, `-` and `_`")]
    Name(String),
    /// The path of the program is not absolute, or not UTF-8.
    #[error("the path {} cannot be written: expected an absolute path in UTF-8", .0.display())]
    Program(PathBuf),
    /// The client would replace a part of the entry.
    #[error(
        "{} replaces the variable in `{text}`: expected a path or a name without `$`",
        client.title()
    )]
    Variable {
        /// The client.
        client: Client,
        /// The part.
        text: String,
    },
    /// A file cannot be read or written.
    #[error("cannot access {}: {source}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// The reason.
        source: io::Error,
    },
    /// The file is a symbolic link that leads to no file.
    #[error(
        "the link {} leads to no file: create {}, or remove the link",
        path.display(), to.display()
    )]
    BrokenLink {
        /// The link.
        path: PathBuf,
        /// Where it leads.
        to: PathBuf,
    },
    /// The file cannot be parsed.
    #[error("{} cannot be parsed: line {line}, column {column}: {reason}", path.display())]
    Syntax {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// The column in characters, from 1.
        column: usize,
        /// What is wrong. It quotes nothing of the file.
        reason: String,
    },
    /// A value of the file has another type than the client needs.
    #[error("{}: {} is invalid: expected an object of servers by name", path.display(), part(key))]
    Shape {
        /// The file.
        path: PathBuf,
        /// The key; empty for the whole file.
        key: String,
    },
    /// The file has a key twice. Clients read one of them, and not the same one.
    #[error("{} has the key `{key}` twice: remove one of them", path.display())]
    Twice {
        /// The file.
        path: PathBuf,
        /// The key.
        key: String,
    },
    /// The file has a server of this name that is not this one.
    #[error(
        "{} has another server with the name `{name}`: choose another name, or remove it",
        path.display()
    )]
    Foreign {
        /// The file.
        path: PathBuf,
        /// The name.
        name: String,
    },
    /// The file has no entry of this server, so there is nothing to take back.
    #[error("{} has no entry of this server with the name `{name}`", path.display())]
    NotThere {
        /// The file.
        path: PathBuf,
        /// The name.
        name: String,
    },
    /// Another program changed the file while it was read.
    #[error("another program changed {} meanwhile: close the client and try again", path.display())]
    Changed {
        /// The file.
        path: PathBuf,
    },
}

fn part(key: &str) -> String {
    if key.is_empty() { "the outermost value".to_owned() } else { format!("`{key}`") }
}

fn names() -> String {
    Client::ALL.map(Client::as_str).join(", ")
}

impl InstallError {
    pub(super) fn file(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::File { path, source }
    }
}

/// What is wrong with the text of a file.
#[derive(Debug)]
pub(super) enum Fault {
    Syntax { line: usize, column: usize, reason: String },
    Shape(String),
    Twice(String),
    Foreign(String),
}

impl Fault {
    pub(super) fn at(self, path: &Path) -> InstallError {
        let path = path.to_owned();
        match self {
            Self::Syntax { line, column, reason } => {
                InstallError::Syntax { path, line, column, reason }
            }
            Self::Shape(key) => InstallError::Shape { path, key },
            Self::Twice(key) => InstallError::Twice { path, key },
            Self::Foreign(name) => InstallError::Foreign { path, name },
        }
    }
}
