//! A local file, or the source of an upload, that could not be read or written.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use super::Effect;

/// A local file, or the reader or stream of an upload, that could not be read or written.
#[derive(Debug)]
pub struct FileError {
    path: Option<PathBuf>,
    source: io::Error,
    /// Whether the upload had begun, so that the API may have received a part.
    is_upload: bool,
}

impl FileError {
    /// The error of a reader or a stream, which has no path.
    pub(crate) fn unnamed(source: io::Error) -> Self {
        Self { path: None, source, is_upload: false }
    }

    /// Adds the path to an error, for `map_err`.
    pub(crate) fn at(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = Some(path.to_owned());
        move |source| Self { path, source, is_upload: false }
    }

    /// Marks the error as one of an upload that had begun.
    pub(crate) fn while_sending(self) -> Self {
        Self { is_upload: true, ..self }
    }

    /// Returns what the failed upload did on the server. The API received an incomplete body, and no
    /// page says what it does then.
    pub(super) fn effect(&self) -> Effect {
        if self.is_upload { Effect::Unknown } else { Effect::None }
    }

    /// Returns the path, or `None` for a reader or a stream.
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// Returns the kind of the I/O error.
    pub fn kind(&self) -> io::ErrorKind {
        self.source.kind()
    }
}

impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.path {
            Some(path) => write!(f, "the file {} failed: {}", path.display(), self.source),
            None => write!(f, "the file's source failed: {}", self.source),
        }
    }
}

impl std::error::Error for FileError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.source)
    }
}
