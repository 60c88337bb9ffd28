//! The errors of this crate.

use std::io;
use std::path::PathBuf;

/// A server cannot be made or run.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ServerError {
    /// There is no account.
    #[error("there is no account: expected at least one")]
    NoAccount,
    /// Two accounts have one name.
    #[error("two accounts have the name `{0}`: expected different names")]
    SameName(String),
    /// The name of an account is empty or longer than 64 characters, or holds other characters than
    /// letters, digits, `-`, `_`, `.` and `@`.
    #[error("`{0}` is not the name of an account: expected 1 to 64 letters, digits, `-_.@`")]
    AccountName(String),
    /// There is no tool of this name.
    #[error("there is no tool `{name}`: expected one of {}", known.join(", "))]
    NoTool {
        /// The name.
        name: String,
        /// The names of all tools.
        known: Vec<&'static str>,
    },
    /// A folder for files cannot be used.
    #[error("cannot use the folder {}: {source}", path.display())]
    Folder {
        /// The folder.
        path: PathBuf,
        /// The reason.
        source: io::Error,
    },
    /// One of the folders for uploads and downloads is inside of the other, or is the other.
    #[error(
        "the folders {} and {} overlap: expected two folders, none of them inside of the other",
        upload.display(),
        download.display()
    )]
    FoldersOverlap {
        /// The folder for uploads.
        upload: PathBuf,
        /// The folder for downloads.
        download: PathBuf,
    },
    /// The largest number of characters is too small.
    #[error("max_chars is {0}: expected {min} or more", min = crate::options::MIN_CHARS)]
    MaxChars(usize),
    /// An archive cannot be opened.
    #[cfg(feature = "archive")]
    #[error("cannot open the archive of `{account}`: {source}")]
    Archive {
        /// The name of the account.
        account: String,
        /// The reason.
        source: Box<chatwork_archive::ArchiveError>,
    },
    /// Files are not served over HTTP.
    #[error("files are served over stdio only: expected no folder for uploads or downloads")]
    FilesOverHttp,
    /// The address is not this machine's own, and other addresses are not allowed.
    #[error(
        "{0} can be reached from other machines: expected a loopback address such as 127.0.0.1"
    )]
    NotLoopback(std::net::SocketAddr),
    /// The client did not begin as the protocol says.
    #[error("the client did not start a session: {0}")]
    Protocol(String),
    /// The connection failed.
    #[error("the connection failed: {0}")]
    Connection(#[from] io::Error),
}

/// A text names no set of tools.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a set of tools: expected read, write or admin")]
pub struct InvalidToolset(pub(crate) String);

/// A text is no list of rooms.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is not a list of rooms: expected ids with commas such as 1,2 for these rooms alone, or \
     !3,4 for all rooms but these"
)]
pub struct InvalidPostRooms(pub(crate) String);
