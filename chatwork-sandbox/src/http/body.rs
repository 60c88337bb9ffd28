//! The body of a request.

use axum::body::Body;
use bytes::{Bytes, BytesMut};
use http_body_util::BodyExt;

/// The most that is kept: a file of 5 MB, its message and what multipart needs around them.
const KEPT: usize = 5 * 1_024 * 1_024 + 1_024 * 1_024;
/// The most that is read at all. A reply that comes before the request has ended is lost to many
/// clients, so what is too much is read and thrown away; but not for ever.
const READ: usize = 64 * 1_024 * 1_024;

/// What came.
#[derive(Clone, Debug)]
pub(super) enum Received {
    /// All of it.
    Whole(Bytes),
    /// More than anything could need.
    TooLarge,
    /// The connection broke, or the chunks made no sense.
    Broken,
}

/// Reads a body to its end.
pub(super) async fn read(mut body: Body) -> Received {
    let mut kept = BytesMut::new();
    let mut length = 0_usize;
    while let Some(frame) = body.frame().await {
        let Ok(frame) = frame else {
            return Received::Broken;
        };
        let Ok(data) = frame.into_data() else {
            continue;
        };
        length = length.saturating_add(data.len());
        if length <= KEPT {
            kept.extend_from_slice(&data);
        } else if length > READ {
            break;
        }
    }
    match length > KEPT {
        true => Received::TooLarge,
        false => Received::Whole(kept.freeze()),
    }
}
