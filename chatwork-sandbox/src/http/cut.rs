//! A body that promises more than it gives.

use std::pin::Pin;
use std::task::{Context, Poll};

use axum::body::{Body, HttpBody};
use axum::http::header::CONTENT_LENGTH;
use axum::http::{HeaderValue, Response};
use bytes::Bytes;
use hyper::body::{Frame, SizeHint};

/// The connection breaks here.
#[derive(Debug, thiserror::Error)]
#[error("cut on demand")]
struct Cut;

/// Gives some bytes, waits a turn so that they go out, and breaks.
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

/// Lets a response break after so many bytes of its body, while its length is that of the whole
/// (and at least one byte more than what comes).
pub(super) fn cut(response: Response<Body>, body: &Bytes, after: usize) -> Response<Body> {
    let given = body.slice(..after.min(body.len()));
    let promised = body.len().max(given.len() + 1);
    let (mut parts, _) = response.into_parts();
    parts.headers.insert(CONTENT_LENGTH, HeaderValue::from(promised));
    let body = CutBody { given: Some(given), waited: false };
    Response::from_parts(parts, Body::new(body))
}
