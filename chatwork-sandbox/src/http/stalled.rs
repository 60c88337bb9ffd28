//! Closes connections whose request head is not complete in time.
//!
//! The time limit runs from the start of the connection for its first head. For each later head, it
//! runs from the first byte, or from the end of the previous request if the byte came before. A
//! connection that waits for its next request has no limit, unlike with hyper's
//! `header_read_timeout`, which would close a client's connection in a test that pauses time.
//!
//! hyper does not say which bytes it has used. So the heads are counted here: a head ends with an
//! empty line, and a body has the length that its head names. The end of a chunked body is not
//! searched for: a head whose first bytes arrive before the reply to a chunked request has no limit.

use std::io;
use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Sleep, sleep};

/// The longest time for a request head.
const PATIENCE: Duration = Duration::from_secs(30);

/// What a connection has received so far. The stream adds bytes, and the service adds the start
/// and the end of each request.
#[derive(Clone, Debug, Default)]
pub(super) struct Received(Arc<Mutex<Progress>>);

impl Received {
    /// Notes that a request is processed now. `body` is the length of its body, `None` if unknown.
    pub(super) fn begin(&self, body: Option<u64>) {
        self.get().begin(body);
    }

    /// Notes that the reply to the request is ready.
    pub(super) fn end(&self) {
        self.get().busy = false;
    }

    fn get(&self) -> MutexGuard<'_, Progress> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[derive(Debug, Default)]
struct Progress {
    /// How many requests have begun.
    requests: u64,
    /// Whether a request is being processed.
    busy: bool,
    body: Body,
    /// The head behind that body.
    head: Head,
    /// The bytes behind that head. They count once its request begins.
    behind: Vec<u8>,
}

/// How the body of the last request ends.
#[derive(Debug)]
enum Body {
    /// After this number of further bytes.
    Length(u64),
    /// Before the reply.
    Unknown,
}

impl Default for Body {
    fn default() -> Self {
        Self::Length(0)
    }
}

/// How far a head has been received.
#[derive(Debug, Default)]
struct Head {
    /// Whether its first line has begun. Empty lines before it are ignored.
    begun: bool,
    /// Whether the current line has a byte.
    in_line: bool,
    complete: bool,
}

impl Head {
    fn push(&mut self, byte: u8) {
        match byte {
            b'\r' => {}
            b'\n' => {
                self.complete = self.begun && !self.in_line;
                self.in_line = false;
            }
            _ => (self.begun, self.in_line) = (true, true),
        }
    }
}

impl Progress {
    fn begin(&mut self, body: Option<u64>) {
        self.requests += 1;
        self.busy = true;
        self.body = body.map_or(Body::Unknown, Body::Length);
        self.head = Head::default();
        let behind = std::mem::take(&mut self.behind);
        self.push(&behind);
    }

    fn push(&mut self, mut bytes: &[u8]) {
        if self.head.complete {
            self.behind.extend_from_slice(bytes);
            return;
        }
        match &mut self.body {
            Body::Unknown if self.busy => return,
            Body::Unknown => self.body = Body::Length(0),
            Body::Length(left) => {
                let length = usize::try_from(*left).unwrap_or(usize::MAX).min(bytes.len());
                *left = left.saturating_sub(length as u64);
                bytes = bytes.get(length..).unwrap_or_default();
            }
        }
        while let Some((byte, rest)) = bytes.split_first() {
            self.head.push(*byte);
            bytes = rest;
            if self.head.complete {
                self.behind.extend_from_slice(bytes);
                return;
            }
        }
    }

    /// Whether the connection waits for the rest of a head.
    fn is_in_head(&self) -> bool {
        !self.busy && (self.requests == 0 || self.head.begun)
    }
}

/// A stream whose reads fail if a request head takes too long.
pub(super) struct Watched<S> {
    stream: S,
    received: Received,
    /// The end of the time for a head, and the number of requests before the head.
    deadline: Option<(u64, Pin<Box<Sleep>>)>,
}

impl<S> Watched<S> {
    pub(super) fn new(stream: S, received: Received) -> Self {
        Self { stream, received, deadline: Some((0, Box::pin(sleep(PATIENCE)))) }
    }

    fn is_late(&mut self, context: &mut Context<'_>) -> bool {
        let (in_head, requests) = {
            let received = self.received.get();
            (received.is_in_head(), received.requests)
        };
        self.deadline.take_if(|(before, _)| !in_head || *before != requests);
        if !in_head {
            return false;
        }
        let start = || (requests, Box::pin(sleep(PATIENCE)));
        let (_, deadline) = self.deadline.get_or_insert_with(start);
        deadline.as_mut().poll(context).is_ready()
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
            let bytes = buffer.filled().get(before..).unwrap_or_default();
            self.received.get().push(bytes);
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
    const SLOW: &[u8] = b"GET /slow HTTP/1.1\r\nhost: a\r\n\r\n";
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
        tokio::time::timeout(2 * HOUR, client.read_to_end(&mut bytes)).await.unwrap().unwrap();
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

    /// The seconds until the connection closes after these bytes, and the number of replies.
    async fn closed_after(bytes: &[u8]) -> (u64, usize) {
        let mut client = connect();
        client.write_all(bytes).await.unwrap();
        let (seconds, replies) = closed(&mut client).await;
        (seconds, replies.matches("HTTP/1.1 200").count())
    }

    #[tokio::test(start_paused = true)]
    async fn half_a_head_sent_together_with_two_requests_closes_the_connection() {
        let bytes = [REQUEST, REQUEST, b"GET / HT"].concat();
        assert_eq!(closed_after(&bytes).await, (30, 2));
    }

    #[tokio::test(start_paused = true)]
    async fn half_a_head_sent_together_with_a_body_closes_the_connection() {
        let body = b"POST /body HTTP/1.1\r\nhost: a\r\ncontent-length: 2\r\n\r\nxxGET / HT";
        assert_eq!(closed_after(body).await, (30, 1));
    }

    #[tokio::test(start_paused = true)]
    async fn half_a_head_sent_together_with_a_slow_request_has_its_time_after_the_reply() {
        assert_eq!(closed_after(&[SLOW, b"GET / HT"].concat()).await, (3_630, 1));
    }

    #[tokio::test(start_paused = true)]
    async fn half_a_head_sent_during_a_slow_request_has_its_time_after_the_reply() {
        let mut client = connect();
        client.write_all(SLOW).await.unwrap();
        sleep(Duration::from_secs(60)).await;
        client.write_all(b"GET / HT").await.unwrap();
        let (seconds, replies) = closed(&mut client).await;
        assert_eq!((seconds, replies.starts_with("HTTP/1.1 200")), (3_600 - 60 + 30, true));
    }

    #[tokio::test(start_paused = true)]
    async fn a_connection_after_two_requests_sent_together_stays_open() {
        let mut client = connect();
        client.write_all(&[REQUEST, REQUEST].concat()).await.unwrap();
        sleep(HOUR).await;
        assert_eq!(reply(&mut client).await.matches("fast").count(), 2);
        client.write_all(REQUEST).await.unwrap();
        assert!(reply(&mut client).await.ends_with("fast"));
    }

    #[tokio::test(start_paused = true)]
    async fn the_processing_of_a_request_has_no_limit() {
        let mut client = connect();
        client.write_all(SLOW).await.unwrap();
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
