//! Downloading a file: an address that lives for 30 seconds, and a stream from it.

mod name;
mod request;
mod save;

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use chatwork_api::operations;
use chatwork_api::reqwest::Response;
use chatwork_api::types::RoomFileDetails;
use futures_core::Stream;
use tokio::time::{Sleep, sleep};

pub use request::DownloadRequest;

use crate::error::{Error, NetworkError, NetworkFault, Result};
use crate::progress::Progress;

/// A file that is being downloaded. It is a [`Stream`] of the file's bytes. The stream ends after
/// the last byte or after the first error.
pub struct Download {
    file: RoomFileDetails,
    response: Pin<Box<dyn Stream<Item = chatwork_api::reqwest::Result<Bytes>> + Send>>,
    progress: Progress,
    done: u64,
    /// Whether the stream has ended or failed.
    over: bool,
    limit: Duration,
    /// Set while the next piece is waited for.
    patience: Option<Pin<Box<Sleep>>>,
}

impl Download {
    fn new(file: RoomFileDetails, response: Response, limit: Duration, progress: Progress) -> Self {
        let response = Box::pin(response.bytes_stream());
        Self { file, response, progress, done: 0, over: false, limit, patience: None }
    }

    /// The name of the file, as it was uploaded. It may hold anything, slashes too: see
    /// [`Download::save_into`] for a safe use of it.
    pub fn file_name(&self) -> &str {
        &self.file.filename
    }

    /// The number of bytes, as the API says.
    pub fn size(&self) -> u64 {
        u64::try_from(self.file.filesize).unwrap_or_default()
    }

    /// What else the API knows of the file.
    pub fn file(&self) -> &RoomFileDetails {
        &self.file
    }

    /// Returns the next chunk, or `None` at the end of the file.
    ///
    /// # Errors
    ///
    /// [`Error::Network`] if the connection fails, or if the number of bytes differs from
    /// [`Download::size`]. Bytes beyond that size are not read.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>> {
        std::future::poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await.transpose()
    }

    /// Returns the whole file, in memory.
    ///
    /// # Errors
    ///
    /// As [`Download::chunk`].
    pub async fn bytes(mut self) -> Result<Bytes> {
        let mut whole = bytes::BytesMut::new();
        while let Some(chunk) = self.chunk().await? {
            whole.extend_from_slice(&chunk);
        }
        Ok(whole.freeze())
    }
}

impl Stream for Download {
    type Item = Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if self.over {
            return Poll::Ready(None);
        }
        let next = ready!(self.poll_piece(context));
        self.over = !matches!(next, Some(Ok(_)));
        Poll::Ready(next)
    }
}

impl Download {
    fn poll_piece(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes>>> {
        let Poll::Ready(next) = self.response.as_mut().poll_next(context) else {
            return self.wait(context).map(|()| Some(Err(silent())));
        };
        self.patience = None;
        Poll::Ready(match next {
            Some(Ok(chunk)) => Some(self.count(chunk)),
            Some(Err(error)) => Some(Err(broken(error))),
            // The host's own length proves nothing: an error page has a correct one, too.
            None if self.done != self.size() => Some(Err(wrong_size())),
            None => None,
        })
    }

    /// Refuses a chunk that exceeds the size that the API gave: such a reply is another file.
    fn count(&mut self, chunk: Bytes) -> Result<Bytes> {
        self.done = self.done.saturating_add(chunk.len() as u64);
        if self.done > self.size() {
            return Err(wrong_size());
        }
        self.progress.report(self.done, Some(self.size()));
        Ok(chunk)
    }

    /// Ready when the next piece has been waited for too long.
    fn wait(&mut self, context: &mut Context<'_>) -> Poll<()> {
        let limit = self.limit;
        self.patience.get_or_insert_with(|| Box::pin(sleep(limit))).as_mut().poll(context)
    }
}

impl fmt::Debug for Download {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Download")
            .field("file_id", &self.file.file_id)
            .field("size", &self.size())
            .finish_non_exhaustive()
    }
}

fn broken(error: chatwork_api::reqwest::Error) -> Error {
    failed(NetworkError::transport(&operations::GET_ROOM_FILE, error))
}

/// The file has fewer or more bytes than the API says.
fn wrong_size() -> Error {
    failed(NetworkError::seen(&operations::GET_ROOM_FILE, NetworkFault::Body))
}

fn silent() -> Error {
    failed(NetworkError::seen(&operations::GET_ROOM_FILE, NetworkFault::Timeout))
}

fn failed(error: NetworkError) -> Error {
    Error::Network(Box::new(error))
}
