//! A file on this machine that could not be read or written.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use super::Effect;

/// A file on this machine that could not be read or written.
#[derive(Debug)]
pub struct FileError {
    path: Option<PathBuf>,
    source: io::Error,
    /// Whether a part of the file had been sent.
    is_upload: bool,
}

impl FileError {
    /// What a reader or a stream gave; it has no path.
    pub(crate) fn unnamed(source: io::Error) -> Self {
        Self { path: None, source, is_upload: false }
    }

    /// For `map_err`, where the path is known.
    pub(crate) fn at(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = Some(path.to_owned());
        move |source| Self { path, source, is_upload: false }
    }

    /// The file failed while it was being sent.
    pub(crate) fn while_sending(self) -> Self {
        Self { is_upload: true, ..self }
    }

    /// What an upload has done that failed like this. The API gets a body that is cut: no page
    /// says what it does with it.
    pub(super) fn effect(&self) -> Effect {
        if self.is_upload { Effect::Unknown } else { Effect::None }
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
