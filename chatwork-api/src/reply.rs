//! The one place where requests are sent and replies are read.

use std::future::Future;
use std::pin::Pin;

use bytes::{Bytes, BytesMut};
use reqwest::header::HeaderMap;
use reqwest::{Request, Response, StatusCode};
use serde::de::DeserializeOwned;

use crate::error::{Error, Refusal, Unreadable};
use crate::generated::client::Client;
use crate::runtime::{ClientInfo, ResponseValue};

/// A reply that has arrived, as far as it has.
pub(crate) struct Reply {
    status: StatusCode,
    headers: HeaderMap,
    body: Result<Bytes, reqwest::Error>,
    /// Whether the body was read to its end, rather than to the limit of its size.
    is_whole: bool,
}

/// Sends a request and reads any reply. A body that breaks off loses neither the
/// status nor the headers.
///
/// It is boxed: every operation awaits it, and what it is made of is then compiled once. It is sent
/// when it is polled. The request is not part of it: memory of more than a kilobyte costs an allocator
/// a thousand instructions.
pub(crate) fn exchange(
    client: &Client,
    mut request: Request,
) -> Pin<Box<dyn Future<Output = Result<Reply, Error>> + Send>> {
    client.prepare(&mut request);
    let sending = client.client().execute(request);
    Box::pin(async move {
        let mut response = sending.await?;
        let status = response.status();
        let headers = std::mem::take(response.headers_mut());
        let most = if status.is_success() { MAX_REPLY_BYTES } else { MAX_ERROR_BYTES };
        let read = if is_short(&response, most) {
            response.bytes().await.map(|body| (body, true))
        } else {
            // Boxed, since few replies come without their length.
            Box::pin(read(response, most)).await
        };
        let (body, is_whole) = match read {
            Ok((body, is_whole)) => (Ok(body), is_whole),
            Err(error) => (Err(error), true),
        };
        Ok(Reply { status, headers, body, is_whole })
    })
}

/// The most bytes of a success that are read: 64 MiB. A list of 5,000 rooms has about 2 MiB.
pub const MAX_REPLY_BYTES: usize = 64 * 1024 * 1024;

/// The most bytes of a refusal that are read: 64 KiB. The rest is dropped.
pub const MAX_ERROR_BYTES: usize = 64 * 1024;

/// Whether a reply says that it has at most so many bytes.
fn is_short(response: &Response, most: usize) -> bool {
    let fits = |length: u64| usize::try_from(length).is_ok_and(|length| length <= most);
    response.content_length().is_some_and(fits)
}

/// Reads at most so many bytes. Returns whether these are all bytes of the body.
async fn read(mut response: Response, most: usize) -> Result<(Bytes, bool), reqwest::Error> {
    let mut body = BytesMut::new();
    while let Some(chunk) = response.chunk().await? {
        let left = most - body.len();
        if chunk.len() > left {
            body.extend_from_slice(chunk.get(..left).unwrap_or_default());
            return Ok((body.freeze(), false));
        }
        body.extend_from_slice(&chunk);
    }
    Ok((body.freeze(), true))
}

impl Reply {
    pub(crate) fn status(&self) -> StatusCode {
        self.status
    }

    /// Whether it came whole and has no body, as with 204.
    pub(crate) fn is_empty(&self) -> bool {
        self.status == StatusCode::NO_CONTENT || self.body.as_ref().is_ok_and(Bytes::is_empty)
    }

    /// A success with a JSON body.
    pub(crate) fn json<T: DeserializeOwned>(self) -> Result<ResponseValue<T>, Error> {
        let Self { status, headers, body, is_whole } = self;
        let unreadable = |fault: Unreadable| Err(Error::Unreadable(Box::new(fault)));
        if !is_whole {
            return unreadable(Unreadable::too_large(status, headers));
        }
        let body = match body {
            Ok(body) => body,
            Err(error) => return unreadable(Unreadable::broken(status, headers, error)),
        };
        match serde_json::from_slice(&body) {
            Ok(value) => Ok(ResponseValue::new(value, status, headers)),
            Err(error) => unreadable(Unreadable::malformed(status, headers, body, &error)),
        }
    }

    /// A success with a JSON body, where another success has no body. `null` counts as no body.
    pub(crate) fn some<T: DeserializeOwned>(self) -> Result<ResponseValue<Option<T>>, Error> {
        self.json()
    }

    /// A success without a body, where another one has one.
    pub(crate) fn none<T>(self) -> ResponseValue<Option<T>> {
        ResponseValue::new(None, self.status, self.headers)
    }

    /// A success that never has a body.
    pub(crate) fn empty(self) -> ResponseValue<()> {
        ResponseValue::new((), self.status, self.headers)
    }

    /// Any other reply. An undocumented success is not a refusal: the API has done what
    /// was asked.
    pub(crate) fn refused(self) -> Error {
        if self.status.is_success() {
            let undocumented = Unreadable::undocumented(self.status, self.headers);
            return Error::Unreadable(Box::new(undocumented));
        }
        Error::Refused(Box::new(Refusal::read(self.status, self.headers, self.body)))
    }
}
