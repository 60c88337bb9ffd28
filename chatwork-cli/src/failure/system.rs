//! Failures of the operating system.

use std::fmt::Display;
use std::io::{self, ErrorKind};
use std::net::SocketAddr;
use std::path::Path;

use super::Failure;
use crate::words;

/// An error of writing the output.
impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        let message = words::OUTPUT_FAILED.fill(&[("reason", &reason(&error))]);
        let mut failure = Self::new("output", message);
        failure.0.is_closed_pipe = error.kind() == ErrorKind::BrokenPipe;
        failure
    }
}

/// Fails with the reason why the standard input cannot be read.
pub(crate) fn reading(error: io::Error) -> Failure {
    Failure::new("input", words::INPUT_FAILED.fill(&[("reason", &reason(&error))]))
}

/// Fails with the path of a file and the reason.
pub(crate) fn file(path: &Path, error: &io::Error) -> Failure {
    let values: [(&str, &dyn Display); 2] = [("path", &path.display()), ("reason", &reason(error))];
    Failure::new("file", words::FILE_FAILED.fill(&values))
}

/// Fails with the address that cannot be listened on, and the reason.
pub(crate) fn listening(address: SocketAddr, error: &io::Error) -> Failure {
    let values: [(&str, &dyn Display); 2] = [("address", &address), ("reason", &reason(error))];
    Failure::new("listen", words::WEBHOOK_LISTEN.fill(&values))
}

/// Returns why the operating system refused.
pub(crate) fn reason(error: &io::Error) -> String {
    of_kind(error.kind(), error)
}

/// As [`reason`], if only the kind of an error is known apart from its text.
pub(super) fn of_kind(kind: ErrorKind, text: &dyn Display) -> String {
    let words = match kind {
        ErrorKind::NotFound => words::IO_NOT_FOUND,
        ErrorKind::PermissionDenied => words::IO_PERMISSION,
        ErrorKind::AlreadyExists => words::IO_EXISTS,
        ErrorKind::IsADirectory => words::IO_FOLDER,
        ErrorKind::NotADirectory => words::IO_NO_FOLDER,
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => words::IO_FULL,
        ErrorKind::ReadOnlyFilesystem => words::IO_READ_ONLY,
        ErrorKind::AddrInUse | ErrorKind::ResourceBusy => words::IO_IN_USE,
        ErrorKind::InvalidData => words::IO_UTF8,
        ErrorKind::UnexpectedEof => words::IO_ENDED,
        // In the words of the system.
        _ => words::IO_OTHER,
    };
    words.fill(&[("reason", text)])
}
