//! A file on this machine that could not be read or written.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// A file on this machine that could not be read or written.
#[derive(Debug)]
pub struct FileError {
    path: Option<PathBuf>,
    source: io::Error,
}

impl FileError {
    /// What a reader or a stream gave; it has no path.
    pub(crate) fn unnamed(source: io::Error) -> Self {
        Self { path: None, source }
    }

    /// For `map_err`, where the path is known.
    pub(crate) fn at(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = Some(path.to_owned());
        move |source| Self { path, source }
    }

    /// The path; nothing when a reader or a stream was given.
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// What kind of failure it was.
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
