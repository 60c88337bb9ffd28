//! The one place where requests are sent and replies are read.

use std::future::Future;
use std::pin::Pin;

use bytes::Bytes;
use reqwest::header::HeaderMap;
use reqwest::{Request, StatusCode};
use serde::de::DeserializeOwned;

use crate::error::{Error, Refusal, Unreadable};
use crate::generated::client::Client;
use crate::runtime::{ClientInfo, ResponseValue};

/// A reply that has arrived, as far as it has.
pub(crate) struct Reply {
    status: StatusCode,
    headers: HeaderMap,
    body: Result<Bytes, reqwest::Error>,
}

/// Sends a request and reads the reply, whatever it is. A body that breaks off loses neither the
/// status nor the headers.
///
/// It is boxed: every operation awaits it, and what it is made of is then compiled once.
pub(crate) fn exchange<'a>(
    client: &'a Client,
    mut request: Request,
) -> Pin<Box<dyn Future<Output = Result<Reply, Error>> + Send + 'a>> {
    Box::pin(async move {
        client.prepare(&mut request);
        let mut response = client.client().execute(request).await?;
        let status = response.status();
        let headers = std::mem::take(response.headers_mut());
        Ok(Reply { status, headers, body: response.bytes().await })
    })
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
        let Self { status, headers, body } = self;
        let unreadable = |fault: Unreadable| Err(Error::Unreadable(Box::new(fault)));
        let body = match body {
            Ok(body) => body,
            Err(error) => return unreadable(Unreadable::broken(status, headers, error)),
        };
        match serde_json::from_slice(&body) {
            Ok(value) => Ok(ResponseValue::new(value, status, headers)),
            Err(error) => unreadable(Unreadable::malformed(status, headers, body, &error)),
        }
    }

    /// A success with a JSON body, where another one has none. A body that is `null` is none, too.
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

    /// Everything else.
    pub(crate) fn refused(self) -> Error {
        Error::Refused(Box::new(Refusal::read(self.status, self.headers, self.body)))
    }
}
