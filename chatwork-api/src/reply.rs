//! The one place where replies are read.

use progenitor_client::ResponseValue;
use reqwest::Response;
use serde::de::DeserializeOwned;

use crate::error::{Error, Refusal, Unreadable};

/// A success with a JSON body.
pub(crate) async fn json<T: DeserializeOwned>(
    response: Response,
) -> Result<ResponseValue<T>, Error> {
    let status = response.status();
    let mut response = response;
    let headers = std::mem::take(response.headers_mut());
    let unreadable = |fault: Unreadable| Err(Error::Unreadable(Box::new(fault)));
    let body = match response.bytes().await {
        Ok(body) => body,
        Err(error) => return unreadable(Unreadable::broken(status, headers, error)),
    };
    match serde_json::from_slice(&body) {
        Ok(value) => Ok(ResponseValue::new(value, status, headers)),
        Err(error) => unreadable(Unreadable::malformed(status, headers, body, &error)),
    }
}

/// A success with a JSON body, where another one has none.
pub(crate) async fn some<T: DeserializeOwned>(
    response: Response,
) -> Result<ResponseValue<Option<T>>, Error> {
    // A body that is `null` is no list, either.
    json(response).await
}

/// A success without a body, where another one has one.
pub(crate) fn none<T>(response: Response) -> ResponseValue<Option<T>> {
    ResponseValue::new(None, response.status(), response.headers().clone())
}

/// Everything else. The body is read whatever it is: a body that breaks off loses neither the
/// status nor the headers.
pub(crate) async fn refused(mut response: Response) -> Error {
    let status = response.status();
    let headers = std::mem::take(response.headers_mut());
    Error::Refused(Box::new(Refusal::read(status, headers, response.bytes().await)))
}
