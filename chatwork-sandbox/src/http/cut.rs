//! A body that ends before its `Content-Length`.

use std::pin::Pin;
use std::task::{Context, Poll};

use axum::body::{Body, HttpBody};
use axum::http::header::CONTENT_LENGTH;
use axum::http::{HeaderValue, Response};
use bytes::Bytes;
use hyper::body::{Frame, SizeHint};

/// The error that ends a cut body.
#[derive(Debug, thiserror::Error)]
#[error("cut by a fault")]
struct Cut;

/// Yields some bytes, waits for one poll so that they are sent, and fails.
struct CutBody {
    given: Option<Bytes>,
    waited: bool,
}

impl HttpBody for CutBody {
    type Data = Bytes;
    type Error = Cut;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Cut>>> {
        if let Some(bytes) = self.given.take().filter(|bytes| !bytes.is_empty()) {
            return Poll::Ready(Some(Ok(Frame::data(bytes))));
        }
        if !self.waited {
            self.waited = true;
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        Poll::Ready(Some(Err(Cut)))
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::default()
    }
}

/// Breaks a response after this many bytes of its body. `Content-Length` is that of the whole body,
/// and at least one byte more than what is sent.
pub(super) fn cut(response: Response<Body>, body: &Bytes, after: usize) -> Response<Body> {
    let given = body.slice(..after.min(body.len()));
    let promised = body.len().max(given.len() + 1);
    let (mut parts, _) = response.into_parts();
    parts.headers.insert(CONTENT_LENGTH, HeaderValue::from(promised));
    let body = CutBody { given: Some(given), waited: false };
    Response::from_parts(parts, Body::new(body))
}
