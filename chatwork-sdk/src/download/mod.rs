//! Downloading a file: an address that lives for 30 seconds, and a stream from it.

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

/// A file on its way. It is also a [`Stream`] of its bytes, which ends with the file or with its
/// first error.
pub struct Download {
    file: RoomFileDetails,
    response: Pin<Box<dyn Stream<Item = chatwork_api::reqwest::Result<Bytes>> + Send>>,
    progress: Progress,
    done: u64,
    /// The response says how long it is, so that its end is known.
    sized: bool,
    /// It has come to its end, or failed.
    over: bool,
    limit: Duration,
    /// Set while the next piece is waited for.
    patience: Option<Pin<Box<Sleep>>>,
}

impl Download {
    fn new(file: RoomFileDetails, response: Response, limit: Duration, progress: Progress) -> Self {
        let sized = response.content_length().is_some();
        let response = Box::pin(response.bytes_stream());
        Self { file, response, progress, done: 0, sized, over: false, limit, patience: None }
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

    /// The next piece; nothing at the end.
    ///
    /// # Errors
    ///
    /// [`Error::Network`] when the connection fails, or ends before the file does.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>> {
        std::future::poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await.transpose()
    }

    /// The whole file.
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
            Some(Ok(chunk)) => {
                self.done += chunk.len() as u64;
                self.progress.report(self.done, Some(self.size()));
                Some(Ok(chunk))
            }
            Some(Err(error)) => Some(Err(broken(error))),
            // Nothing but the size that the API knows tells this end from a connection cut off.
            None if !self.sized && self.done < self.size() => Some(Err(cut_off())),
            None => None,
        })
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

/// The file ended too early.
fn cut_off() -> Error {
    failed(NetworkError::seen(&operations::GET_ROOM_FILE, NetworkFault::Body))
}

fn silent() -> Error {
    failed(NetworkError::seen(&operations::GET_ROOM_FILE, NetworkFault::Timeout))
}

fn failed(error: NetworkError) -> Error {
    Error::Network(Box::new(error))
}
