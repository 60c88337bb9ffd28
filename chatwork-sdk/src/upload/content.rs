//! The bytes of an upload, wherever they come from, as one kind of stream.

use std::fs::Metadata;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;
use tokio::fs::File;
use tokio::io::AsyncReadExt;
use tokio_util::io::ReaderStream;

use super::check_size;
use crate::error::{FileError, Result};

pub(super) type Fault = Arc<Mutex<Option<FileError>>>;

/// Where the bytes come from.
pub(super) enum Content {
    Path(PathBuf),
    Bytes(Bytes),
    /// Taken when it is sent: it can be read once.
    Once {
        stream: Mutex<Option<ByteStream>>,
        length: Option<u64>,
    },
}

pub(super) type ByteStream = Pin<Box<dyn Stream<Item = io::Result<Bytes>> + Send>>;

pub(super) async fn open(path: &Path) -> Result<(ByteStream, Option<u64>)> {
    let (file, length) = sized(path).await.map_err(FileError::at(path))?;
    check_size(length)?;
    // A file that grows while it is sent, such as a log, is sent as long as it was.
    Ok((Box::pin(ReaderStream::new(file.take(length))), Some(length)))
}

async fn sized(path: &Path) -> io::Result<(File, u64)> {
    // Looked at before it is opened: to open a pipe may take for ever.
    check_kind(&tokio::fs::metadata(path).await?)?;
    let file = File::open(path).await?;
    let metadata = file.metadata().await?;
    check_kind(&metadata)?;
    Ok((file, metadata.len()))
}

/// A pipe or a device says that it has no bytes, whatever it would give.
fn check_kind(metadata: &Metadata) -> io::Result<()> {
    if metadata.is_dir() {
        return Err(ErrorKind::IsADirectory.into());
    }
    if !metadata.is_file() {
        let what = "no regular file: expected one, or an `Upload::reader` of it";
        return Err(io::Error::new(ErrorKind::InvalidInput, what));
    }
    Ok(())
}

/// Bytes in pieces, so that progress shows.
pub(super) struct Chunks(Bytes);

impl Chunks {
    pub(super) fn new(bytes: &Bytes) -> Self {
        Self(bytes.clone())
    }
}

const CHUNK: usize = 64 * 1024;

impl Stream for Chunks {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let size = self.0.len().min(CHUNK);
        Poll::Ready((size > 0).then(|| Ok(self.0.split_to(size))))
    }
}

/// A stream whose failure is kept, since the HTTP client says of it only that it failed.
pub(super) struct Watched {
    stream: ByteStream,
    fault: Fault,
    path: Option<PathBuf>,
}

impl Stream for Watched {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let next = self.stream.as_mut().poll_next(context);
        next.map(|item| item.map(|it| it.map_err(|error| self.keep(error))))
    }
}

impl Watched {
    pub(super) fn new(stream: ByteStream, fault: Fault, path: Option<PathBuf>) -> Self {
        Self { stream, fault, path }
    }

    fn keep(&self, error: io::Error) -> io::Error {
        let kind = error.kind();
        let error = match &self.path {
            Some(path) => FileError::at(path)(error),
            None => FileError::unnamed(error),
        };
        *self.fault.lock().unwrap_or_else(PoisonError::into_inner) = Some(error);
        kind.into()
    }
}

/// A stream of anybody's as ours.
pub(super) struct Converted<S>(Pin<Box<S>>);

impl<S> Converted<S> {
    pub(super) fn new(stream: S) -> Self {
        Self(Box::pin(stream))
    }
}

impl<S, B, E> Stream for Converted<S>
where
    S: Stream<Item = std::result::Result<B, E>>,
    B: Into<Bytes>,
    E: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let next = self.0.as_mut().poll_next(context);
        next.map(|item| item.map(|it| it.map(Into::into).map_err(io::Error::other)))
    }
}
