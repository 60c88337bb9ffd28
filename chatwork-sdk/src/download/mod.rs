//! Downloads a file: gets an address, which is valid for 30 seconds, and reads a stream from it.

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
use chatwork_api::reqwest::{Response, Url};
use chatwork_api::types::RoomFileDetails;
use futures_core::Stream;
use tokio::time::{Sleep, sleep};

pub use request::DownloadRequest;

use crate::client::http::ProxyUse;
use crate::error::{Error, NetworkError, NetworkFault, Result};
use crate::progress::Progress;

/// A file that is being downloaded: a [`Stream`] of its bytes. The stream ends after the last byte or
/// after the first error.
pub struct Download {
    file: RoomFileDetails,
    response: Pin<Box<dyn Stream<Item = chatwork_api::reqwest::Result<Bytes>> + Send>>,
    progress: Progress,
    /// Whether the connection uses a proxy, for its errors.
    proxy_use: ProxyUse,
    /// The number of bytes so far.
    done: u64,
    /// Whether the stream has ended or failed.
    over: bool,
    /// The longest wait for the next chunk.
    limit: Duration,
    /// The timer of that wait. `None` unless the stream waits.
    timer: Option<Pin<Box<Sleep>>>,
}

impl Download {
    fn new(
        file: RoomFileDetails,
        response: Response,
        limit: Duration,
        proxy_use: ProxyUse,
        progress: Progress,
    ) -> Self {
        let response = Box::pin(response.bytes_stream());
        Self { file, response, progress, proxy_use, done: 0, over: false, limit, timer: None }
    }

    /// Returns the name of the file, as it was uploaded. It may hold any character, slashes too: for
    /// a safe form of it see [`Download::safe_file_name`].
    pub fn file_name(&self) -> &str {
        &self.file.filename
    }

    /// Returns a name for the file that is safe on every common system, as
    /// [`Download::save_into`] uses it. From 2 on, the number stands before the extension, as in
    /// `report (2).pdf`.
    pub fn safe_file_name(&self, number: u32) -> String {
        let name = name::safe_name(self.file_name());
        if number < 2 { name } else { name::numbered(&name, number) }
    }

    /// Returns the number of bytes that the API reports.
    pub fn size(&self) -> u64 {
        u64::try_from(self.file.filesize).unwrap_or_default()
    }

    /// Returns the description of the file from the API, such as its uploader.
    pub fn file(&self) -> &RoomFileDetails {
        &self.file
    }

    /// Returns the next chunk, or `None` at the end of the file.
    ///
    /// # Errors
    ///
    /// [`Error::Network`] if the connection fails, if the next chunk takes longer than the time limit,
    /// or if the number of bytes differs from [`Download::size`]. Bytes beyond that size are not
    /// read.
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
        let next = ready!(self.poll_chunk(context));
        self.over = !matches!(next, Some(Ok(_)));
        Poll::Ready(next)
    }
}

impl Download {
    fn poll_chunk(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes>>> {
        let Poll::Ready(next) = self.response.as_mut().poll_next(context) else {
            return self.wait(context).map(|()| Some(Err(self.timed_out())));
        };
        self.timer = None;
        Poll::Ready(match next {
            Some(Ok(chunk)) => Some(self.count(chunk)),
            Some(Err(error)) => Some(Err(self.broken(error))),
            // Do not trust the host's `Content-Length`: that of an error page is correct, too.
            None if self.done != self.size() => Some(Err(self.wrong_size())),
            None => None,
        })
    }

    /// Counts a chunk. Fails if the file has more bytes than the API reports: it is another file.
    fn count(&mut self, chunk: Bytes) -> Result<Bytes> {
        self.done = self.done.saturating_add(chunk.len() as u64);
        if self.done > self.size() {
            return Err(self.wrong_size());
        }
        self.progress.report(self.done, Some(self.size()));
        Ok(chunk)
    }

    fn wrong_size(&self) -> Error {
        self.failed(NetworkError::size(&operations::GET_ROOM_FILE, self.size(), self.done))
    }

    fn broken(&self, error: chatwork_api::reqwest::Error) -> Error {
        self.failed(NetworkError::transport(&operations::GET_ROOM_FILE, error))
    }

    fn timed_out(&self) -> Error {
        self.failed(NetworkError::seen(&operations::GET_ROOM_FILE, NetworkFault::Timeout))
    }

    fn failed(&self, error: NetworkError) -> Error {
        failed(error, &self.file, self.proxy_use)
    }

    /// Is ready when the wait for the next chunk has reached its limit.
    fn wait(&mut self, context: &mut Context<'_>) -> Poll<()> {
        let limit = self.limit;
        self.timer.get_or_insert_with(|| Box::pin(sleep(limit))).as_mut().poll(context)
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

/// The error of the file's host, with the proxy to it.
fn failed(error: NetworkError, file: &RoomFileDetails, proxy_use: ProxyUse) -> Error {
    let url = file.download_url.as_deref().and_then(|url| Url::parse(url).ok());
    let proxy = url.and_then(|url| proxy_use.find(&url));
    Error::Network(Box::new(error)).through(proxy.as_ref(), false)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A stream that waits before each chunk.
    struct Slow {
        chunks: u64,
        wait: Duration,
        timer: Pin<Box<Sleep>>,
    }

    impl Stream for Slow {
        type Item = chatwork_api::reqwest::Result<Bytes>;

        fn poll_next(
            mut self: Pin<&mut Self>,
            context: &mut Context<'_>,
        ) -> Poll<Option<Self::Item>> {
            ready!(self.timer.as_mut().poll(context));
            self.timer = Box::pin(sleep(self.wait));
            let chunk = self.chunks.checked_sub(1).map(|left| {
                self.chunks = left;
                Ok(Bytes::from_static(b"x"))
            });
            Poll::Ready(chunk)
        }
    }

    /// Downloads a file of ten bytes, each in a chunk that comes after `wait`.
    async fn download(wait: Duration, limit: Duration) -> Result<Bytes> {
        let mut file = RoomFileDetails::default();
        file.filesize = 10;
        let response = Box::pin(Slow { chunks: 10, wait, timer: Box::pin(sleep(wait)) });
        let (progress, done, over, timer) = (Progress::default(), 0, false, None);
        let proxy_use = ProxyUse::No;
        Download { file, response, progress, proxy_use, done, over, limit, timer }.bytes().await
    }

    #[tokio::test(start_paused = true)]
    async fn the_time_limit_is_that_of_each_chunk_and_not_of_the_whole_file() {
        let limit = Duration::from_secs(5);
        let whole = download(limit - Duration::from_secs(1), limit).await;
        assert_eq!(whole.unwrap().len(), 10);
    }

    #[tokio::test(start_paused = true)]
    async fn a_chunk_that_takes_longer_than_the_time_limit_is_a_timeout() {
        let limit = Duration::from_secs(5);
        let error = download(limit + Duration::from_secs(1), limit).await.unwrap_err();
        assert!(error.is_timeout(), "{error}");
    }
}
