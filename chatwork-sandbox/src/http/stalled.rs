//! Closes connections whose request head is not complete in time.
//!
//! The time limit runs from the start of the connection for its first head, and from the first byte
//! for each later head. A connection that waits for its next request has no limit, unlike with
//! hyper's `header_read_timeout`, which would close a client's connection in a test that pauses
//! time. A head whose first bytes arrive together with the end of the previous request has no limit
//! either.

use std::io;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Sleep, sleep};

/// The longest time for a request head.
const PATIENCE: Duration = Duration::from_secs(30);

/// Whether a request of the connection is being processed. The service sets and clears it.
#[derive(Clone, Debug, Default)]
pub(super) struct Busy(Arc<AtomicBool>);

impl Busy {
    pub(super) fn set(&self, busy: bool) {
        self.0.store(busy, Ordering::Relaxed);
    }

    fn get(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// A stream whose reads fail if a request head takes too long.
pub(super) struct Watched<S> {
    stream: S,
    busy: Busy,
    /// The end of the time for the head; `None` between two requests.
    deadline: Option<Pin<Box<Sleep>>>,
}

impl<S> Watched<S> {
    pub(super) fn new(stream: S, busy: Busy) -> Self {
        Self { stream, busy, deadline: Some(Box::pin(sleep(PATIENCE))) }
    }

    fn is_late(&mut self, context: &mut Context<'_>) -> bool {
        if self.busy.get() {
            self.deadline = None;
        }
        let late = self.deadline.as_mut().map(|deadline| deadline.as_mut().poll(context));
        late.is_some_and(|poll| poll.is_ready())
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Watched<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let read = pin!(&mut self.stream).poll_read(context, buffer);
        if read.is_ready() {
            let begins = buffer.filled().len() > before && !self.busy.get();
            if begins && self.deadline.is_none() {
                self.deadline = Some(Box::pin(sleep(PATIENCE)));
            }
            return read;
        }
        match self.is_late(context) {
            true => Poll::Ready(Err(io::ErrorKind::TimedOut.into())),
            false => Poll::Pending,
        }
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Watched<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        pin!(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        pin!(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        pin!(&mut self.stream).poll_shutdown(context)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        pin!(&mut self.stream).poll_write_vectored(context, slices)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }
}

#[cfg(test)]
mod tests {
    use axum::Router;
    use axum::routing::{any, get};
    use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream};
    use tokio::time::Instant;

    use super::super::serve::serve_stream;
    use super::*;

    const REQUEST: &[u8] = b"GET / HTTP/1.1\r\nhost: a\r\n\r\n";
    const HOUR: Duration = Duration::from_secs(3_600);

    /// A connection to a server with a fast path, a path that takes an hour, and one that reads the
    /// body. The time is tokio's, which goes forward by itself while all tasks wait.
    fn connect() -> DuplexStream {
        let router = Router::new()
            .route("/", get(async || "fast"))
            .route("/slow", get(async || sleep(HOUR).await))
            .route("/body", any(async |body: bytes::Bytes| body.len().to_string()));
        let (client, server) = tokio::io::duplex(4_096);
        tokio::spawn(serve_stream(server, router));
        client
    }

    /// The seconds until the server closes the connection, and what it sent before.
    async fn closed(client: &mut DuplexStream) -> (u64, String) {
        let (start, mut bytes) = (Instant::now(), Vec::new());
        // Without the limit, the test fails here instead of waiting without end.
        tokio::time::timeout(HOUR, client.read_to_end(&mut bytes)).await.unwrap().unwrap();
        (start.elapsed().as_secs(), String::from_utf8(bytes).unwrap())
    }

    async fn reply(client: &mut DuplexStream) -> String {
        let mut bytes = vec![0; 4_096];
        let length = client.read(&mut bytes).await.unwrap();
        String::from_utf8(bytes[..length].to_vec()).unwrap()
    }

    #[tokio::test(start_paused = true)]
    async fn half_a_head_closes_the_connection_after_thirty_seconds() {
        let mut client = connect();
        client.write_all(b"GET / HT").await.unwrap();
        assert_eq!(closed(&mut client).await, (30, String::new()));
    }

    #[tokio::test(start_paused = true)]
    async fn a_connection_without_a_byte_closes_after_thirty_seconds() {
        assert_eq!(closed(&mut connect()).await, (30, String::new()));
    }

    #[tokio::test(start_paused = true)]
    async fn further_bytes_of_a_head_do_not_extend_its_time() {
        let (mut reader, mut writer) = tokio::io::split(connect());
        let start = Instant::now();
        tokio::spawn(async move {
            for byte in REQUEST.iter().cycle().filter(|byte| **byte != b'\n') {
                sleep(Duration::from_secs(5)).await;
                if writer.write_all(&[*byte]).await.is_err() {
                    return;
                }
            }
        });
        let mut bytes = Vec::new();
        tokio::time::timeout(HOUR, reader.read_to_end(&mut bytes)).await.unwrap().unwrap();
        assert_eq!(start.elapsed().as_secs(), 30);
    }

    #[tokio::test(start_paused = true)]
    async fn a_connection_between_two_requests_stays_open() {
        let mut client = connect();
        for _ in 0..3 {
            client.write_all(REQUEST).await.unwrap();
            assert!(reply(&mut client).await.ends_with("fast"));
            sleep(HOUR).await;
        }
    }

    #[tokio::test(start_paused = true)]
    async fn half_of_a_later_head_closes_the_connection_thirty_seconds_after_its_first_byte() {
        let mut client = connect();
        client.write_all(REQUEST).await.unwrap();
        reply(&mut client).await;
        sleep(HOUR).await;
        client.write_all(b"GET / HT").await.unwrap();
        assert_eq!(closed(&mut client).await, (30, String::new()));
    }

    #[tokio::test(start_paused = true)]
    async fn the_processing_of_a_request_has_no_limit() {
        let mut client = connect();
        client.write_all(b"GET /slow HTTP/1.1\r\nhost: a\r\n\r\n").await.unwrap();
        assert!(reply(&mut client).await.starts_with("HTTP/1.1 200"));
    }

    #[tokio::test(start_paused = true)]
    async fn a_body_that_comes_slowly_has_no_limit() {
        let mut client = connect();
        let head = b"POST /body HTTP/1.1\r\nhost: a\r\ncontent-length: 2\r\n\r\n";
        client.write_all(head).await.unwrap();
        for _ in 0..2 {
            sleep(Duration::from_secs(60)).await;
            client.write_all(b"x").await.unwrap();
        }
        assert!(reply(&mut client).await.ends_with('2'));
    }
}
