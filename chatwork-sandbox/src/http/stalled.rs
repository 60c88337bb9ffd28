//! Closes connections on which a request head does not come to its end.
//!
//! hyper's own `header_read_timeout` also closes connections that wait for the next request. That
//! would end a client's connection in the middle of a test that pauses time, so only a head that
//! has begun (and the first head of a connection) has a limit here.

use std::io;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::{Sleep, sleep};

/// How long a request head may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// Whether the connection is in the middle of a request. The service sets and clears it.
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
pub(super) struct Watched {
    stream: TcpStream,
    busy: Busy,
    /// When the head has to be complete; `None` between two requests.
    deadline: Option<Pin<Box<Sleep>>>,
}

impl Watched {
    pub(super) fn new(stream: TcpStream, busy: Busy) -> Self {
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

impl AsyncRead for Watched {
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

impl AsyncWrite for Watched {
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
