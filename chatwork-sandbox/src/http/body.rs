//! Reads the body of a request.

use std::convert::Infallible;
use std::time::Duration;

use axum::body::{Body, HttpBody};
use axum::extract::{FromRequest, Request};
use bytes::{Bytes, BytesMut};
use http_body_util::BodyExt;

/// The most that is kept: a file of 5 MB, its message, and the multipart syntax around them.
const KEPT: usize = 5 * 1_024 * 1_024 + 1_024 * 1_024;
/// The most that is read. Many clients lose a reply that comes before they have sent the whole
/// request, so the sandbox reads on and drops the rest, but not without limit.
const READ: usize = 64 * 1_024 * 1_024;
/// The longest wait for the next piece. It is longer than the timeout of most clients, so that a
/// client that waits for a slow file sees its own timeout first.
const PATIENCE: Duration = Duration::from_secs(120);

/// A body.
#[derive(Clone, Debug)]
pub(super) enum Received {
    /// The whole body.
    Whole(Bytes),
    /// A body longer than any request needs.
    TooLarge,
    /// The connection broke, a chunk was invalid, or no byte came for two minutes.
    Broken,
}

impl Received {
    /// The body; empty if it is too large or broke off.
    pub(super) fn bytes(&self) -> &[u8] {
        match self {
            Self::Whole(bytes) => bytes,
            Self::TooLarge | Self::Broken => &[],
        }
    }

    pub(super) fn length(&self) -> usize {
        self.bytes().len()
    }
}

/// The body of a request to a control path. Unlike axum's own extractor, a body that cannot be read
/// is refused like every other invalid one, with a reason in JSON and in the log.
pub(crate) struct Whole(Received);

impl<S: Sync> FromRequest<S> for Whole {
    type Rejection = Infallible;

    async fn from_request(request: Request<Body>, _: &S) -> Result<Self, Infallible> {
        Ok(Self(read(request.into_body()).await))
    }
}

impl Whole {
    /// Returns the body, or why it cannot be read.
    pub(crate) fn bytes(&self) -> Result<&[u8], &'static str> {
        match &self.0 {
            Received::Whole(bytes) => Ok(bytes),
            Received::TooLarge => Err("The body is too large: expected at most 6 MB"),
            Received::Broken => Err("The body cannot be read: the connection broke"),
        }
    }
}

/// The most of a world: of one million messages, say.
#[cfg(feature = "workbench")]
const WORLD: usize = 512 * 1_024 * 1_024;

/// The body of a request that brings a whole world.
#[cfg(feature = "workbench")]
pub(crate) struct Large(Received);

#[cfg(feature = "workbench")]
impl<S: Sync> FromRequest<S> for Large {
    type Rejection = Infallible;

    async fn from_request(request: Request<Body>, _: &S) -> Result<Self, Infallible> {
        Ok(Self(collect(request.into_body(), WORLD, WORLD).await))
    }
}

#[cfg(feature = "workbench")]
impl Large {
    /// Returns the body, or why it cannot be read.
    pub(crate) fn bytes(&self) -> Result<&[u8], &'static str> {
        match &self.0 {
            Received::Whole(bytes) => Ok(bytes),
            Received::TooLarge => Err("The body is too large: expected at most 512 MB"),
            Received::Broken => Err("The body cannot be read: the connection broke"),
        }
    }
}

/// Reads a body to its end.
pub(super) async fn read(body: Body) -> Received {
    collect(body, KEPT, READ).await
}

async fn collect<B: HttpBody<Data = Bytes> + Unpin>(
    mut body: B,
    keep: usize,
    limit: usize,
) -> Received {
    let mut kept = BytesMut::new();
    let mut length = 0_usize;
    loop {
        let frame = match tokio::time::timeout(PATIENCE, body.frame()).await {
            Ok(None) => break,
            Ok(Some(Ok(frame))) => frame,
            Ok(Some(Err(_))) | Err(_) => return Received::Broken,
        };
        let Ok(data) = frame.into_data() else {
            continue;
        };
        length = length.saturating_add(data.len());
        if length <= keep {
            kept.extend_from_slice(&data);
        } else if length > limit {
            break;
        }
    }
    match length > keep {
        true => Received::TooLarge,
        false => Received::Whole(kept.freeze()),
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use futures_util::{StreamExt, stream};
    use http_body_util::StreamBody;
    use hyper::body::Frame;

    use super::*;

    /// Reads a body of pieces of one byte, and counts how many were taken.
    async fn taken(pieces: usize) -> (Received, usize) {
        let taken = Cell::new(0);
        let pieces = stream::iter(0..pieces).map(|_| {
            taken.set(taken.get() + 1);
            Ok::<_, std::convert::Infallible>(Frame::data(Bytes::from_static(b"x")))
        });
        let received = collect(StreamBody::new(pieces), 6, 64).await;
        (received, taken.get())
    }

    #[tokio::test]
    async fn a_body_that_is_too_large_is_read_on_so_that_its_client_gets_the_reply() {
        let (received, taken) = taken(50).await;
        assert!(matches!(received, Received::TooLarge));
        assert_eq!(taken, 50);
    }

    #[tokio::test]
    async fn a_body_without_end_is_read_up_to_a_limit() {
        let (received, taken) = taken(500).await;
        assert!(matches!(received, Received::TooLarge));
        assert_eq!(taken, 65);
    }

    #[tokio::test]
    async fn the_real_limits_admit_a_file_of_5_mb_and_read_on_to_64_mb() {
        for (pieces, expected, is_kept) in [(6, 6, true), (40, 40, false), (100, 65, false)] {
            let taken = std::sync::Arc::new(std::sync::atomic::AtomicUsize::new(0));
            let counter = std::sync::Arc::clone(&taken);
            let stream = stream::iter(0..pieces).map(move |_| {
                counter.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                Ok::<_, Infallible>(Bytes::from(vec![0; 1_024 * 1_024]))
            });
            let received = read(Body::from_stream(stream)).await;
            assert_eq!(matches!(received, Received::Whole(_)), is_kept, "{pieces} MB");
            let taken = taken.load(std::sync::atomic::Ordering::Relaxed);
            assert_eq!(taken, expected, "{pieces} MB");
        }
    }

    #[tokio::test]
    async fn a_body_as_long_as_allowed_is_kept() {
        let (received, _) = taken(6).await;
        assert!(matches!(received, Received::Whole(bytes) if bytes.len() == 6));
    }

    #[tokio::test(start_paused = true)]
    async fn a_body_that_stops_coming_is_broken() {
        let pieces = stream::pending::<Result<Frame<Bytes>, std::convert::Infallible>>();
        let received = collect(StreamBody::new(pieces), 6, 64).await;
        assert!(matches!(received, Received::Broken));
    }
}
