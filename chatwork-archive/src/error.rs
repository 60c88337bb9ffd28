//! The errors of an archive.

use std::io;
use std::path::{Path, PathBuf};

use chatwork_sdk::AccountId;

use crate::query::QueryError;

/// The result of this crate's functions.
pub type Result<T, E = ArchiveError> = std::result::Result<T, E>;

/// SQLite could not make the file with the index of its log larger. The only reason is a disk that is
/// full.
const NO_SHARED_MEMORY: i32 = rusqlite::ffi::SQLITE_IOERR_SHMSIZE;

/// An error of an archive. Each is one sentence that says what to do.
///
/// Neither `Display` nor `Debug` shows the text of a message.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ArchiveError {
    /// There is no archive at this path.
    #[error(
        "there is no archive at {path}: create one with `Archive::create`, or correct the path"
    )]
    NotFound {
        /// The path.
        path: PathBuf,
    },
    /// There is a file already where an archive or a copy is to be made.
    #[error("there is a file at {path} already: open it, or choose another path")]
    Exists {
        /// The path.
        path: PathBuf,
    },
    /// The file is not an archive of this crate. It was not changed.
    #[error("{path} is a file of another program: choose another path")]
    NotAnArchive {
        /// The path.
        path: PathBuf,
    },
    /// The archive belongs to another account.
    #[error(
        "this archive belongs to account {archive}, not to {given}: use one archive an account"
    )]
    OtherAccount {
        /// The account of the archive.
        archive: AccountId,
        /// The account that was given.
        given: AccountId,
    },
    /// A later version of this crate made or changed the archive.
    #[error(
        "the archive has version {found} and this program reads versions up to {supported}: \
         update the program"
    )]
    Newer {
        /// The version of the archive.
        found: i64,
        /// The newest version that this crate reads.
        supported: i64,
    },
    /// The archive has an older version. A reader does not change it.
    #[error(
        "the archive has version {found} and must become version {supported}: open it once with \
         `Archive::open`"
    )]
    Older {
        /// The version of the archive.
        found: i64,
        /// The version that this crate reads.
        supported: i64,
    },
    /// The file is damaged.
    #[error("the archive at {path} is damaged: restore a backup, or export what can be read")]
    Damaged {
        /// The path.
        path: PathBuf,
    },
    /// Another process writes to the archive.
    #[error("{} writes to this archive: stop it, or wait until it ends", holder(*.pid))]
    Locked {
        /// The id of the process, if it can be read.
        pid: Option<u32>,
    },
    /// Another program holds a lock of the database for longer than five seconds.
    #[error("another program holds a lock of the archive: close it, and try again")]
    Busy,
    /// The disk is full. What was being written is not there in part.
    #[error("the disk is full: free some space, and run this again")]
    DiskFull,
    /// The archive or its folder may not be written to.
    #[error("{path} cannot be written to: change its permissions, or choose another path")]
    ReadOnly {
        /// The path.
        path: PathBuf,
    },
    /// The operating system refused to read or write a file.
    #[error("cannot access {path}: {source}")]
    File {
        /// The path.
        path: PathBuf,
        /// The reason.
        source: io::Error,
    },
    /// A search cannot be understood.
    #[error(transparent)]
    Query(#[from] QueryError),
    /// A cursor is not of this search.
    #[error("the cursor belongs to another search: start again without a cursor")]
    Cursor,
    /// The archive does not have this message.
    #[error("the archive has no message {message} in room {room}: check the ids, or sync first")]
    NoMessage {
        /// The room.
        room: i64,
        /// The message.
        message: String,
    },
    /// A line of an import is not valid. Nothing was imported.
    #[error("line {line} cannot be imported: {reason}; nothing was imported")]
    Import {
        /// The number of the line, from 1.
        line: u64,
        /// What is wrong. Holds no text of a message.
        reason: String,
    },
    /// An import needs an archive that nothing was stored in or removed from.
    #[error("the archive was used already: import into a new archive")]
    NotEmpty,
    /// A request to Chatwork failed.
    #[error(transparent)]
    Api(#[from] chatwork_sdk::Error),
    /// A watch failed, and no waiting helps.
    #[error(transparent)]
    Watch(#[from] chatwork_sdk::watch::WatchError),
    /// What was to be stored breaks a rule of the schema. Nothing of it is stored.
    #[error(
        "the reply breaks a rule of the archive's tables (SQLite code {code}): run `verify`, and \
         report the code if the archive has no problems"
    )]
    Rule {
        /// The extended result code.
        code: i32,
    },
    /// SQLite failed in another way.
    #[error("SQLite failed with code {code}: {text}")]
    Sqlite {
        /// The extended result code.
        code: i32,
        /// SQLite's own words for the code.
        text: String,
    },
    /// A value in the archive has an unexpected form.
    #[error("`{column}` of the archive holds an invalid value: run `verify`")]
    Value {
        /// The column.
        column: &'static str,
    },
    /// The work on the archive was stopped: by [`Reader::stopping`](crate::Reader::stopping), or with the program.
    #[error("the work on the archive was stopped: run this again")]
    Stopped,
}

fn holder(pid: Option<u32>) -> String {
    match pid {
        Some(pid) => format!("process {pid}"),
        None => "another process".to_owned(),
    }
}

impl ArchiveError {
    pub(crate) fn file(path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |source| match source.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::DiskFull,
            _ => Self::File { path: path.to_owned(), source },
        }
    }

    /// Names the error of SQLite by what a person can do. `path` is the archive.
    pub(crate) fn sqlite(path: &Path) -> impl Fn(rusqlite::Error) -> Self {
        move |error| Self::from_sqlite(error, path)
    }

    fn from_sqlite(error: rusqlite::Error, path: &Path) -> Self {
        use rusqlite::ErrorCode as Code;
        let path = path.to_owned();
        if error.sqlite_error().is_some_and(|it| it.extended_code == NO_SHARED_MEMORY) {
            return Self::DiskFull;
        }
        match error.sqlite_error_code() {
            Some(Code::DatabaseCorrupt) => Self::Damaged { path },
            Some(Code::NotADatabase) => Self::NotAnArchive { path },
            Some(Code::DiskFull) => Self::DiskFull,
            Some(Code::ConstraintViolation) => {
                Self::Rule { code: error.sqlite_error().map_or(0, |it| it.extended_code) }
            }
            Some(Code::OperationInterrupted) => Self::Stopped,
            Some(Code::DatabaseBusy | Code::DatabaseLocked) => Self::Busy,
            Some(Code::ReadOnly | Code::CannotOpen | Code::PermissionDenied) => {
                Self::ReadOnly { path }
            }
            _ => Self::of_code(&error),
        }
    }

    /// SQLite's message may quote a statement, so only the words for its code are kept.
    fn of_code(error: &rusqlite::Error) -> Self {
        match error.sqlite_error() {
            Some(failure) => {
                let text = failure.to_string();
                Self::Sqlite { code: failure.extended_code, text }
            }
            None => Self::Value { column: column_of(error) },
        }
    }
}

fn column_of(error: &rusqlite::Error) -> &'static str {
    match error {
        rusqlite::Error::QueryReturnedNoRows => "a row",
        rusqlite::Error::InvalidColumnType(..)
        | rusqlite::Error::FromSqlConversionFailure(..)
        | rusqlite::Error::IntegralValueOutOfRange(..) => "a column",
        _ => "a statement",
    }
}
