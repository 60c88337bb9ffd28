//! Reads the bytes of an upload from a path, memory, a reader or a stream, as one kind of stream.

use std::fs::Metadata;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use chatwork_api::limits::upload_room_file::FILE_MAX_BYTES;
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
    /// A reader or a stream: can be read once, so it is taken when it is sent.
    Once {
        stream: Mutex<Option<ByteStream>>,
        length: Option<u64>,
    },
}

pub(super) type ByteStream = Pin<Box<dyn Stream<Item = io::Result<Bytes>> + Send>>;

pub(super) async fn open(path: &Path) -> Result<(ByteStream, Option<u64>)> {
    let (file, length) = sized(path).await.map_err(FileError::at(path))?;
    check_size(length)?;
    if length == 0 {
        return unsized_file(path, file).await;
    }
    // A file can grow while it is sent, as a log does. Send no more than its length at the start.
    Ok((Box::pin(ReaderStream::new(file.take(length))), Some(length)))
}

/// Files below `/proc` report a length of 0 although they have bytes. Read such a file first, up to
/// the size limit, to get its length.
async fn unsized_file(path: &Path, file: File) -> Result<(ByteStream, Option<u64>)> {
    let mut bytes = Vec::new();
    let most = FILE_MAX_BYTES.saturating_add(1);
    file.take(most).read_to_end(&mut bytes).await.map_err(FileError::at(path))?;
    let length = bytes.len() as u64;
    check_size(length)?;
    Ok((Box::pin(Chunks::new(&bytes.into())), Some(length)))
}

async fn sized(path: &Path) -> io::Result<(File, u64)> {
    // Check the kind first: to open a pipe can block for ever.
    check_kind(&tokio::fs::metadata(path).await?)?;
    let file = File::open(path).await?;
    let metadata = file.metadata().await?;
    check_kind(&metadata)?;
    Ok((file, metadata.len()))
}

/// Refuses folders, pipes and devices. Pipes and devices report a length of 0 although they have
/// bytes.
fn check_kind(metadata: &Metadata) -> io::Result<()> {
    if metadata.is_dir() {
        return Err(ErrorKind::IsADirectory.into());
    }
    if !metadata.is_file() {
        let what = "not a regular file: expected one, or an `Upload::reader` of it";
        return Err(io::Error::new(ErrorKind::InvalidInput, what));
    }
    Ok(())
}

/// Yields bytes in chunks, so that progress is reported.
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

/// Keeps the error of a stream, since the HTTP client reports only that the body failed. A stream
/// that yields more or fewer bytes than promised is an error, too: the request would be incomplete.
pub(super) struct Watched {
    stream: ByteStream,
    fault: Fault,
    path: Option<PathBuf>,
    promised: Option<u64>,
    sent: u64,
    over: bool,
}

impl Stream for Watched {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if self.over {
            return Poll::Ready(None);
        }
        let next = ready!(self.stream.as_mut().poll_next(context));
        let next = self.counted(next).map(|item| item.map_err(|error| self.keep(error)));
        self.over = !matches!(next, Some(Ok(_)));
        Poll::Ready(next)
    }
}

impl Watched {
    pub(super) fn new(
        stream: ByteStream,
        fault: Fault,
        path: Option<PathBuf>,
        promised: Option<u64>,
    ) -> Self {
        Self { stream, fault, path, promised, sent: 0, over: false }
    }

    fn counted(&mut self, next: Option<io::Result<Bytes>>) -> Option<io::Result<Bytes>> {
        let (Some(promised), None | Some(Ok(_))) = (self.promised, &next) else { return next };
        if let Some(Ok(bytes)) = &next {
            self.sent = self.sent.saturating_add(bytes.len() as u64);
        }
        if self.sent > promised {
            let what = format!("more bytes than the {promised} that were promised");
            return Some(Err(io::Error::new(ErrorKind::InvalidData, what)));
        }
        if next.is_none() && self.sent < promised {
            let what = format!("{} bytes: expected {promised}, as promised", self.sent);
            return Some(Err(io::Error::new(ErrorKind::UnexpectedEof, what)));
        }
        next
    }

    fn keep(&self, error: io::Error) -> io::Error {
        let kind = error.kind();
        let error = match &self.path {
            Some(path) => FileError::at(path)(error),
            None => FileError::unnamed(error),
        }
        .while_sending();
        *self.fault.lock().unwrap_or_else(PoisonError::into_inner) = Some(error);
        kind.into()
    }
}

/// Converts a caller's stream.
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
