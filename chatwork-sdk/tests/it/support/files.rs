//! Bytes, files and folders.

use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;
use tempfile::TempDir;

/// Bytes of which no two neighbours are equal, so that a swap is seen.
pub(crate) fn bytes(length: usize) -> Bytes {
    (0..length).map(|index| u8::try_from(index % 251).expect("a byte")).collect()
}

/// A folder that is removed when it is dropped.
pub(crate) fn folder() -> TempDir {
    tempfile::tempdir().expect("a folder")
}

/// A file in a folder.
pub(crate) fn file(folder: &TempDir, name: &str, content: &[u8]) -> PathBuf {
    let path = folder.path().join(name);
    std::fs::write(&path, content).expect("a file");
    path
}

/// The names in a folder, sorted.
pub(crate) fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).expect("a folder");
    let name = |entry: std::fs::DirEntry| entry.file_name().to_string_lossy().into_owned();
    let mut names: Vec<String> = entries.map(|entry| name(entry.expect("an entry"))).collect();
    names.sort();
    names
}

/// A stream of pieces.
pub(crate) struct Pieces(pub(crate) Vec<std::io::Result<Bytes>>);

impl Pieces {
    /// A stream that gives these bytes in two pieces.
    pub(crate) fn of(bytes: &Bytes) -> Self {
        let middle = bytes.len() / 2;
        Self(vec![Ok(bytes.slice(..middle)), Ok(bytes.slice(middle..))])
    }
}

impl Stream for Pieces {
    type Item = std::io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready((!self.0.is_empty()).then(|| self.0.remove(0)))
    }
}

/// What a progress callback was told.
#[derive(Clone, Default)]
pub(crate) struct Told(Arc<Mutex<Vec<Step>>>);

/// The bytes so far, and the total when it is known.
type Step = (u64, Option<u64>);

impl Told {
    /// A callback that is remembered here.
    pub(crate) fn callback(&self) -> impl Fn(u64, Option<u64>) + Send + Sync + 'static {
        let told = self.clone();
        move |done, total| told.0.lock().expect("no panic").push((done, total))
    }

    /// All of it, in order.
    pub(crate) fn all(&self) -> Vec<Step> {
        self.0.lock().expect("no panic").clone()
    }
}
