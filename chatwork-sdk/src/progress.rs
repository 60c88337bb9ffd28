//! Reports the progress of uploads and downloads.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;

/// A function that takes the number of bytes so far, and the total if it is known.
#[derive(Clone, Default)]
pub(crate) struct Progress(Option<Arc<Call>>);

type Call = dyn Fn(u64, Option<u64>) + Send + Sync;

impl Progress {
    pub(crate) fn new(call: impl Fn(u64, Option<u64>) + Send + Sync + 'static) -> Self {
        Self(Some(Arc::new(call)))
    }

    pub(crate) fn report(&self, done: u64, total: Option<u64>) {
        if let Some(call) = &self.0 {
            call(done, total);
        }
    }
}

impl fmt::Debug for Progress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() { "Progress(set)" } else { "Progress(none)" })
    }
}

/// A stream of bytes that reports its progress.
pub(crate) struct Reported<S> {
    stream: Pin<Box<S>>,
    progress: Progress,
    done: u64,
    total: Option<u64>,
}

impl<S> Reported<S> {
    pub(crate) fn new(stream: S, progress: Progress, total: Option<u64>) -> Self {
        Self { stream: Box::pin(stream), progress, done: 0, total }
    }
}

impl<S, E> Stream for Reported<S>
where
    S: Stream<Item = Result<Bytes, E>>,
{
    type Item = Result<Bytes, E>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let next = self.stream.as_mut().poll_next(context);
        if let Poll::Ready(Some(Ok(chunk))) = &next {
            self.done += chunk.len() as u64;
            self.progress.report(self.done, self.total);
        }
        next
    }
}
