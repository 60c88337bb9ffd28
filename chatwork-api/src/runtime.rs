//! What the generated client calls.
//!
//! Progenitor's own runtime crate brings serde's derive macros, which cost every program more time
//! to compile than this crate does. The names here are those that progenitor writes.

use std::fmt;
use std::ops::{Deref, DerefMut};

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderValue};
use reqwest::{RequestBuilder, StatusCode};
use serde::Serialize;

use crate::error::Error;

/// What is encoded in one segment of a path: the set of the URL standard, `/` and `%`.
const SEGMENT: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'`')
    .add(b'{')
    .add(b'}')
    .add(b'/')
    .add(b'%');

/// What a generated client is made of.
///
/// The trait is sealed: only [`Client`](crate::Client) implements it.
pub trait ClientInfo<Inner>: sealed::Sealed {
    /// Returns the version of the API, from the OpenAPI document.
    fn api_version() -> &'static str;

    /// Returns the base URL, without a slash at its end.
    fn baseurl(&self) -> &str;

    /// Returns the HTTP client.
    fn client(&self) -> &reqwest::Client;

    /// Returns the settings.
    fn inner(&self) -> &Inner;
}

mod sealed {
    /// No other crate can name this trait, so no other crate can implement what requires it.
    pub trait Sealed {}

    impl Sealed for crate::Client {}
}

/// A body with the status and the headers of its reply. It derefs to the body.
pub struct ResponseValue<T> {
    inner: T,
    status: StatusCode,
    headers: HeaderMap,
}

impl<T> ResponseValue<T> {
    /// Makes a reply of its parts, for example in a test.
    pub fn new(inner: T, status: StatusCode, headers: HeaderMap) -> Self {
        Self { inner, status, headers }
    }

    /// Returns the body alone.
    pub fn into_inner(self) -> T {
        self.inner
    }

    /// Returns the body and the headers.
    pub fn into_parts(self) -> (T, HeaderMap) {
        (self.inner, self.headers)
    }

    /// Returns the status.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// Returns the headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }
}

impl<T> Deref for ResponseValue<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.inner
    }
}

impl<T> DerefMut for ResponseValue<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.inner
    }
}

impl<T> AsRef<T> for ResponseValue<T> {
    fn as_ref(&self) -> &T {
        &self.inner
    }
}

impl<T: fmt::Debug> fmt::Debug for ResponseValue<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.inner.fmt(f)
    }
}

/// A query parameter. An `Option` that is `None` is not sent.
pub(crate) struct QueryParam;

impl QueryParam {
    #[allow(clippy::new_ret_no_self, reason = "progenitor writes this name")]
    pub(crate) fn new<'a, T>(name: &'a str, value: &'a T) -> [(&'a str, &'a T); 1] {
        [(name, value)]
    }
}

/// A body of form fields.
pub(crate) trait RequestBuilderExt: Sized {
    fn form_urlencoded<T: Serialize + ?Sized>(self, body: &T) -> Result<Self, Error>;
}

impl RequestBuilderExt for RequestBuilder {
    fn form_urlencoded<T: Serialize + ?Sized>(self, body: &T) -> Result<Self, Error> {
        let body = serde_urlencoded::to_string(body).map_err(|error| {
            Error::Invalid(format!("the body cannot be encoded as a form: {error}"))
        })?;
        let form = HeaderValue::from_static("application/x-www-form-urlencoded");
        Ok(self.header(CONTENT_TYPE, form).body(body))
    }
}

/// Encodes a text as one segment of a path.
pub(crate) fn encode_path(text: &str) -> String {
    utf8_percent_encode(text, SEGMENT).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn query<T: Serialize>(value: &T) -> String {
        let request = reqwest::Client::new().get("http://127.0.0.1/");
        let request = request.query(&QueryParam::new("a", value)).build().unwrap();
        request.url().query().unwrap_or_default().to_owned()
    }

    #[test]
    fn a_query_parameter_is_sent_unless_it_is_none() {
        assert_eq!(query(&Some("b c&")), "a=b+c%26");
        assert_eq!(query(&"é"), "a=%C3%A9");
        assert_eq!(query(&None::<i64>), "");
    }

    #[test]
    fn a_segment_of_a_path_stays_one() {
        assert_eq!(encode_path("a/b?c#d %é-._~"), "a%2Fb%3Fc%23d%20%25%C3%A9-._~");
    }

    #[test]
    fn what_cannot_be_a_form_is_an_error() {
        let request = reqwest::Client::new().post("http://127.0.0.1/");
        assert!(request.form_urlencoded(&[[[1]]]).is_err());
    }

    #[test]
    fn a_reply_is_its_body_with_status_and_headers() {
        let mut reply = ResponseValue::new(vec![1], StatusCode::OK, HeaderMap::new());
        reply.push(2);
        assert_eq!((reply.as_ref().len(), reply.status()), (2, StatusCode::OK));
        assert_eq!(format!("{reply:?}"), "[1, 2]");
        assert_eq!(reply.into_inner(), [1, 2]);
    }
}
